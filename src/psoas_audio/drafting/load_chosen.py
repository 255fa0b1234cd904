"""Reads a script with the values that were chosen for it."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script
from psoas_audio.script.model import Script


def load_chosen(path: str | Path, choices: Choices) -> Script:
    """The script *path*, whose texts may use the values in *choices*, too; as ``load_script``."""
    return load_script(path, dict(choices.values))


def chosen_draft(
    script: Script | str | Path, choices: Choices, settings: Settings | None = None
) -> Draft:
    """*script*, or the one of that name, with *choices*."""
    loaded = script if isinstance(script, Script) else load_chosen(script, choices)
    return Draft(loaded, choices, settings or Settings())
