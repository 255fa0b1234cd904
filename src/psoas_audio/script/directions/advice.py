"""What to write in place of the stage directions in spoken texts, which nobody should hear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from psoas_audio.script.directions.find import Direction, find_directions
from psoas_audio.script.directions.meaning import Meaning

_OTHER_TAG = re.compile(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>")
"""A tag of SSML or HTML: its name would be spoken."""
_PAGE_NUMBER = re.compile(r"(?<!\S)[-–—] \d{1,4} [-–—](?!\S)")
"""``- 3 -``, where lines of the file have been joined."""
_READERS = re.compile(
    r"\s*(?:narrator|speaker|voice|voice[ -]?over|vo|teacher|guide|instructor)(?: ?\d)?:\s+",
    re.IGNORECASE,
)
"""A label for whoever reads the text aloud, which a script has no use for."""
_LABEL_OF_A_TIME = re.compile(r"\s*[\[(].*")


@dataclass(frozen=True, slots=True)
class Advice:
    """A stage direction in a text, and what to do about it."""

    start: int
    """Its first character."""
    end: int
    """One past its last character."""
    hint: str
    """What to write, for a person."""
    instead: str | None
    """What to write in its place if it can only mean one thing; otherwise ``None``."""
    seconds: str = ""
    """The length, as a ``pause`` step has it, where it is a pause and nothing else."""


def find_advice(words: str, own: Sequence[tuple[int, int]]) -> tuple[Advice, ...]:
    """Advice for every stage direction in the text *words*, in order; none overlaps another, or the
    marks of the script's language at *own*."""
    found: list[Advice] = []

    def add(advice: Advice) -> None:
        spans = (*own, *((each.start, each.end) for each in found))
        if all(advice.end <= start or end <= advice.start for start, end in spans):
            found.append(advice)

    for direction in find_directions(words):
        add(_advice(words, direction))
    for advice in _leftovers(words):
        add(advice)
    return tuple(sorted(found, key=lambda advice: advice.start))


def _leftovers(words: str) -> Iterator[Advice]:
    """What a text keeps of the page or the tool that it was written for."""
    for match in _OTHER_TAG.finditer(words):
        yield Advice(*match.span(), "Take the tag out: it is for another program.", "")
    for match in _PAGE_NUMBER.finditer(words):
        yield Advice(*match.span(), "Take the page number out.", "")


def _advice(words: str, direction: Direction) -> Advice:
    start, end = direction.start, direction.end
    if direction.form == "speaker":
        label = words[start:end]
        sure = _READERS.fullmatch(label) is not None
        hint = "Take the name out; 'speakers' at the top of the script gives people voices."
        return Advice(start, end, hint, "" if sure else None)
    if direction.form == "page-number":
        return Advice(start, end, "Take the page number out.", "")
    if direction.form == "heading":
        title = _LABEL_OF_A_TIME.sub("", words).strip(" :").capitalize()
        return Advice(start, end, f"Make it the title of a chapter: '- title: {title}'.", None)
    assert direction.meaning is not None
    return _for_meaning(start, end, direction.meaning)


def _for_meaning(start: int, end: int, meaning: Meaning) -> Advice:
    length = "" if meaning.length is None else meaning.length.written()
    alone = not (meaning.each_side or meaning.more) and meaning.times is None
    if meaning.action == "pause" and alone and length:
        if "-" in length:
            return Advice(
                start, end, f"Write a step '- pause: {length}' in its place.", None, length
            )
        mark = _GUESSED.get(length, "[pause]") if meaning.guessed else f"[pause {length}]"
        return Advice(start, end, f"Write {mark}.", mark, length)
    if meaning.action in ("hold", "rest") and length:
        hint = f"Write a step '- {meaning.action}: {length}' in its place."
    elif meaning.action == "bell":
        hint = "Write a step '- bell: small-bell' in its place."
    elif meaning.action == "breaths" and meaning.times:
        hint = f"Write a step '- hold: {meaning.times[1]} breaths' in its place."
    elif meaning.action == "repeat":
        hint = "Put the steps into '- repeat: 2', or 'sides: both' for the other side."
    elif meaning.action == "sides" or meaning.each_side:
        hint = "Write 'sides: both' beside the step."
    else:
        hint = "Take it out, or make it a comment: a line that begins with '# '."
    return Advice(start, end, hint, None)


_GUESSED = {"3s": "[short pause]", "6s": "[pause]", "15s": "[long pause]"}
