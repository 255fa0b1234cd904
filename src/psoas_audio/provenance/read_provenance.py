"""Reads how a finished session was made from its timeline or its tag."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from psoas_audio.deliver.tags.id3 import read_user_texts
from psoas_audio.errors import PsoasError
from psoas_audio.planning import Choices
from psoas_audio.planning.choices_json import choices_from_json
from psoas_audio.script.model import HIGHEST_TARGET, LOWEST_TARGET
from psoas_audio.timeline.file import read_timeline_text

_NAME = re.compile(r"[\w.+ -]{1,200}")


class Provenance(NamedTuple):
    """How a session was made, as its file says."""

    script: str
    """The script's name, without folder and suffix."""
    choices: Choices


def read_provenance(path: Path) -> Provenance:
    """How *path*, an MP3 or a ``.timeline.json`` written by this program, was made.

    Nothing in the file is trusted. Raises :class:`PsoasError` if it doesn't say.
    """
    try:
        plain = _from_timeline(path) if path.suffix == ".json" else _from_tag(path)
        script = plain["of"]
        if not isinstance(script, str) or not _NAME.fullmatch(script) or script.startswith("."):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PsoasError(
            "this file doesn't say how it was made.",
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
    plain = json.loads(read_user_texts(path)["made"])
    if not isinstance(plain, dict):
        raise ValueError
    return plain


def read_target_lufs(path: Path) -> float | None:
    """Loudness in LUFS that *path*, an MP3 or a timeline, was rendered for; ``None`` if unknown."""
    try:
        plain = _from_timeline(path) if path.suffix == ".json" else _from_tag(path)
        target_lufs = plain.get("target")
    except (PsoasError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(target_lufs, int | float) and LOWEST_TARGET <= target_lufs <= HIGHEST_TARGET:
        return float(target_lufs)
    return None


def find_source_script(provenance: Provenance, path: Path) -> str:
    """The script of the session *path*: a file beside it or here, else a shipped one's name."""
    for folder in (path.parent, Path()):
        for suffix in (".yaml", ".yml"):
            if (folder / f"{provenance.script}{suffix}").is_file():
                return str(folder / f"{provenance.script}{suffix}")
    return provenance.script
