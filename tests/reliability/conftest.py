"""One server for all planted faults, and what a render gives where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import LINUX, OLD, Desk, Ended, Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if not LINUX:
        pytest.skip("the layer forks and reads /proc")
    server = Server()
    server.wait()
    yield server
    server.close()


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Callable[[str], Desk]:
    """A new desk by its name."""
    return lambda name: Desk(tmp_path / name, server)


@pytest.fixture(scope="session")
def whole(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Ended]:
    """A render without a fault, in a new cache."""
    desk = Desk(tmp_path_factory.mktemp("whole") / "desk", server)
    ended = desk.render()
    assert ended.status == 0, ended.stderr
    assert desk.files().keys() == OLD.keys()
    return desk, ended


@pytest.fixture(scope="session")
def warm(whole: tuple[Desk, Ended]) -> Ended:
    """A second render, whose takes the cache has."""
    good = whole[0].files()
    ended = whole[0].render()
    assert whole[0].files() == good
    return ended
