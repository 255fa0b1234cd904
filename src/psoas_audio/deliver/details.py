"""What the faces of a session tell beyond its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Details:
    """Words about a session for tags, transcript and page; any may be empty but the title.

    All of them come from a script, so every face treats them as text to be escaped.
    """

    title: str
    artist: str = ""
    """The voice or the narrator."""
    album: str = ""
    """The programme or collection."""
    genre: str = "Wellness"
    language: str = "en"
    """BCP 47."""
    comment: str = ""
    """The safety line."""
    summary: str = ""
    kind: str = ""
    """``self-massage``, ``stretch`` …: gives the colours."""
    equipment: tuple[str, ...] = ()
    position: str = ""
    """Where the listener starts."""
    level: str = ""
    """Whom it is made for: ``beginner``, ``some experience``, ``experienced``."""
    avoid: tuple[str, ...] = ()
    """Who should not do it, or should ask first."""
    version: str = ""
    """Of this program."""
    digest: str = ""
    """Of the script, in hexadecimal."""
    variant: str = ""
    """Length, guidance and voice chosen, in words; empty for the script's own."""
    made: str = ""
    """How to make it again: the script's name and every choice, as JSON."""
    figure: str = ""
    """The picture on the cover; empty for that of ``position``."""


def about(details: Details) -> dict[str, Any]:
    """What a catalogue tells of a session, as plain data."""
    return {
        "summary": details.summary,
        "kind": details.kind,
        "position": details.position,
        "figure": details.figure,
        "level": details.level,
        "equipment": list(details.equipment),
        "avoid": list(details.avoid),
        "comment": details.comment,
        "voice": details.artist,
    }
