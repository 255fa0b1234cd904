"""The files that can come with a session, each a face of the same timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from psoas_audio.deliver.captions import captions, srt, vtt
from psoas_audio.deliver.chapters import chapters_json
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.transcript import transcript
from psoas_audio.errors import PsoasError
from psoas_audio.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Face:
    """One kind of file beside the MP3."""

    suffix: str
    """What follows the session's name."""
    text: Callable[[Timeline, Details], str]


FACES: Mapping[str, Face] = {
    "vtt": Face(".vtt", lambda timeline, _: vtt(captions(timeline))),
    "srt": Face(".srt", lambda timeline, _: srt(captions(timeline))),
    "chapters": Face(".chapters.json", lambda timeline, _: chapters_json(timeline)),
    "transcript": Face(".txt", transcript),
}
"""Every face but the timeline itself, by the name ``--with`` takes."""

TIMELINE = "timeline"
TIMELINE_SUFFIX = ".timeline.json"
BUNDLE = frozenset({*FACES, TIMELINE})
"""What ``--bundle`` writes beside the MP3."""


def wanted(names: Iterable[str], bundle: bool) -> frozenset[str]:
    """The extras to write; raises :class:`PsoasError` for a name that is none."""
    unknown = sorted(set(names) - BUNDLE)
    if unknown:
        raise PsoasError(
            f"there is no {unknown[0]!r} to write with a session.",
            hint=f"Choose of {', '.join(sorted(BUNDLE))}.",
        )
    return BUNDLE if bundle else frozenset(names)
