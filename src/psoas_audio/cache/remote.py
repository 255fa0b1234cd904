"""A shared remote cache behind the one on this disk, at any URL that fsspec can open.

An entry is downloaded once and then read from this disk; new entries are uploaded. A downloaded
entry is used only if its digest is right. Nothing depends on the remote cache: after a failure
this process doesn't use it for a while, and says so in a warning.
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
"""An unreachable remote cache must not hold up a render."""
_TRANSFER_TIMEOUT_S = 30.0
"""For one entry, after the remote cache has answered once."""
_RETRY_AFTER_S = 300.0
"""How long a failing remote cache isn't used: it may recover while a batch runs for hours."""

_S3: dict[str, Any] = {
    "max_concurrency": 1,  # otherwise each read asks for the length first
    "config_kwargs": {"retries": {"total_max_attempts": 1}},  # s3fs retries by itself
}
_OPTIONS: dict[str, dict[str, Any]] = {
    "file": {"auto_mkdir": True},
    "local": {"auto_mkdir": True},
    "s3": _S3,
    "s3a": _S3,
}


SCHEMES = (
    *("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl"),
    *("file", "local", "memory", "sftp", "ssh", "webdav", "webhdfs", "hdfs", "smb", "oci"),
)
"""Kinds of URL that can name a shared cache. Others of fsspec chain to further places, read
archives, or can't be written."""


class RemoteCache(Cache):
    """A cache that also reads from and, if possible, writes to a remote folder."""

    def __init__(self, folder: Path, limit_bytes: int | None, url: str) -> None:
        """*url* such as ``s3://bucket/folder``; raises :class:`CacheError` if it can't be used."""
        super().__init__(folder, limit_bytes)
        _check_url(url)
        try:
            self._remote = _remote_folder(url)
        except Exception as error:  # each kind of file system has its own
            raise CacheError(
                f"this cache can't be used: {error}.",
                where=url,
                hint="Give a folder or a URL such as s3://bucket/folder; URLs need "
                "pip install 'psoas-audio[cluster]'.",
            ) from error
        self.warning = self._remote.fault()

    def get(self, key: str) -> bytes | None:
        """The payload from this disk, else from the remote folder; a damaged entry is a miss."""
        payload = self.get_local(key)
        if payload is not None or self.warning:
            return payload
        content = self._remote.read(_entry_path(key))
        self.warning = self._remote.fault()
        payload = None if content is None else unseal(key, content)
        if payload is not None:
            with contextlib.suppress(CacheUnwritableError):
                super().put(key, payload)
        return payload

    def put(self, key: str, payload: bytes) -> None:
        """Add *payload* here and remotely; raises :class:`CacheUnwritableError` for this disk."""
        if not self.warning:
            self._remote.write(_entry_path(key), seal(key, payload))
            self.warning = self._remote.fault()
        super().put(key, payload)


class _RemoteFolder:
    """A remote folder, shared by all threads of this process."""

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        self._url = url
        self._files, self._root = url_to_fs(url, **_OPTIONS.get(url.partition("://")[0], {}))
        self._answered = False
        self._fault = ""
        self._since = 0.0

    def fault(self) -> str:
        """Why it isn't used at the moment; empty if it is."""
        return self._fault if time.monotonic() - self._since < _RETRY_AFTER_S else ""

    def read(self, path: str) -> bytes | None:
        """The content at *path*, valid or not; ``None`` if there is none or it can't be read."""
        content: bytes | None = self._try(self._files.cat_file, path)
        return content

    def write(self, path: str, content: bytes) -> None:
        """Write *content* to *path*, completely or not at all; does nothing if that fails."""
        # Not open(…, "wb"), which publishes an incomplete file when it is left by an exception.
        self._try(self._files.pipe_file, path, content, missing=False)

    def _try(self, do: Callable[..., Any], path: str, *args: Any, missing: bool = True) -> Any:
        """The result of *do*; ``None`` if it fails. *missing*: a missing file isn't a failure."""
        limit = _TRANSFER_TIMEOUT_S if self._answered else _FIRST_ANSWER_TIMEOUT_S
        # File systems that aren't asynchronous are on this machine and take no timeout.
        bounded = {"timeout": limit} if self._files.async_impl else {}
        try:
            result = do(f"{self._root}/{path}", *args, **bounded)
        except Exception as error:  # each file system has its own errors
            if not (missing and isinstance(error, FileNotFoundError)):
                self._record_failure(error, limit, path)
                return None
            result = None
        self._answered = True
        return result

    def _record_failure(self, error: Exception, limit: float, path: str) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        # Without the entry that happened to fail first, all warnings are the same.
        reason = reason.replace(f"/{path}", "").partition("\n")[0].rstrip(". ")
        if isinstance(error, TimeoutError):
            reason = f"no answer within {limit:g} s"
        self._fault = (
            f"{self._url}: this remote cache can't be used ({reason or type(error).__name__});"
            " going on without it"
        )
        self._since, self._answered = time.monotonic(), False


_remote_folder = cache(_RemoteFolder)
"""One per URL, so that a failure in one render doesn't hold up the next."""


def _check_url(url: str) -> None:
    """Raise :class:`CacheError` unless *url* names one place of a kind in :data:`SCHEMES`."""
    scheme, _, rest = url.partition("://")
    if scheme.lower() in SCHEMES and rest.strip("/") and "::" not in url:
        return
    raise CacheError(
        "a shared cache can't use this address.",
        where=url,
        hint=f"Give a folder, or a URL such as s3://bucket/folder: {', '.join(SCHEMES)}.",
    )


def _entry_path(key: str) -> str:
    return f"{key[:2]}/{key}.entry"
