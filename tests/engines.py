"""The browser engines of this machine, for tests of pages that people open in any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest

import browser
import firefox
import webkit
from browser import Browser


@dataclass(frozen=True)
class Engine:
    is_installed: Callable[[], bool]
    start: Callable[..., AbstractContextManager[Browser]]


ENGINES: Mapping[str, Engine] = {
    "chromium": Engine(browser.is_installed, browser.browser),
    "firefox": Engine(lambda: firefox.program() is not None, firefox.firefox),
    **({"webkit": Engine(webkit.is_installed, webkit.webkit)} if webkit.is_wanted() else {}),
}


def started(name: str, **wishes: bool) -> AbstractContextManager[Browser]:
    """A browser of that engine; skips the test where the machine has none."""
    engine = ENGINES[name]
    if not engine.is_installed():
        pytest.skip(f"{name} isn't installed")
    return engine.start(**wishes)


def only_in(found: Browser, *names: str) -> None:
    """Skips the test in other engines: they can't be made to show what it is about."""
    if found.name not in names:
        pytest.skip(f"{found.name} can't be made to do this")
