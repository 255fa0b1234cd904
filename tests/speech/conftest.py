"""A store for takes."""

import pytest

from psoas_audio.store import Store


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "store")
