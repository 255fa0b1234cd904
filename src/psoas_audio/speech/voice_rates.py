"""What the rates of each voice's own scale mean in words per minute, measured once and cached.

How loud the voice is at them is measured, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from psoas_audio.speech import calibration
from psoas_audio.speech.engine import Request
from psoas_audio.speech.line import Line
from psoas_audio.speech.take_cache import TakeCache

VoiceId = tuple[str, str | None, str]
"""Engine, voice and language."""


class VoiceRates:
    """Finds the rate to ask a voice for, from how long the voice takes for a known passage."""

    def __init__(
        self,
        cache: TakeCache,
        rates_of: Callable[[Line], Sequence[float]],
        reading_key: Callable[[Line, float], str],
        known_readings: Callable[[Line], Mapping[float, float]],
    ) -> None:
        """*rates_of* gives the own rates at which a line's voice is measured, slow to fast,
        *reading_key* the cache key of one of these measurements, and *known_readings* those that
        come with the engine: seconds by own rate."""
        self._cache = cache
        self._rates_of = rates_of
        self._reading_key = reading_key
        self._known_readings = known_readings
        self._readings: dict[VoiceId, dict[float, float]] = {}
        """Own rate to seconds of the passage's sentences."""
        self._levels: dict[VoiceId, dict[float, float]] = {}
        """Own rate to the voice's level in LUFS."""
        self._own_rates: dict[tuple[VoiceId, float], float] = {}
        """Voice and words per minute to its own rate."""
        self._warnings: dict[VoiceId, str] = {}

    @property
    def warnings(self) -> list[str]:
        """One for each voice that can't speak at a rate that was asked for."""
        return list(self._warnings.values())

    def missing_rates(self, line: Line) -> tuple[float, ...]:
        """Own rates at which the line's voice must be measured next; none if its rate is known.

        After these have been measured there may be more.
        """
        rates = self._rates_of(line)
        if not rates or (_voice_of(line), line.rate) in self._own_rates:
            return ()
        if _voice_of(line) not in self._readings:
            self._readings[_voice_of(line)] = dict(self._known_readings(line))
        readings = self._readings[_voice_of(line)]
        while rates_to_read := calibration.rates_to_read(rates, readings, line.rate):
            for rate in rates_to_read:
                if payload := self._cache.find(self._reading_key(line, rate)):
                    self._add(line, rate, *calibration.unpack_reading(payload))
            if missing := tuple(rate for rate in rates_to_read if rate not in readings):
                return missing
        return ()

    def add_reading(self, line: Line, rate: float, seconds: float, level: float) -> None:
        """Cache that the line's voice takes *seconds* for the passage's sentences at its own
        *rate*, and that their level is *level* LUFS."""
        self._cache.keep(self._reading_key(line, rate), calibration.pack_reading(seconds, level))
        self._add(line, rate, seconds, level)

    def _add(self, line: Line, rate: float, seconds: float, level: float) -> None:
        self._readings.setdefault(_voice_of(line), {})[rate] = seconds
        self._levels.setdefault(_voice_of(line), {})[rate] = level

    def usual_level(self, line: Line) -> float:
        """LUFS of the line's voice at the own rate read next to the line's. No rate may be missing
        any more."""
        levels, own_rate = self._levels[_voice_of(line)], self.own_rate(line)
        return levels[min(levels, key=lambda rate: (abs(rate - own_rate), rate))]

    def own_rate(self, line: Line) -> float:
        """The line's rate on its voice's own scale. No rate may be missing any more.

        Raises ``SpeechError`` if the voice speaks at one rate only.
        """
        voice = _voice_of(line)
        if (voice, line.rate) not in self._own_rates:
            rates, readings = self._rates_of(line), self._readings[voice]
            own_rate = calibration.own_rate(rates, readings, line.rate)
            self._own_rates[voice, line.rate] = round(own_rate, 2)
            if not (line.hurried or calibration.is_reachable(rates, readings, line.rate)):
                slowest, fastest = calibration.speed_range(rates, readings)
                self._warnings[voice] = (
                    f"{line.mark}: {line.engine} speaks {slowest:.0f} to {fastest:.0f} words"
                    f" a minute, not {line.rate}"
                )
        return self._own_rates[voice, line.rate]


def passage_requests(line: Line, rate: float) -> list[Request]:
    """The requests that measure the line's voice at its own *rate*: one for each sentence."""
    return [
        Request(sentence, line.voice, rate, 50, line.language) for sentence in calibration.SENTENCES
    ]


def _voice_of(line: Line) -> VoiceId:
    return line.engine, line.voice, line.language
