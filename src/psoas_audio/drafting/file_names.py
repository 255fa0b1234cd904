"""Names of a session's files; a variant's choices are part of its name."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from psoas_audio.planning import Choices
from psoas_audio.planning.apply_choices import NO_BED
from psoas_audio.script.model import Pattern, Script
from psoas_audio.script.patterns import NAMED_PATTERNS
from psoas_audio.units import SAMPLE_RATE, samples_to_seconds

_MAX_CHARACTERS = 100
"""Of a variant's label in a file name; a longer one is cut and gets a digest."""


def variant_label(choices: Choices) -> str:
    """*choices* in words, such as ``20m reminder``; empty for the script's defaults."""
    parts = []
    if choices.length is not None:
        minutes, seconds = divmod(round(choices.length / SAMPLE_RATE), 60)
        parts.append(f"{minutes}m" * bool(minutes) + f"{seconds:02}s" * bool(seconds))
    if choices.guidance != "full":
        parts.append(choices.guidance)
    if choices.language is not None:
        parts.append(choices.language)
    if choices.start_side is not None:
        parts.append(f"{choices.start_side} first")
    if choices.breath is not None:
        parts.append(_breath(choices.breath))
    if choices.bed is not None:
        parts.append("no bed" if choices.bed == NO_BED else choices.bed)
    if choices.target is not None:
        parts.append(f"{choices.target:g} LUFS".replace("-", "−"))
    parts += [f"without {title}" for title in choices.skip]
    voice = choices.voice
    parts += [
        str(setting)
        for setting in (voice.engine, voice.name, voice.rate, voice.treatment)
        if setting is not None
    ]
    return " ".join(parts)


def _breath(pattern: Pattern) -> str:
    if NAMED_PATTERNS.get(pattern.name) == pattern:
        return pattern.name
    return "breath " + " ".join(f"{samples_to_seconds(p.length):g}" for p in pattern.phases)


def session_name(script: Script, choices: Choices) -> str:
    """The name of the session's files, such as ``supine-ball-release-20m-reminder``."""
    words = re.sub(r"[^\w.+-]+", "-", variant_label(choices).lower()).strip("-.")
    if len(words) > _MAX_CHARACTERS:
        digest = sha256(repr(choices).encode()).hexdigest()[:8]
        words = f"{words[:_MAX_CHARACTERS]}-{digest}"
    return f"{script.name}-{words}" if words else script.name


def output_path(output: Path | None, name: str, format_name: str = "mp3") -> Path:
    """The session's path: *output* if it is a file name, else *name* in the folder *output*."""
    if output is None:
        return Path(f"{name}.{format_name}")
    if output.suffix.lower() == f".{format_name}" and not output.is_dir():
        return output
    return output / f"{name}.{format_name}"
