"""Chapters for podcast players: Podcasting 2.0 JSON chapters, version 1.2."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from psoas_audio.timeline.model import Timeline
from psoas_audio.units import samples_to_ms

_NO_IMAGES: Mapping[str, str] = MappingProxyType({})


def chapters_json(timeline: Timeline, *, images: Mapping[str, str] = _NO_IMAGES) -> str:
    """The chapters of *timeline* as JSON text; *images* maps marker ids to URLs."""
    chapters: list[dict[str, Any]] = []
    for marker in timeline.markers:
        chapter: dict[str, Any] = {
            "startTime": _seconds(marker.start),
            "endTime": _seconds(marker.end),
            "title": marker.title,
        }
        if marker.id in images:
            chapter["img"] = images[marker.id]
        chapters.append(chapter)
    document = {"version": "1.2.0", "title": timeline.title, "chapters": chapters}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _seconds(samples: int) -> int | float:
    """*samples* in seconds, rounded to the same milliseconds as in the tags."""
    ms = samples_to_ms(samples)
    return ms // 1000 if ms % 1000 == 0 else ms / 1000
