"""The listener's page: one HTML file that holds the session and needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import zip_longest
from typing import Any

import jinja2
from markupsafe import Markup

from psoas_audio.deliver.captions import captions, spoken_captions, vtt
from psoas_audio.deliver.colours import colours
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures import FIGURES, figure_svg
from psoas_audio.deliver.silences import is_told, silence_name
from psoas_audio.deliver.transcript import paragraphs
from psoas_audio.timeline.model import Breath, Clip, Timeline
from psoas_audio.units import SAMPLE_RATE, clock, samples_to_ms

LINE_WIDTH = 50
"""Characters: the page shows up to two such lines of what is said at once."""

OPENING = "Ready when you are"
"""What the page says before it plays."""

_FULL = {"in": 1.0, "sip": 1.0, "full": 1.0, "out": 0.0, "empty": 0.0}
"""How full a phase leaves the lungs."""
_SIP = 0.8
"""The same for an in-breath that a second sip follows."""
_POSITIONS = {
    "supine": "on your back",
    "prone": "on your front",
    "side-lying": "on your side",
    "standing": "standing",
    "sitting": "sitting",
    "half-kneeling": "kneeling on one knee",
    "all-fours": "on hands and knees",
}


def page(timeline: Timeline, details: Details, mp3: bytes, *, cover: bytes | None = None) -> str:
    """The page as HTML text, with *mp3* (the tagged file) and the JPEG *cover* inside it.

    Its policy allows no network at all, and no script or style but its own. Words
    come from scripts and are escaped wherever they go.
    """
    tones = colours(details.kind)
    css = _template("page.css").replace("ACCENT_DEEP", tones.deep)
    css = css.replace("ACCENT_SOFT", tones.soft)
    script = _template("page.js")
    used = dict.fromkeys(m.position for m in timeline.markers if m.position in FIGURES)
    icon = f'<svg xmlns="http://www.w3.org/2000/svg"><circle fill="{tones.deep}"/></svg>'
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_template("page.html")).render(
        details=details,
        language=details.language,
        policy=_policy(script, css),
        css=Markup(css),
        script=Markup(script),
        session=Markup(_script_json(_session(timeline, details, cover))),
        icon=_data("image/svg+xml", icon.encode()),
        audio=_data("audio/mpeg", mp3),
        captions=_data("text/vtt", vtt(captions(timeline)).encode()),
        facts=_facts(timeline, details),
        opening=OPENING,
        need=_need(details),
        figures=[(position, Markup(figure_svg(position))) for position in used],
        figure=next(iter(used), "none"),
        chapters=[
            {
                "title": marker.title,
                "time": clock(marker.start),
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
        "opening": OPENING,
        "need": _need(details),
        "length": ms(timeline.length),
        "cover": _data("image/jpeg", cover) if cover else "",
        "chapters": [[ms(m.start), ms(m.end), m.title, m.position] for m in timeline.markers],
        "moments": [
            [ms(gap.start), ms(gap.end), gap.kind, silence_name(gap)]
            for gap in voice.gaps
            if is_told(gap)
        ],
        "breaths": list(_breaths(timeline.track("breath").clips)),
        "lines": [
            [ms(line.start), ms(line.end), " ".join(line.text.split())]
            for line in spoken_captions(timeline, LINE_WIDTH)
        ],
    }


def _breaths(clips: Sequence[Clip]) -> Iterator[list[Any]]:
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
    position = _POSITIONS.get(details.position, details.position)
    return [fact for fact in (f"{minutes} min", _sentence(details.kind), position) if fact]


def _need(details: Details) -> str:
    return f"You need: {', '.join(details.equipment)}" if details.equipment else ""


def _policy(script: str, css: str) -> str:
    """A Content-Security-Policy under which only *script* and *css* run, and nothing is fetched."""
    own = {
        name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in (("script", script), ("style", css))
    }
    rules = (
        "default-src 'none'",
        f"script-src 'sha256-{own['script']}'",
        f"style-src 'sha256-{own['style']}'",
        "img-src data:",
        "media-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _script_json(value: Any) -> str:
    """JSON that can't end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _template(name: str) -> str:
    return (files("psoas_audio.deliver") / "templates" / name).read_text(encoding="utf-8")
