"""The versions that decide a session's bytes, recorded in its timeline."""

from __future__ import annotations

import platform

from psoas_audio.cache.installed_versions import installed_versions


def versions() -> dict[str, str]:
    """Name to version of Python and of each package that is installed."""
    return {"python": platform.python_version(), **installed_versions()}
