"""What every test has: a store of its own, so that nothing outside decides a result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path_factory.mktemp("store")))
        yield
