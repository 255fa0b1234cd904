"""Finds the stage directions in a text that is to be spoken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from psoas_audio.script.directions.lengths import search_length
from psoas_audio.script.directions.meaning import Meaning, read_direction

Form = Literal["brackets", "tag", "sentence", "dashes", "mark", "speaker", "page-number", "heading"]


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction and its place in a text."""

    start: int
    """Its first character."""
    end: int
    """One past its last character."""
    form: Form
    """How it is written: ``(pause)``, ``<break/>``, ``Pause.``, ``--- pause ---``, ``~``,
    ``NARRATOR:``, ``- 3 -``, ``INDUCTION (3 minutes)``."""
    meaning: Meaning | None
    """What it asks for; ``None`` for speakers, page numbers and headings, which ask for nothing."""

    @property
    def certain(self) -> bool:
        """Whether it can only mean one thing: a length is written, or it asks for nothing."""
        return self.meaning is None or not self.meaning.guessed


_BRACKETED = re.compile(
    r"\(([^()\[\]]{1,120})\)|\[([^\[\]]{1,120})\]|\{([^{}]{1,120})\}|<([^<>]{1,120})>"
    r"|%\s?([pP](?:ause)?)\s?%|[(\[{]([^()\[\]{}]{1,60})[)\]}]"
)
"""The last alternative is for brackets of two kinds, such as ``{Gong x 1)``."""
_DASHED = re.compile(
    r"(?:^|(?<=\s))(?:-{2,}|[–—]{1,3})\s*([^-–—\n]{2,60}?)\s*(?:-{2,}|[–—]{1,3})(?=\s|$)"
)
_TILDES = re.compile(r"(?<![\w~])~{1,3}(?![\w~])")
_SPEAKER = re.compile(
    r"^\s*(?:[A-ZÄÖÜÉ][A-ZÄÖÜÉÑ .'\d-]{1,24}|Narrator|Speaker ?\d?|Voice ?\d?):\s+(?=\S)"
)
_PAGE_NUMBER = re.compile(
    r"^[^\S\n]*(?:[-–—]\s*\d{1,4}\s*[-–—]|(?:page|seite|página|pagina)\s+\d{1,4}(?:\s*(?:of|von|de|sur|/)\s*\d{1,4})?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(r"^\s*[^.!?\n]{2,60}?\s*[(\[]([^()\[\]\n]{1,30})[)\]]\s*:?\s*$")
_SENTENCE = re.compile(
    r"(?:(?<=[.!?…:;])|(?<=[”\"»)])|^)[^\S\n]*([^.!?…\n]{3,60})(?:\.|$)", re.MULTILINE
)


def find_directions(text: str) -> tuple[Direction, ...]:
    """Every stage direction in *text*, in order; none overlaps another.

    The script's own ``[pause 2s]`` is among them. Brackets that hold anything else but a direction
    are speech, and aren't found.
    """
    found: list[Direction] = []

    def add(start: int, end: int, form: Form, meaning: Meaning | None) -> None:
        if all(end <= other.start or other.end <= start for other in found):
            found.append(Direction(start, end, form, meaning))

    heading = _HEADING.match(text)
    if heading and _is_heading(text, heading):
        add(0, len(text), "heading", None)
    for match in _PAGE_NUMBER.finditer(text):
        add(*match.span(), "page-number", None)
    if speaker := _SPEAKER.match(text):
        add(speaker.start(), speaker.end(), "speaker", None)
    for match in _BRACKETED.finditer(text):
        meaning = read_direction(match[0]) if match[4] else None
        inner = "pause" if match[5] else next(filter(None, match.groups()))
        meaning = meaning or read_direction(inner)
        if meaning:
            add(*match.span(), "tag" if match[4] else "brackets", meaning)
    for match in _DASHED.finditer(text):
        meaning = read_direction(match[1])
        if meaning and meaning.action in ("pause", "bell"):
            add(*match.span(), "dashes", meaning)
    for match in _TILDES.finditer(text):
        add(*match.span(), "mark", read_direction("short pause"))
    for match in _SENTENCE.finditer(text):
        start, end = match.start(1), match.end()
        meaning = read_sentence(match[1])
        if meaning:
            add(start, end, "sentence", meaning)
    return tuple(sorted(found, key=lambda direction: direction.start))


def read_sentence(sentence: str) -> Meaning | None:
    """What *sentence* means where its whole text is a pause, such as ``Pause 15 seconds``.

    Anything else that stands without brackets, such as a bell or a time, may be speech.
    """
    if not _NAMES_A_PAUSE.match(sentence):
        return None
    meaning = read_direction(sentence)
    return meaning if meaning and meaning.action == "pause" else None


_NAMES_A_PAUSE = re.compile(
    r"(?:(?:an?|eine?|una?|une)\s)?(?:[\w,.:½]+\s+){0,4}?(?<!in the )(?<!the )"
    r"(?:sprech)?(?:pause|silence|stille|schweigen|pausa|silencio)\b",
    re.IGNORECASE,
)


def _is_heading(text: str, match: re.Match[str]) -> bool:
    """Whether the line of *match* is a heading and its length: ``INDUCTION (2-3 minutes)``."""
    if "\n" in text.strip():
        return False
    length = search_length(match[1])
    return (
        length is not None
        and not match[1][: length[0]].strip(" ~ca.")
        and length[1] == len(match[1].rstrip())
    )
