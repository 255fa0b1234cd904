"""The document of a living session: its pieces, and its rows as lists of pieces, as JSON values.

docs/living.md describes the format. Texts and names are listed once, and pieces that several rows
share are one piece, so that a hundred rows take hardly more room than one.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from psoas_audio.encode.mp3_formats import Mp3Format
from psoas_audio.living.pieces import JOINT_SILENCE, PARTS, Piece, cut
from psoas_audio.living.pool import Frames

SCHEMA = 1
"""Increase it when a reader of the format before would misunderstand a new document."""

_WORDS = 2
"""Where an entry of ``lines`` without its times has the starts of its words."""


@dataclass(frozen=True, slots=True)
class RowChoices:
    """What a listener chooses to hear a row."""

    length: int
    """Seconds that were asked for; the row may be a little shorter or longer."""
    guidance: str
    """``full``, ``reminder`` or ``bells``."""
    side: str
    """The side to start with: ``left``, ``right``, or empty if the script has no sides."""
    bed: str = ""
    """``none`` if its long silences tick, as no bed fills them; empty if no bed or any bed may be
    played with it."""


@dataclass(frozen=True, slots=True)
class StepRules:
    """What a listener may change about a step."""

    keep: bool
    """Whether it must be heard, whatever is changed: it is a matter of safety."""
    skip: bool
    """Whether it may be skipped."""
    group: str
    """What the steps of one side have in common; empty if it can't be repeated."""
    exit: tuple[str, ...]
    """The ids of the steps that lead out of it, and then end the session safely."""
    grow: int
    """How many MP3 frames may be put in."""


class LivingDocument:
    """Gathers rows. Every row has its frames from the same pool."""

    def __init__(self, form: Mp3Format) -> None:
        self.form = form
        self._chapters: dict[Hashable, int] = {}
        self._items: dict[str, int] = {}
        self._pieces: dict[str, int] = {}
        self._steps: dict[str, StepRules] = {}
        self._rows: list[dict[str, Any]] = []

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows so far, as JSON values."""
        return self._rows

    def add_row(
        self,
        choices: RowChoices,
        frames: Frames,
        samples: int,
        face: Mapping[str, Any],
        rules: Mapping[str, StepRules],
        repeats: Mapping[str, int],
    ) -> None:
        """Add a session of *samples* samples: its *frames* in the pool, its *face*, and for each
        step id the *rules*. *repeats* is how often each group may be repeated."""
        chapters = self.chapter_numbers(face)
        growth = {name: rule.grow for name, rule in rules.items()}
        pieces = cut(frames, face, growth)
        numbers = [self._piece(piece, chapters) for piece in pieces]
        for name, rule in rules.items():
            self._steps.setdefault(name, rule)
        plain = {"samples": samples, "pieces": numbers, "repeats": dict(repeats)}
        self._rows.append({**asdict(choices), **plain})

    def as_json(self, frames: int, **head: Any) -> dict[str, Any]:
        """The document as JSON values; *frames* is the size of the pool, *head* more keys."""
        return {
            "schema": SCHEMA,
            **head,
            "form": form_as_json(self.form),
            "frames": frames,
            "joint": JOINT_SILENCE,
            "chapters": [list(chapter[1:]) for chapter in self._chapters],  # type: ignore[index]
            "items": [json.loads(item) for item in self._items],
            "steps": {name: _rule_as_json(rule) for name, rule in self._steps.items()},
            "pieces": [json.loads(piece) for piece in self._pieces],
            "rows": self._rows,
        }

    def chapter_numbers(self, face: Mapping[str, Any]) -> list[int]:
        """The numbers of the chapters of *face*, a session of the same script."""
        return [self._chapter(chapter) for chapter in _numbered(face["chapters"])]

    def _chapter(self, chapter: tuple[Any, ...]) -> int:
        return self._chapters.setdefault(chapter, len(self._chapters))

    def _piece(self, piece: Piece, chapters: Sequence[int]) -> int:
        """The number of *piece*, whose own chapters are numbered as in *chapters*."""
        plain = {
            "chapters": [[start, chapters[number]] for start, number in piece.chapters],
            "runs": piece.runs,
            "face": {part: [self._entry(e, part) for e in piece.face[part]] for part in PARTS},
            "spots": piece.spots,
        }
        return self._pieces.setdefault(_compact(plain), len(self._pieces))

    def _entry(self, entry: Sequence[Any], part: str) -> list[int]:
        """*entry* as its times and the number of the rest; words are timed from its start."""
        start, end, *rest = entry
        if part == "lines":
            rest[_WORDS] = [word - start for word in rest[_WORDS]]
        text = _compact(rest)
        return [start, end, self._items.setdefault(text, len(self._items))]


def form_as_json(form: Mp3Format) -> dict[str, Any]:
    """What a joiner needs to know of frames of *form*."""
    return {
        "header": form.header.hex(),
        "size": form.size,
        "kbps": form.kbps,
        "channels": form.channels,
        "lowpass": form.lowpass,
    }


def _numbered(chapters: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """What each chapter shows, with how often the row had the same before: the same chapter of two
    rows is equal, and two chapters of one row aren't."""
    seen: Counter[tuple[Any, ...]] = Counter()
    found = []
    for _, _, *shown in chapters:
        found.append((seen[tuple(shown)], *shown))
        seen[tuple(shown)] += 1
    return found


def _rule_as_json(rule: StepRules) -> dict[str, Any]:
    plain = {"keep": rule.keep, "skip": rule.skip, "group": rule.group, "exit": list(rule.exit)}
    return {name: value for name, value in plain.items() if value}


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def packed(document: Mapping[str, Any]) -> str:
    """*document* as text for a page: JSON, deflated without a header, in base64."""
    return base64.b64encode(deflated(_compact(document).encode())).decode("ascii")


def deflated(data: bytes) -> bytes:
    """*data* deflated, without a header."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeeze.compress(data) + squeeze.flush()
