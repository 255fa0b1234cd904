"""Two timelines compared, or a script with the timeline it made last."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.library import find_script
from psoas_audio.planning import Choices, Utterance
from psoas_audio.rendering.faces import FACES
from psoas_audio.rendering.pricing import price
from psoas_audio.script.load import load_script
from psoas_audio.timeline import Difference, Take, Timeline, diff, from_json

MAX_BYTES = 64 * 1024 * 1024
"""A timeline of hours has a few million bytes."""


def compare(before: str | Path, after: str | Path | None = None) -> Difference:
    """What turns the timeline file *before* into *after*.

    A script in place of either is laid out anew, its unchanged lines as long as they are in the
    other timeline. With one script alone the other is the timeline it made last: the newest
    beside it or in the current folder. Raises :class:`PsoasError` where there is none.
    """
    if after is None:
        old = read_timeline(_last_of(before))
        return diff(old, _laid_out(before, old))
    if not _is_timeline(before) and not _is_timeline(after):
        raise PsoasError(
            "neither of the two is a timeline.",
            hint="Name .timeline.json files; 'psoas-audio render --with timeline' writes them.",
        )
    if not _is_timeline(before):
        new = read_timeline(Path(after))
        return diff(_laid_out(before, new), new)
    old = read_timeline(Path(before))
    return diff(old, read_timeline(Path(after)) if _is_timeline(after) else _laid_out(after, old))


def read_timeline(path: Path) -> Timeline:
    """The timeline in the file *path*; raises :class:`PsoasError` where there is none."""
    return from_json(read_text(path))


def read_text(path: Path) -> str:
    """The text of the timeline file *path*; raises :class:`PsoasError` where it can't be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PsoasError("this file is too large for a timeline.", where=str(path))
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise PsoasError(
            f"this timeline can't be read: {(reason or str(error)).lower()}.",
            where=str(path),
            hint="Give the .timeline.json file that a render wrote.",
        ) from error


def _is_timeline(name: str | Path) -> bool:
    return str(name).endswith(".json")


def _last_of(script: str | Path) -> Path:
    """The newest timeline that was made of *script*."""
    path = find_script(script)
    folders = {path.absolute().parent, Path.cwd()}
    found = [p for folder in folders for p in folder.glob(f"{path.stem}*{FACES['timeline'][0]}")]
    if not found:
        raise PsoasError(
            "there is no timeline of this script here to compare it with.",
            where=str(path),
            hint="Name one, or render the script with '--with timeline' first.",
        )
    return max(found, key=lambda p: p.stat().st_mtime)


def _laid_out(script: str | Path, other: Timeline) -> Timeline:
    known = {
        clip.media.id: clip.length
        for clip in other.track("voice").clips
        if isinstance(clip.media, Take)
    }

    def length(utterance: Utterance) -> int | None:
        return known.get(utterance.take)

    return price(load_script(script), Choices(), length).timeline
