"""Two timelines compared, or a script with the timeline it made last."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.drafting.planned_session import plan_session
from psoas_audio.drafting.prepare import prepare_script
from psoas_audio.errors import PsoasError
from psoas_audio.library import find_script
from psoas_audio.planning import Utterance
from psoas_audio.provenance.read import read_provenance
from psoas_audio.script.load import load_script
from psoas_audio.timeline import Take, Timeline
from psoas_audio.timeline.diff import Difference, diff
from psoas_audio.timeline.file import TIMELINE_SUFFIX, read_timeline


def compare(before: str | Path, after: str | Path | None = None) -> Difference:
    """What turns the timeline file *before* into *after*.

    A script in place of either is laid out anew, its unchanged lines as long as they are in the
    other timeline. With one script alone the other is the timeline it made last: the newest
    beside it or in the current folder. Raises :class:`PsoasError` where there is none.
    """
    if after is None:
        last = _last_of(before)
        old = read_timeline(last)
        return diff(old, _laid_out(before, last, old))
    if not _is_timeline(before) and not _is_timeline(after):
        raise PsoasError(
            "neither of the two is a timeline.",
            hint="Name .timeline.json files; 'psoas-audio render --with timeline' writes them.",
        )
    if not _is_timeline(before):
        new = read_timeline(Path(after))
        return diff(_laid_out(before, Path(after), new), new)
    old = read_timeline(Path(before))
    if _is_timeline(after):
        return diff(old, read_timeline(Path(after)))
    return diff(old, _laid_out(after, Path(before), old))


def _is_timeline(name: str | Path) -> bool:
    return str(name).endswith(".json")


def _last_of(script: str | Path) -> Path:
    """The newest timeline that was made of *script*."""
    path = find_script(script)
    folders = {path.absolute().parent, Path.cwd()}
    found = [p for folder in folders for p in folder.glob(f"{path.stem}*{TIMELINE_SUFFIX}")]
    if not found:
        raise PsoasError(
            "there is no timeline of this script here to compare it with.",
            where=str(path),
            hint="Name one, or render the script with '--with timeline' first.",
        )
    return max(found, key=lambda p: p.stat().st_mtime)


def _laid_out(script: str | Path, beside: Path, other: Timeline) -> Timeline:
    """*script* with the choices of the timeline *other* in the file *beside*."""
    known = {
        clip.media.id: clip.length
        for clip in other.track("voice").clips
        if isinstance(clip.media, Take)
    }

    def length(utterance: Utterance) -> int | None:
        return known.get(utterance.take)

    choices = read_provenance(beside).choices
    return plan_session(prepare_script(load_script(script), choices), choices, length).timeline
