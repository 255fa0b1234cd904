"""Plays a session from any chapter or time, without encoding it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from psoas_audio.errors import PsoasError
from psoas_audio.library import did_you_mean
from psoas_audio.playback.mixdown import Mixdown
from psoas_audio.playback.players import play_stream
from psoas_audio.rendering.session import Session
from psoas_audio.script.times import InvalidValueError, parse_time
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE, clock


def _ignore(warning: str) -> None:
    del warning


def play(
    session: Session, begin: str | None, on_warning: Callable[[str], object] = _ignore
) -> None:
    """Speak missing lines, then play from *begin*, which is a chapter's title or a time.

    *on_warning* is called with each warning of the session before it plays.
    Raises :class:`PsoasError` if there is no such place, or nothing to play sound with.
    """
    # Look for the place first, so that a wrong one is found before anything is spoken.
    start = find_start(session.draft.plan().timeline, begin)
    spoken = session.speak()
    for warning in spoken.planned.warnings:
        on_warning(warning.sentence)
    mixdown = Mixdown(session, spoken)
    if begin is not None:
        start = find_start(mixdown.timeline, begin)
    if not play_stream(_pieces(mixdown, start), mixdown.timeline.channels):
        raise PsoasError(
            "no sound device or player was found.",
            hint="Render the session and play the file, or use 'psoas-audio watch'.",
        )


def find_start(timeline: Timeline, begin: str | None) -> int:
    """The position of *begin* in samples. It is a time, or a chapter's title or its first words."""
    if begin is None:
        return 0
    title = " ".join(begin.split()).casefold()
    titles = [marker.title for marker in timeline.markers]
    for matches in (str.__eq__, str.startswith):
        for marker in timeline.markers:
            if title and matches(marker.title.casefold(), title):
                return marker.start
    try:
        start = parse_time(begin)
    except InvalidValueError:
        raise PsoasError(
            f"there is no chapter {begin!r}.",
            hint=did_you_mean(begin, titles) or f"Chapters: {', '.join(titles)}.",
        ) from None
    if start >= timeline.length:
        raise PsoasError(
            f"the session has ended by then: it is {clock(timeline.length)} long.",
            hint="Start earlier, or at a chapter's title.",
        )
    return start


def _pieces(mixdown: Mixdown, start: int) -> Iterator[bytes]:
    for first in range(start, mixdown.timeline.length, SAMPLE_RATE):
        yield mixdown.pcm(first, min(mixdown.timeline.length, first + SAMPLE_RATE))
