"""The versions that decide a session's bytes, for its timeline to tell."""

from __future__ import annotations

import contextlib
import platform
from importlib.metadata import PackageNotFoundError, version

_DECIDE = (
    "espeakng-loader", "mutagen", "num2words", "numpy", "pedalboard", "pillow", "piper-tts",
    "pyttsx3", "soundfile", "soxr",
)  # fmt: skip
"""Distributions whose results get into a session or its faces."""


def versions() -> dict[str, str]:
    """Version by name of what is installed of them, and of Python."""
    found = {"python": platform.python_version()}
    for name in _DECIDE:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
