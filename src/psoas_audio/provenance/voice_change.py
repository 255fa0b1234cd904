"""Detects that a session is spoken by another voice than before without a choice of the user."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.provenance.read_provenance import read_provenance
from psoas_audio.timeline.file import timeline_beside


def voice_change(output: Path, automatic: Mapping[str, str]) -> str:
    """A warning if the finished session *output* was spoken by another voice; empty if not.

    *automatic* maps languages to the voice, as ``ENGINE:NAME``, that speaks in them because
    neither the script nor the user chose one.
    """
    if not automatic or not output.exists():
        return ""
    beside = timeline_beside(output)
    try:
        before = read_provenance(beside if beside.exists() else output).choices
    except (PsoasError, OSError):
        return ""
    if before.voice.engine or before.voice.name:
        return ""
    for language, voice in automatic.items():
        was = dict(before.automatic).get(language)
        if was is None:
            return (
                f"{output.name} doesn't say which voice spoke before; it is now spoken by"
                f" {voice.rstrip(':')}, the best voice that is installed"
            )
        if was != voice:
            engine, _, name = was.partition(":")
            keep = f"--voice {was}" if name else f"--engine {engine}"
            return (
                f"{output.name} was spoken by {was.rstrip(':')} and is now spoken by"
                f" {voice.rstrip(':')}, the best voice that is installed; {keep} keeps the old one"
            )
    return ""
