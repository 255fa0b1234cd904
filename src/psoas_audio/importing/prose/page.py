"""A page of prose as lines with marks: what text, Markdown, HTML and Word files have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LineKind = Literal["text", "heading", "item", "quote", "row", "note"]

MARKED_ON, MARKED_OFF = "\ue000", "\ue001"
"""Around italic or highlighted words. Private-use characters: no text has them."""
BOLD_ON, BOLD_OFF = "\ue002", "\ue003"
"""Around bold words."""
_MARKS = re.compile(f"[{MARKED_ON}{MARKED_OFF}{BOLD_ON}{BOLD_OFF}]")
_WHOLLY_MARKED = re.compile(f"{MARKED_ON}([^{MARKED_ON}{MARKED_OFF}]+){MARKED_OFF}[.:]?")
_WHOLLY_BOLD = re.compile(f"{BOLD_ON}([^{BOLD_ON}{BOLD_OFF}]+){BOLD_OFF}:?")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page, or a paragraph that was wrapped."""

    text: str
    """With the marks for italic and bold words."""
    place: int
    """Its number in the file, from 1."""
    kind: LineKind = "text"
    level: int = 0
    """Of a heading: 1 is the highest. Of an item of a list: its number, or 0."""
    opens: bool = True
    """Whether it begins a paragraph."""
    cells: tuple[str, ...] = ()
    """Of a row of a table."""

    @property
    def plain(self) -> str:
        """The text without marks."""
        return _MARKS.sub("", self.text).strip()

    @property
    def wholly_marked(self) -> bool:
        """Whether all of it is italic or highlighted."""
        return _WHOLLY_MARKED.fullmatch(self.text.strip()) is not None

    @property
    def wholly_bold(self) -> bool:
        """Whether all of it is bold."""
        return _WHOLLY_BOLD.fullmatch(self.text.strip()) is not None


def without_page_marks(text: str) -> str:
    """*text* without the marks for italic and bold words."""
    return _MARKS.sub("", text)
