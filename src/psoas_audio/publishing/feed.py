"""The podcast feed: RSS 2.0 with Apple's tags, those of Podcasting 2.0, and Podlove's chapters.

Spotify reads chapters as Podlove Simple Chapters or as time stamps in the description, Apple as
time stamps, and most other apps as Podcasting 2.0 JSON: a feed has all three.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree import ElementTree as ET

from psoas_audio.locale.languages import load_language
from psoas_audio.locale.tags import main_language
from psoas_audio.publishing.model import Site, SiteSession, language_of_most
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.timeline.model import Marker
from psoas_audio.units import SAMPLE_RATE, timestamp

FEED = "feed.xml"
"""The file of the main feed."""
MAX_DESCRIPTION = 4000
"""Bytes: Apple's limit."""
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_PODLOVE = "http://podlove.org/simple-chapters"
_NAMESPACES = {"itunes": _ITUNES, "podcast": _PODCAST, "atom": _ATOM, "psc": _PODLOVE}
_FEEDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace that Podcasting 2.0 prescribes for ``podcast:guid``."""
_EPISODES = uuid.UUID("2d6c5b7e-3f7e-5a43-9d1a-5b3c0c2f6f11")
"""Our own namespace for episodes: a session keeps its GUID when the feed moves."""


def feed(site: Site, entries: Sequence[SiteSession], name: str) -> str:
    """The feed as XML, newest session first; *name* is the name of its file."""
    for prefix, space in _NAMESPACES.items():
        ET.register_namespace(prefix, space)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    address = site.base_url + name
    _text(channel, "title", site.title)
    _text(channel, "link", site.base_url)
    _text(channel, "description", _short(site.description or site.title))
    _text(channel, "language", language_of_most(entries, site.language).lower())
    _text(channel, "generator", "psoas-audio")
    ET.SubElement(channel, f"{{{_ATOM}}}link", href=address, rel="self", type="application/rss+xml")
    _text(channel, f"{{{_PODCAST}}}guid", site.guid or feed_guid(address))
    _text(channel, f"{{{_PODCAST}}}medium", "podcast")
    _text(channel, f"{{{_ITUNES}}}author", site.author)
    if site.email:
        owner = ET.SubElement(channel, f"{{{_ITUNES}}}owner")
        _text(owner, f"{{{_ITUNES}}}name", site.author)
        _text(owner, f"{{{_ITUNES}}}email", site.email)
    ET.SubElement(channel, f"{{{_ITUNES}}}image", href=site.base_url + "cover.jpg")
    category = ET.SubElement(channel, f"{{{_ITUNES}}}category", text="Health & Fitness")
    ET.SubElement(category, f"{{{_ITUNES}}}category", text="Alternative Health")
    _text(channel, f"{{{_ITUNES}}}explicit", "false")
    _text(channel, f"{{{_ITUNES}}}type", "episodic")
    playable = [entry for entry in entries if entry.format.podcast_type]
    for entry in sorted(playable, key=lambda e: (e.published, e.name), reverse=True):
        _item(channel, site, entry)
    ET.indent(rss)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(rss, "unicode") + "\n"


def _item(channel: ET.Element, site: Site, entry: SiteSession) -> None:
    def at(file: str) -> str:
        return site.base_url + quote(file)

    details = entry.details
    item = ET.SubElement(channel, "item")
    title = f"{details.title} ({details.variant})" if details.variant else details.title
    _text(item, "title", title)
    _text(item, "link", at(entry.file("page")))
    _text(item, "description", _short(_description(entry)))
    guid = ET.SubElement(item, "guid", isPermaLink="false")
    guid.text = str(uuid.uuid5(_EPISODES, entry.name))
    _text(item, "pubDate", format_datetime(datetime.fromisoformat(entry.published)))
    kind = entry.format.podcast_type
    enclosure = {"url": at(entry.sound), "length": str(entry.size), "type": kind}
    ET.SubElement(item, "enclosure", enclosure)
    seconds = max(1, round(entry.timeline.length / SAMPLE_RATE))
    _text(item, f"{{{_ITUNES}}}duration", str(seconds))
    ET.SubElement(item, f"{{{_ITUNES}}}image", href=at(entry.file("cover")))
    _text(item, f"{{{_ITUNES}}}explicit", "false")
    _text(item, f"{{{_ITUNES}}}episodeType", "full")
    for row in OUTPUTS.values():
        link = {"url": at(entry.file(row.name)), "type": row.media_type}
        if row.feed_tag == "transcript":
            link |= {"language": details.language.lower(), "rel": "captions"}
        if row.feed_tag:
            ET.SubElement(item, f"{{{_PODCAST}}}{row.feed_tag}", link)
    _chapters(item, entry)


def _chapters(item: ET.Element, entry: SiteSession) -> None:
    """The chapters as Podlove Simple Chapters 1.2."""
    if not entry.timeline.markers:
        return
    chapters = ET.SubElement(item, f"{{{_PODLOVE}}}chapters", version="1.2")
    for marker in entry.timeline.markers:
        title = _clean(marker.title)
        at = {"start": timestamp(marker.start), "title": title}
        ET.SubElement(chapters, f"{{{_PODLOVE}}}chapter", at)


def _description(entry: SiteSession) -> str:
    """Summary, equipment, safety line and voices, then the chapters' times, which are never cut
    short unless they alone are too long."""
    details = entry.details
    say = load_language(details.language).interface
    equipment = say["need"].format(things=", ".join(details.equipment)) if details.equipment else ""
    voices = "\n".join(details.voice_notes)
    words = "\n\n".join(filter(None, (details.summary, equipment, details.notes, voices)))
    times = "\n".join(_time_stamp(m, entry.timeline.length) for m in entry.timeline.markers)
    if not times:
        return _short(words or details.title)
    room = MAX_DESCRIPTION - len(times.encode()) - 2
    return _short(f"{_short(words or details.title, room)}\n\n{times}" if room > 200 else words)


def _time_stamp(marker: Marker, length: int) -> str:
    """A line such as ``00:00 Arrive``; with hours where the session has any."""
    seconds = marker.start // SAMPLE_RATE
    hours = f"{seconds // 3600:02}:" if length >= 3600 * SAMPLE_RATE else ""
    return f"{hours}{seconds // 60 % 60:02}:{seconds % 60:02} {' '.join(marker.title.split())}"


def _short(text: str, limit: int = MAX_DESCRIPTION) -> str:
    """As much of *text* as fits into *limit* bytes."""
    raw = text.encode()
    if len(raw) <= limit:
        return text
    return raw[: limit - 3].decode(errors="ignore").rstrip() + "…"


def feed_guid(address: str) -> str:
    """The GUID of a feed that is first published at *address*, as Podcasting 2.0 prescribes."""
    return str(uuid.uuid5(_FEEDS, _bare(address)))


def feeds(site: Site, entries: Sequence[SiteSession]) -> dict[str, str]:
    """The feeds, by the names of their files: one for each language of *entries*.

    The first is that of the site's own language: its GUID is the site's, and those of the others
    follow from it.
    """
    own = main_language(site.language)
    found = {}
    for language in dict.fromkeys([own, *(main_language(each.language) for each in entries)]):
        spoken = [each for each in entries if main_language(each.language) == language]
        if language == own:
            found[FEED] = feed(site, spoken, FEED)
        else:
            name = feed_name(site, language)
            guid = str(uuid.uuid5(uuid.UUID(site.guid), language))
            found[name] = feed(replace(site, guid=guid), spoken, name)
    return found


def feed_name(site: Site, language: str) -> str:
    """The file name of the feed of the sessions in *language*."""
    language = main_language(language)
    return FEED if language == main_language(site.language) else f"feed.{language}.xml"


def _bare(address: str) -> str:
    """*address* without scheme and final slash, as Podcasting 2.0 prescribes for GUIDs."""
    return re.sub(r"^[a-z]+://", "", address).rstrip("/")


def _text(parent: ET.Element, name: str, text: str) -> None:
    """Add a child with *text*, without characters that XML can't contain."""
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """*text* without characters that XML can't contain."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
