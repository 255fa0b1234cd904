"""A store that others share, behind the one on this disk: any place that fsspec can name.

An entry is read from there once and kept here; what is made here is sent there too. What comes
from there is believed by its digest alone. Nothing depends on it: at its first fault it is left
alone for the rest of the render, and a warning says so.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from psoas_audio.errors import StoreError
from psoas_audio.store import Store, StoreUnwritableError, opened, sealed

_LOCAL = ("file://", "local://")


class RemoteStore(Store):
    """Reads through to a far folder, and writes back to it as well as that can be done."""

    def __init__(self, folder: Path, limit_bytes: int | None, url: str) -> None:
        """*url* such as ``s3://bucket/folder``; raises :class:`StoreError` where it is none."""
        super().__init__(folder, limit_bytes)
        try:
            from fsspec.core import url_to_fs

            options = {"auto_mkdir": True} if url.startswith(_LOCAL) else {}
            self._far, self._root = url_to_fs(url, **options)
        except (ImportError, ValueError, OSError) as error:
            raise StoreError(
                f"this store can't be used: {error}.",
                where=url,
                hint="Give a folder or a URL such as s3://bucket/folder; URLs need "
                "pip install 'psoas-audio[cluster]'.",
            ) from error
        self._url = url

    def get(self, key: str) -> bytes | None:
        """The payload from here, else from there; a bad entry is a miss."""
        payload = super().get(key)
        if payload is not None or self.warning:
            return payload
        try:
            content = self._far.cat_file(self._place(key))
        except FileNotFoundError:
            return None
        except Exception as error:  # each kind of far store has its own
            self._give_up(error)
            return None
        payload = opened(key, content)
        if payload is not None:
            with contextlib.suppress(StoreUnwritableError):
                super().put(key, payload)
        return payload

    def put(self, key: str, payload: bytes) -> None:
        """Keep *payload* here and there; raises :class:`StoreUnwritableError` for here."""
        if not self.warning:
            try:
                self._far.pipe_file(self._place(key), sealed(key, payload))
            except Exception as error:
                self._give_up(error)
        super().put(key, payload)

    def _place(self, key: str) -> str:
        return f"{self._root}/{key[:2]}/{key}.entry"

    def _give_up(self, error: Exception) -> None:
        reason = str(error).partition("\n")[0] or type(error).__name__
        self.warning = f"{self._url}: the store there can't be used ({reason}); going on without it"
