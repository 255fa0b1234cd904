"""A real Firefox over WebDriver BiDi, which it speaks by itself."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browser import Browser
from websocket import WebSocket

SETTINGS = {
    "media.autoplay.default": 0,  # sound may begin without a touch
    "network.proxy.type": 0,  # what is asked for is on this machine
}
MUTE = """gBrowser.addTabsProgressListener({ onLocationChange(tab) {
  tab.browsingContext.notifyMediaMutedChanged(true);
} });"""
"""Mutes every page from outside, unseen by the page: unmuted, it would need a sound device."""
FEATURES = {"prefers_reduced_motion": ("ui.prefersReducedMotion", {"reduce": 1})}
"""Media features that can be emulated, by a setting and its values."""
PATIENCE = 60.0
"""Seconds until an answer is given up."""


def program() -> str | None:
    return next((path for name in ("firefox-esr", "firefox") if (path := shutil.which(name))), None)


class Firefox(Browser):
    name = "firefox"

    def __init__(self, socket: WebSocket, *, waits_for_pages: bool) -> None:
        self._socket, self._number, self._waits = socket, 0, waits_for_pages
        self._events: list[dict[str, Any]] = []
        self.command("session.new", capabilities={})
        self._page = self.command("browsingContext.getTree")["contexts"][0]["context"]
        events = ["log.entryAdded", "network.beforeRequestSent"]
        self.command("session.subscribe", events=events)
        self._run_outside(MUTE)

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of a command of the protocol."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            told = json.loads(self._socket.receive())
            if told.get("id") == self._number:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['error']}: {told['message']}")
                result: dict[str, Any] = told["result"]
                return result
            if told["type"] == "event":
                self._events.append(told)

    def _run_outside(self, script: str) -> None:
        """Runs *script* with the browser's own rights, in its window instead of the page."""
        windows = self.command("browsingContext.getTree", **{"moz:scope": "chrome"})
        target = {"context": windows["contexts"][0]["context"]}
        told = self.command(
            "script.evaluate", expression=f"{{{script}}} null", target=target, awaitPromise=False
        )
        assert told["type"] == "success", told

    def open(self, url: str) -> None:
        wait = "complete" if self._waits else "none"
        self.command("browsingContext.navigate", context=self._page, url=url, wait=wait)

    def run(self, script: str, *arguments: Any) -> Any:
        result = self.command(
            "script.callFunction",
            functionDeclaration=f"""async (texts) => JSON.stringify(
              (await (async function () {{{script}}}).apply(null, JSON.parse(texts))
                .catch((e) => "threw: " + e.message)) ?? null)""",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._page},
            awaitPromise=True,
            userActivation=True,
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def press(self, *keys: str) -> None:
        actions = [{"type": "keyDown", "value": key} for key in keys]
        actions += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        source = {"type": "key", "id": "keys", "actions": actions}
        self.command("input.performActions", context=self._page, actions=[source])

    def screen(self, width: int, height: int, *, mobile: bool = True) -> None:
        size = {"width": width, "height": height}
        self.command("browsingContext.setViewport", context=self._page, viewport=size)

    def media(self, **features: str) -> None:
        for name, (setting, values) in FEATURES.items():
            value = values.get(features.pop(name, ""), 0)
            self._run_outside(f"Services.prefs.setIntPref({setting!r}, {value});")
        if features:
            raise NotImplementedError(f"Firefox can't be made to emulate {sorted(features)}")

    def picture(self) -> bytes:
        made = self.command("browsingContext.captureScreenshot", context=self._page)
        return base64.b64decode(made["data"])

    @contextmanager
    def before_pages(self, script: str) -> Iterator[None]:
        made = self.command("script.addPreloadScript", functionDeclaration=f"() => {{{script}}}")
        try:
            yield
        finally:
            self.command("script.removePreloadScript", **made)

    def faults(self) -> list[str]:
        return [
            entry["text"] for entry in self._take("log.entryAdded") if entry["level"] == "error"
        ]

    def requests(self) -> set[str]:
        sent = self._take("network.beforeRequestSent")
        return {entry["request"]["url"].split(":")[0] for entry in sent}

    def _take(self, event: str) -> list[dict[str, Any]]:
        """What *event* told since the last call."""
        self.run("")  # the page has told all that it had to tell before it answers
        found = [told["params"] for told in self._events if told["method"] == event]
        self._events = [told for told in self._events if told["method"] != event]
        return found


@contextmanager
def firefox(*, waits_for_pages: bool = True) -> Iterator[Firefox]:
    """A silent Firefox with a profile of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        settings = (f"user_pref({json.dumps(n)}, {json.dumps(v)});" for n, v in SETTINGS.items())
        Path(profile, "user.js").write_text("\n".join(settings), encoding="utf-8")
        found = program()
        assert found is not None
        command = [found, "--headless", "--no-remote", "--remote-debugging-port=0"]
        command += ["--remote-allow-system-access", "--profile", profile]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True,
        ) as process:  # fmt: skip
            try:
                assert process.stderr is not None
                port = next(
                    int(told[1])
                    for line in process.stderr
                    if (told := re.search(r"ws://127\.0\.0\.1:(\d+)", line))
                )
                threading.Thread(target=process.stderr.read, daemon=True).start()
                socket = WebSocket(port, "/session", PATIENCE)
                yield Firefox(socket, waits_for_pages=waits_for_pages)
                socket.close()
            finally:
                process.terminate()
