"""Lengths of time as people write them: ``30 sec``, ``1:30``, ``de 30 a 60 s``, ``halbe Minute``.

English, German, Spanish and French, in one expression: the units hardly differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from psoas_audio.script.directions.numbers import NUMBER_PATTERN, read_number


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, or a range of them, in seconds."""

    shortest: float
    longest: float

    def plus(self, other: Length) -> Length:
        """Both, one after the other."""
        return Length(self.shortest + other.shortest, self.longest + other.longest)

    def written(self) -> str:
        """The length as a script has it: ``30s``, ``1m30s``, ``30-60s``."""
        if self.shortest == self.longest:
            return _written(self.shortest)
        if not (self.shortest % 60 or self.longest % 60):
            return f"{self.shortest / 60:g}-{self.longest / 60:g}m"
        if self.longest <= 120:
            return f"{self.shortest:g}-{self.longest:g}s"
        return f"{_written(self.shortest)}-{_written(self.longest)}"

    def times(self, factor: float) -> Length:
        """*factor* times as long."""
        return Length(self.shortest * factor, self.longest * factor)


def _written(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    if not minutes or (milliseconds < 90_000 and rest):
        return f"{milliseconds / 1000:g}s"
    hours, minutes = divmod(minutes, 60)
    parts = (hours and f"{hours}h", minutes and f"{minutes}m", rest and f"{rest / 1000:g}s")
    return "".join(part for part in parts if part)


_MILLISECONDS = r"ms|msec|milliseconds?|millisekunden?|milisegundos?|millisecondes?"
_SECONDS = r"s|secs?|seconds?|sek|sekunden?|segs?|segundos?|secondes?"
_MINUTES = r"m|mins?|minutes?|minuten?|minutos?"
_HOURS = r"h|hrs?|hours?|std|stunden?|horas?|heures?"
_UNIT = rf"(?:{_MILLISECONDS}|{_SECONDS}|{_MINUTES}|{_HOURS})(?![^\W\d_])\.?"
_UNIT_SECONDS = {_MILLISECONDS: 0.001, _SECONDS: 1.0, _MINUTES: 60.0, _HOURS: 3600.0}
_GAP = r"[-\s]{0,2}"
"""What may stand between a number and its unit: ``30 s``, ``30-second``."""
_TO = r"\s*(?:-|–|—|\bto\b|\bor\b|\bbis\b|\boder\b|\ba\b|\bo\b|\bà\b|\bou\b)\s*"
"""What joins the ends of a range."""
_ABOUT = (
    r"(?:(?:about|around|approximately|approx\.?|roughly|some|at least|another|a full|up to"
    r"|ca\.?|circa|zirka|etwa|ungefähr|rund|mindestens|wenigstens|weitere|noch"
    r"|unos|unas|aproximadamente|al menos|alrededor de|otros|otras"
    r"|environ|à peu près|au moins|pendant|encore|~|≈)\s+)?"
)
_CLOCK = r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?!\d)"
_HALF = (
    r"(?P<half>half an? (?:minute|hour)|an? half[- ](?:minute|hour)|half[- ]minute"
    r"|(?:eine?r? )?halben? (?:minute|stunde)|media hora|medio minuto|(?:une )?demie?[- ]minute"
    r"|(?:une )?demie?[- ]heure)"
)
_AND_A_HALF = (
    r"(?P<one_and_half>(?:one|a) and a half minutes?|a minute and a half|anderthalb minuten"
    r"|eineinhalb minuten|(?:un )?minuto y medio|une minute et demie)"
)
_AMOUNT = (
    rf"(?:(?:from|between|von|zwischen|de|entre)\s+)?(?P<first>{NUMBER_PATTERN})"
    rf"(?:{_GAP}(?P<first_unit>{_UNIT}))?"
    rf"(?:{_TO}(?:(?:and|und|y|et)\s+)?(?P<last>{NUMBER_PATTERN}))?{_GAP}(?P<unit>{_UNIT})"
    rf"(?:\s*(?:,|and|und|y|et)?\s*(?P<more>{NUMBER_PATTERN}){_GAP}(?:{_SECONDS})(?![^\W_])\.?)?"
)
_MARKS = r"(?P<marked>\d{1,3})(?P<mark>['\"′″])(?![^\W_])"
"""``30"`` for seconds, ``2'`` for minutes."""
_LENGTH = re.compile(
    rf"(?<![\w.,])(?<!\d:){_ABOUT}(?:{_HALF}|{_AND_A_HALF}|{_CLOCK}|{_AMOUNT}|{_MARKS})",
    re.IGNORECASE,
)


def match_length(text: str, position: int = 0) -> tuple[int, Length] | None:
    """Where the length that begins at *position* of *text* ends, and the length."""
    match = _LENGTH.match(text, position)
    return (match.end(), _value(match)) if match else None


def search_length(text: str, position: int = 0) -> tuple[int, int, Length] | None:
    """Start, end and value of the first length in *text* from *position* on."""
    match = _LENGTH.search(text, position)
    return (match.start(), match.end(), _value(match)) if match else None


def _value(match: re.Match[str]) -> Length:
    if half := match["half"]:
        long = re.search("hour|stunde|hora|heure", half, re.IGNORECASE)
        return Length(1800, 1800) if long else Length(30, 30)
    if match["one_and_half"]:
        return Length(90, 90)
    if clock := match["clock"]:
        return _clock(clock)
    if match["marked"]:
        seconds = float(match["marked"]) * (1 if match["mark"] in '"″' else 60)
        return Length(seconds, seconds)
    unit = _unit(match["unit"])
    extra = read_number(match["more"]) if match["more"] else 0
    first = read_number(match["first"])
    if not match["last"]:
        seconds = first * unit + extra
        return Length(seconds, seconds)
    first *= _unit(match["first_unit"]) if match["first_unit"] else unit
    last = read_number(match["last"]) * unit
    return Length(min(first, last), max(first, last))


def _clock(text: str) -> Length:
    parts = [int(part) for part in text.split(":")]
    seconds = float(parts[-1] + 60 * parts[-2] + (3600 * parts[0] if len(parts) == 3 else 0))
    return Length(seconds, seconds)


def _unit(text: str) -> float:
    text = text.strip().rstrip(".").lower()
    for names, seconds in _UNIT_SECONDS.items():
        if re.fullmatch(names, text):
            return seconds
    raise ValueError(text)
