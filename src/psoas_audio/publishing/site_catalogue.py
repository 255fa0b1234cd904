"""The catalogue of a site: its page, its list as JSON, and what makes it installable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from psoas_audio.deliver.figures.lookup import figure_svg
from psoas_audio.deliver.figures.svg import FIGURE_CSS
from psoas_audio.deliver.web.inline import (
    content_security_policy,
    read_template,
    render_template,
    script_json,
)
from psoas_audio.locale.languages import load_language
from psoas_audio.publishing.model import Site, SiteSession
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.units import SAMPLE_RATE

TIMES = (5, 10, 15, 20, 30)
"""Minutes that the page offers as a filter for the length."""

_POSITIONS = (
    "standing", "sitting", "half-kneeling", "all-fours", "side-lying", "prone", "supine"
)  # fmt: skip
"""From standing to lying."""
_LEVELS = ("beginner", "some experience", "experienced")
SCRIPT_WORDS = (
    *("session-count", "filtered-count", "offline"),
    *("save-offline", "saving-offline", "saved-offline", "save-failed"),
)
"""Interface words that the page's script shows."""
_POLICY = (
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
)


def index(site: Site, entries: Sequence[SiteSession], feed: str) -> str:
    """The HTML page; *feed* is the name of the feed's file."""
    css, script = (
        read_template("catalogue.css", __package__) + FIGURE_CSS,
        read_template("catalogue.js", __package__),
    )
    return render_template(
        "catalogue.html",
        __package__,
        site=site,
        say=_words(site),
        words=Markup(script_json({name: _words(site)[name] for name in SCRIPT_WORDS})),
        policy=content_security_policy(script, css, *_POLICY),
        css=Markup(css),
        script=Markup(script),
        feed=feed,
        cards=[_card(site, entry) for entry in entries],
        positions=_present(site, _POSITIONS, {entry.details.position for entry in entries}),
        levels=_present(site, _LEVELS, {entry.details.level for entry in entries}),
        equipment=sorted({thing for entry in entries for thing in entry.details.equipment}),
        times=[t for t in TIMES if any(e.minutes > t for e in entries)
               and any(e.minutes <= t for e in entries)],
    )  # fmt: skip


def catalogue_json(site: Site, entries: Sequence[SiteSession]) -> str:
    """The list for programs; all addresses are relative to it."""
    plain = {
        "version": 1,
        "title": site.title,
        "description": site.description,
        "guid": site.guid,
        "sessions": [_plain(entry) for entry in entries],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def manifest(site: Site) -> str:
    """The web app manifest, which lets a browser put the catalogue on a home screen."""
    icons = [
        {"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png",
         "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]  # fmt: skip
    plain = {
        "name": site.title,
        "short_name": site.title[:24],
        "description": site.description,
        "lang": site.language,
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#faf7f2",
        "theme_color": "#faf7f2",
        "icons": icons,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def service_worker(shell: Mapping[str, bytes]) -> str:
    """The service worker, which keeps the catalogue available offline.

    *shell* is the content of the files to keep, by name.
    """
    digest = hashlib.sha256(b"".join(name.encode() + shell[name] for name in sorted(shell)))
    text = read_template("worker.js", __package__).replace("SHELL_DIGEST", digest.hexdigest()[:16])
    return text.replace("SHELL_FILES", json.dumps(["./", *sorted(shell)]))


def _card(site: Site, entry: SiteSession) -> dict[str, Any]:
    details = entry.details
    return {
        "name": entry.name,
        "title": details.title,
        "summary": details.summary,
        "minutes": entry.minutes,
        "position": details.position,
        "position_label": _words(site).get(details.position, details.position),
        "level": details.level,
        "level_label": _words(site).get(details.level, details.level),
        "kind": details.kind,
        "variant": details.variant,
        "equipment": details.equipment,
        "page": entry.file("page"),
        "sound": entry.sound,
        "sound_label": _sound_label(site, entry.size),
        "figure": Markup(figure_svg(details.figure or details.position)),
    }


def _sound_label(site: Site, size: int) -> str:
    say = _words(site)
    megabytes = f"{size / 1e6:.0f}" if size >= 1e6 else say["size-under"].format(number=1)
    return say["sound-size"].format(size=megabytes)


def _present(site: Site, order: Sequence[str], found: set[str]) -> list[tuple[str, str]]:
    """Each of *found* with its label on the page: first those in *order*, then any others."""
    known = [name for name in order if name in found]
    others = sorted(found - set(order) - {""})
    return [(name, _words(site).get(name, name)) for name in known + others]


def _words(site: Site) -> Mapping[str, str]:
    return load_language(site.language).interface


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
    }
