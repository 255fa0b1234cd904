"""What a text means that is all direction: ``long pause``, ``Gong 3x``, ``10 s Stille``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from psoas_audio.script.directions.lengths import Length, match_length
from psoas_audio.script.directions.numbers import (
    NUMBER_IN_FIGURES,
    NUMBER_PATTERN,
    NUMBER_WORDS,
    read_number,
)
from psoas_audio.script.directions.vocabulary import WordClass, match_words

Action = Literal["pause", "hold", "rest", "breaths", "bell", "repeat", "sides", "note"]

SHORT = Length(3, 3)
"""What a short pause without a length becomes, in seconds."""
MEDIUM = Length(6, 6)
"""What a pause without a length becomes."""
LONG = Length(15, 15)
"""What a long pause without a length becomes."""
_LONGEST_DIRECTION = 120
"""Characters; a longer text is no direction."""
_WITHIN_LIMITS = Length(0.05, 24 * 3600)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a direction asks for."""

    action: Action
    """``pause``: a silence; ``hold`` and ``rest``: a stay; ``breaths``: a stay of so many breaths;
    ``bell``: a sound; ``repeat``: what came before, again; ``sides``: the other side as well;
    ``note``: something for the reader alone, such as ``softly`` or ``music``."""
    length: Length | None = None
    """Of a pause, hold or rest; ``None`` where there is none."""
    guessed: bool = False
    """Whether the length isn't written, but taken from words such as *long*, or from nothing."""
    times: tuple[int, int] | None = None
    """How often (bell, repeat), or how many breaths: at least, at most."""
    each_side: bool = False
    """Whether it is to be done on both sides."""
    more: bool = False
    """Whether ``times`` are further ones, after a first."""


@lru_cache(maxsize=2048)
def read_direction(text: str) -> Meaning | None:
    """What *text* means if it is a direction and nothing else; ``None`` if it may be speech.

    *text* is what stands inside brackets, or a whole line.
    """
    if len(text) > _LONGEST_DIRECTION:
        return None
    if tag := _from_tag(text):
        return tag
    parts = direction_parts(text)
    return _meaning(parts) if parts else None


def normalized(text: str) -> str:
    """*text* in lower case, with plain spaces, hyphens and apostrophes."""
    text = unicodedata.normalize("NFC", text).replace("’", "'").replace("‑", "-")
    return " ".join(text.replace("\u202f", " ").split()).lower()


@dataclass(frozen=True, slots=True)
class DirectionPart:
    """A word, length or number of a direction."""

    kind: WordClass | Literal["length", "number"]
    text: str
    length: Length | None = None
    numbers: tuple[int, int] | None = None


_BETWEEN = re.compile(
    r"(?:[\s.,;:=!*_~…()\[\]{}<>'\"|&+–—-]|/(?!\s?(?:side|seite|lado|côté|leg|bein)\b))+"
)
_FIGURE = re.compile(rf"(?<!\w)({NUMBER_IN_FIGURES})")


def direction_parts(text: str) -> list[DirectionPart]:
    """The parts of *text*; none if there is anything in it that no direction has."""
    return _parts(_CROSS.sub(r"\1 x ", normalized(text)))


_CROSS = re.compile(r"(?<=\d)()\s?[x×]\s?(?=\d)")


@cache
def _bare_number_pattern() -> re.Pattern[str]:
    """A number or range without a unit. It takes 6 ms to compile."""
    return re.compile(
        rf"({NUMBER_PATTERN})(?:\s*(?:-|–|to|bis|a|à)\s*({NUMBER_PATTERN}))?(?![^\W_])"
    )


def _parts(text: str) -> list[DirectionPart]:
    parts: list[DirectionPart] = []
    position = 0
    while position < len(text):
        if gap := _BETWEEN.match(text, position):
            position = gap.end()
            continue
        words = match_words(text, position)
        length = match_length(text, position)
        number = _bare_number_pattern().match(text, position)
        ends = (
            length[0] if length else -1,
            words[0] if words else -1,
            number.end() if number else -1,
        )
        end = max(ends)
        if end <= position:
            return []
        found = text[position:end]
        if length and length[0] == end:
            parts.append(DirectionPart("length", found, length[1]))
        elif words and words[0] == end:
            parts.append(DirectionPart(words[1], found))
        elif number:
            first = round(read_number(number[1]))
            last = round(read_number(number[2])) if number[2] else first
            exact = read_number(number[1])
            parts.append(DirectionPart("number", found, Length(exact, exact), (first, last)))
        position = end
    return parts


_MORE = re.compile(r"\b(?:more|noch|weitere|más|otras|encore)\b")


def _meaning(parts: list[DirectionPart]) -> Meaning | None:
    kinds = {part.kind for part in parts}
    length = next((part.length for part in parts if part.kind == "length"), None)
    number = next((part for part in parts if part.kind == "number"), None)
    times = next((times_in(part.text) for part in parts if part.kind == "times"), None)
    counts = times or (number.numbers if number else None)
    each = "side" in kinds
    more = any(
        re.search(r"\b(?:more|noch|weitere|más|encore|otras)\b", part.text) for part in parts
    )
    if "sets" in kinds:
        return None
    if "bell" in kinds:
        return Meaning("bell", length, times=counts or (1, 1))
    if "breath" in kinds and (number or times):
        return Meaning("breaths", times=counts, each_side=each, more=more)
    if kinds & {"pause", "hold", "rest", "moments", "minutes"}:
        return _stay(parts, kinds, length, number, times, each)
    if "repeat" in kinds:
        return Meaning("repeat", length, times=counts, each_side=each, more=more)
    if length:
        if "note" in kinds:
            return Meaning("note")
        return Meaning("pause", length, each_side=each, times=times)
    if each:
        return Meaning("sides", times=counts, each_side=True)
    if "note" in kinds:
        return Meaning("note")
    return None


_SIZES: dict[str, Length] = {"short": SHORT, "medium": MEDIUM, "moments": MEDIUM}
_SIZES |= {"long": LONG, "minutes": Length(120, 120)}


_ARTICLES = ("a", "an", "ein", "eine", "un", "una", "une")


def _stay(
    parts: list[DirectionPart],
    kinds: AbstractSet[str],
    length: Length | None,
    number: DirectionPart | None,
    times: tuple[int, int] | None,
    each: bool,
) -> Meaning | None:
    action: Action = "rest" if "rest" in kinds else "hold" if "hold" in kinds else "pause"
    if "pause" in kinds:
        action = "pause"
    guessed = False
    if length is None and number and number.text not in _ARTICLES:
        length = number.length
    if length is None:
        sizes = [part.kind for part in parts if part.kind in _SIZES]
        length = _SIZES[sizes[-1]] if sizes else MEDIUM
        guessed = True
    elif not _WITHIN_LIMITS.shortest <= length.longest <= _WITHIN_LIMITS.longest:
        return None
    return Meaning(action, length, guessed, times=times, each_side=each)


_ONCE = {"once": 1, "one time": 1, "twice": 2, "thrice": 3}


def times_in(text: str) -> tuple[int, int]:
    """How often *text*, such as ``3x``, ``three times`` or ``dreimal``, means."""
    if text in _ONCE:
        return (_ONCE[text],) * 2
    if figure := re.search(r"\d+", text):
        return (int(figure[0]),) * 2
    word = re.split(r"\s|mal$", text)[0]
    return (NUMBER_WORDS.get(word, 1),) * 2


_TAG = re.compile(r"</?\s*([a-z][\w:-]*)([^<>]*)/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*[\"'“”]?([^\"'“”>/]*)[\"'“”]?")
_STRENGTHS = {
    "none": Length(0, 0),
    "x-weak": Length(0.25, 0.25),
    "weak": Length(0.5, 0.5),
    "medium": Length(1, 1),
    "strong": Length(3, 3),
    "x-strong": Length(5, 5),
}
"""The strengths of SSML's ``<break>``, which has no lengths for them."""


def _from_tag(text: str) -> Meaning | None:
    """The meaning of a tag such as ``<break time="3s"/>``."""
    match = _TAG.fullmatch(text.strip())
    if not match or match[1].lower() not in ("break", "pause", "silence", "mstts:silence"):
        return None
    attributes = {name.lower(): value.strip() for name, value in _ATTRIBUTE.findall(match[2])}
    for name in ("time", "length", "duration", "value", "msec", "sec"):
        if name in attributes:
            value = attributes[name] + ("ms" if name == "msec" else "s" if name == "sec" else "")
            if found := match_length(value):
                return Meaning("pause", found[1])
            if re.fullmatch(NUMBER_IN_FIGURES, value):
                seconds = read_number(value)
                return Meaning("pause", Length(seconds, seconds))
    if "strength" in attributes:
        length = _STRENGTHS.get(attributes["strength"].lower(), MEDIUM)
        return Meaning("pause", length, guessed=True)
    return Meaning("pause", MEDIUM, guessed=True) if not match[2].strip(" /") else None
