"""The listener's page: plays a session, and shows what to do, for how long and what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.lookup import figure_description, figure_name
from psoas_audio.deliver.figures.svg import FIGURE_CSS
from psoas_audio.deliver.pictures.colours import colours
from psoas_audio.deliver.text.captions import captions, vtt
from psoas_audio.deliver.text.transcript import paragraphs_by_language
from psoas_audio.deliver.web.exits import exits
from psoas_audio.deliver.web.face import figure_id, fixed_face
from psoas_audio.deliver.web.inline import (
    content_security_policy,
    data_uri,
    read_template,
    render_template,
    script_json,
)
from psoas_audio.deliver.web.player_script import page_script
from psoas_audio.deliver.web.symbols import figure_symbols
from psoas_audio.locale.languages import Language, load_language
from psoas_audio.locale.tags import text_direction
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import SAMPLE_RATE, clock, samples_to_ms

SPEEDS = ("0.8", "0.9", "1", "1.1", "1.25")
SLEEP_MINUTES = (15, 30, 45)
"""Speeds and minutes until sleep that the page offers."""
SLOTS = ("back", "overview", "before_start", "on_the_way", "after_end", "links")
"""Places in the page for the elements of other pages: first in the header, above everything below
it, above the player before it starts and while it plays, below the end's summary, and first among
the notes."""

_NOTHING = Markup()
PLAYER_WORDS = (
    *("ready", "resume", "begin-at", "done", "stay", "next", "end", "time-left", "muted"),
    *("step-of", "breath-of"),
    *("play", "continue", "pause-playback", "play-from", "loading", "paused"),
    *("error-browser", "error-network", "error-file"),
    *("phase-in", "phase-sip", "phase-full", "phase-out", "phase-empty"),
    *("phase-up", "phase-top", "phase-down", "phase-bottom"),
    *("sleep-left", "you-did", "one-chapter", "many-chapters"),
    *("hurts-done", "hurts-stop", "hurts-none", "hurts-end", "undone"),
    *("second", "seconds", "minute", "minutes"),
)
"""Names of the interface words that the page's script shows."""


def listener_page(
    timeline: Timeline,
    details: Details,
    sound: bytes | None = None,
    *,
    url: str = "",
    cover: bytes | None = None,
    kind: str = "audio/mpeg",
    slots: Mapping[str, Markup] = MappingProxyType({}),
) -> str:
    """The page as HTML. *sound*, a file of the media type *kind*, lies in it, as its last element;
    or else the page plays it from *url*, relative to itself. The JPEG *cover* is for lock screens.

    *slots* are elements for the places named in :data:`SLOTS`. The page's policy allows no network
    but that *url*, and only its own script and styles. All texts from the session's script are
    escaped.
    """
    shown = data_uri("image/jpeg", cover) if cover else ""
    session = session_values(timeline, details, url=url, cover=shown, kind=kind)
    return player_page(
        timeline,
        details,
        session,
        page_script(),
        audio=url or ("" if sound is None else data_uri(kind, sound)),
        media="'self' data: blob:" if url else "data: blob:",
        slots=slots,
    )


def session_values(
    timeline: Timeline, details: Details, *, url: str, cover: str, kind: str
) -> dict[str, Any]:
    """The data of a fixed session for the page's script; *url* and *cover* are addresses."""
    say = load_language(details.language).interface
    return {
        "name": timeline.name,
        "digest": details.digest,
        "title": details.title,
        "artist": details.artist,
        "words": {name: say[name] for name in PLAYER_WORDS},
        "need": _need(details),
        "cover": cover,
        "url": url,
        "type": kind,
        "face": fixed_face(timeline, details),
    }


def player_page(
    timeline: Timeline,
    details: Details,
    session: Mapping[str, Any],
    script: str,
    *,
    audio: str = "",
    media: str = "data: blob:",
    slots: Mapping[str, Markup] = MappingProxyType({}),
    more_css: str = "",
    more_policy: Sequence[str] = (),
    head: Markup = _NOTHING,
    facts: Sequence[str] | None = None,
    also: Sequence[Timeline] = (),
    hurts: bool | None = None,
) -> str:
    """The page as HTML, with the data *session* for its *script*.

    *audio* is what a browser without JavaScript plays: an address, or a ``data:`` URI. *media* says
    where the policy lets sound come from. Chapters, figures and transcript of *timeline* are shown
    until the script shows those of the session's face. *more_css* is added to the styles, *head* to
    the page's head; *more_policy* are directives of the policy that a hosted page needs.
    *facts* stand in place of the session's; *also* are other sessions that the script may show.
    *hurts* is whether there is a button for what hurts; by default, if anything is done.
    """
    tones, language = colours(details.kind), load_language(details.language)
    css = read_template("page.css").replace("ACCENT_DEEP", tones.deep)
    css = css.replace("ACCENT_SOFT", tones.soft).replace("TITLE_WORD", _longest_word(details.title))
    css += FIGURE_CSS + more_css
    used = figure_symbols((timeline, *also))
    icon = f'<svg xmlns="http://www.w3.org/2000/svg"><circle fill="{tones.deep}"/></svg>'
    return render_template(
        "page.html",
        details=details,
        language=details.language,
        direction=text_direction(details.language),
        policy=content_security_policy(script, css, f"media-src {media}", *more_policy),
        head=head,
        css=Markup(css),
        script=Markup(script),
        session=Markup(script_json(session)),
        icon_uri=data_uri("image/svg+xml", icon.encode()),
        audio=audio,
        captions=data_uri("text/vtt", vtt(captions(timeline)).encode()),
        facts=_facts(timeline, details) if facts is None else facts,
        say=language.interface,
        need=_need(details),
        length=samples_to_ms(timeline.length) // 1000,
        figures=[(name, Markup(drawn)) for name, drawn in used.items()],
        figure=details.figure if details.figure in used else next(iter(used), "none"),
        speeds=[(speed, f"{_decimal(speed, language)}×") for speed in SPEEDS],
        sleeps=_sleeps(language.interface),
        slots={name: slots.get(name, "") for name in SLOTS},
        hurts=any(map(exits, (timeline, *also))) if hurts is None else hurts,
        chapters=[
            {
                "title": marker.title,
                "time": clock(marker.start),
                "figure": figure_id(figure_name(timeline, marker), marker.side),
                "shows": figure_description(
                    figure_name(timeline, marker), details.language, marker.side
                ),
                "paragraphs": list(paragraphs_by_language(timeline, marker)),
            }
            for marker in timeline.markers
        ],
    )


def _decimal(number: str, language: Language) -> str:
    return number.replace(".", language.numbers.decimal_point)


def _sleeps(say: Mapping[str, str]) -> list[tuple[str, str]]:
    """The values and names of the choices for the sleep timer."""
    minutes = [(str(n), say["sleep-minutes"].format(minutes=n)) for n in SLEEP_MINUTES]
    edges = [("step", say["sleep-step"]), ("chapter", say["sleep-chapter"])]
    return [("off", say["sleep-off"]), *minutes, *edges]


def _facts(timeline: Timeline, details: Details) -> list[str]:
    minutes = max(1, round(timeline.length / (60 * SAMPLE_RATE)))
    say = load_language(details.language).interface
    keys = (details.kind, details.position, details.level)
    kind, position, level = (say.get(key, key) for key in keys)
    return [fact for fact in (f"{minutes} {say['min']}", _sentence(kind), position, level) if fact]


def _need(details: Details) -> str:
    things = ", ".join(details.equipment)
    need = load_language(details.language).interface["need"]
    return need.format(things=things) if things else ""


def _longest_word(text: str) -> str:
    """The number of letters of the longest word of *text*, which sets how large a title may be."""
    return str(max(map(len, re.split(r"[\s-]+", text)), default=1) or 1)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
