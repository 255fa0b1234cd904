"""A static host on this machine that answers ranges, and can be slow, hang, or die."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

KINDS = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json",
    ".mp3": "audio/mpeg", ".jpg": "image/jpeg", ".png": "image/png",
    ".webmanifest": "application/manifest+json", ".xml": "application/rss+xml",
}  # fmt: skip


class Host:
    """Serves a folder until it is told otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hangs = threading.Event()
        self.held: set[str] = set()
        """Paths that aren't answered as long as they are in it."""
        self.asked: list[str] = []
        """Path and range of each request."""
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                host.answer(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self._closed = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(request.path).path)
        told = request.headers.get("Range") or ""
        self.asked.append(f"{path} {told}".strip())
        if self._closed:
            request.close_connection = True
            return
        while path in self.held and not self._closed:
            threading.Event().wait(0.05)
        if self.hangs.is_set():
            while self.hangs.is_set() and not self._closed:
                threading.Event().wait(0.05)
            request.close_connection = True
            return
        file = self.folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        if not file.is_file():
            request.send_error(404)
            return
        data = file.read_bytes()
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", told)
        first = int(match[1]) if match else 0
        last = int(match[2]) if match and match[2] else len(data) - 1
        body = data[first : last + 1]
        request.send_response(206 if match else 200)
        request.send_header("Content-Type", KINDS.get(file.suffix, "application/octet-stream"))
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Accept-Ranges", "bytes")
        request.send_header("Cache-Control", "no-cache")
        if match:
            request.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        request.end_headers()
        with suppress(OSError):
            request.wfile.write(body)

    def die(self) -> None:
        """Nobody answers any more."""
        if not self._closed:
            self._closed = True
            self.server.shutdown()
            self.server.server_close()


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    host = Host(folder)
    try:
        yield host
    finally:
        host.hangs.clear()
        host.held.clear()
        host.die()
