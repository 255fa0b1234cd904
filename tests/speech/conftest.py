"""A store for takes."""

import pytest

from psoas_audio.cache.local import Cache


@pytest.fixture
def store(tmp_path) -> Cache:
    return Cache(tmp_path / "store")
