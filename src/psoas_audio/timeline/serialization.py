"""The timeline as JSON text, and back."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from psoas_audio.errors import PsoasError
from psoas_audio.script.model import ToneKind
from psoas_audio.timeline.model import (
    BedSound,
    Breath,
    Clip,
    ClipMedia,
    Gap,
    Marker,
    Sound,
    Take,
    Timeline,
    Track,
    TrackName,
)
from psoas_audio.units import SAMPLE_RATE

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

VERSION = 2
"""Increase it when older versions could not read a new file."""
_READ_VERSIONS = (1, VERSION)

_MEDIA: Mapping[str, type[Take] | type[Sound] | type[BedSound] | type[Breath]] = {
    "take": Take,
    "sound": Sound,
    "bed": BedSound,
    "breath": Breath,
}
_NAMES = {kind: name for name, kind in _MEDIA.items()}
_LONGEST = 24 * 3600 * SAMPLE_RATE
_LONGEST_TEXT = 20_000
_LARGEST_LEVEL = 200.0

_T = TypeVar("_T")


def to_json(timeline: Timeline, **extra: object) -> str:
    """*timeline* as JSON with *extra* keys, which :func:`from_json` ignores."""
    return json.dumps(_plain(timeline, extra), ensure_ascii=False, indent=1) + "\n"


def to_compact_json(timeline: Timeline, **extra: object) -> str:
    """As :func:`to_json`, but without spaces, for programs."""
    return json.dumps(_plain(timeline, extra), ensure_ascii=False, separators=(",", ":"))


def _plain(timeline: Timeline, extra: Mapping[str, object]) -> dict[str, object]:
    return {
        "version": VERSION,
        "sample_rate": SAMPLE_RATE,
        **_values(timeline),
        "tracks": [_track(track) for track in timeline.tracks],
        "markers": [_values(marker) for marker in timeline.markers],
        **extra,
    }


def from_json(text: str, where: str | None = None) -> Timeline:
    """The timeline that :func:`to_json` wrote, in the file *where*.

    Raises :class:`PsoasError` if *text* isn't one. The file may come from anywhere, so the type and
    the range of every value are checked.
    """
    try:
        plain = json.loads(text)
        if plain["version"] not in _READ_VERSIONS or plain["sample_rate"] != SAMPLE_RATE:
            raise PsoasError(
                "the timeline was written by another version of psoas-audio.",
                where=where,
                hint="Render the session again.",
            )
        timeline = Timeline(
            name=plain["name"],
            title=plain["title"],
            language=plain["language"],
            channels=plain["channels"],
            length=plain["length"],
            tracks=tuple(_read_track(track) for track in plain["tracks"]),
            markers=tuple(_validated(Marker(**marker)) for marker in plain["markers"]),
        )
        if not timeline.length or tuple(t.name for t in timeline.tracks) != get_args(TrackName):
            raise ValueError
        return _validated(timeline)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PsoasError(
            f"this isn't a timeline file of psoas-audio ({type(error).__name__}).",
            where=where,
            hint="Use the .timeline.json file that a render wrote.",
        ) from error


def _track(track: Track) -> dict[str, Any]:
    return {
        **_values(track),
        "clips": [
            {**_values(clip), "media": {"type": _NAMES[type(clip.media)], **_values(clip.media)}}
            for clip in track.clips
        ],
        "gaps": [_values(gap) for gap in track.gaps],
    }


def _values(item: DataclassInstance) -> dict[str, Any]:
    """The fields of *item* by name. Unlike ``asdict`` it doesn't copy what is in them."""
    return {each.name: getattr(item, each.name) for each in fields(item)}


def _read_track(plain: dict[str, Any]) -> Track:
    return _validated(
        Track(
            name=plain["name"],
            clips=tuple(_read_clip(clip) for clip in plain["clips"]),
            gaps=tuple(_validated(Gap(**gap)) for gap in plain["gaps"]),
            level=plain["level"],
        )
    )


def _read_clip(plain: dict[str, Any]) -> Clip:
    return _validated(Clip(**{**plain, "media": _media(plain["media"])}))


def _media(plain: dict[str, Any]) -> ClipMedia:
    values = dict(plain)
    if values.pop("loop", False):  # version 1 had beds among the sounds
        values["type"] = "bed"
    kind = _MEDIA[values.pop("type")]
    if "word_starts" in values:
        values["word_starts"] = tuple(values["word_starts"])
    media = _validated(kind(**values))
    if isinstance(media, Take) and len(media.word_starts) not in (0, len(media.text.split())):
        raise ValueError("word_starts")
    return media


def _validated(read: _T) -> _T:
    """The dataclass *read*, if its values have the types of their fields; raises ``ValueError``."""
    for field in fields(read):  # type: ignore[arg-type]
        is_valid = _CHECKS.get(str(field.type))
        if is_valid is not None and not is_valid(getattr(read, field.name)):
            raise ValueError(field.name)
    return read


def is_text(value: Any) -> bool:
    """Whether *value* is a text that every output can have as it is."""
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_TEXT
        and (
            value.isprintable()
            or not any(unicodedata.category(c) in _INVISIBLE_CATEGORIES for c in value)
        )
    )


_INVISIBLE_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")
"""Control characters, surrogates and invisible line ends, which outputs can't have."""


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LONGEST


def _is_level(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and abs(value) < _LARGEST_LEVEL


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    "str": is_text,
    "int": _is_count,
    "int | None": lambda value: value is None or _is_count(value),
    "tuple[int, ...]": lambda value: all(map(_is_count, value)),
    "float": _is_level,
    "bool": lambda value: type(value) is bool,
    "Literal[1, 2]": lambda value: type(value) is int and value in (1, 2),
    "ToneKind": lambda value: value in get_args(ToneKind),
}
"""Annotation of a field to the check of its value."""
