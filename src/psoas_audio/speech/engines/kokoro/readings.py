"""How long the official voices take for the calibration passage: they needn't be measured."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from psoas_audio.speech.calibration import SENTENCES
from psoas_audio.speech.engines.kokoro.files import INT8, ModelFile, known_digests, voice_digest


def passage_digest(version: int) -> str:
    """What readings are valid for: the passage, and the *version* of the engine."""
    return sha256("\n".join((str(version), *SENTENCES)).encode()).hexdigest()[:16]


def known_readings(
    voice: str, language: str, model: ModelFile, version: int
) -> Mapping[float, float]:
    """Seconds of the passage by the engine's own rate; empty if *voice* must be measured.

    That is so for blends, for a language (BCP 47) in which the voice wasn't measured, for another
    model or voice than the official ones, and after a change of the passage or the engine.
    """
    table = _table()
    main = language.casefold().split("-")[0]
    seconds: Mapping[str, float] = table.get(main, {}).get(voice, {})
    if not seconds or table["for"] != passage_digest(version) or model.sha256 != INT8.sha256:
        return {}
    if voice_digest(voice) != known_digests().get(voice):
        return {}
    return {float(rate): duration for rate, duration in seconds.items()}


@cache
def _table() -> dict[str, Any]:
    text = files(__package__).joinpath("readings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
