"""One HTTP request to the speech server: bounded in time and size, and to the address allowed."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from psoas_audio.errors import SpeechError, system_reason
from psoas_audio.speech.engine import FinalError

_READ_BYTES = 1 << 16
_MAX_ERROR_BYTES = 1 << 16
"""Of an answer that isn't 200."""
_MAX_REDIRECTS = 3
_CONNECT_AGAIN_S = 1.0
"""Until a connection that failed is tried once more: the server may just be starting."""
_REDIRECTS = (301, 302, 303, 307, 308)
_KEEPS_METHOD = (307, 308)
"""Redirects after which the same is sent again."""


class BrokenAnswerError(SpeechError):
    """The server answered, but not all of it arrived: asking again may help."""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How long a server may take, in seconds."""

    connect: float = 5.0
    first_byte: float = 120.0
    """Of the body: many servers answer at once and send the sound when it is made."""
    between: float = 60.0
    """From one block of the body to the next."""
    whole: float = 300.0


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is sent."""

    method: str
    path: str
    """After the base URL, from the slash on."""
    payload: Mapping[str, Any] | None = None
    """Sent as JSON."""
    max_bytes: int = _MAX_ERROR_BYTES
    """The longest body that is read."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back."""

    status: int
    body: bytes
    retry_after: float | None = None
    """Seconds, if the server said so."""


class SpeechServer:
    """The server at a base URL."""

    def __init__(self, url: str, allow: str, key: str, limits: TimeLimits | None = None) -> None:
        """*allow* as in the settings; the *key* is sent to this server and appears nowhere else."""
        self.url = url
        self._allow = allow
        self._key = key
        self._limits = limits or TimeLimits()

    def send(self, request: HttpRequest) -> HttpAnswer:
        """Send *request* and return the answer, whatever its status.

        Raises ``BrokenAnswerError`` for an answer that breaks off, and ``FinalError`` where no
        answer can be had or where it is too large.
        """
        url = self.url + request.path
        for _ in range(_MAX_REDIRECTS + 1):
            answer, location = self._send_once(request, url)
            if location is None:
                return answer
            url = _redirected(url, location, answer.status)
        raise FinalError("the speech server redirects in a circle", hint="Check its address.")

    def without_key(self, text: str) -> str:
        """*text* of the server's, on one line, without the key and control characters."""
        text = text.replace(self._key, "…") if self._key else text
        printable = "".join(sign if sign.isprintable() else " " for sign in text)
        return " ".join(printable.split())[:300]

    def _send_once(self, request: HttpRequest, url: str) -> tuple[HttpAnswer, str | None]:
        """The answer, and where it redirects to."""
        parts = urlsplit(url)
        limits = self._limits
        sock = self._connect(parts.scheme, str(parts.hostname), parts.port)
        # Timeouts of a socket start anew with each byte; this one doesn't.
        alarm = _Alarm(sock, limits.whole)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = sock
        try:
            sock.settimeout(limits.first_byte)
            body = None if request.payload is None else json.dumps(request.payload).encode()
            connection.request(request.method, parts.path, body, self._headers(body))
            with connection.getresponse() as response:
                answer = self._read(response, sock, request)
                location = response.getheader("Location") if response.status in _REDIRECTS else None
            return answer, location
        except (TimeoutError, http.client.HTTPException, OSError, ValueError) as error:
            if alarm.rang:
                reason = f"it took longer than {limits.whole:g} s"
            elif isinstance(error, TimeoutError):
                reason = f"nothing was received for {sock.gettimeout() or 0:g} s"
            else:
                reason = _how_it_broke(error)
            raise BrokenAnswerError(
                f"the speech server's answer did not arrive: {reason}",
                hint=f"Check the server at {self.url}.",
            ) from None
        finally:
            alarm.cancel()
            connection.close()
            sock.close()

    def _read(
        self, response: http.client.HTTPResponse, sock: socket.socket, request: HttpRequest
    ) -> HttpAnswer:
        limit = request.max_bytes if is_success(response.status) else _MAX_ERROR_BYTES
        unpack = _Unpacked(response.getheader("Content-Encoding", ""), limit)
        body, received = bytearray(), 0
        while block := response.read1(_READ_BYTES):
            sock.settimeout(self._limits.between)
            received += len(block)
            body += unpack(block)
            if max(received, len(body)) > limit:
                if not is_success(response.status):
                    break
                raise FinalError(
                    f"the speech server sent more than {limit:,} bytes for this line",
                    hint="Check which voice and model it uses.",
                )
        expected = response.getheader("Content-Length", "")
        if expected.isdecimal() and received < min(int(expected), limit):
            raise http.client.IncompleteRead(b"")
        unpack.check_end()
        return HttpAnswer(response.status, bytes(body), _seconds(response.getheader("Retry-After")))

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {
            "User-Agent": "psoas-audio",
            "Accept": "audio/*, application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    def _connect(self, scheme: str, host: str, port: int | None) -> socket.socket:
        """A connection to *host*, tried again once.

        Raises ``FinalError`` where none can be had, or where its address isn't allowed.
        """
        port = port or (443 if scheme == "https" else 80)
        for wait in (_CONNECT_AGAIN_S, 0.0):
            try:
                return self._connect_once(scheme, host, port)
            except (OSError, UnicodeError) as error:
                failure = error
            time.sleep(wait)
        if isinstance(failure, (socket.gaierror, UnicodeError)):
            raise FinalError(
                f"the speech server “{host}” can't be found",
                hint=f"Check the spelling of {self.url}, and your network.",
            ) from None
        raise FinalError(
            f"no speech server answers at {self.url}, tried twice: {_reason(failure)}",
            hint="Start it, or set PSOAS_AUDIO_ENDPOINT to the address and port it runs at.",
        ) from None

    def _connect_once(self, scheme: str, host: str, port: int) -> socket.socket:
        """A connection to the first address of *host* that answers; all must be allowed.

        The address that was checked is the one that is connected to: a name that resolves
        otherwise the next time can't lead elsewhere. Raises ``OSError``, or ``UnicodeError`` for a
        name that no host can have, where there is none.
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            _check_address(address, scheme, host, self._allow)
        failure = OSError("it has no address")
        for address in addresses:
            try:
                sock = socket.create_connection((address, port), self._limits.connect)
                return sock if scheme == "http" else _encrypted(sock, host)
            except OSError as error:
                failure = error
        raise failure


class _Unpacked:
    """Unpacks a body that a proxy has compressed although none was asked for."""

    def __init__(self, encoding: str, limit: int) -> None:
        """*encoding* as in the header; no block gives more than *limit* bytes and one."""
        self._most = limit + 1
        self._reader = None
        if encoding.strip().lower() in ("gzip", "x-gzip", "deflate"):
            self._reader = zlib.decompressobj(zlib.MAX_WBITS | 32)  # either of the two headers
        elif encoding.strip().lower() not in ("", "identity"):
            raise FinalError(
                f"the speech server's answer is compressed in a way that isn't read: {encoding}",
                hint="Switch the compression off, in the server or the proxy before it.",
            )

    def __call__(self, block: bytes) -> bytes:
        if self._reader is None:
            return block
        try:
            return self._reader.decompress(block, self._most)
        except zlib.error:
            raise http.client.HTTPException from None

    def check_end(self) -> None:
        """Raise ``IncompleteRead`` if the compressed body breaks off."""
        if self._reader is not None and not self._reader.eof:
            raise http.client.IncompleteRead(b"")


def is_success(status: int) -> bool:
    """Whether the whole of what was asked for comes with *status*."""
    return status in (200, 201, 203)


def _how_it_broke(error: Exception) -> str:
    """In a few words."""
    if isinstance(error, (http.client.IncompleteRead, ConnectionError)):
        return "it broke off"
    if isinstance(error, (http.client.HTTPException, ValueError)):
        return "it isn't HTTP as servers speak it"
    return _reason(error)


def _reason(error: Exception) -> str:
    """Why a connection failed, in a few words."""
    if isinstance(error, TimeoutError):
        return "it sent no answer"
    return system_reason(error) if isinstance(error, OSError) else str(error)


class _Alarm:
    """Ends a connection after a time, whatever it is doing."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.rang = False
        self._sock = sock
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)


def _encrypted(sock: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except ssl.SSLError as error:
        sock.close()
        raise FinalError(
            f"the speech server “{host}” can't be trusted: {error.reason or 'no TLS'}",
            hint="Check its address and its certificate.",
        ) from None
    except OSError:
        sock.close()
        raise


def _check_address(text: str, scheme: str, host: str, allow: str) -> None:
    """Raise ``FinalError`` unless the address *text* of *host* may be asked."""
    address = ipaddress.ip_address(text.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return
    how = "Set PSOAS_AUDIO_ENDPOINT_ALLOW={} to allow it."
    if not (address.is_global or address.is_link_local or address.is_multicast):
        if address.is_unspecified or allow not in ("private", "any"):
            raise FinalError(
                f"the speech server “{host}” is not on this machine", hint=how.format("private")
            )
        return
    if not address.is_global:
        raise FinalError(f"the address of “{host}” can't belong to a speech server")
    if allow != "any":
        raise FinalError(
            f"the speech server “{host}” is on the internet: the words of your script would be"
            " sent there",
            hint=how.format("any"),
        )
    if scheme != "https":
        raise FinalError(
            f"the speech server “{host}” is on the internet and its address isn't https",
            hint="Use its https:// address: words and key would be readable on the way.",
        )


def _redirected(url: str, location: str, status: int) -> str:
    """Where to ask instead of *url*; raises ``FinalError`` unless it is the same server."""
    old = urlsplit(url)
    try:
        new = urlsplit(urljoin(url, location))
        new.path.encode("ascii")
        valid = new.hostname is not None and new.path.isprintable() and " " not in new.path
    except ValueError:
        valid = False
    if not valid:
        raise FinalError(
            "the speech server redirects to an address that isn't valid",
            hint="Check its address, and the server.",
        )
    same = (old.scheme, old.netloc) == (new.scheme, new.netloc)
    if not same or status not in _KEEPS_METHOD:
        where = f"to “{new.hostname}”" if not same else f"to {new.path}"
        raise FinalError(
            f"the speech server redirects {where}, which isn't followed",
            hint="Set the address that it redirects to, if you trust it.",
        )
    return new._replace(query="", fragment="").geturl()


def _seconds(retry_after: str | None) -> float | None:
    """Seconds, 0 or more, of a ``Retry-After``: a number, or a date; ``None`` for anything else."""
    if not retry_after:
        return None
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", retry_after.strip()):
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
        return max(0.0, at.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
