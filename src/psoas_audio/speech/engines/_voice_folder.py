"""The folder of voices that the user installed, and what their makers say of them."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from psoas_audio.errors import PsoasError
from psoas_audio.files import FileKind, user_path

_MODEL_CARD = FileKind("model card", 1 << 20)


def voice_folder() -> Path:
    """``PSOAS_AUDIO_VOICES`` if set, or else ``voices`` in the user's data folder."""
    if chosen := os.environ.get("PSOAS_AUDIO_VOICES"):
        return user_path(chosen, "PSOAS_AUDIO_VOICES")

    return user_data_path("psoas-audio", appauthor=False) / "voices"


def model_card(name: str) -> str:
    """The model card of the installed voice *name*; empty if there is none."""
    stem = name.partition("+")[0]
    path = voice_folder() / f"{stem}.MODEL_CARD.txt"
    if Path(stem).name != stem or not path.is_file():
        return ""
    try:
        return _MODEL_CARD.read_text(path)
    except PsoasError:
        return ""
