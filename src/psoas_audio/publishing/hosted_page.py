"""The page of a session on a site: it streams its sound, links to the site, and can be saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from psoas_audio.deliver.web.inline import read_template, render_template
from psoas_audio.deliver.web.page import player_page, session_values
from psoas_audio.deliver.web.player_script import page_script
from psoas_audio.locale.languages import load_language
from psoas_audio.publishing.model import SiteProgramme, SiteSession

HOME = "index.html"
"""The catalogue's page."""
HOSTED_POLICY = (
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
)
"""What pages of a site may load of their own address."""
HOSTED_MEDIA = "'self' file: data: blob:"
"""``file:`` for a site that is opened from a folder: there, not every browser has a ``'self'``."""
KEEP_WORDS = (
    *("save-offline", "saving-offline", "saved-offline", "save-failed"),
    *("update-offline", "remove-offline", "saved-one-file"),
)
"""Interface words that the scripts of keeping show."""
_BASE64_GROWTH = 4 / 3
_SCRIPTS = ("kept.js", "one_file.js", "programme_ways.js", "hosted.js")


def hosted_page(entry: SiteSession, programmes: Sequence[SiteProgramme] = ()) -> str:
    """The page of *entry* as HTML; its sound and its cover are beside it.

    *programmes* are those that it belongs to; its end leads back to them.
    """
    details = entry.details
    say = load_language(entry.language).interface
    session = session_values(
        entry.timeline,
        details,
        url=quote(entry.sound),
        cover=quote(entry.file("cover")),
        kind=entry.format.media_type,
    )
    session["words"] |= {name: say[name] for name in (*KEEP_WORDS, "next-in", "day-of-week")}
    session["programmes"] = [_ways_on(programme, entry) for programme in programmes]
    links = render_template(
        "hosted_links.html",
        __package__,
        say=say,
        living_page=entry.living_page if entry.living else "",
        keep=keep_data(entry),
        size=say["size"].format(size=megabytes(entry.size)),
        one_file_size=say["size"].format(size=megabytes(round(entry.size * _BASE64_GROWTH))),
        sound=entry.sound,
        megabytes=megabytes(entry.size),
    )
    end = render_template("hosted_end.html", __package__, programmes=programmes, home=HOME, say=say)
    return player_page(
        entry.timeline,
        details,
        session,
        page_script(
            read_template("remembered.js", "psoas_audio.programme"),
            *(read_template(name, __package__) for name in _SCRIPTS),
        ),
        audio=quote(entry.sound),
        media=HOSTED_MEDIA,
        slots={
            "back": back_to_catalogue(say),
            "links": Markup(links),
            "after_end": Markup(end),
        },
        more_css=read_template("hosted.css", __package__),
        more_policy=HOSTED_POLICY,
        head=manifest_link(),
    )


def _ways_on(programme: SiteProgramme, session: SiteSession) -> dict[str, Any]:
    """What the page's script needs to tell what follows *session* in *programme*."""
    return {
        "name": programme.name,
        "title": programme.title,
        "page": quote(programme.page),
        "entries": [
            {
                "key": entry.key,
                "own": entry.sound == session.sound,
                "title": entry.title,
                "week": entry.week,
                "day": entry.day,
            }
            for entry in programme.entries
        ],
    }


def back_to_catalogue(say: Mapping[str, str]) -> Markup:
    """The button in the header that leads to the catalogue."""
    return Markup(
        '<!--site--><a class="round back" href="{}" aria-label="{}"><svg class="icon" '
        'viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M15 5l-7 7 7 7"/></svg>'
        "</a><!--/site-->"
    ).format(HOME, say["all-sessions"])


def manifest_link() -> Markup:
    """The link to the site's manifest, for the head of its pages."""
    return Markup('<!--site--><link rel="manifest" href="manifest.webmanifest"><!--/site-->\n')


def keep_data(entry: SiteSession) -> str:
    """What the script needs to keep the session on a device, as JSON."""
    page = quote(entry.file("page"))
    return json.dumps(
        {
            "name": entry.name,
            "title": entry.details.title,
            "page": page,
            "files": [page, quote(entry.sound), quote(entry.file("cover"))],
            "digest": entry.version,
        },
        ensure_ascii=False,
    )


def megabytes(size: int) -> str:
    """*size* bytes in megabytes (10⁶), with a decimal below ten."""
    return f"{size / 1e6:.1f}" if size < 10_000_000 else f"{size / 1e6:.0f}"
