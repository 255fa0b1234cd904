"""Lists the shipped sessions, with their lengths and equipment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psoas_audio import library
from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script
from psoas_audio.script.model import Script
from psoas_audio.units import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class ListedSession:
    """A shipped session. Lengths are estimates, in whole seconds."""

    name: str
    title: str
    summary: str
    kind: str
    position: str
    level: str
    equipment: tuple[str, ...]
    default: int
    shortest: int
    longest: int

    def as_json(self) -> dict[str, Any]:
        """The object that ``list --json`` prints."""
        return {
            "name": self.name,
            "title": self.title,
            "summary": self.summary,
            "kind": self.kind,
            "position": self.position,
            "level": self.level,
            "equipment": list(self.equipment),
            "length": {
                "default": self.default,
                "shortest": self.shortest,
                "longest": self.longest,
            },
        }


def list_library() -> list[ListedSession]:
    """All shipped sessions, sorted by name."""
    return [_listed(name) for name in library.script_names()]


def _listed(name: str) -> ListedSession:
    script = load_script(name)
    default, shortest, longest = _lengths(script)
    return ListedSession(
        name=name,
        title=script.title,
        summary=script.summary,
        kind=script.kind,
        position=script.position,
        level=script.level,
        equipment=script.equipment,
        default=round(default / SAMPLE_RATE),
        shortest=round(shortest / SAMPLE_RATE),
        longest=round(longest / SAMPLE_RATE),
    )


def _lengths(script: Script) -> tuple[int, int, int]:
    """The default, the shortest and the longest length, in samples.

    If the header has all three they are used as they are: ``check`` compares them with the steps.
    """
    own = script.length
    if own is not None and own.default and own.shortest and own.longest:
        return own.default, own.shortest, own.longest
    planned = plan_session(script, Choices())
    return planned.timeline.length, planned.fitted.shortest, planned.fitted.longest
