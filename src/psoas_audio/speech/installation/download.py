"""Downloads a file over https, within limits of size and time, and resumes where it broke off."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

from psoas_audio.errors import SpeechError

_MIN_BYTES_PER_S = 20_000
"""Minimum speed after the first :attr:`Timeouts.start` seconds; a slower download is aborted."""
_READ_BYTES = 1 << 16

OnBytes = Callable[[int, int], None]
"""Called with the bytes downloaded so far and the total."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a server may take, in seconds."""

    answer: float = 20.0
    """Seconds to wait for the next data."""
    start: float = 30.0
    """Seconds allowed per file in addition to the time for its size."""


def checked_base(base: str) -> str:
    """*base* without a slash at its end; raises ``SpeechError`` unless it is https or local."""
    if "://" not in base:
        raise SpeechError(
            f"“{base}” is neither a folder nor an address, and voices only come over https",
            hint="Check the spelling of what --from or PSOAS_AUDIO_VOICES_FROM names.",
        )
    _check_address(base)
    return base.rstrip("/")


def _check_address(url: str) -> None:
    """Raise ``SpeechError`` unless *url* is https or on this machine, so that nobody can tamper."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise SpeechError(f"“{url}” is not a valid address", hint=_URL_HINT) from None
    local = parts.scheme == "http" and host in ("localhost", "127.0.0.1", "::1")
    if not host or not (parts.scheme == "https" or local):
        raise SpeechError(
            f"voices are only downloaded over https, not from “{url}”", hint=_URL_HINT
        )


class _CheckedRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects only to URLs that are allowed themselves."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(url: str, timeouts: Timeouts, start: int) -> Any:
    scheme, _, rest = url.partition("://")
    headers = {"User-Agent": "psoas-audio"} | ({"Range": f"bytes={start}-"} if start else {})
    request = urllib.request.Request(f"{scheme}://{quote(rest, safe='/:[]%?=&')}", headers=headers)
    return urllib.request.build_opener(_CheckedRedirects).open(request, timeout=timeouts.answer)


def download(
    url: str,
    out: BinaryIO,
    max_bytes: int,
    timeouts: Timeouts,
    on_progress: OnBytes | None,
    start: int = 0,
) -> int:
    """Write what *url* returns to *out* and return its size in bytes; raises ``SpeechError``.

    *out* has the first *start* bytes already; they are asked for again if the server can't go on.
    """
    started, done = time.monotonic(), start
    try:
        with _open(url, timeouts, start) as answer:
            if start and answer.status != 206:
                out.seek(0)
                out.truncate()
                start = done = 0
            while block := answer.read1(_READ_BYTES):
                done += len(block)
                if done > max_bytes:
                    raise SpeechError("it is larger than it should be", where=url, hint=RETRY_HINT)
                if time.monotonic() - started > timeouts.start + (done - start) / _MIN_BYTES_PER_S:
                    raise SpeechError(
                        f"the download is too slow: {done:,} bytes so far",
                        where=url,
                        hint=RETRY_HINT,
                    )
                out.write(block)
                if on_progress is not None:
                    on_progress(done, max_bytes)
    except urllib.error.HTTPError as error:
        error.close()
        raise SpeechError(
            f"the server answered with status {error.code}", where=url, hint=RETRY_HINT
        ) from None
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise SpeechError(f"it can't be downloaded: {reason}", where=url, hint=RETRY_HINT) from None
    except (http.client.HTTPException, ValueError) as error:
        reason = type(error).__name__
        raise SpeechError(
            f"the server's answer is damaged ({reason})", where=url, hint=RETRY_HINT
        ) from None
    return done


RETRY_HINT = "Try again, or use another server with --from."
_URL_HINT = "Pass a URL that begins with https:// to --from."
