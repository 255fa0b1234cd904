"""A digest of everything that decides the result of a render."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from psoas_audio._version import __version__
from psoas_audio.drafting.cover_file import cover_digest
from psoas_audio.drafting.prepare import prepare_script
from psoas_audio.drafting.recordings import engine_voice, without_recordings_path
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.drafting.sound_paths import is_shipped, sound_path
from psoas_audio.errors import Mark, SpeechError
from psoas_audio.file_digest import digest
from psoas_audio.planning import Choices, Plan, Stretch, expand
from psoas_audio.planning.choices_json import choices_to_json
from psoas_audio.provenance.versions import versions
from psoas_audio.script.model import Script
from psoas_audio.speech.engine import Request
from psoas_audio.speech.engines import load_engine, reference_of


def inputs_digest(script: Script, choices: Choices, settings: Settings) -> str:
    """SHA-256, in hexadecimal, of everything that a session of *script* is made from.

    That is the script with its blocks and translations, the choices, the outputs, the sounds beside
    it, the versions and recordings of voices, and the versions of this program and its
    dependencies. It is the same on every machine, whatever its cache holds. Raises
    :class:`~psoas_audio.errors.PsoasError`.
    """
    choices, folder = without_recordings_path(choices)
    ready = prepare_script(script, choices)
    plan = expand(ready, choices, Stretch())
    parts = {
        "version": [__version__, versions()],
        "file": script.digest,
        "script": _plain(replace(ready, path="", digest="", warnings=())),
        "choices": choices_to_json(replace(choices, automatic=())),
        "form": [
            settings.format,
            settings.kbps,
            settings.pictures,
            settings.producer,
            sorted(settings.outputs),
        ],
        "sounds": sorted(_sounds(ready, plan)),
        "cover": cover_digest(ready),
        "voices": sorted(_voices(ready, plan, folder)),
    }
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _sounds(script: Script, plan: Plan) -> Iterator[str]:
    """Names and digests of the sounds that don't come with the program."""
    names = {*plan.sounds(), *([script.bed.sound] if script.bed is not None else [])}
    for name in names:
        path = sound_path(script, name)
        if not is_shipped(path):
            yield f"{name} {digest(path)}"


def _voices(script: Script, plan: Plan, folder: Path | None) -> set[str]:
    """Fingerprints of the engines, with their voices and recordings."""
    found = set()
    for said in plan.utterances():
        voice = engine_voice(said, script, folder)
        request = Request(said.text, voice, said.rate, said.pitch, said.language, said.text)
        try:
            found.add(load_engine(reference_of(said.engine)).fingerprint(request))
        except (SpeechError, OSError):  # the recording is missing: another voice speaks the line
            found.add("")
    return found


def _plain(value: object) -> Any:
    """*value* for JSON, the same in every process; marks are left out."""
    match value:
        case Mark():
            return None
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case Set():
            return sorted(map(str, value))
        case tuple() | list():
            return [_plain(each) for each in value]
        case Fraction():
            return str(value)
    if is_dataclass(value):
        values = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"": type(value).__name__, **values}
    return value
