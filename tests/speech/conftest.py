"""A cache for takes."""

import pytest

from psoas_audio.cache.local import Cache


@pytest.fixture
def cache(tmp_path) -> Cache:
    return Cache(tmp_path / "cache")
