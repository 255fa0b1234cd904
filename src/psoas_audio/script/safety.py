"""The safety points each kind must make, and the blocks put in where a script has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from psoas_audio.library import find_block
from psoas_audio.script.blocks import Blocks
from psoas_audio.script.fields.reading import Reader
from psoas_audio.script.model import Chapter, Group, Kind, Repeat, Script, Sides, Step, Text, Voice
from psoas_audio.script.source.events import Scalar
from psoas_audio.script.steps.verbs import POINTS

REQUIRED: Final[Mapping[Kind, frozenset[str]]] = {
    "self-massage": frozenset(POINTS),
    "stretch": frozenset(POINTS) - {"avoid-if", "way-out"},
    "strength": frozenset(POINTS) - {"avoid-if", "way-out"},
    "breathing": frozenset(POINTS) - {"way-out", "side-effects"},
    "relaxation": frozenset({"not-medical-advice", "stop-signs"}),
    "talk": frozenset({"not-medical-advice"}),
}
"""The points that must be spoken, by kind."""

PARTS: Final[Mapping[str, frozenset[str]]] = {
    "before": frozenset({"not-medical-advice", "ask-first", "stop-signs", "avoid-if"}),
    "way-out": frozenset({"way-out"}),
    "after": frozenset({"side-effects", "seek-help"}),
}
"""The points that each part of the safety words is for."""

TITLES: Final = {"before": "Before you begin", "after": "Afterwards"}
"""Chapter titles of parts that are put in, where the block has none."""


def covered(steps: tuple[Step, ...]) -> frozenset[str]:
    """The safety points that *steps* make."""
    return frozenset(point for group in groups(steps) for point in group.covers)


def groups(steps: tuple[Step, ...]) -> Iterator[Group]:
    """Every group in *steps*, outer ones first."""
    for step in steps:
        if isinstance(step, Group):
            yield step
        if isinstance(step, Group | Repeat | Sides):
            yield from groups(step.steps)


def missing(script: Script) -> frozenset[str]:
    """The safety points that the script's kind needs and no step makes."""
    made = (covered(chapter.steps) for chapter in script.chapters)
    return REQUIRED[script.kind].difference(*made)


def put_in(script: Script, blocks: Blocks, reader: Reader) -> Script:
    """*script* with the parts whose points are missing: first and last, as chapters."""
    lacking = missing(script)
    before = [part for part in ("before", "way-out") if PARTS[part] & lacking]
    chapters = list(script.chapters)
    if first := _chapter("before", before, script, blocks, reader):
        chapters.insert(0, first)
    after = [part for part in ("after",) if PARTS[part] & lacking]
    if last := _chapter("after", after, script, blocks, reader):
        chapters.append(last)
    return replace(script, chapters=tuple(chapters))


def _chapter(
    name: str, parts: list[str], script: Script, blocks: Blocks, reader: Reader
) -> Chapter | None:
    found = [
        group
        for part in parts
        if any(find_block(f"safety/{k}{part}", None) for k in (f"{script.kind}-", ""))
        and isinstance(
            group := blocks.safety(Scalar(part, script.mark), script.mark, reader), Group
        )
    ]
    if not found:
        return None
    title = blocks.title(found[0]) or TITLES[name]
    return Chapter(Text(title, script.mark), tuple(found), (), Voice(), None, script.mark)
