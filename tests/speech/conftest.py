"""A store for takes."""

import pytest

from psoas_audio.cache.local import Store


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "store")
