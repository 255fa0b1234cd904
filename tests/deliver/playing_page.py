"""Pages that play a tone, a slow server for them, and what tests do with them in a browser."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from session_example import DETAILS, example

from browser import Browser, is_installed
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE

needs_sound = [
    pytest.mark.tools,
    pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg"),
]
needs_browser = [
    *needs_sound,
    pytest.mark.skipif(not is_installed(), reason="no chromium or driver"),
]


@cache
def tone(seconds: float) -> bytes:
    """A tone as an MP3."""
    source = f"sine=220:duration={seconds}:sample_rate={SAMPLE_RATE}"
    made = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", source,
         "-b:a", "48k", "-id3v2_version", "0", "-f", "mp3", "-"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return made.stdout


def page_file(
    folder: Path, session: Timeline | None = None, details: Details = DETAILS, **more: Any
) -> str:
    """The address of a page from disk that plays a tone as long as the session."""
    session = session or example()
    more.setdefault("sound", tone(session.length / SAMPLE_RATE))
    file = folder / "session.html"
    file.write_text(listener_page(session, details, **more), encoding="utf-8")
    return file.as_uri()


def open_page(chrome: Browser, address: str, **remembered: str) -> None:
    """Open a page anew, with nothing remembered but what is given, and wait for its sound."""
    chrome.open(address)
    chrome.run(
        """localStorage.clear();
        for (const [name, value] of Object.entries(arguments[0])) localStorage.setItem(name, value);
        addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);""",
        {name.replace("_", " ", 1).replace("_", "-"): value for name, value in remembered.items()},
    )
    chrome.open("about:blank")
    chrome.open(address)
    chrome.wait("document.getElementById('audio').readyState > 1")


def seek(chrome: Browser, seconds: float) -> None:
    chrome.run(
        """const audio = document.getElementById("audio");
        await new Promise((go) => {
          audio.addEventListener("seeked", go, { once: true });
          audio.currentTime = arguments[0];
        });
        // The header is measured anew when the frame is drawn.
        await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));""",
        seconds,
    )


def play(chrome: Browser) -> None:
    chrome.run(
        """const audio = document.getElementById("audio");
        await audio.play();
        await new Promise((go) => setTimeout(go, 100));"""
    )


def shown(chrome: Browser, name: str) -> str:
    return str(chrome.run("return document.getElementById(arguments[0]).textContent;", name))


def screen(chrome: Browser, width: int, height: int, *, mobile: bool = True) -> None:
    chrome.screen(width, height, mobile=mobile)


def media(chrome: Browser, **features: str) -> None:
    """Emulate media features such as ``forced_colors="active"``; without any, none."""
    chrome.media(**features)


def picture(chrome: Browser) -> Image.Image:
    return Image.open(io.BytesIO(chrome.picture())).convert("RGB")


class Site(ThreadingHTTPServer):
    """Serves files with byte ranges. A file in ``held`` stops after so many bytes until ``more``
    is set."""

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes], held: Mapping[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.files, self.held, self.more = files, held, threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        content = self.server.files.get(name)
        if content is None:
            self.send_error(404)
            return
        found = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first = int(found[1]) if found else 0
        last = int(found[2]) if found and found[2] else len(content) - 1
        self.send_response(206 if found else 200)
        kind = "text/html; charset=utf-8" if name.endswith("html") else "audio/mpeg"
        self.send_header("Content-Type", kind)
        self.send_header("Accept-Ranges", "bytes")
        if found:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        edge = max(first, min(last + 1, self.server.held.get(name, last + 1)))
        try:
            self.wfile.write(content[first:edge])
            self.wfile.flush()
            if edge <= last:
                self.server.more.wait(30)
                self.wfile.write(content[edge : last + 1])
        except OSError:
            pass  # The browser went away.

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def site(files: Mapping[str, bytes], **held: int) -> Iterator[Site]:
    """A server of *files*; ``session_html=1000`` holds back all but the first 1,000 bytes."""
    server = Site(files, {name.replace("_", "."): size for name, size in held.items()})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.more.set()
        server.shutdown()
        server.server_close()
