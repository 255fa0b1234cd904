"""The listener's page: one HTML file with the session in it, which needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from markupsafe import Markup

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.lookup import figure_description, figure_name, figure_svg
from psoas_audio.deliver.pictures.colours import colours
from psoas_audio.deliver.text.captions import captions, spoken_captions, vtt, with_speakers
from psoas_audio.deliver.text.silences import has_name, silence_name
from psoas_audio.deliver.text.transcript import paragraphs_by_language
from psoas_audio.deliver.web.inline import (
    content_security_policy,
    data_uri,
    read_template,
    render_template,
    script_json,
)
from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Breath, Clip, Marker, Timeline
from psoas_audio.units import SAMPLE_RATE, clock, samples_to_ms

SPOKEN_LINE_CHARACTERS = 50
"""Characters of a line; the page shows up to two lines of what is said."""

_SCRIPT_WORDS = (
    *("ready", "resume", "done", "stay", "next", "end", "time-left"),
    *("play", "continue", "pause-playback", "playback-error", "sound-error"),
    *("phase-in", "phase-sip", "phase-full", "phase-out", "phase-empty"),
    *("second", "seconds", "minute", "minutes"),
)
"""Names of the interface words that the page's script shows."""
_FULLNESS = {
    "in": 1.0, "sip": 1.0, "full": 1.0, "out": 0.0, "empty": 0.0,
    "up": 1.0, "top": 1.0, "down": 0.0, "bottom": 0.0,
}  # fmt: skip
"""How full the lungs are after each phase, 0 to 1; of a repetition, how high the movement is."""
_FULLNESS_BEFORE_SIP = 0.8
"""The same after an in-breath with a second sip to follow."""


def listener_page(
    timeline: Timeline,
    details: Details,
    sound: bytes,
    *,
    cover: bytes | None = None,
    kind: str = "audio/mpeg",
) -> str:
    """The page as HTML, with *sound* (a file of the media type *kind*) and the JPEG *cover* in it.

    Its policy allows no network, and only its own script and styles. All texts from the session's
    script are escaped.
    """
    tones = colours(details.kind)
    css = read_template("page.css").replace("ACCENT_DEEP", tones.deep)
    css = css.replace("ACCENT_SOFT", tones.soft)
    script = read_template("page.js")
    used = {_figure(m): figure_svg(figure_name(m), m.side) for m in timeline.markers}
    icon = f'<svg xmlns="http://www.w3.org/2000/svg"><circle fill="{tones.deep}"/></svg>'
    return render_template(
        "page.html",
        details=details,
        language=details.language,
        policy=content_security_policy(script, css),
        css=Markup(css),
        script=Markup(script),
        session=Markup(script_json(_session(timeline, details, cover))),
        icon=data_uri("image/svg+xml", icon.encode()),
        audio=data_uri(kind, sound),
        captions=data_uri("text/vtt", vtt(captions(timeline)).encode()),
        facts=_facts(timeline, details),
        say=load_language(details.language).interface,
        need=_need(details),
        figures=[(name, Markup(drawn)) for name, drawn in used.items() if drawn],
        figure=details.figure if details.figure in used else next(iter(used), "none"),
        chapters=[
            {
                "title": marker.title,
                "time": clock(marker.start),
                "figure": _figure(marker),
                "shows": figure_description(figure_name(marker), details.language, marker.side),
                "paragraphs": list(paragraphs_by_language(timeline, marker)),
            }
            for marker in timeline.markers
        ],
    )


def _session(timeline: Timeline, details: Details, cover: bytes | None) -> dict[str, Any]:
    """The data for the page's script: lists sorted by start, times in milliseconds."""
    ms = samples_to_ms
    voice = timeline.track("voice")
    return {
        "name": timeline.name,
        "digest": details.digest,
        "title": details.title,
        "artist": details.artist,
        "words": {name: load_language(details.language).interface[name] for name in _SCRIPT_WORDS},
        "need": _need(details),
        "length": ms(timeline.length),
        "cover": data_uri("image/jpeg", cover) if cover else "",
        "chapters": [[ms(m.start), ms(m.end), m.title, _figure(m)] for m in timeline.markers],
        "moments": [
            [ms(gap.start), ms(gap.end), gap.kind, silence_name(gap, details.language)]
            for gap in voice.gaps
            if has_name(gap)
        ],
        "breaths": list(breath_levels(timeline.track("breath").clips)),
        "lines": [
            [
                ms(line.start),
                ms(line.end),
                " ".join(line.text.split()),
                line.language,
                [ms(start) for start in line.word_starts],
            ]
            for line in with_speakers(spoken_captions(timeline, SPOKEN_LINE_CHARACTERS))
        ],
    }


def breath_levels(clips: Sequence[Clip]) -> Iterator[list[Any]]:
    """For each breath phase: start and end (ms), kind, how full the lungs are at both (0 to 1),
    and 1 if it is soft, else 0."""
    full, end = 0.0, 0
    for clip, following in zip_longest(clips, clips[1:]):
        breath = clip.media
        if not isinstance(breath, Breath):
            continue
        if clip.start != end:
            full = 0.0
        sips = following is not None and getattr(following.media, "kind", "") == "sip"
        before = full
        full = _FULLNESS_BEFORE_SIP if breath.kind == "in" and sips else _FULLNESS[breath.kind]
        end = clip.end
        times = [samples_to_ms(clip.start), samples_to_ms(clip.end)]
        yield [*times, breath.kind, before, full, int(breath.soft)]


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


def _figure(marker: Marker) -> str:
    """The page's id for the figure of *marker* on its side."""
    name = figure_name(marker) or "none"
    return f"{name}-left" if marker.side == "left" else name


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
