"""The cover and the chapters' pictures, drawn once and cached."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from types import ModuleType
from typing import Any, NamedTuple

from psoas_audio._version import __version__
from psoas_audio.cache.best_effort import BestEffortCache
from psoas_audio.deliver.details import Details
from psoas_audio.timeline import Timeline

_SCHEMA = 3
"""Part of the cache key; increase it when the same details are drawn differently."""


class SessionPictures(NamedTuple):
    """A session's pictures."""

    cover: bytes
    """A JPEG."""
    chapters: dict[str, bytes]
    """Marker id to the JPEG of the chapter."""


def cached_pictures(
    cache: BestEffortCache, timeline: Timeline, details: Details, own: bytes | None = None
) -> SessionPictures:
    """The pictures of a session, from the cache if they are there; *own* is the script's cover."""
    cover = _cover(cache, details) if own is None else own
    return SessionPictures(cover, _pictures(cache, timeline, details))


def _cover(cache: BestEffortCache, details: Details) -> bytes:
    """The session's cover as a JPEG."""

    def draw() -> bytes:
        drawn: bytes = _pillow().cover_jpeg(details)
        return drawn

    return cache.get_or_make(_key_parts("cover", details), draw)


def _pictures(cache: BestEffortCache, timeline: Timeline, details: Details) -> dict[str, bytes]:
    """A JPEG for each chapter, by marker id."""

    def draw() -> bytes:
        drawn = _pillow().chapter_pictures(timeline, details)
        texts = {id: base64.b64encode(jpeg).decode() for id, jpeg in drawn.items()}
        return json.dumps(texts).encode()

    # A picture doesn't show where its chapter is.
    chapters = [repr(replace(marker, start=0, length=0)) for marker in timeline.markers]
    found = json.loads(
        cache.get_or_make(_key_parts("pictures", details) | {"chapters": chapters}, draw)
    )
    return {id: base64.b64decode(text) for id, text in found.items()}


def _pillow() -> ModuleType:
    """The module that draws, imported only when something isn't in the cache."""
    from psoas_audio.deliver.pictures import cover_and_chapters

    return cover_and_chapters


def _key_parts(kind: str, details: Details) -> dict[str, Any]:
    shown = [details.title, details.album, details.kind, details.position, details.figure]
    return {"kind": kind, "schema": _SCHEMA, "version": __version__, "shown": shown}
