"""Whether every part of the installation works, and what to do about those that don't."""

from __future__ import annotations

import io
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from psoas_audio import library
from psoas_audio._version import __version__
from psoas_audio.cache.local import Cache, default_folder, key_of
from psoas_audio.errors import PsoasError
from psoas_audio.speech.available_voices import list_voices, measure_speed
from psoas_audio.speech.engines.kokoro.files import find_model


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
        return Diagnosis(part, False, True, error.what, error.hint)
    except Exception as error:
        hint = "Install psoas-audio again in a fresh virtual environment."
        return Diagnosis(part, False, True, f"{type(error).__name__}: {error}", hint)


def _voice() -> str:
    speed = measure_speed("pyttsx3", "en-US")
    return f"pyttsx3 speaks, at {speed:.0f} × real time"


def _natural_voice() -> Diagnosis:
    """Kokoro, and how fast it speaks here."""
    hint = "Install it with: pip install 'psoas-audio[natural]'"
    try:
        count, speed = len(list_voices("kokoro")), measure_speed("kokoro", "en-US")
    except PsoasError as error:
        return Diagnosis("kokoro", False, False, f"natural voices: {error.what}", hint)
    model = find_model()
    precision = model.precision if model else ""
    other = "int8" if precision == "fp32" else "fp32"
    slow = (
        f"Try a model of another precision: psoas-audio voices install kokoro --precision {other}"
    )
    found = f"{count} natural voices, {precision}, at {speed:.1f} × real time on one core"
    return Diagnosis("kokoro", True, False, found, slow if speed < 1 else "")


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
