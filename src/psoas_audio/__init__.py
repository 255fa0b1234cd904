"""Voice-guided audio sessions from a YAML script.

>>> import psoas_audio
>>> script = psoas_audio.load_script("supine-ball-release")
>>> psoas_audio.plan(script).timeline.length
>>> psoas_audio.render(script, output="out.mp3").audio_segment()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psoas_audio._version import __version__

__all__ = ["__version__", "load_script", "plan", "render"]

if TYPE_CHECKING:
    from psoas_audio.api import load_script, plan, render


def __getattr__(name: str) -> Any:
    # Looked up late: importing the package must not cost what a render needs.
    if name in ("load_script", "plan", "render"):
        from psoas_audio import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
