"""Choices as a JSON object, and back: files record what they were made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from psoas_audio.errors import PsoasError
from psoas_audio.planning.choices import Choices
from psoas_audio.script.fields.value_types import read_value
from psoas_audio.script.model import (
    HIGHEST_TARGET,
    LOWEST_TARGET,
    Guidance,
    Pattern,
    TreatmentName,
    VoiceSettings,
)
from psoas_audio.script.patterns import NAMED_PATTERNS, PHASE_ORDER, make_pattern
from psoas_audio.script.times import InvalidValueError
from psoas_audio.units import SAMPLE_RATE

_MAX_LENGTH = 24 * 3600 * SAMPLE_RATE
_MAX_CHARACTERS = 100
"""Characters of a name, and number of chapters skipped."""


def choices_to_json(choices: Choices) -> dict[str, Any]:
    """*choices* as an object for JSON with only what was chosen; lengths in samples."""
    voice = choices.voice
    breath = choices.breath
    plain: dict[str, Any] = {
        "length": choices.length,
        "guidance": None if choices.guidance == "full" else choices.guidance,
        "language": choices.language,
        "engine": voice.engine,
        "voice": voice.name,
        "rate": voice.rate,
        "pitch": voice.pitch,
        "treatment": voice.treatment,
        "skip": list(choices.skip) or None,
        "start_side": choices.start_side,
        "breath": None if breath is None else _pattern(breath),
        "bed": choices.bed,
        "target": choices.target,
        "values": dict(choices.values) or None,
        "automatic": dict(choices.automatic) or None,
    }
    return {key: value for key, value in plain.items() if value is not None}


def choices_from_json(plain: object) -> Choices:
    """The choices that :func:`choices_to_json` wrote.

    Raises :class:`PsoasError` for anything else: the file may come from anywhere.
    """
    if not isinstance(plain, Mapping):
        raise _unreadable("choices")
    unknown = plain.keys() - _READERS.keys()
    if unknown:
        raise _unreadable(str(min(map(str, unknown)))[:_MAX_CHARACTERS])
    values: dict[str, Any] = {}
    for key, value in plain.items():
        try:
            values[key] = _READERS[key](value)
        except (InvalidValueError, ValueError, TypeError, KeyError, AttributeError):
            raise _unreadable(key) from None
    keys = ("engine", "voice", "rate", "pitch", "treatment")
    voice = VoiceSettings(*(values.pop(key, None) for key in keys))
    return Choices(voice=voice, **values)


def _unreadable(key: str) -> PsoasError:
    return PsoasError(
        f"the choices that this file was made with can't be read ({key!r}).",
        hint="Use a file exactly as psoas-audio wrote it.",
    )


def _pattern(breath: Pattern) -> str | dict[str, int]:
    if NAMED_PATTERNS.get(breath.name) == breath:
        return breath.name
    return {phase.kind: phase.length for phase in breath.phases}


def _read_pattern(value: Any) -> Pattern:
    if isinstance(value, str):
        return NAMED_PATTERNS[value]
    if value.keys() - set(PHASE_ORDER):
        raise ValueError
    return make_pattern(
        "own", {kind: _whole(1, _MAX_LENGTH)(number) for kind, number in value.items()}
    )


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError
        return value

    return read


def _target(value: Any) -> float:
    if type(value) not in (int, float) or not LOWEST_TARGET <= value <= HIGHEST_TARGET:
        raise ValueError
    return float(value)


def _word(value: Any) -> str:
    if (
        not isinstance(value, str)
        or not 0 < len(value) <= _MAX_CHARACTERS
        or not value.isprintable()
    ):
        raise ValueError
    return value


def _automatic(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or len(value) > _MAX_CHARACTERS:
        raise ValueError
    return tuple((_word(language), _word(voice)) for language, voice in value.items())


def _values(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or len(value) > _MAX_CHARACTERS:
        raise ValueError
    return tuple(read_value(_word(name), words) for name, words in value.items())


def _one_of(*words: str) -> Callable[[Any], str]:
    return lambda value: words[words.index(value)]


def _titles(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MAX_CHARACTERS:
        raise ValueError
    return tuple(_word(title) for title in value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "length": _whole(1, _MAX_LENGTH),
    "guidance": lambda value: cast(Guidance, _one_of(*get_args(Guidance))(value)),
    "language": _word,
    "engine": _word,
    "voice": _word,
    "rate": _whole(60, 250),
    "pitch": _whole(0, 100),
    "treatment": _one_of(*get_args(TreatmentName)),
    "skip": _titles,
    "start_side": _one_of("left", "right"),
    "breath": _read_pattern,
    "bed": _word,
    "target": _target,
    "values": _values,
    "automatic": _automatic,
}
