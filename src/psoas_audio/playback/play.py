"""A session heard now, from any chapter or time, with nothing encoded."""

from __future__ import annotations

from collections.abc import Iterator

from psoas_audio.errors import PsoasError
from psoas_audio.library import did_you_mean
from psoas_audio.playback.mixdown import Mixdown
from psoas_audio.playback.players import play_stream
from psoas_audio.rendering.session import Session
from psoas_audio.script.times import InvalidValueError, parse_time
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE, clock


def play(session: Session, begin: str | None) -> None:
    """Speak what is missing, then play from *begin*: a chapter's title or a time.

    Raises :class:`PsoasError` where there is no such place, or nothing to play sound with.
    """
    start = find_start(session.draft.plan().timeline, begin)  # told before anything is spoken
    live = Mixdown(session, session.speak())
    if begin is not None:
        start = find_start(live.timeline, begin)
    if not play_stream(_pieces(live, start), live.timeline.channels):
        raise PsoasError(
            "no sound device or player was found here.",
            hint="Render the session and play its file, or see it with: psoas-audio watch",
        )


def find_start(timeline: Timeline, begin: str | None) -> int:
    """Where *begin* is, in samples: a chapter by its title or the start of it, or a time."""
    if begin is None:
        return 0
    wanted = " ".join(begin.split()).casefold()
    titles = [marker.title for marker in timeline.markers]
    for matches in (str.__eq__, str.startswith):
        for marker in timeline.markers:
            if wanted and matches(marker.title.casefold(), wanted):
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
            f"the session has ended by then: it lasts {clock(timeline.length)}.",
            hint="Begin earlier, or at a chapter by its title.",
        )
    return start


def _pieces(live: Mixdown, start: int) -> Iterator[bytes]:
    for first in range(start, live.timeline.length, SAMPLE_RATE):
        yield live.pcm(first, min(live.timeline.length, first + SAMPLE_RATE))
