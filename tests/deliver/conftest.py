"""The example session, and its page in a browser."""

from collections.abc import Iterator

import pytest
from playing_page import media, open_page, page_file, screen
from session_example import DETAILS, example

from browser import Browser
from psoas_audio.deliver.details import Details
from psoas_audio.timeline.model import Timeline


@pytest.fixture
def timeline() -> Timeline:
    return example()


@pytest.fixture
def details() -> Details:
    return DETAILS


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page of the example session is."""
    return page_file(tmp_path_factory.mktemp("page"))


@pytest.fixture
def chrome(shared: Browser, address: str) -> Iterator[Browser]:
    """The page of the example session, newly opened on a phone's screen."""
    media(shared)
    screen(shared, 390, 844)
    open_page(shared, address)
    shared.requests()
    yield shared
    assert shared.faults() == []
