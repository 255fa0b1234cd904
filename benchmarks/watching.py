"""How soon ``watch`` is heard: after its start, after a save that changes every line, after an edit.

    python benchmarks/watching.py [--engine kokoro] [--voice NAME] [--minutes 3]

The preview and its server run as in the command; instead of a browser, this program reads the sound
from the server, as soon as there is a version to play. Seconds are counted from the start, or from the
save, to the first sound of the line that has changed. Then the session is read on as if it were played:
it prints by how much the sound comes later than it would have to be heard. docs/producer.md quotes the
results.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import study
from arguments import parser_of

from psoas_audio import choose
from psoas_audio.studio.preview import Preview
from psoas_audio.studio.server import Server
from psoas_audio.units import SAMPLE_RATE

HEAD, FRAME = 44, 2
"""Bytes of the header and of a frame of mono sound."""
PIECE = SAMPLE_RATE // 4
"""Samples read at a time."""


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--engine", default="kokoro")
    parser.add_argument("--voice")
    parser.add_argument("--minutes", type=int, default=3)
    chosen = parser.parse_args()
    lines = chosen.minutes * 6
    with tempfile.TemporaryDirectory() as name:
        os.environ["PSOAS_AUDIO_CACHE"] = f"{name}/cache"
        script = Path(name) / "study.yaml"

        def save(edited: dict[int, str]) -> float:
            text = study.script(chosen.minutes, engine=chosen.engine, edited=edited)
            (Path(name) / "new").write_text(text, encoding="utf-8")
            (Path(name) / "new").replace(script)
            return time.perf_counter()

        begun = save({})
        with served(script, chosen.engine, chosen.voice) as desk:
            report("start, nothing spoken, model not loaded", *desk.first_sound(0, begun))
            desk.all_spoken(begun)
            begun = save({number: "Now " + study.line(number) for number in range(lines)})
            report("every line changed, model loaded", *desk.first_sound(0, begun))
            desk.all_spoken(begun)
            at = lines // 2
            begun = save({at: study.line(at).replace("Let the", "Let that")})
            report("one line changed", *desk.first_sound(at, begun, gaps=False))


def report(what: str, seconds: float, late: float | None) -> None:
    gaps = "" if late is None else f"; played on, the sound comes at most {late:.2f} s late"
    print(f"{what}: heard after {seconds:.2f} s{gaps}", flush=True)


class Desk:
    """A preview that is used as its page uses it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.serial = -1
        self.last = 0

    @contextlib.contextmanager
    def opened(self, path: str, first: int = 0) -> Iterator[http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=300)
        with contextlib.closing(connection):
            headers = {"Range": f"bytes={first}-"}
            connection.request("GET", self.server.path + path, headers=headers)
            with connection.getresponse() as answer:
                yield answer

    def told(self, path: str) -> Any:
        with self.opened(path) as answer:
            return json.loads(answer.read())

    def until(self, fits: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        while True:
            state: dict[str, Any] = self.told(f"state?after={self.serial}")
            self.serial = state["serial"]
            if fits(state):
                return state

    def all_spoken(self, begun: float) -> None:
        """Wait until every line is spoken, and print how long after *begun* that is."""
        self.until(lambda state: not state["busy"])
        print(f"… every line is spoken after {time.perf_counter() - begun:.1f} s", flush=True)

    def first_sound(
        self, line: int, begun: float, *, gaps: bool = True
    ) -> tuple[float, float | None]:
        """Seconds from *begun* until *line* sounds, and by how much its continuation is late."""
        state = self.until(lambda state: max(state["early"], state["version"]) > self.last)
        self.last = max(state["early"], state["version"])
        query = f"early={self.last}" if state["early"] else f"version={self.last}"
        session = self.told(f"session.json?{query}")
        start = session["lines"][line][0] * SAMPLE_RATE // 1000
        length = session["length"] * SAMPLE_RATE // 1000
        with self.opened(f"audio.wav?{query}&lanes=voice", HEAD + FRAME * start) as answer:
            while not np.frombuffer(answer.read(PIECE * FRAME), "<i2").any():
                start += PIECE
            heard = time.perf_counter()
            if not gaps:
                return heard - begun, None
            late, position = 0.0, start + PIECE
            while position < length * 0.9:
                answer.read(PIECE * FRAME)
                late = max(late, time.perf_counter() - heard - (position - start) / SAMPLE_RATE)
                position += PIECE
        return heard - begun, late


@contextlib.contextmanager
def served(script: Path, engine: str, voice: str | None) -> Iterator[Desk]:
    preview = Preview(str(script), choose(engine=engine, voice=voice))
    server = Server(preview, 0, "study")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    preview.start()
    try:
        yield Desk(server)
    finally:
        preview.stop()
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
