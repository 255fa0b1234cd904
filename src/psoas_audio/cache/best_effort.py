"""A cache whose failures are ignored, for what is quick to make again: blocks, beds, pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from psoas_audio.cache.local import Cache, CacheUnwritableError, key_of


class BestEffortCache:
    """A cache that ignores failures to write: its content is quick to make again."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def get(self, key: str) -> bytes | None:
        """The payload of *key*; ``None`` if there is no valid entry."""
        return self._cache.get(key)

    def get_local(self, key: str) -> bytes | None:
        """As :meth:`get`, but from this disk only."""
        return self._cache.get_local(key)

    def put(self, key: str, value: bytes) -> None:
        """Add *value*, if the cache can be written."""
        with contextlib.suppress(CacheUnwritableError):
            self._cache.put(key, value)

    def get_or_make(self, parts: Mapping[str, Any], make: Callable[[], bytes]) -> bytes:
        """The value for *parts*, from the cache or made by *make* and then cached."""
        key = key_of(parts)
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value
