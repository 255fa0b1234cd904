"""Compares two timelines, or a script with the newest timeline made from it."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.drafting.load_chosen import load_chosen
from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.drafting.prepare import prepare_script
from psoas_audio.errors import PsoasError
from psoas_audio.library import find_script
from psoas_audio.planning import Utterance
from psoas_audio.provenance.read_provenance import read_provenance
from psoas_audio.timeline import Take, Timeline
from psoas_audio.timeline.diff import Difference, diff
from psoas_audio.timeline.file import (
    SESSION_SUFFIXES,
    TIMELINE_SUFFIX,
    find_timeline,
    read_timeline,
)


def compare(before: str | Path, after: str | Path | None = None) -> Difference:
    """The differences from the timeline file *before* to *after*.

    Either may be a script, which is laid out with the choices of the other timeline and, for
    unchanged lines, its lengths. A finished session stands for the timeline that it
    carries, or the one beside it. A single
    script is compared with the newest timeline made from it, beside the script or in the current
    folder. Raises :class:`PsoasError` if there is none.
    """
    before = _timeline_of(before)
    after = None if after is None else _timeline_of(after)
    if after is None and _is_timeline(before):
        raise PsoasError(
            "a timeline alone can't be compared.",
            where=str(before),
            hint="Name a second timeline, or the script that it was made from.",
        )
    if after is None:
        newest = _newest_timeline(before)
        old = read_timeline(newest)
        return diff(old, _laid_out(before, newest, old))
    if not _is_timeline(before) and not _is_timeline(after):
        raise PsoasError(
            "neither of the two files is a timeline.",
            hint="Give a .timeline.json file, as 'psoas-audio render --with timeline' writes it.",
        )
    if not _is_timeline(before):
        new = read_timeline(Path(after))
        return diff(_laid_out(before, Path(after), new), new)
    old = read_timeline(Path(before))
    if _is_timeline(after):
        return diff(old, read_timeline(Path(after)))
    return diff(old, _laid_out(after, Path(before), old))


def _timeline_of(name: str | Path) -> str | Path:
    """The file with the timeline of *name* if that is a finished session, else *name*."""
    path = Path(name)
    if path.suffix.lower() not in SESSION_SUFFIXES:
        return name
    found = find_timeline(path)
    if found is None:
        raise PsoasError(
            "this file carries no timeline, and there is none beside it.",
            where=str(path),
            hint="Render the session as MP3 or '--with timeline', or name a .timeline.json file.",
        )
    return found


def _is_timeline(name: str | Path) -> bool:
    return str(name).endswith(".json") or Path(name).suffix.lower() in SESSION_SUFFIXES


def _newest_timeline(script: str | Path) -> Path:
    """The newest timeline that was made from *script*."""
    path = find_script(script)
    folders = {path.absolute().parent, Path.cwd()}
    found = [p for folder in folders for p in folder.glob(f"{path.stem}*{TIMELINE_SUFFIX}")]
    # Another script's name may begin alike.
    for timeline in sorted(found, key=lambda p: p.stat().st_mtime, reverse=True):
        if read_timeline(timeline).name == path.stem:
            return timeline
    raise PsoasError(
        "there is no timeline of this script to compare it with.",
        where=str(path),
        hint="Name one, or render the script '--with timeline' first.",
    )


def _laid_out(script: str | Path, path: Path, other: Timeline) -> Timeline:
    """*script* with the choices of the timeline *other*, whose file is *path*."""
    known = {
        clip.media.id: clip.length
        for clip in other.track("voice").clips
        if isinstance(clip.media, Take)
    }

    def length(utterance: Utterance) -> int | None:
        return known.get(utterance.take)

    choices = read_provenance(path).choices
    prepared = prepare_script(load_chosen(script, choices), choices)
    return plan_session(prepared, choices, length).timeline
