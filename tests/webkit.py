"""A real WebKit (WebKitGTK's MiniBrowser) over the W3C WebDriver protocol, on a display of its own.

It is the engine of Safari as far as it can be had without Apple's systems: layout, JavaScript and
policies are the same code, sound and picture are GStreamer's and GTK's.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest

from browser import Browser, call

ARGUMENTS = (
    "--automation",
    "--autoplay-policy=allow",
)


def mini_browser() -> str | None:
    """The small browser that comes with the library; it isn't on the path."""
    return next(map(str, Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser")), None)


def is_wanted() -> bool:
    """Whether it is asked for: on a busy machine a few tests fail in it."""
    return bool(os.environ.get("PSOAS_AUDIO_TRY_WEBKIT"))


def is_installed() -> bool:
    return all([shutil.which("WebKitWebDriver"), shutil.which("Xvfb"), mini_browser()])


class WebKit(Browser):
    name = "webkit"

    def faults(self) -> list[str]:
        """None: its driver tells of no faults."""
        return []

    def requests(self) -> set[str]:
        """Those of the page that is open, but for what its media loaded."""
        return set(
            self.run(
                """const asked = performance.getEntriesByType("resource").map((one) => one.name);
                return [location.href, ...asked].map((address) => address.split(":")[0]);"""
            )
        )

    @contextmanager
    def before_pages(self, script: str) -> Iterator[None]:
        pytest.skip("WebKit's driver can't do this")
        yield

    def media(self, **features: str) -> None:
        if features:
            pytest.skip("WebKit's driver can't do this")

    def screen(self, width: int, height: int, *, mobile: bool = True) -> None:
        # The window has bars around the page.
        for _ in range(2):
            had = self.run("return [innerWidth, innerHeight];")
            rect = call(f"{self._base}/window/rect", method="GET")
            call(f"{self._base}/window/rect", {
                "width": rect["width"] + width - had[0],
                "height": rect["height"] + height - had[1],
            })  # fmt: skip

    def picture(self) -> bytes:
        return base64.b64decode(call(f"{self._base}/screenshot", method="GET"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _started(*command: str, **more: Any) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True, **more) as process:
        try:
            yield process
        finally:
            process.terminate()


def _session(address: str, wishes: dict[str, Any]) -> Any:
    end = time.monotonic() + 20
    while True:
        try:
            return call(f"{address}/session", {"capabilities": {"alwaysMatch": wishes}})
        except URLError:  # the driver isn't ready yet
            assert time.monotonic() < end, "the driver doesn't answer"
            time.sleep(0.05)


@contextmanager
def webkit(*, waits_for_pages: bool = True) -> Iterator[WebKit]:
    """A MiniBrowser that nobody sees."""
    with ExitStack() as stack:
        screen = ("-screen", "0", "1600x1400x24", "-nolisten", "tcp")
        display = stack.enter_context(
            _started("Xvfb", "-displayfd", "1", *screen, stdout=subprocess.PIPE)
        )
        assert display.stdout is not None
        number = display.stdout.readline().strip()
        environment = {**os.environ, "DISPLAY": f":{number}", "GDK_BACKEND": "x11"}
        port = _free_port()
        driver = ("WebKitWebDriver", f"--port={port}")
        stack.enter_context(_started(*driver, env=environment, stdout=subprocess.DEVNULL))
        address = f"http://127.0.0.1:{port}"
        wishes = {
            "pageLoadStrategy": "normal" if waits_for_pages else "none",
            "webkitgtk:browserOptions": {"binary": mini_browser(), "args": ARGUMENTS},
        }
        answer = _session(address, wishes)
        try:
            yield WebKit(address, answer["sessionId"])
        finally:
            call(f"{address}/session/{answer['sessionId']}", method="DELETE")
