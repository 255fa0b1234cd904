"""A store that others share, behind the one on this disk: any place that fsspec can name.

An entry is read from there once and kept here; what is made here is sent there too. What comes
from there is believed by its digest alone. Nothing depends on it: at its first fault this
process leaves it alone for a while, and a warning says so.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from psoas_audio.cache.local import Cache, CacheUnwritableError, seal, unseal
from psoas_audio.errors import CacheError

_FIRST_ANSWER_TIMEOUT_S = 5.0
"""Seconds for a far store's first answer: one that isn't there must not hold up a render."""
_TRANSFER_TIMEOUT_S = 30.0
"""Seconds for an entry, once it has answered."""
_RETRY_AFTER_S = 300.0
"""Seconds for which a faulty one is left alone: a batch may run for hours, and it come back."""

_S3: dict[str, Any] = {
    "max_concurrency": 1,  # else each reading asks for the length first
    "config_kwargs": {"retries": {"total_max_attempts": 1}},  # s3fs tries again by itself
}
_OPTIONS: dict[str, dict[str, Any]] = {
    "file": {"auto_mkdir": True},
    "local": {"auto_mkdir": True},
    "s3": _S3,
    "s3a": _S3,
}


class RemoteCache(Cache):
    """Reads through to a far folder, and writes back to it as well as that can be done."""

    def __init__(self, folder: Path, limit_bytes: int | None, url: str) -> None:
        """*url* such as ``s3://bucket/folder``; raises :class:`CacheError` where it is none."""
        super().__init__(folder, limit_bytes)
        try:
            self._far = _remote_folder(url)
        except (ImportError, ValueError, OSError) as error:
            raise CacheError(
                f"this store can't be used: {error}.",
                where=url,
                hint="Give a folder or a URL such as s3://bucket/folder; URLs need "
                "pip install 'psoas-audio[cluster]'.",
            ) from error
        self.warning = self._far.fault()

    def get(self, key: str) -> bytes | None:
        """The payload from here, else from there; a bad entry is a miss."""
        payload = self.get_local(key)
        if payload is not None or self.warning:
            return payload
        content = self._far.read(_entry_path(key))
        self.warning = self._far.fault()
        payload = None if content is None else unseal(key, content)
        if payload is not None:
            with contextlib.suppress(CacheUnwritableError):
                super().put(key, payload)
        return payload

    def put(self, key: str, payload: bytes) -> None:
        """Keep *payload* here and there; raises :class:`CacheUnwritableError` for here."""
        if not self.warning:
            self._far.write(_entry_path(key), seal(key, payload))
            self.warning = self._far.fault()
        super().put(key, payload)


class _RemoteFolder:
    """A far folder, as all threads of this process know it."""

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        self._url = url
        self._files, self._root = url_to_fs(url, **_OPTIONS.get(url.partition("://")[0], {}))
        self._answered = False
        self._fault = ""
        self._since = 0.0

    def fault(self) -> str:
        """Why it is left alone, in words; empty where it isn't."""
        return self._fault if time.monotonic() - self._since < _RETRY_AFTER_S else ""

    def read(self, place: str) -> bytes | None:
        """What lies at *place*, right or not; ``None`` where nothing does, or after a fault."""
        content: bytes | None = self._tried(self._files.cat_file, place)
        return content

    def write(self, place: str, content: bytes) -> None:
        """Put *content* at *place*, whole or not at all, unless there is a fault."""
        # Not open(…, "wb"): left by an exception, that publishes what it has so far.
        self._tried(self._files.pipe_file, place, content, missing=False)

    def _tried(self, do: Callable[..., Any], place: str, *args: Any, missing: bool = True) -> Any:
        """What *do* gives; ``None`` where it fails, or where what is *missing* may be so."""
        limit = _TRANSFER_TIMEOUT_S if self._answered else _FIRST_ANSWER_TIMEOUT_S
        # Those that aren't asynchronous are on this machine, and know no limit.
        bounded = {"timeout": limit} if self._files.async_impl else {}
        try:
            result = do(f"{self._root}/{place}", *args, **bounded)
        except Exception as error:  # each kind of far store has its own
            if not (missing and isinstance(error, FileNotFoundError)):
                self._leave(error, limit, place)
                return None
            result = None
        self._answered = True
        return result

    def _leave(self, error: Exception, limit: float, place: str) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        # Which entry met the fault first is chance: without it, all tell the same.
        reason = reason.replace(f"/{place}", "").partition("\n")[0].rstrip(". ")
        if isinstance(error, TimeoutError):
            reason = f"no answer within {limit:g} s"
        self._fault = (
            f"{self._url}: the store there can't be used ({reason or type(error).__name__});"
            " going on without it"
        )
        self._since, self._answered = time.monotonic(), False


_remote_folder = cache(_RemoteFolder)
"""One for each URL: a store that one render found faulty need not hold up the next."""


def _entry_path(key: str) -> str:
    return f"{key[:2]}/{key}.entry"
