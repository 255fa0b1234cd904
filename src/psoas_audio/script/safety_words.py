"""The safety points that each kind of script must cover, and the blocks that add missing ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from psoas_audio.library import find_block
from psoas_audio.locale.languages import load_language
from psoas_audio.script.block_loader import BlockLoader
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.fields.reading import Invalid, NodeReader
from psoas_audio.script.model import SAFETY_POINTS, Chapter, Kind, Script, Text, VoiceSettings
from psoas_audio.script.source.events import ScalarNode

REQUIRED_POINTS: Final[Mapping[Kind, frozenset[str]]] = {
    "self-massage": frozenset(SAFETY_POINTS),
    "stretch": frozenset(SAFETY_POINTS) - {"avoid-if", "way-out"},
    "yoga": frozenset(SAFETY_POINTS) - {"avoid-if", "way-out"},
    "strength": frozenset(SAFETY_POINTS) - {"avoid-if", "way-out"},
    "cardio": frozenset(SAFETY_POINTS) - {"avoid-if", "way-out"},
    "breathing": frozenset(SAFETY_POINTS) - {"way-out", "side-effects"},
    "relaxation": frozenset({"not-medical-advice", "stop-signs"}),
    "talk": frozenset({"not-medical-advice"}),
}
"""Kind to the points that its scripts must cover."""

SAFETY_PARTS: Final[Mapping[str, frozenset[str]]] = {
    "before": frozenset({"not-medical-advice", "ask-first", "stop-signs", "avoid-if"}),
    "way-out": frozenset({"way-out"}),
    "after": frozenset({"side-effects", "seek-help"}),
}
"""Part of the safety words to the points that it covers."""

CHAPTER_TITLES: Final = {"before": "Before you begin", "after": "Afterwards"}
"""Part to the title of the chapter that is added for it, if its block has no title."""


def missing_safety_points(script: Script) -> frozenset[str]:
    """The safety points that *script* must cover and doesn't."""
    made = (step.safety_points for chapter in script.chapters for step in all_steps(chapter.steps))
    return REQUIRED_POINTS[script.kind].difference(*made)


def add_safety_chapters(script: Script, blocks: BlockLoader, reader: NodeReader) -> Script:
    """*script* with chapters at its start and end that cover the missing points."""
    points = missing_safety_points(script)
    before = [part for part in ("before", "way-out") if SAFETY_PARTS[part] & points]
    chapters = list(script.chapters)
    if first := _chapter("before", before, script, blocks, reader):
        chapters.insert(0, first)
    if first:  # short words may make every point at the start
        points -= frozenset().union(*(step.safety_points for step in first.steps))
    after = [part for part in ("after",) if SAFETY_PARTS[part] & points]
    if last := _chapter("after", after, script, blocks, reader):
        chapters.append(last)
    return replace(script, chapters=tuple(chapters))


def full_safety_chapters(
    script: Script, blocks: BlockLoader, reader: NodeReader
) -> tuple[Chapter, ...]:
    """The safety words of the kind of *script* in full, as they would be added to it."""
    points = REQUIRED_POINTS[script.kind]
    before = [part for part in ("before", "way-out") if SAFETY_PARTS[part] & points]
    after = ["after"] if SAFETY_PARTS["after"] & points else []
    found = (
        _chapter(name, parts, script, blocks, reader)
        for name, parts in (("before", before), ("after", after))
    )
    return tuple(chapter for chapter in found if chapter is not None)


def _chapter(
    name: str, parts: list[str], script: Script, blocks: BlockLoader, reader: NodeReader
) -> Chapter | None:
    found = [
        group
        for part in parts
        if any(find_block(f"safety/{k}{part}", None) for k in (f"{script.kind}-", ""))
        and not isinstance(
            group := blocks.safety(ScalarNode(part, script.mark), script.mark, reader), Invalid
        )
    ]
    if not found:
        return None
    title = blocks.title(found[0]) or CHAPTER_TITLES[name]
    # The blocks' own titles are English; a script in another language shows its own.
    interface = load_language(script.language).interface
    title = interface.get(title.lower().removeprefix("the ").replace(" ", "-"), title)
    return Chapter(Text(title, script.mark), tuple(found), (), VoiceSettings(), None, script.mark)
