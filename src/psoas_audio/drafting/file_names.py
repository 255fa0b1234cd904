"""Names of a session's files; a variant's choices are part of its name."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from psoas_audio.planning import Choices
from psoas_audio.planning.apply_choices import BED_APART, NO_BED
from psoas_audio.script.model import Pattern, Script
from psoas_audio.script.patterns import NAMED_PATTERNS
from psoas_audio.units import SAMPLE_RATE, samples_to_seconds

_BED_LABELS = {NO_BED: "no bed", BED_APART: "bed apart"}
"""Labels of the choices of a bed that aren't the name of a sound."""
_MAX_CHARACTERS = 100
"""Characters kept of a variant's label in a file name; a digest replaces what is cut."""


def variant_label(choices: Choices) -> str:
    """*choices* in words, such as ``20m reminder`` (20 minutes, guidance ``reminder``).

    Empty for the script's defaults. It is shown to people and becomes part of file names, in the
    same order.
    """
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
        parts.append(_breath_label(choices.breath))
    if choices.bed is not None:
        parts.append(_BED_LABELS.get(choices.bed, choices.bed))
    if choices.target is not None:
        parts.append(f"{choices.target:g} LUFS".replace("-", "−"))  # a minus sign
    parts += [words for _, words in choices.values]
    parts += [f"without {title}" for title in choices.skip]
    voice = choices.voice
    parts += [
        str(setting)
        for setting in (voice.engine, voice.name, voice.rate, voice.treatment)
        if setting is not None
    ]
    return " ".join(parts)


def _breath_label(pattern: Pattern) -> str:
    if NAMED_PATTERNS.get(pattern.name) == pattern:
        return pattern.name
    return "breath " + " ".join(f"{samples_to_seconds(p.length):g}" for p in pattern.phases)


def session_name(script: Script, choices: Choices) -> str:
    """The name of the session's files, such as ``supine-ball-release-20m-reminder``."""
    slug = re.sub(r"[^\w.+-]+", "-", variant_label(choices).lower()).strip("-.")
    if len(slug) > _MAX_CHARACTERS:
        digest = sha256(repr(choices).encode()).hexdigest()[:8]
        slug = f"{slug[:_MAX_CHARACTERS]}-{digest}"
    return f"{script.name}-{slug}" if slug else script.name


def output_path(output: Path | None, stem: str, format_name: str = "mp3") -> Path:
    """The session's path: *output* if it ends in the format's suffix and isn't a folder, else a
    file called *stem* in the folder *output*, or in the current one."""
    if output is None:
        return Path(f"{stem}.{format_name}")
    if output.suffix.lower() == f".{format_name}" and not output.is_dir():
        return output
    return output / f"{stem}.{format_name}"
