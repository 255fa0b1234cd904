"""The catalogue for programs, and the texts that its page searches in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from psoas_audio.publishing.model import Site, SiteProgramme, SiteSession
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.timeline.model import Take
from psoas_audio.units import SAMPLE_RATE


def catalogue_json(
    site: Site, entries: Sequence[SiteSession], programmes: Sequence[SiteProgramme]
) -> str:
    """The list for programs; all addresses are relative to it."""
    plain = {
        "version": 1,
        "title": site.title,
        "description": site.description,
        "guid": site.guid,
        "sessions": [_plain(entry) for entry in entries],
        "programmes": [
            {
                "name": programme.name,
                "title": programme.title,
                "summary": programme.summary,
                "language": programme.language,
                "weeks": programme.weeks,
                "page": programme.page,
            }
            for programme in programmes
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def search_json(entries: Sequence[SiteSession]) -> str:
    """What is said in each session, by its name."""
    return json.dumps({entry.name: _said(entry) for entry in entries}, ensure_ascii=False) + "\n"


def _said(entry: SiteSession) -> str:
    clips = entry.timeline.track("voice").clips
    lines = [clip.media.text for clip in clips if isinstance(clip.media, Take)]
    titles = [marker.title for marker in entry.timeline.markers]
    return " ".join(" ".join([*titles, *dict.fromkeys(lines)]).split())


def _plain(entry: SiteSession) -> dict[str, Any]:
    details = entry.details
    return {
        "name": entry.name,
        "title": details.title,
        "summary": details.summary,
        "kind": details.kind,
        "position": details.position,
        "level": details.level,
        "equipment": list(details.equipment),
        "avoid": list(details.avoid),
        "variant": details.variant,
        "language": details.language,
        "seconds": round(entry.timeline.length / SAMPLE_RATE, 3),
        "chapters": [marker.title for marker in entry.timeline.markers],
        "published": entry.published,
        "sound": {"file": entry.sound, "type": entry.format.media_type, "bytes": entry.size},
        **{
            row.catalogue_key: entry.file(row.name) for row in OUTPUTS.values() if row.catalogue_key
        },
        **_living(entry),
    }


def _living(entry: SiteSession) -> dict[str, Any]:
    if not entry.living:
        return {}
    files = {"page": entry.living_page, "frames": entry.living_pool, "bytes": entry.living}
    return {"living": files}
