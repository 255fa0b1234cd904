"""What is asked of an engine for a line, at its voice's own rate, and the key of the take made."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from psoas_audio.cache.local import key_of
from psoas_audio.errors import SpeechError
from psoas_audio.speech import calibration
from psoas_audio.speech.engine import Engine, Request
from psoas_audio.speech.engines import load_engine, reference_of
from psoas_audio.speech.line import PLAIN, Line
from psoas_audio.speech.normalization.steps import normalize_text
from psoas_audio.speech.take_cache import TakeCache

_SCHEMA = 2
"""Goes up when the same speech becomes another take."""

_TREATMENT_SCHEMA = 1
"""Goes up when a treatment becomes another one."""

_Voice = tuple[str, str | None, str]


class TakeKeys:
    """Requests and keys, by engines and voices that are looked up once."""

    def __init__(self, shelf: TakeCache, lexicon: Mapping[str, str]) -> None:
        """*shelf* keeps what voices read; *lexicon*: the script's own aliases."""
        self._cache = shelf
        self._lexicon = dict(lexicon)
        self._engines: dict[str, tuple[str, Engine]] = {}
        self._readings: dict[_Voice, dict[float, float]] = {}
        self._own: dict[tuple[_Voice, float], float] = {}
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
        rate = self._own_rate(line) if self.rates(line) else line.rate
        text = normalize_text(line.text, line.language, self._lexicon)
        return Request(text, line.voice, rate, line.pitch, line.language, line.text)

    def key(self, line: Line) -> str:
        """The key of the line's take; its voice is measured."""
        if line not in self._keys:
            treatment: dict[str, object] = {}
            if line.treatment != PLAIN:
                made_by = f"{_TREATMENT_SCHEMA}, pedalboard {version('pedalboard')}"
                treatment = {"treatment": line.treatment, "treated by": made_by}
            self._keys[line] = self._key_of(line, "take", self.request(line), treatment)
        return self._keys[line]

    # The voice's own rates.

    def unread(self, line: Line) -> tuple[float, ...]:
        """The own rates at which the line's voice must be heard next, to tell it the line's rate.

        None where that is known. When these are learnt there may be more.
        """
        rates = self.rates(line)
        if not rates or (_voice_of(line), line.rate) in self._own:
            return ()
        readings = self._readings.setdefault(_voice_of(line), {})
        while missing := calibration.rates_to_read(rates, readings, line.rate):
            for rate in missing:
                if found := self._cache.find(self.reading_key(line, rate)):
                    readings[rate] = calibration.unpack_reading(found)
            if unread := tuple(rate for rate in missing if rate not in readings):
                return unread
        return ()

    def rates(self, line: Line) -> Sequence[float]:
        """The own rates at which the line's voice is measured."""
        return self._engine(line)[1].rates(line.voice)

    def reading_key(self, line: Line, rate: float) -> str:
        """The key of how long the line's voice takes at its own *rate*."""
        return self._key_of(line, "reading", yardstick(line, rate), {})

    def learn(self, line: Line, rate: float, seconds: float) -> None:
        """Keep that the line's voice, at its own *rate*, takes *seconds* for the passage."""
        self._cache.keep(self.reading_key(line, rate), calibration.pack_reading(seconds))
        self._readings.setdefault(_voice_of(line), {})[rate] = seconds

    def _own_rate(self, line: Line) -> float:
        """The line's rate on its voice's own scale, which was read where it must be."""
        asked = _voice_of(line), line.rate
        if asked not in self._own:
            rates, readings = self.rates(line), self._readings[_voice_of(line)]
            with _errors_at(line):
                self._own[asked] = round(calibration.own_rate(rates, readings, line.rate), 2)
            if not calibration.is_reachable(rates, readings, line.rate):
                slowest, fastest = calibration.speed_range(rates, readings)
                self._out_of_reach[_voice_of(line)] = (
                    f"{line.mark}: {line.engine} speaks {slowest:.0f} to {fastest:.0f} words"
                    f" a minute, not {line.rate}"
                )
        return self._own[asked]

    def _engine(self, line: Line) -> tuple[str, Engine]:
        """The reference of the line's engine, and the engine itself for fingerprints."""
        if line.engine not in self._engines:
            with _errors_at(line):
                reference = reference_of(line.engine)
                self._engines[line.engine] = reference, load_engine(reference)
        return self._engines[line.engine]

    def _key_of(self, line: Line, kind: str, request: Request, more: Mapping[str, object]) -> str:
        with _errors_at(line):
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
def _errors_at(line: Line) -> Iterator[None]:
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
