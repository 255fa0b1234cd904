"""Turns the options that a person writes into the typed choices of one session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypedDict, Unpack, get_args

from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.script.fields.pattern_types import named_pattern
from psoas_audio.script.fields.value_types import read_value
from psoas_audio.script.model import (
    FASTEST_RATE,
    HIGHEST_TARGET,
    LOWEST_TARGET,
    SLOWEST_RATE,
    Guidance,
    Pattern,
    TreatmentName,
)
from psoas_audio.script.patterns import pattern_from_list
from psoas_audio.script.times import InvalidValueError, parse_time
from psoas_audio.speech.engines import ENGINES, known_engines


class ChoiceOptions(TypedDict, total=False):
    """The choices of one session, as a person writes them. All of them are optional."""

    length: str | float | None
    """As in a script, such as ``20m``; a number means seconds."""
    guidance: str | None
    """``full``, ``reminder`` or ``bells``."""
    language: str | None
    """BCP 47, of a translation: ``de``."""
    engine: str | None
    """The name of a speech engine."""
    voice: str | None
    """The engine's name for it; ``recorded:FOLDER`` names the engine too."""
    rate: int | None
    """Words per minute, 60 to 250."""
    treatment: str | None
    """The sound of the voice: ``plain``, ``warm``, ``close`` or ``hall``."""
    skip: Sequence[str]
    """Titles of chapters to leave out."""
    start_side: str | None
    """``left`` or ``right``."""
    breath: str | None
    """A pattern's name, or the seconds of its phases: ``4,7,8``."""
    bed: str | None
    """A sound's name, ``none``, or ``apart`` for one that plays beside the session."""
    values: Mapping[str, str] | Sequence[str]
    """Words for the ``{values}`` of its texts: ``{"name": "Anna"}``, or ``["name=Anna"]``."""
    target: float | None
    """Loudness of the voice in LUFS, -30 to -14; by default the script's, or -16."""


_TEXTS = {
    "guidance", "language", "engine", "voice", "treatment", "start_side", "breath", "bed"
}  # fmt: skip
_NUMBERS = {"rate", "target"}


def choose(base: Choices | None = None, **options: Unpack[ChoiceOptions]) -> Choices:
    """The choices that *options* make; what they leave out is as in *base*.

    Raises :class:`PsoasError` for an invalid one.
    """
    base = base or Choices()
    given: dict[str, Any] = {
        key: value for key, value in options.items() if value not in (None, "", (), [], {})
    }
    for key, value in given.items():
        option = key.replace("_", "-")
        if key in _TEXTS and not isinstance(value, str):
            raise PsoasError(f"--{option}: {value!r} isn't a text.", hint="Give a name.")
        if key in _NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise PsoasError(f"--{option}: {value!r} isn't a number.", hint="Give a number.")
        if isinstance(value, str) and not _is_encodable(value):
            raise PsoasError(
                f"--{option}: {value!r} isn't valid UTF-8 text.",
                hint="Type it again instead of pasting it.",
            )
    for key, read in _READ.items():
        if key in given:
            try:
                given[key] = read(given[key])
            except InvalidValueError as error:
                option = "value" if key == "values" else key.replace("_", "-")
                raise PsoasError(f"--{option}: {error.message}", hint=error.hint) from None
    names = {"engine": "engine", "voice": "name", "rate": "rate", "treatment": "treatment"}
    given = _voice_with_engine(given)
    voice = {names[key]: given.pop(key) for key in names if key in given}
    return replace(base, voice=replace(base.voice, **voice), **given)


def _is_encodable(value: str) -> bool:
    """Whether *value* can be written as UTF-8: words of a command line may be any bytes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _voice_with_engine(given: dict[str, Any]) -> dict[str, Any]:
    """Split ``recorded:FOLDER`` into engine and voice. The ``C:`` of a path isn't an engine."""
    engine, colon, name = (given.get("voice") or "").partition(":")
    if not (colon and name) or given.get("engine"):
        return given
    if engine not in ENGINES and engine not in known_engines():
        return given
    return {**given, "engine": engine, "voice": name}


def _breath(text: str) -> Pattern:
    if "," not in text:
        return named_pattern(text)
    return pattern_from_list([parse_time(part) for part in text.split(",")])


def _length(length: str | float) -> int:
    return parse_time(f"{length:.3f}" if isinstance(length, float) else str(length))


def _rate(rate: int) -> int:
    if not SLOWEST_RATE <= rate <= FASTEST_RATE:
        raise InvalidValueError(
            f"{rate} words per minute is out of range.",
            f"Give a number from {SLOWEST_RATE} to {FASTEST_RATE}.",
        )
    return rate


def _target(lufs: float) -> float:
    if not LOWEST_TARGET <= lufs <= HIGHEST_TARGET:
        raise InvalidValueError(
            f"{lufs:g} LUFS is out of range.",
            f"Give a loudness from {LOWEST_TARGET:g} to {HIGHEST_TARGET:g}.",
        )
    return float(lufs)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in words:
            raise InvalidValueError(f"{word!r} isn't a choice.", f"Choose from {', '.join(words)}.")
        return word

    return read


def _values(given: Mapping[str, str] | Sequence[str]) -> tuple[tuple[str, str], ...]:
    if isinstance(given, str):
        given = (given,)
    if not isinstance(given, Mapping):
        pairs = [each.partition("=") for each in given]
        if any(not equals for _, equals, _ in pairs):
            raise InvalidValueError("a value needs a name.", "Write NAME=WORDS, such as name=Anna.")
        given = {name.strip(): words for name, _, words in pairs}
    return tuple(read_value(name, str(words)) for name, words in given.items())


_READ: Mapping[str, Callable[[Any], Any]] = {
    "length": _length,
    "rate": _rate,
    "guidance": _one_of(*get_args(Guidance)),
    "start_side": _one_of("left", "right"),
    "treatment": _one_of(*get_args(TreatmentName)),
    "skip": tuple,
    "values": _values,
    "breath": _breath,
    "target": _target,
}
