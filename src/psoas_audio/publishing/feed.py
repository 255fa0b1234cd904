"""The podcast feed: RSS 2.0 with Apple's tags and those of Podcasting 2.0."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree import ElementTree as ET

from psoas_audio.publishing.site_catalogue import Site, SiteSession
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.units import SAMPLE_RATE

MAX_DESCRIPTION = 4000
"""Bytes: Apple's limit."""
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_FEEDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace that Podcasting 2.0 prescribes for ``podcast:guid``."""
_EPISODES = uuid.UUID("2d6c5b7e-3f7e-5a43-9d1a-5b3c0c2f6f11")
"""Our own namespace for episodes: a session keeps its GUID when the feed moves."""


def feed(site: Site, entries: Sequence[SiteSession], name: str) -> str:
    """The feed as XML, newest session first; *name* is the name of its file."""
    for prefix, space in (("itunes", _ITUNES), ("podcast", _PODCAST), ("atom", _ATOM)):
        ET.register_namespace(prefix, space)
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    address = site.base_url + name
    _text(channel, "title", site.title)
    _text(channel, "link", site.base_url)
    _text(channel, "description", _short(site.description or site.title))
    _text(channel, "language", site.language.lower())
    _text(channel, "generator", "psoas-audio")
    ET.SubElement(channel, f"{{{_ATOM}}}link", href=address, rel="self", type="application/rss+xml")
    _text(channel, f"{{{_PODCAST}}}guid", str(uuid.uuid5(_FEEDS, _bare(address))))
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


def _description(entry: SiteSession) -> str:
    details = entry.details
    equipment = f"You need: {', '.join(details.equipment)}." if details.equipment else ""
    parts = (details.summary, equipment, details.comment)
    return "\n\n".join(filter(None, parts)) or details.title


def _short(text: str) -> str:
    """As much of *text* as fits Apple's limit."""
    raw = text.encode()
    if len(raw) <= MAX_DESCRIPTION:
        return text
    return raw[: MAX_DESCRIPTION - 3].decode(errors="ignore").rstrip() + "…"


def _bare(address: str) -> str:
    """*address* without scheme and final slash, as Podcasting 2.0 prescribes for GUIDs."""
    return re.sub(r"^[a-z]+://", "", address).rstrip("/")


def _text(parent: ET.Element, name: str, text: str) -> None:
    """Add a child with *text*, without characters that XML can't contain."""
    element = ET.SubElement(parent, name)
    element.text = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
