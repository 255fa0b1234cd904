"""What is kept between renders besides takes: encoded blocks, beds, pictures."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from psoas_audio.cache.local import Cache, CacheUnwritableError, key_of


class BestEffortCache:
    """A cache for things that are quickly made again: where it can't be written they are."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def get(self, key: str) -> bytes | None:
        """What is kept under *key*, unharmed; or ``None``."""
        return self._cache.get(key)

    def get_local(self, key: str) -> bytes | None:
        """As :meth:`get`, but only what lies on this disk."""
        return self._cache.get_local(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep *value*, if that can be done."""
        with contextlib.suppress(CacheUnwritableError):
            self._cache.put(key, value)

    def get_or_make(self, parts: Mapping[str, Any], make: Callable[[], bytes]) -> bytes:
        """What *parts* name: kept, or else made now and kept."""
        key = key_of(parts)
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value
