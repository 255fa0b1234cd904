"""The preview's server: for this machine only, and for one session."""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from psoas_audio.deliver.web.review import preview_page, review_data
from psoas_audio.errors import OutputError
from psoas_audio.mix import TRACKS
from psoas_audio.studio.preview import EarlyVersion, Preview, PreviewVersion
from psoas_audio.studio.wav import MixdownWav, byte_range
from psoas_audio.timeline.model import TrackName

LOOPBACK = "127.0.0.1"
PORT = 8420
"""The default, if it is free."""
_MAX_CONNECTIONS = 32
"""At a time; a browser opens six."""
_MAX_FIELDS = 10
_POLL_TIMEOUT_S = 15.0
"""Seconds until a request for changes is answered although there are none."""


class Server(ThreadingHTTPServer):
    """Serves *preview* on the loopback interface; port 0 means any free one.

    Raises :class:`OutputError` if the port is taken.
    """

    daemon_threads = True

    def __init__(self, preview: Preview, port: int, title: str) -> None:
        self.preview = preview
        self.path = f"/{secrets.token_urlsafe(16)}/"
        """What every address begins with: other users of this machine can't guess it."""
        self._free = threading.BoundedSemaphore(_MAX_CONNECTIONS)
        self.page, self.policy = preview_page(title)
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise OutputError(
                f"port {port} can't be used: {(error.strerror or str(error)).lower()}.",
                hint="Choose another --port, or leave the option out.",
            ) from error

    @property
    def names(self) -> tuple[str, str]:
        """The hosts it answers to. Any other may be a foreign site whose DNS points to us."""
        return f"{LOOPBACK}:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def address(self) -> str:
        """The URL of the page."""
        return f"http://{LOOPBACK}:{self.server_port}{self.path}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer *request* in a thread of its own, or close it where there are too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """As the base, and make room for another request."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore errors: a browser may close the connection at any time."""


class _Handler(BaseHTTPRequestHandler):
    server_version = "psoas-audio"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30
    """Seconds for which a connection may be idle."""

    def do_GET(self) -> None:
        """Answer one of the five paths in ``_ANSWERS``."""
        server = cast(Server, self.server)
        try:
            url = urlsplit(self.path)
        except ValueError:
            self._refuse(400, "This isn't a valid address.")
            return
        found, place = url.path.startswith(server.path), url.path.removeprefix(server.path)
        if self.headers.get("Host") not in server.names:
            self._refuse(421, "This preview answers to its own address only.")
        elif self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            self._refuse(403, "This request comes from another site.")
        elif not found or place not in _ANSWERS:
            self._refuse(404, "There is nothing at this address.")
        else:
            self._answer(place, url.query)

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, place: str, query: str) -> None:
        try:
            fields = parse_qs(query, max_num_fields=_MAX_FIELDS)
            values = {name: values[-1] for name, values in fields.items()}
            numbers = [values[name] for name in ("after", "version", "early") if name in values]
            if not all(re.fullmatch(r"-?[0-9]{1,9}", number) for number in numbers):
                raise ValueError
        except ValueError:
            self._refuse(400, "The values of this address can't be read.")
            return
        _ANSWERS[place](self, cast(Server, self.server), values)

    def page(self, server: Server, query: dict[str, str]) -> None:
        """The review page."""
        del query
        extra = {"Content-Security-Policy": server.policy + "; frame-ancestors 'none'"}
        self._send("text/html; charset=utf-8", server.page.encode(), extra)

    def state(self, server: Server, query: dict[str, str]) -> None:
        """The state of the preview, as soon as it changes."""
        after = query.get("after", "")
        state = server.preview.state(int(after or -1), _POLL_TIMEOUT_S)
        plain = {
            "serial": state.serial,
            "version": state.version,
            "early": state.early,
            "status": state.status,
            "busy": state.busy,
            "problems": state.problems,
        }
        self._send_json(plain)

    def session(self, server: Server, query: dict[str, str]) -> None:
        """Everything that the page draws."""
        current = self._version(server, query)
        if isinstance(current, EarlyVersion):
            timeline = current.mixdown.timeline
            self._send_json(review_data(timeline, current.draft.details(timeline), figures={}))
        elif current is not None:
            mixdown = current.mixdown
            data = review_data(
                mixdown.timeline, mixdown.details, remarks=current.remarks, figures={}
            )
            self._send_json(data | {"goesOn": current.goes_on})

    def waveform(self, server: Server, query: dict[str, str]) -> None:
        """The waveform of one track; nothing while lines are spoken."""
        current, tracks = self._version(server, query), _tracks(query)
        if current and len(tracks) != 1:
            self._refuse(404, "There is no such track.")
        elif isinstance(current, EarlyVersion):
            self._begin(204, "text/plain; charset=utf-8", 0, {})
        elif current:
            self._send("application/octet-stream", current.mixdown.waveform(tracks[0]))

    def audio(self, server: Server, query: dict[str, str]) -> None:
        """The sound, or the requested range of it."""
        current = self._version(server, query, sound=True)
        if current is None:
            return
        wav = MixdownWav(current.mixdown, _tracks(query))
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

    def _version(
        self, server: Server, query: dict[str, str], *, sound: bool = False
    ) -> PreviewVersion | EarlyVersion | None:
        current: PreviewVersion | EarlyVersion | None = None
        if version := query.get("version", ""):
            current = server.preview.version(int(version))
        elif early := query.get("early", ""):
            current = server.preview.early(int(early))
        if current is None and sound:
            self._refuse(404, "This version of the session is no longer here.")
        elif current is None:  # the page asked just before a newer version came: no error
            self._begin(204, "text/plain; charset=utf-8", 0, {})
        return current

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
        except OSError:  # the browser has closed the connection, or the sound has been given up
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
        """Log nothing: the page shows what matters."""


def _tracks(query: dict[str, str]) -> tuple[TrackName, ...]:
    """The requested tracks; all of them by default."""
    if "lanes" not in query:
        return TRACKS
    names = query["lanes"].replace("+", " ").split()
    return tuple(track for track in TRACKS if track in names)


_ANSWERS: dict[str, Callable[[_Handler, Server, dict[str, str]], None]] = {
    "": _Handler.page,
    "state": _Handler.state,
    "session.json": _Handler.session,
    "waveform": _Handler.waveform,
    "audio.wav": _Handler.audio,
}


def serve(name: str, preview: Preview, port: int | None, on_ready: Callable[[str], None]) -> None:
    """Follow the script and serve its page until interrupted.

    *on_ready* is called with the page's URL. Raises :class:`OutputError` if *port* is taken.
    """
    try:
        server = Server(preview, PORT if port is None else port, name)
    except OutputError:
        if port is not None:
            raise
        server = Server(preview, 0, name)
    preview.start()
    try:
        on_ready(server.address)
        server.serve_forever()
    except KeyboardInterrupt:
        pass  # Ctrl-C is how a user stops it
    finally:
        preview.stop()
        server.server_close()
