"""What ``psoas-audio export`` has written, read back: the words are taken as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import yaml

from psoas_audio.importing.events import Event, Heading, Note, Outline, ScriptStep, Words

IS_EXPORTED = re.compile(r"\A---\npsoas-audio: \d+\n(?P<header>.*?)\n---\n", re.DOTALL)
_TOP_KEYS = (
    "kind", "position", "intensity", "level", "safety", "bed", "breath", "equipment", "avoid",
    "muscles",
)  # fmt: skip
"""Keys of the header that go to the script's top as they are."""
_VERBS = ("hold", "rest", "breathe", "bell", "move", "pause", "reps", "intervals")


@dataclass(slots=True)
class ExportedReader:
    """Collects the events of an exported page."""

    events: list[Event] = field(default_factory=list)
    _covers: tuple[str, ...] = ()

    def heading(self, title: str, place: int) -> None:
        """A chapter begins."""
        self.events.append(Heading(title, place))

    def paragraph(self, text: str, place: int) -> None:
        """A paragraph: a direction in brackets, or words."""
        if text.startswith("[") and text.endswith("]") and self._direction(text[1:-1], place):
            return
        self.events.append(Words(text, place, covers=self._covers))
        self._covers = ()

    def _direction(self, text: str, place: int) -> bool:
        if text.startswith("covers: "):
            self._covers = tuple(point.strip() for point in text[8:].split(","))
            return True
        if not is_step(text):
            return False
        self.events.append(ScriptStep(text, place))
        return True


def is_step(text: str) -> bool:
    """Whether *text* is a step of a script on one line: ``hold: 45s, label: sink``."""
    if not text.startswith(tuple(f"{verb}: " for verb in _VERBS)):
        return False
    try:
        step = yaml.load(f"{{{text}}}", Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return False
    return isinstance(step, dict) and next(iter(step), None) in _VERBS


def read_exported(text: str) -> Outline:
    """The events of an exported page of text."""
    match = IS_EXPORTED.match(text)
    assert match is not None
    reader = ExportedReader()
    place = match[0].count("\n") + 1
    for paragraph in text[match.end() :].split("\n\n"):
        words = " ".join(paragraph.split())
        if words.startswith("## "):
            reader.heading(words[3:], place)
        elif words and not words.startswith("# "):
            reader.paragraph(words, place)
        place += paragraph.count("\n") + 2
    return exported_outline(reader.events, header_of(match["header"].split("\n")))


def header_of(lines: Iterable[str]) -> dict[str, str]:
    """The keys of a header with their values."""
    pairs = (line.partition(": ") for line in lines)
    return {key: value for key, colon, value in pairs if colon}


def exported_outline(events: list[Event], header: Mapping[str, str]) -> Outline:
    """The outline of *events* with what the *header* says."""
    settings = {key: header[key] for key in _TOP_KEYS if key in header}
    events = events or [Note("nothing was exported")]
    return Outline(tuple(events), header.get("title", ""), header.get("language", ""), settings)
