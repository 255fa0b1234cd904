"""What is asked of an engine for a line, at its voice's own rate, and the key of the take made."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from psoas_audio.errors import SpeechError
from psoas_audio.speech import calibration
from psoas_audio.speech.engine import Engine, Request
from psoas_audio.speech.engines import load, reference_of
from psoas_audio.speech.lines import PLAIN, Line
from psoas_audio.speech.shelf import Shelf
from psoas_audio.speech.text import prepare
from psoas_audio.store import key_of

_SCHEMA = 1
"""Goes up when the same speech becomes another take."""

_Voice = tuple[str, str | None, str]


class Asking:
    """Requests and keys, by engines and voices that are looked up once."""

    def __init__(self, shelf: Shelf, lexicon: Mapping[str, str]) -> None:
        """*shelf* keeps the voices' curves; *lexicon*: the script's own aliases."""
        self._shelf = shelf
        self._lexicon = dict(lexicon)
        self._engines: dict[str, tuple[str, Engine]] = {}
        self._curves: dict[_Voice, calibration.Curve] = {}
        self._keys: dict[Line, str] = {}
        self._out_of_reach: dict[_Voice, str] = {}

    @property
    def warnings(self) -> list[str]:
        """Rates that a voice doesn't reach."""
        return list(self._out_of_reach.values())

    def reference(self, line: Line) -> str:
        """Where a worker finds the line's engine."""
        return self._engine(line)[0]

    def request(self, line: Line) -> Request:
        """What the line's engine shall say; its voice is measured."""
        curve = self._curves.get(_voice_of(line))
        if curve and not calibration.reaches(curve, line.rate):
            self._out_of_reach[_voice_of(line)] = (
                f"{line.mark}: {line.engine} speaks {curve[0][0]:.0f} to {curve[-1][0]:.0f} words"
                f" a minute, not {line.rate}"
            )
        rate = round(calibration.own_rate(curve, line.rate), 2) if curve else line.rate
        text = prepare(line.text, line.language, self._lexicon)
        return Request(text, line.voice, rate, line.pitch, line.language, line.text)

    def key(self, line: Line) -> str:
        """The key of the line's take; its voice is measured."""
        if line not in self._keys:
            treatment: dict[str, object] = {}
            if line.treatment != PLAIN:
                from psoas_audio.speech.treatment import MADE_BY  # loads its library

                treatment = {"treatment": line.treatment, "treated by": MADE_BY}
            self._keys[line] = self._key_of(line, "take", self.request(line), treatment)
        return self._keys[line]

    # The voice's own rates.

    def is_measured(self, line: Line) -> bool:
        """Whether the line's rate can be told to its voice."""
        if _voice_of(line) in self._curves or not self.rates(line):
            return True
        payload = self._shelf.find(self.curve_key(line))
        if payload is None:
            return False
        self._curves[_voice_of(line)] = calibration.unpack(payload)
        return True

    def rates(self, line: Line) -> Sequence[float]:
        """The own rates at which the line's voice is measured."""
        return self._engine(line)[1].rates(line.voice)

    def curve_key(self, line: Line) -> str:
        """The key of what was measured of the line's voice."""
        return self._key_of(line, "curve", yardstick(line, 0), {})

    def learn(self, line: Line, readings: Sequence[tuple[float, float]]) -> None:
        """Keep what was measured of the line's voice, see :func:`calibration.curve_of`."""
        with _at(line):
            curve = calibration.curve_of(readings)
        self._shelf.keep(self.curve_key(line), calibration.pack(curve))
        self._curves[_voice_of(line)] = curve

    def _engine(self, line: Line) -> tuple[str, Engine]:
        """The reference of the line's engine, and the engine itself for fingerprints."""
        if line.engine not in self._engines:
            with _at(line):
                reference = reference_of(line.engine)
                self._engines[line.engine] = reference, load(reference)
        return self._engines[line.engine]

    def _key_of(self, line: Line, kind: str, request: Request, more: Mapping[str, object]) -> str:
        with _at(line):
            fingerprint = self._engine(line)[1].fingerprint(request)
        parts = {"kind": kind, "schema": _SCHEMA, "engine": line.engine, "made by": fingerprint}
        # Not the words as written: they change nothing that the fingerprint doesn't tell.
        asked = {
            "text": request.text,
            "voice": request.voice,
            "rate": request.rate,
            "pitch": request.pitch,
            "language": request.language,
        }
        return key_of({**asked, **parts, **more})


def yardstick(line: Line, rate: float) -> Request:
    """What is asked of the line's voice to measure it."""
    return Request(calibration.PASSAGE, line.voice, rate, 50, line.language)


def _voice_of(line: Line) -> _Voice:
    return line.engine, line.voice, line.language


@contextlib.contextmanager
def _at(line: Line) -> Iterator[None]:
    """Give errors the line's place."""
    try:
        yield
    except SpeechError as error:
        raise SpeechError(error.what, where=line.mark, hint=error.hint) from None
    except OSError as error:
        name = f" “{Path(error.filename).name}”" if isinstance(error.filename, str) else ""
        raise SpeechError(
            f"the voice's file{name} can't be read: {(error.strerror or str(error)).lower()}",
            where=line.mark,
            hint="See that it is there, or choose another voice.",
        ) from None
