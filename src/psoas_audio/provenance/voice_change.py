"""Detects that a session is spoken by another voice than before without a choice of the user."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.provenance.read_provenance import read_provenance
from psoas_audio.speech.automatic import why_silent
from psoas_audio.timeline.file import timeline_beside


def voice_change(output: Path, automatic: Mapping[str, str]) -> str:
    """A warning if the finished session *output* was spoken by another voice; empty if not.

    *automatic* are the voices that speak because neither the script nor the user chose them, as
    :func:`~psoas_audio.drafting.auto_voices.automatic_choices` gives them.
    """
    if not automatic or not output.exists():
        return ""
    beside = timeline_beside(output)
    try:
        before = read_provenance(beside if beside.exists() else output).choices
    except (PsoasError, OSError):
        return ""
    if not before.automatic and not (before.voice.engine or before.voice.name):
        now = ", ".join(dict.fromkeys(voice.rstrip(":") for voice in automatic.values()))
        return (
            f"{output.name} doesn't say which voice spoke before; it is now spoken by {now},"
            " the best voice that is installed"
        )
    return change_of_voice(output.name, dict(before.automatic), automatic)


def change_of_voice(name: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """A warning if a voice of the file *name* was another one *before* than it is *now*."""
    for key, voice in now.items():
        was = before.get(key, voice)
        if was == voice:
            continue
        engine, _, own = was.partition(":")
        keep = f"--voice {was}" if own else f"--engine {engine}"
        lost = why_silent(engine, own or None, key.rpartition(":")[2])
        return (
            f"{name} was spoken by {was.rstrip(':')} and is now spoken by {voice.rstrip(':')}, the"
            " best voice that is installed; "
            + (
                f"{keep} keeps the old voice"
                if lost is None
                else f"the old voice isn't available any more: {lost.what}"
            )
        )
    return ""
