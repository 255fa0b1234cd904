"""The preview's server: this machine alone, this session alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from psoas_audio.deliver.web.review import preview_page, review_data
from psoas_audio.errors import OutputError
from psoas_audio.mix import TRACKS
from psoas_audio.studio.preview import Preview, PreviewVersion
from psoas_audio.studio.wav import LiveWav, byte_range
from psoas_audio.timeline.model import TrackName

LOOPBACK = "127.0.0.1"
PORT = 8420
"""The one taken where none is asked for and it is free."""
_WAIT = 15.0
"""Seconds that a page waits for a change before it asks again."""


class Server(ThreadingHTTPServer):
    """Serves *preview* on loopback; port 0 is any free one.

    Raises :class:`OutputError` where the port is taken.
    """

    daemon_threads = True

    def __init__(self, preview: Preview, port: int, title: str) -> None:
        self.preview = preview
        self.page, self.policy = preview_page(title)
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise OutputError(
                f"port {port} can't be used: {(error.strerror or str(error)).lower()}.",
                hint="Choose another with --port, or leave it out.",
            ) from error

    @property
    def names(self) -> tuple[str, str]:
        """What it answers to: another name may be a stranger's, led here by its own DNS."""
        return f"{LOOPBACK}:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in mid-answer is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server_version = "psoas-audio"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer one of the five addresses there are."""
        server = cast(Server, self.server)
        url = urlsplit(self.path)
        if self.headers.get("Host") not in server.names:
            self._refuse(421, "This preview answers to its own address alone.")
        elif self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            self._refuse(403, "Another site asked for this.")
        elif url.path not in _ANSWERS:
            self._refuse(404, "There is nothing here.")
        else:
            query = {name: values[-1] for name, values in parse_qs(url.query).items()}
            _ANSWERS[url.path](self, server, query)

    do_HEAD = do_GET  # noqa: N815

    def page(self, server: Server, query: dict[str, str]) -> None:
        """The review page."""
        del query
        extra = {"Content-Security-Policy": server.policy + "; frame-ancestors 'none'"}
        self._send("text/html; charset=utf-8", server.page.encode(), extra)

    def state(self, server: Server, query: dict[str, str]) -> None:
        """What is going on, as soon as it is news."""
        after = query.get("after", "")
        state = server.preview.state(int(after) if after.isdecimal() else -1, _WAIT)
        told = {
            "serial": state.serial,
            "version": state.version,
            "status": state.status,
            "busy": state.busy,
            "problems": state.problems,
        }
        self._send_json(told)

    def session(self, server: Server, query: dict[str, str]) -> None:
        """Everything the page draws."""
        if heard := self._heard(server, query):
            live = heard.live
            self._send_json(
                review_data(live.timeline, live.details, remarks=heard.remarks, figures={})
            )

    def waveform(self, server: Server, query: dict[str, str]) -> None:
        """The outline of a lane."""
        heard, lanes = self._heard(server, query), _lanes(query)
        if heard and len(lanes) != 1:
            self._refuse(404, "There is no such lane.")
        elif heard:
            self._send("application/octet-stream", heard.live.waveform(lanes[0]))

    def audio(self, server: Server, query: dict[str, str]) -> None:
        """The sound, from where it is asked."""
        heard = self._heard(server, query, sound=True)
        if heard is None:
            return
        wav = LiveWav(heard.live, _lanes(query))
        span = byte_range(self.headers.get("Range"), wav.size)
        start, stop = span or (0, wav.size)
        if start == stop:
            self._refuse(416, "There is no such range.", f"bytes */{wav.size}")
            return
        headers = {"Accept-Ranges": "bytes"}
        if span:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{wav.size}"
        self._begin(206 if span else 200, "audio/wav", stop - start, headers)
        if self.command == "GET":
            self._stream(wav.read(start, stop))

    def _heard(
        self, server: Server, query: dict[str, str], *, sound: bool = False
    ) -> PreviewVersion | None:
        version = query.get("version", "")
        heard = server.preview.heard(int(version)) if version.isdecimal() else None
        if heard is None and sound:
            self._refuse(404, "This version of the session is no longer here.")
        elif heard is None:  # a page that asks just as a newer one comes has made no mistake
            self._begin(204, "text/plain; charset=utf-8", 0, {})
        return heard

    def _send_json(self, value: object) -> None:
        self._send("application/json", json.dumps(value, ensure_ascii=False).encode())

    def _send(self, kind: str, body: bytes, extra: dict[str, str] | None = None) -> None:
        self._begin(200, kind, len(body), extra or {})
        if self.command == "GET":
            self._stream([body])

    def _stream(self, pieces: Iterable[bytes]) -> None:
        try:
            for piece in pieces:
                self.wfile.write(piece)
        except OSError:  # the browser has heard enough
            self.close_connection = True

    def _refuse(self, status: int, why: str, content_range: str = "") -> None:
        body = f"{why}\n".encode()
        extra = {"Content-Range": content_range} if content_range else {}
        self._begin(status, "text/plain; charset=utf-8", len(body), extra)
        if self.command == "GET":
            self._stream([body])

    def _begin(self, status: int, kind: str, length: int, extra: dict[str, str]) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(length),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in (headers | extra).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the page tells what matters."""


def _lanes(query: dict[str, str]) -> tuple[TrackName, ...]:
    """The lanes asked for; all where none are named."""
    if "lanes" not in query:
        return TRACKS
    wanted = query["lanes"].replace("+", " ").split()
    return tuple(track for track in TRACKS if track in wanted)


_ANSWERS: dict[str, Callable[[_Handler, Server, dict[str, str]], None]] = {
    "/": _Handler.page,
    "/state": _Handler.state,
    "/session.json": _Handler.session,
    "/waveform": _Handler.waveform,
    "/audio.wav": _Handler.audio,
}


def serve(name: str, preview: Preview, port: int | None, ready: Callable[[str], None]) -> None:
    """Follow and serve until interrupted; *ready* gets the page's address.

    Raises :class:`OutputError` where *port* is taken.
    """
    try:
        server = Server(preview, PORT if port is None else port, name)
    except OutputError:
        if port is not None:
            raise
        server = Server(preview, 0, name)
    preview.start()
    try:
        ready(server.address)
        server.serve_forever()
    except KeyboardInterrupt:
        pass  # that is how one ends it
    finally:
        preview.stop()
        server.server_close()
