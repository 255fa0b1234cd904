"""Where takes are kept: the store, or a temporary folder while the store can't be written."""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from contextlib import AbstractContextManager
from pathlib import Path

from psoas_audio.cache.local import Cache, CacheUnwritableError


class TakeCache:
    """A store that never fails for want of space or rights on its own disk."""

    def __init__(self, store: Cache) -> None:
        self.warning = ""
        """Set once the store could not be written."""
        self._store = store
        self._spare: Cache | None = None
        self._guard = threading.Lock()

    def find(self, key: str) -> bytes | None:
        """The payload, if it is kept."""
        payload = self._store.get(key)
        return self._spare.get(key) if payload is None and self._spare else payload

    def has(self, key: str) -> bool:
        """Whether something is kept, whole or not; it stays for this run."""
        return self._store.has(key) or bool(self._spare and self._spare.has(key))

    def keep(self, key: str, payload: bytes) -> None:
        """Keep it; raises ``CacheError`` when the temporary folder can't be written either."""
        try:
            (self._spare or self._store).put(key, payload)
        except CacheUnwritableError as error:
            self._set_up_spare(error).put(key, payload)

    def lock(self, key: str) -> AbstractContextManager[None]:
        """Held while *key* is made, so that it is made once."""
        return self._store.lock(key)

    def _set_up_spare(self, error: CacheUnwritableError) -> Cache:
        with self._guard:
            if self._spare is None:
                folder = tempfile.mkdtemp(prefix="psoas-audio-")
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                self._spare = Cache(Path(folder))
                self.warning = f"{error.where}: {error.what}; takes are kept for this run only"
            return self._spare
