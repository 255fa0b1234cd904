"""The timeline as JSON text, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from psoas_audio.errors import PsoasError
from psoas_audio.timeline.model import (
    Breath,
    Clip,
    Gap,
    Marker,
    Media,
    Sound,
    Take,
    Timeline,
    Track,
)
from psoas_audio.units import SAMPLE_RATE

VERSION = 1
"""Raised when a reader of the older form would go wrong."""

_MEDIA: Mapping[str, type[Take] | type[Sound] | type[Breath]] = {
    "take": Take,
    "sound": Sound,
    "breath": Breath,
}
_NAMES = {kind: name for name, kind in _MEDIA.items()}


def to_json(timeline: Timeline, **extra: object) -> str:
    """*timeline* as JSON; *extra* keys (how it was made) stand beside it and are not read back."""
    plain = {
        "version": VERSION,
        "sample_rate": SAMPLE_RATE,
        **asdict(timeline),
        "tracks": [_track(track) for track in timeline.tracks],
        **extra,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Timeline:
    """The timeline that :func:`to_json` wrote.

    Raises :class:`PsoasError` where *text* is not one.
    """
    try:
        plain = json.loads(text)
        if plain["version"] != VERSION or plain["sample_rate"] != SAMPLE_RATE:
            raise PsoasError(
                "the timeline was written by another version of psoas-audio.",
                hint="Render the session again.",
            )
        return Timeline(
            name=plain["name"],
            title=plain["title"],
            language=plain["language"],
            channels=plain["channels"],
            length=plain["length"],
            tracks=tuple(_read_track(track) for track in plain["tracks"]),
            markers=tuple(Marker(**marker) for marker in plain["markers"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PsoasError(
            f"this is not a timeline of psoas-audio ({type(error).__name__}).",
            hint="Give the .timeline.json file that a render wrote.",
        ) from error


def _track(track: Track) -> dict[str, Any]:
    plain = asdict(track)
    plain["clips"] = [
        {**asdict(clip), "media": {"type": _NAMES[type(clip.media)], **asdict(clip.media)}}
        for clip in track.clips
    ]
    return plain


def _read_track(plain: dict[str, Any]) -> Track:
    return Track(
        name=plain["name"],
        clips=tuple(Clip(**{**clip, "media": _media(clip["media"])}) for clip in plain["clips"]),
        gaps=tuple(Gap(**gap) for gap in plain["gaps"]),
        level=plain["level"],
    )


def _media(plain: dict[str, Any]) -> Media:
    values = dict(plain)
    return _MEDIA[values.pop("type")](**values)
