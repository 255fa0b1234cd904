"""Voice-guided audio sessions from a YAML script.

>>> import psoas_audio
>>> script = psoas_audio.load_script("supine-ball-release")
>>> psoas_audio.plan(script).timeline.length
>>> psoas_audio.render(script, output="out.mp3").audio_segment()

``docs/api.md`` describes every name.
"""

from __future__ import annotations

import importlib

from psoas_audio._version import __version__

TYPE_CHECKING = False  # typing's takes long to load: so long, Ctrl-C would show a traceback

if TYPE_CHECKING:
    from psoas_audio.api import check, check_source, mixdown, plan, render
    from psoas_audio.audio import Samples
    from psoas_audio.drafting.parse_choices import ChoiceOptions, choose
    from psoas_audio.drafting.planned_session import PlannedSession
    from psoas_audio.errors import (
        CacheError,
        EncodeError,
        LengthError,
        Mark,
        OutputError,
        Problem,
        PsoasError,
        QcError,
        ScriptError,
        SoundError,
        SpeechError,
    )
    from psoas_audio.planning.choices import Choices
    from psoas_audio.playback.mixdown import Mixdown
    from psoas_audio.rendering.progress import OnProgress, Progress
    from psoas_audio.rendering.result import Loudness, Rendered
    from psoas_audio.script.load import Source, load_script, parse_script
    from psoas_audio.script.model import Script
    from psoas_audio.timeline.file import read_timeline
    from psoas_audio.timeline.model import (
        BedSound,
        Breath,
        Clip,
        Gap,
        Marker,
        Sound,
        Take,
        Timeline,
        Track,
    )

__all__ = [
    "BedSound",
    "Breath",
    "CacheError",
    "ChoiceOptions",
    "Choices",
    "Clip",
    "EncodeError",
    "Gap",
    "LengthError",
    "Loudness",
    "Mark",
    "Marker",
    "Mixdown",
    "OnProgress",
    "OutputError",
    "PlannedSession",
    "Problem",
    "Progress",
    "PsoasError",
    "QcError",
    "Rendered",
    "Samples",
    "Script",
    "ScriptError",
    "Sound",
    "SoundError",
    "Source",
    "SpeechError",
    "Take",
    "Timeline",
    "Track",
    "__version__",
    "check",
    "check_source",
    "choose",
    "load_script",
    "mixdown",
    "parse_script",
    "plan",
    "read_timeline",
    "render",
]

_MODULES = {
    "api": ("check", "check_source", "mixdown", "plan", "render"),
    "audio": ("Samples",),
    "drafting.parse_choices": ("ChoiceOptions", "choose"),
    "drafting.planned_session": ("PlannedSession",),
    "errors": (
        *("CacheError", "EncodeError", "LengthError", "Mark", "OutputError", "Problem"),
        *("PsoasError", "QcError", "ScriptError", "SoundError", "SpeechError"),
    ),
    "planning.choices": ("Choices",),
    "playback.mixdown": ("Mixdown",),
    "rendering.progress": ("Progress", "OnProgress"),
    "rendering.result": ("Loudness", "Rendered"),
    "script.load": ("Source", "load_script", "parse_script"),
    "script.model": ("Script",),
    "timeline.file": ("read_timeline",),
    "timeline.model": (
        "BedSound",
        "Breath",
        "Clip",
        "Gap",
        "Marker",
        "Sound",
        "Take",
        "Timeline",
        "Track",
    ),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

if not TYPE_CHECKING:  # a type checker finds the names above, and no others

    def __getattr__(name: str) -> object:
        # Looked up when asked for: importing the package must not cost what a render needs.
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
