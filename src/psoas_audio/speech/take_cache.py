"""The cache of takes, with a temporary folder in its place if it can't be written."""

from __future__ import annotations

import contextlib
import shutil
import threading
import weakref
from contextlib import AbstractContextManager
from pathlib import Path

from psoas_audio.cache.local import Cache, CacheUnwritableError
from psoas_audio.temporary import make_temporary_folder


class TakeCache:
    """A cache that goes on working when its own disk is full or read-only."""

    def __init__(self, cache: Cache) -> None:
        self.warning = ""
        """Why takes are kept for this run only; empty while the cache can be written."""
        self._cache = cache
        self._fallback: Cache | None = None
        self._guard = threading.Lock()

    def find(self, key: str) -> bytes | None:
        """The payload of *key*; ``None`` if there is none."""
        payload = self._cache.get(key)
        return self._fallback.get(key) if payload is None and self._fallback else payload

    def find_local(self, key: str) -> bytes | None:
        """As :meth:`find`, but from this disk only."""
        return self._cache.get_local(key)

    def has(self, key: str) -> bool:
        """Whether there is an entry, valid or not. It won't be removed during this run."""
        return self._cache.has(key) or bool(self._fallback and self._fallback.has(key))

    def keep(self, key: str, payload: bytes) -> None:
        """Add it; raises ``CacheError`` if the temporary folder can't be written either."""
        try:
            (self._fallback or self._cache).put(key, payload)
        except CacheUnwritableError as error:
            self._set_up_fallback(error).put(key, payload)

    def keep_local(self, key: str, payload: bytes) -> None:
        """Add it on this disk only, if that can be written: for what is quick to make again."""
        with contextlib.suppress(CacheUnwritableError):
            self._cache.put_local(key, payload)

    def lock(self, key: str, timeout: float = 60.0) -> AbstractContextManager[None]:
        """A lock to hold while *key* is made, so that it is made once; see ``Cache.lock``."""
        return self._cache.lock(key, timeout)

    def _set_up_fallback(self, error: CacheUnwritableError) -> Cache:
        with self._guard:
            if self._fallback is None:
                folder = make_temporary_folder()
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                self._fallback = Cache(Path(folder))
                self.warning = f"{error.where}: {error.what}; takes are kept for this run only"
            return self._fallback
