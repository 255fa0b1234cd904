"""What a session's files are called: a variant is named in the file's name."""

from __future__ import annotations

import re
from pathlib import Path

from psoas_audio.planning import Choices
from psoas_audio.script.model import Script
from psoas_audio.units import SAMPLE_RATE


def variant(choices: Choices) -> str:
    """*choices* in words, such as ``20m reminder``; empty for the script's own."""
    parts = []
    if choices.length is not None:
        minutes, seconds = divmod(round(choices.length / SAMPLE_RATE), 60)
        parts.append(f"{minutes}m" * bool(minutes) + f"{seconds:02}s" * bool(seconds))
    if choices.guidance != "full":
        parts.append(choices.guidance)
    voice = choices.voice
    parts += [str(wish) for wish in (voice.engine, voice.name, voice.rate) if wish is not None]
    return " ".join(parts)


def session_name(script: Script, choices: Choices) -> str:
    """The name of the session's files, such as ``supine-ball-release-20m-reminder``."""
    words = re.sub(r"[^\w.+-]+", "-", variant(choices)).strip("-.")
    return f"{script.name}-{words}" if words else script.name


def target(output: Path | None, name: str) -> Path:
    """The MP3's path: *output* itself where it is a file's name, else *name* in that folder."""
    if output is None:
        return Path(f"{name}.mp3")
    if output.suffix.lower() == ".mp3" and not output.is_dir():
        return output
    return output / f"{name}.mp3"
