"""How a finished session was made, read from its timeline or its tag."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from psoas_audio.deliver.tags.id3 import read_own_texts
from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.planning.choices_json import choices_from_json
from psoas_audio.script.model import HIGHEST_TARGET, LOWEST_TARGET
from psoas_audio.timeline.file import read_timeline_text

_NAME = re.compile(r"[\w.+ -]{1,200}")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file tells of its making."""

    script: str
    """The script's name, without folder and suffix."""
    choices: Choices


def read_provenance(path: Path) -> Provenance:
    """How *path*, an MP3 or a ``.timeline.json`` of this program, was made.

    Raises :class:`PsoasError` for any other file; nothing in it is trusted.
    """
    try:
        plain = _from_timeline(path) if path.suffix == ".json" else _from_tag(path)
        script = plain["of"]
        if not isinstance(script, str) or not _NAME.fullmatch(script) or script.startswith("."):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PsoasError(
            "this file doesn't tell how it was made.",
            where=str(path),
            hint="Give an MP3 or a .timeline.json that psoas-audio rendered.",
        ) from error
    choices = plain.get("choices", {})
    return Provenance(script, choices_from_json(choices))


def _from_timeline(path: Path) -> dict[str, object]:
    plain = json.loads(read_timeline_text(path))["made"]
    if not isinstance(plain, dict):
        raise ValueError
    return plain


def _from_tag(path: Path) -> dict[str, object]:

    plain = json.loads(read_own_texts(path)["made"])
    if not isinstance(plain, dict):
        raise ValueError
    return plain


def read_target_lufs(path: Path) -> float | None:
    """LUFS that the voice in *path*, an MP3 or a timeline, was set to; ``None`` where untold."""
    try:
        plain = _from_timeline(path) if path.suffix == ".json" else _from_tag(path)
        told = plain.get("target")
    except (PsoasError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(told, int | float) and LOWEST_TARGET <= told <= HIGHEST_TARGET:
        return float(told)
    return None


def find_source_script(made: Provenance, path: Path) -> str:
    """The script that the file *path* was made of: beside it, here, or a shipped one's name."""
    for folder in (path.parent, Path()):
        for suffix in (".yaml", ".yml"):
            if (folder / f"{made.script}{suffix}").is_file():
                return str(folder / f"{made.script}{suffix}")
    return made.script
