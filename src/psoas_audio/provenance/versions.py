"""The versions that decide a session's bytes, recorded in its timeline."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

_DISTRIBUTIONS = (
    "espeakng-loader", "mutagen", "num2words", "numpy", "pedalboard", "pillow", "piper-tts",
    "pyttsx3", "soundfile", "soxr",
)  # fmt: skip
"""Those whose results get into a session or its outputs."""


def versions() -> dict[str, str]:
    """Name to version of Python and of each distribution that is installed."""
    found = {name: _version(name) for name in _DISTRIBUTIONS}
    return {"python": platform.python_version(), **{k: v for k, v in found.items() if v}}


@cache
def _version(name: str) -> str:
    """Of the distribution *name*; empty if it isn't installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
