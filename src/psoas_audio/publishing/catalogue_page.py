"""The catalogue's page: all sessions and programmes of a site, in all their languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from psoas_audio.deliver.figures.lookup import FIGURES, figure_svg
from psoas_audio.deliver.figures.svg import FIGURE_CSS
from psoas_audio.deliver.web.inline import (
    content_security_policy,
    read_template,
    render_template,
    script_json,
)
from psoas_audio.locale.languages import load_language
from psoas_audio.locale.tags import main_language, text_direction
from psoas_audio.publishing.feed import feed_name
from psoas_audio.publishing.hosted_page import HOSTED_POLICY, KEEP_WORDS, keep_data, megabytes
from psoas_audio.publishing.model import Site, SiteProgramme, SiteSession
from psoas_audio.units import samples_to_ms

TIMES = (5, 10, 15, 20, 30)
"""Minutes that the page offers as a filter for the length."""

_POSITIONS = (
    "standing", "sitting", "half-kneeling", "all-fours", "side-lying", "prone", "supine"
)  # fmt: skip
"""From standing to lying."""
_LEVELS = ("beginner", "some experience", "experienced")
CATALOGUE_WORDS = (
    *("site-title", "site-description", "skip-to-sessions", "search", "search-hint", "language"),
    *("go-on", "go-on-at", "programmes", "days-done", "sessions", "session-count", "one-session"),
    *("filtered-count", "filters", "available-time", "any", "min", "position", "level", "anyone"),
    *("available-equipment", "show-sessions", "show-all", "no-match", "no-result", "kept-total"),
    *("remove-all", "feed", "feed-hint", "offline"),
    *KEEP_WORDS,
)
"""Interface words that the page's script shows, besides those of positions and levels."""
_player_script = partial(read_template, package="psoas_audio.deliver.web")


def index(site: Site, entries: Sequence[SiteSession], programmes: Sequence[SiteProgramme]) -> str:
    """The HTML page."""
    say = load_language(site.language).interface
    css = read_template("catalogue.css", __package__) + FIGURE_CSS
    script = catalogue_script()
    tags = _languages(site, [*entries, *programmes])
    positions = _present(say, _POSITIONS, {entry.details.position for entry in entries})
    levels = _present(say, _LEVELS, {entry.details.level for entry in entries})
    shown = [*CATALOGUE_WORDS, *(name for name, _ in [*positions, *levels])]
    feeds = {short: feed_name(site, tag) for short, tag in tags.items()}
    figures = {_figure(entry): Markup(figure_svg(_figure(entry))) for entry in entries}
    return render_template(
        "catalogue.html",
        __package__,
        site=site,
        language=site.language,
        direction=text_direction(site.language),
        own_language=main_language(site.language),
        languages={short: load_language(tag).name for short, tag in tags.items()},
        say=say,
        words=Markup(script_json(_words(site, tags, shown, feeds))),
        built_in_title=site.title == say["site-title"],
        built_in_description=site.description == say["site-description"],
        policy=content_security_policy(script, css, *HOSTED_POLICY),
        css=Markup(css),
        script=Markup(script),
        feeds=feeds,
        figures=figures,
        cards=[_card(entry) for entry in entries],
        programmes=[_programme_card(programme) for programme in programmes],
        positions=positions,
        levels=levels,
        equipment=_equipment(entries),
        times=[
            time
            for time in TIMES
            if any(e.minutes > time for e in entries) and any(e.minutes <= time for e in entries)
        ],
    )


def catalogue_script() -> str:
    """The page's script: helpers of the player's, what is kept, and the catalogue itself."""
    texts = [
        *(_player_script(f"player/{name}.js") for name in ("times", "elements", "storage")),
        read_template("remembered.js", "psoas_audio.programme"),
        *(read_template(name, __package__) for name in ("kept.js", "catalogue.js")),
    ]
    return f'(() => {{\n"use strict";\n{"".join(texts)}}})();\n'


def _languages(site: Site, listed: Sequence[SiteSession | SiteProgramme]) -> dict[str, str]:
    """Main language to BCP 47 tag, the site's own first."""
    tags = {main_language(site.language): site.language}
    for each in listed:
        tags.setdefault(main_language(each.language), each.language)
    used = {main_language(each.language) for each in listed}
    return {short: tag for short, tag in tags.items() if short in used}


def _words(
    site: Site, tags: Mapping[str, str], names: Sequence[str], feeds: Mapping[str, str]
) -> dict[str, Any]:
    own = load_language(site.language).interface
    words = {}
    for short, tag in tags.items():
        say = load_language(tag).interface
        words[short] = {name: say.get(name, own.get(name, name)) for name in names}
    return {
        "language": main_language(site.language) if tags else "en",
        "words": words,
        "tags": dict(tags),
        "directions": {short: text_direction(tag) for short, tag in tags.items()},
        "feeds": dict(feeds),
    }


def _card(entry: SiteSession) -> dict[str, Any]:
    details = entry.details
    say = load_language(entry.language).interface
    facts = (
        details.variant,
        say.get(details.position, details.position),
        say.get(details.level, details.level),
        ", ".join(details.equipment) or say["no-equipment"],
    )
    return {
        **_spoken_in(entry.language),
        "name": entry.name,
        "key": f"psoas-audio {entry.timeline.name} {details.digest}",
        "title": details.title,
        "summary": details.summary,
        "minutes": entry.minutes,
        "length": samples_to_ms(entry.timeline.length),
        "position": details.position,
        "level": details.level,
        "kind": details.kind,
        "equipment": details.equipment,
        "facts": [fact for fact in facts if fact],
        "page": entry.file("page"),
        "sound": entry.sound,
        "sound_label": say["sound-size"].format(size=megabytes(entry.size)),
        "size": say["size"].format(size=megabytes(entry.size)),
        "living_page": entry.living_page if entry.living else "",
        "keep": keep_data(entry),
        "figure": _figure(entry),
    }


def _programme_card(programme: SiteProgramme) -> dict[str, Any]:
    say = load_language(programme.language).interface
    many = programme.weeks != 1
    facts = say["weeks-and-sessions" if many else "week-and-sessions"]
    return {
        **_spoken_in(programme.language),
        "name": programme.name,
        "title": programme.title,
        "summary": programme.summary,
        "days": programme.days,
        "facts": facts.format(weeks=programme.weeks, sessions=programme.sessions),
        "page": programme.page,
        "keep": programme.keep_data,
        "size": say["size"].format(size=megabytes(programme.size)),
    }


def _spoken_in(language: str) -> dict[str, Any]:
    return {
        "language": language,
        "main_language": main_language(language),
        "direction": text_direction(language),
        "say": load_language(language).interface,
    }


def _figure(entry: SiteSession) -> str:
    details = entry.details
    return next((n for n in (details.figure, details.position) if n in FIGURES), "none")


def _equipment(entries: Sequence[SiteSession]) -> dict[str, list[str]]:
    """Each thing that is needed, with the main languages of the sessions that need it."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        for thing in entry.details.equipment:
            tags = found.setdefault(thing, [])
            if main_language(entry.language) not in tags:
                tags.append(main_language(entry.language))
    return dict(sorted(found.items()))


def _present(
    say: Mapping[str, str], order: Sequence[str], found: set[str]
) -> list[tuple[str, str]]:
    """Each of *found* with its label on the page: first those in *order*, then any others."""
    known = [name for name in order if name in found]
    others = sorted(found - set(order) - {""})
    return [(name, say.get(name, name)) for name in known + others]
