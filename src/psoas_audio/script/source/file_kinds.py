"""Tells scripts and programmes apart, which are both YAML files."""

from __future__ import annotations

from psoas_audio.script.source.events import MappingNode

_STEPS = {"steps", "chapters"}


def has_weeks(node: MappingNode) -> bool:
    """Whether a file with *node* at its top is a programme."""
    return "weeks" in _keys(node)


def is_script(node: MappingNode) -> bool:
    """Whether a file with *node* at its top is a script, and certainly no programme."""
    return not has_weeks(node) and not _STEPS.isdisjoint(_keys(node))


def _keys(node: MappingNode) -> set[str]:
    return {key.text for key, _ in node.pairs}
