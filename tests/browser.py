"""A real Chromium over the W3C WebDriver protocol, with nothing but the standard library."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_DIRECT = build_opener(ProxyHandler({}))  # the driver is on this machine: never through a proxy


def is_installed() -> bool:
    return bool(shutil.which("chromedriver") and (chromium() is not None))


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


class Browser:
    """What tests do with a browser. Other engines have the same methods."""

    name = "chromium"

    def __init__(self, address: str, session: str) -> None:
        self._base = f"{address}/session/{session}"

    def open(self, url: str) -> None:
        call(f"{self._base}/url", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """The value that *script*, the body of an async function, returns."""
        body = f"const done = arguments[arguments.length - 1]; (async function () {{{script}}})"
        body += ".apply(null, arguments).then(done, (e) => done('threw: ' + e.message))"
        return call(f"{self._base}/execute/async", {"script": body, "args": list(arguments)})

    def devtools(self, command: str, **params: Any) -> Any:
        return call(f"{self._base}/goog/cdp/execute", {"cmd": command, "params": params})

    def press(self, *keys: str) -> None:
        """Press *keys* together (WebDriver's code points for those without a character)."""
        actions = [{"type": "keyDown", "value": key} for key in keys]
        actions += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        source = {"type": "key", "id": "keys", "actions": actions}
        call(f"{self._base}/actions", {"actions": [source]})

    def screen(self, width: int, height: int, *, mobile: bool = True) -> None:
        """Give pages so many CSS pixels; a mobile one has no scroll bars beside them."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=mobile,
        )

    def media(self, **features: str) -> None:
        """Emulate media features such as ``forced_colors="active"``; without any, none."""
        listed = [{"name": n.replace("_", "-"), "value": v} for n, v in features.items()]
        self.devtools("Emulation.setEmulatedMedia", features=listed)

    def picture(self) -> bytes:
        """What is seen of the page, as PNG."""
        return base64.b64decode(self.devtools("Page.captureScreenshot", format="png")["data"])

    @contextmanager
    def before_pages(self, script: str) -> Iterator[None]:
        """Runs *script* in each page that is opened meanwhile, before the page's own."""
        made = self.devtools("Page.addScriptToEvaluateOnNewDocument", source=script)
        try:
            yield
        finally:
            self.devtools("Page.removeScriptToEvaluateOnNewDocument", **made)

    def faults(self) -> list[str]:
        """The errors in the console since the last call: exceptions, and what a policy blocked."""
        return [entry["message"] for entry in self.log("browser") if entry["level"] == "SEVERE"]

    def log(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = call(f"{self._base}/se/log", {"type": kind})
        return found

    def requests(self) -> set[str]:
        """The schemes of everything that pages asked for since the last call.

        Without the browser's own new tab, which may still be loading.
        """
        messages = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        sent = [m for m in messages if m["method"] == "Network.requestWillBeSent"]
        return {m["params"]["request"]["url"].split(":")[0] for m in sent} - {"chrome"}

    def wait(self, condition: str) -> None:
        """Until *condition*, a JavaScript expression, is true; fails after 20 seconds."""
        end = time.monotonic() + 20
        while not self.run(f"return Boolean({condition});"):
            assert time.monotonic() < end, f"never became true: {condition}"
            time.sleep(0.05)


def call(address: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = Request(address, data, {"Content-Type": "application/json"}, method=method)
    with _DIRECT.open(request, timeout=30) as answer:
        return json.load(answer)["value"]


@contextmanager
def browser(*, waits_for_pages: bool = True) -> Iterator[Browser]:
    """A browser; if it doesn't wait for pages, scripts run while a page is still loading."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        subprocess.Popen(
            ["chromedriver", "--port=0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as driver,
    ):
        try:
            assert driver.stdout is not None
            port = next(
                found[1]
                for line in driver.stdout
                if (found := re.search(r"successfully on port (\d+)", line))
            )
            address = f"http://127.0.0.1:{port}"
            options = {
                "binary": chromium(),
                "args": [*ARGUMENTS, f"--user-data-dir={profile}", "--window-size=390,844"],
            }
            wishes = {
                "pageLoadStrategy": "normal" if waits_for_pages else "none",
                "goog:chromeOptions": options,
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            }
            answer = call(f"{address}/session", {"capabilities": {"alwaysMatch": wishes}})
            yield Browser(address, answer["sessionId"])
            call(f"{address}/session/{answer['sessionId']}", method="DELETE")
        finally:
            driver.terminate()
