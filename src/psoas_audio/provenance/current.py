"""Whether a finished session is still what a render would make of its script."""

from __future__ import annotations

import json
from pathlib import Path

from psoas_audio._version import __version__
from psoas_audio.deliver.details import details_as_json
from psoas_audio.digest import digest
from psoas_audio.drafting.draft import Draft
from psoas_audio.errors import PsoasError
from psoas_audio.library import inside
from psoas_audio.provenance.versions import versions
from psoas_audio.timeline import from_json
from psoas_audio.timeline.file import read_timeline_text, timeline_beside

_FAULTS = (PsoasError, OSError, ValueError, KeyError, TypeError, AttributeError)
"""What a timeline that is missing, broken or not ours ends in."""


def is_current(sound: Path, draft: Draft) -> bool:
    """Whether *sound* and all that was made with it is there, whole, and up to date.

    Held against it: this program and what it stands on, the script, what its header and its
    translation tell, the timeline, and every file's digest.
    """
    try:
        text = read_timeline_text(timeline_beside(sound))
        made = json.loads(text)["made"]
        if (made["version"], made["with"]) != (__version__, versions()):
            return False
        if made["script"] != draft.script.digest:
            return False
        planned = draft.plan()
        if planned.estimated or from_json(text) != planned.timeline:
            return False
        told = details_as_json(draft.details(planned.timeline))
        if told != made["about"] or _newest_sound(draft) > sound.stat().st_mtime_ns:
            return False
        return all(digest(sound.parent / name) == known for name, known in made["files"].items())
    except _FAULTS:
        return False


def is_untouched(sound: Path) -> bool:
    """Whether *sound* may be replaced unasked: nothing is there, or what was rendered there."""
    if not sound.exists():
        return True
    try:
        made = json.loads(read_timeline_text(timeline_beside(sound)))["made"]
        return bool(made["files"][sound.name] == digest(sound))
    except _FAULTS:
        return False


def _newest_sound(draft: Draft) -> int:
    """When the last of the script's own sounds was changed, in ns since 1970; 0 for none.

    A timeline knows sounds by name alone; the shipped ones change with the program's version.
    """
    script = draft.script
    beds = [script.bed.sound] if script.bed is not None else []
    names = {*draft.plan().fitted.plan.sounds(), *beds}
    paths = (inside(Path(script.path).parent, name) for name in names)
    return max((path.stat().st_mtime_ns for path in paths if path is not None), default=0)
