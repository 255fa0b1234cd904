"""The request that an engine gets for a line, and the cache key of the take that it makes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import NamedTuple

from psoas_audio.cache.installed_versions import installed_versions
from psoas_audio.cache.local import key_of
from psoas_audio.errors import SpeechError
from psoas_audio.speech.engine import Engine, Measured, Remote, Request, Uneven
from psoas_audio.speech.engines import load_engine, reference_of
from psoas_audio.speech.line import PLAIN, Line
from psoas_audio.speech.pronunciation.prepared_text import PreparedText
from psoas_audio.speech.pronunciation.text_cache import TextCache
from psoas_audio.speech.take_cache import TakeCache
from psoas_audio.speech.voice_rates import VoiceRates, passage_requests

_SCHEMA = 4
"""Increase it when the same speech is made into a different take."""

_TREATMENT_SCHEMA = 1
"""Increase it when a treatment changes."""


class _Engine(NamedTuple):
    """An engine, for fingerprints and rates, and what it is besides."""

    reference: str
    engine: Engine
    measured: Measured | None
    remote: Remote | None
    is_uneven: bool


class TakeKeys:
    """Requests and keys of lines. Engines and voices are looked up once."""

    def __init__(self, cache: TakeCache, lexicon: Mapping[str, str]) -> None:
        """*cache* holds how fast voices speak; *lexicon* has the script's own words."""
        self.voice_rates = VoiceRates(cache, self._rates, self.reading_key, self._known_readings)
        self._texts = TextCache(cache, lexicon)
        self._engines: dict[str, _Engine] = {}
        self._keys: dict[Line, str] = {}

    def reference(self, line: Line) -> str:
        """The reference by which a worker finds the line's engine."""
        return self._engine(line).reference

    def remote(self, line: Line) -> Remote | None:
        """The line's engine, if it asks a server."""
        return self._engine(line).remote

    def knows_text(self, line: Line) -> bool:
        """Whether the line's text was prepared here; if not, its take is probably missing."""
        return self._texts.has(line.text, line.language, line.pronounced)

    def prepared_text(self, line: Line) -> PreparedText:
        """The line's text as an engine gets it."""
        return self._texts.get(line.text, line.language, line.pronounced)

    def request(self, line: Line) -> Request:
        """The request for the line. No rate of its voice may be missing any more."""
        rate: float = line.rate
        if self._rates(line):
            with _errors_at(line):
                rate = self.voice_rates.own_rate(line)
        said = self.prepared_text(line)
        return Request(
            said.text,
            line.voice,
            rate,
            line.pitch,
            line.language,
            line.text,
            said.pronunciations,
        )

    def key(self, line: Line) -> str:
        """The key of the line's take. No rate of its voice may be missing any more."""
        if line not in self._keys:
            more: dict[str, object] = {}
            if line.treatment != PLAIN:
                version = installed_versions().get("pedalboard", "")
                made_by = f"{_TREATMENT_SCHEMA}, pedalboard {version}"
                more = {"treatment": line.treatment, "treated by": made_by}
            level = self.level(line)
            if level is not None:
                more["level"] = level
            self._keys[line] = self._key_of(line, "take", self.request(line), more)
        return self._keys[line]

    def level(self, line: Line) -> float | None:
        """LUFS that the line's take is brought towards; ``None`` where it stays as it is."""
        if self._engine(line).is_uneven and self._rates(line):
            return round(self.voice_rates.usual_level(line), 1)
        return None

    def reading_key(self, line: Line, rate: float) -> str:
        """The key of how long the line's voice takes for the passage at its own *rate*, and how
        loud it is."""
        first, *others = passage_requests(line, rate)
        sentences = {"sentences": [request.text for request in others]}
        return self._key_of(line, "pace and level", first, sentences)

    def _rates(self, line: Line) -> Sequence[float]:
        return self._engine(line).engine.rates(line.voice)

    def _known_readings(self, line: Line) -> Mapping[float, float]:
        measured = self._engine(line).measured
        return {} if measured is None else measured.readings(line.voice, line.language)

    def _engine(self, line: Line) -> _Engine:
        if line.engine not in self._engines:
            with _errors_at(line):
                reference = reference_of(line.engine)
                engine = load_engine(reference)
            self._engines[line.engine] = _Engine(
                reference,
                engine,
                engine if isinstance(engine, Measured) else None,
                engine if isinstance(engine, Remote) else None,
                isinstance(engine, Uneven),
            )
        return self._engines[line.engine]

    def _key_of(self, line: Line, kind: str, request: Request, more: Mapping[str, object]) -> str:
        with _errors_at(line):
            fingerprint = self._engine(line).engine.fingerprint(request)
        parts = {"kind": kind, "schema": _SCHEMA, "engine": line.engine, "made by": fingerprint}
        # Without the words as written: the fingerprint covers what depends on them.
        asked: dict[str, object] = {
            "text": request.text,
            "voice": request.voice,
            "rate": request.rate,
            "pitch": request.pitch,
            "language": request.language,
        }
        if request.pronunciations:
            asked["pronunciations"] = [astuple(said) for said in request.pronunciations]
        return key_of({**asked, **parts, **more})


@contextlib.contextmanager
def _errors_at(line: Line) -> Iterator[None]:
    """Add the line's place in the script to errors."""
    try:
        yield
    except SpeechError as error:
        raise SpeechError(error.what, where=line.mark, hint=error.hint) from None
    except OSError as error:
        name = f" “{Path(error.filename).name}”" if isinstance(error.filename, str) else ""
        raise SpeechError(
            f"the voice's file{name} can't be read: {(error.strerror or str(error)).lower()}",
            where=line.mark,
            hint="Check that the file exists, or choose another voice.",
        ) from None
