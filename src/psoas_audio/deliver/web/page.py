"""The listener's page: one HTML file that holds the session and needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from markupsafe import Markup

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.lookup import figure_description, figure_name, figure_svg
from psoas_audio.deliver.pictures.colours import colours
from psoas_audio.deliver.text.captions import captions, spoken_captions, vtt
from psoas_audio.deliver.text.silences import has_name, silence_name
from psoas_audio.deliver.text.transcript import paragraphs
from psoas_audio.deliver.web.inline import data_uri, fill, policy, script_json, template
from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Breath, Clip, Marker, Timeline
from psoas_audio.units import SAMPLE_RATE, clock, samples_to_ms

LINE_WIDTH = 50
"""Characters: the page shows up to two such lines of what is said at once."""

_SCRIPT_WORDS = (
    *("opening", "resume", "done", "stay", "next", "end", "remaining", "play", "continue", "stop"),
    *("phase in", "phase sip", "phase full", "phase out", "phase empty"),
    *("trouble play", "trouble file", "second", "seconds", "minute", "minutes"),
)
"""Interface words that the page's script shows."""
_FULL = {"in": 1.0, "sip": 1.0, "full": 1.0, "out": 0.0, "empty": 0.0}
"""How full a phase leaves the lungs."""
_SIP = 0.8
"""The same for an in-breath that a second sip follows."""


def page(
    timeline: Timeline,
    details: Details,
    sound: bytes,
    *,
    cover: bytes | None = None,
    kind: str = "audio/mpeg",
) -> str:
    """The page as HTML text, with *sound* (the tagged file, of the media type *kind*) and the
    JPEG *cover* inside it.

    Its policy allows no network at all, and no script or style but its own. Words
    come from scripts and are escaped wherever they go.
    """
    tones = colours(details.kind)
    css = template("page.css").replace("ACCENT_DEEP", tones.deep)
    css = css.replace("ACCENT_SOFT", tones.soft)
    script = template("page.js")
    used = {_figure(m): figure_svg(figure_name(m), m.side) for m in timeline.markers}
    icon = f'<svg xmlns="http://www.w3.org/2000/svg"><circle fill="{tones.deep}"/></svg>'
    return fill(
        "page.html",
        details=details,
        language=details.language,
        policy=policy(script, css),
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
                "paragraphs": list(paragraphs(timeline, marker)),
            }
            for marker in timeline.markers
        ],
    )


def _session(timeline: Timeline, details: Details, cover: bytes | None) -> dict[str, Any]:
    """What the page's script reads; every list sorted, its times in milliseconds."""
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
            [ms(line.start), ms(line.end), " ".join(line.text.split())]
            for line in spoken_captions(timeline, LINE_WIDTH)
        ],
    }


def breath_levels(clips: Sequence[Clip]) -> Iterator[list[Any]]:
    """Start, end, kind, how full the lungs are at either end (0 to 1), and 1 where it is soft."""
    full, end = 0.0, 0
    for clip, following in zip_longest(clips, clips[1:]):
        breath = clip.media
        if not isinstance(breath, Breath):
            continue
        if clip.start != end:
            full = 0.0
        sips = following is not None and getattr(following.media, "kind", "") == "sip"
        before = full
        full = _SIP if breath.kind == "in" and sips else _FULL[breath.kind]
        end = clip.end
        times = [samples_to_ms(clip.start), samples_to_ms(clip.end)]
        yield [*times, breath.kind, before, full, int(breath.soft)]


def _facts(timeline: Timeline, details: Details) -> list[str]:
    minutes = max(1, round(timeline.length / (60 * SAMPLE_RATE)))
    say = load_language(details.language).interface
    told = (details.kind, details.position, details.level)
    kind, position, level = (say.get(word, word) for word in told)
    return [fact for fact in (f"{minutes} {say['min']}", _sentence(kind), position, level) if fact]


def _need(details: Details) -> str:
    things = ", ".join(details.equipment)
    need = load_language(details.language).interface["need"]
    return need.format(things=things) if things else ""


def _figure(marker: Marker) -> str:
    """What the page calls the figure of *marker*, on its side."""
    name = figure_name(marker) or "none"
    return f"{name}-left" if marker.side == "left" else name


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
