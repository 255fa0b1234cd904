"""Whether a finished session is up to date with its script."""

from __future__ import annotations

import json
from pathlib import Path

from psoas_audio._version import __version__
from psoas_audio.deliver.details import details_as_json
from psoas_audio.drafting.draft import Draft
from psoas_audio.errors import PsoasError
from psoas_audio.file_digest import digest
from psoas_audio.library import inside
from psoas_audio.provenance.versions import versions
from psoas_audio.timeline import from_json
from psoas_audio.timeline.file import read_timeline_text, timeline_beside
from psoas_audio.timeline.word_times import without_word_starts

_UNREADABLE = (PsoasError, OSError, ValueError, KeyError, TypeError, AttributeError)
"""Errors of reading a timeline that is missing, damaged or from another program."""


def is_current(sound: Path, draft: Draft) -> bool:
    """Whether *sound* and the files that came with it exist, are unchanged, and are up to date.

    It compares the versions of this program and its dependencies, the script, its details, the
    timeline, and the digest of every file.
    """
    try:
        text = read_timeline_text(timeline_beside(sound))
        made = json.loads(text)["made"]
        if (made["version"], made["with"]) != (__version__, versions()):
            return False
        if made["script"] != draft.script.digest:
            return False
        planned = draft.plan()
        if planned.estimated or without_word_starts(from_json(text)) != planned.timeline:
            return False
        described = details_as_json(draft.details(planned.timeline))
        if described != made["about"] or _newest_sound(draft) > sound.stat().st_mtime_ns:
            return False
        return all(digest(sound.parent / name) == known for name, known in made["files"].items())
    except _UNREADABLE:
        return False


def is_untouched(sound: Path) -> bool:
    """Whether *sound* may be replaced: it doesn't exist, or is exactly as it was rendered."""
    if not sound.exists():
        return True
    try:
        made = json.loads(read_timeline_text(timeline_beside(sound)))["made"]
        return bool(made["files"][sound.name] == digest(sound))
    except _UNREADABLE:
        return False


def _newest_sound(draft: Draft) -> int:
    """When the script's own sounds were last changed, in ns since 1970; 0 if it has none.

    A timeline has only the names of sounds. The shipped ones change with the program's version.
    """
    script = draft.script
    beds = [script.bed.sound] if script.bed is not None else []
    names = {*draft.plan().fitted.plan.sounds(), *beds}
    paths = (inside(Path(script.path).parent, name) for name in names)
    return max((path.stat().st_mtime_ns for path in paths if path is not None), default=0)
