"""What a site has for each session beside its sound: pages, captions, chapters with pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from psoas_audio.deliver.pictures.cover_and_chapters import chapter_pictures, cover_jpeg
from psoas_audio.deliver.text.chapters import chapters_json
from psoas_audio.publishing.hosted_page import hosted_page
from psoas_audio.publishing.model import SiteProgramme, SiteSession
from psoas_audio.rendering.outputs import OUTPUTS, Output
from psoas_audio.rendering.rendered_parts import RenderedParts

MADE_HERE = frozenset({"page", "chapters"})
"""Outputs that a site has in a form of its own: a page that streams, chapters with addresses."""


def rendered_outputs() -> frozenset[str]:
    """The outputs that a session of a site is rendered with: those that the site links."""
    return frozenset(row.name for row in on_site()) - MADE_HERE


def session_files(
    entry: SiteSession, sound: Path, base_url: str, programmes: Sequence[SiteProgramme] = ()
) -> dict[str, bytes]:
    """The files, by name, that *sound* needs on the site at *base_url* and that may be missing.

    *base_url* ends with a slash; *programmes* are those that the session belongs to.
    """
    names = _picture_names(entry)
    images = {marker: base_url + quote(name) for marker, name in names.items()}
    return {
        **_missing_outputs(entry, sound),
        **_missing_pictures(entry, sound, names),
        entry.file("page"): hosted_page(entry, programmes).encode(),
        entry.file("chapters"): chapters_json(entry.timeline, images=images).encode(),
    }


def session_file_names(entry: SiteSession) -> set[str]:
    """Names of the files that the site has for *entry* beside its sound."""
    living = {entry.living_page, entry.living_pool} if entry.living else set()
    return {entry.file(row.name) for row in on_site()} | {*_picture_names(entry).values()} | living


def on_site() -> Sequence[Output]:
    """The outputs that every session of a site has."""
    return [row for row in OUTPUTS.values() if row.on_site]


def _missing_outputs(entry: SiteSession, sound: Path) -> dict[str, bytes]:
    missing = [
        row
        for row in on_site()
        if row.name not in MADE_HERE and not row.path_beside(sound).is_file()
    ]
    if not missing:
        return {}
    cover = sound.parent / entry.file("cover")
    drawn = cover.read_bytes() if cover.is_file() else cover_jpeg(entry.details)
    parts = RenderedParts(entry.timeline, entry.details, sound, {sound: sound}, drawn)
    return {entry.file(row.name): row.make(parts) for row in missing}


def _picture_names(entry: SiteSession) -> dict[str, str]:
    """The picture's file of each chapter, by marker id."""
    markers = entry.timeline.markers
    return {m.id: f"{entry.name}.chapter-{number}.jpg" for number, m in enumerate(markers, 1)}


def _missing_pictures(entry: SiteSession, sound: Path, names: dict[str, str]) -> dict[str, bytes]:
    """The chapters' pictures, unless all are there and newer than the sound."""
    made = sound.stat().st_mtime_ns
    paths = [sound.parent / name for name in names.values()]
    if all(path.is_file() and path.stat().st_mtime_ns >= made for path in paths):
        return {}
    drawn = chapter_pictures(entry.timeline, entry.details)
    return {name: drawn[marker] for marker, name in names.items()}
