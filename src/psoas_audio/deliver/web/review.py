"""The producer's review page: waveforms, tracks, captions and QC results in one HTML file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.pictures.colours import colours
from psoas_audio.deliver.text.captions import captions
from psoas_audio.deliver.text.silences import has_name, silence_name
from psoas_audio.deliver.web.breaths import breath_levels
from psoas_audio.deliver.web.inline import (
    content_security_policy,
    data_uri,
    read_template,
    render_template,
    script_json,
)
from psoas_audio.timeline.model import BedSound, Clip, Sound, Take, Timeline
from psoas_audio.units import clock, samples_to_ms, with_noun

BIN_MS = 20
"""Milliseconds for each byte of a waveform."""

_FIGURES = {
    "voice_lufs": ("Voice", "{:.1f} LUFS"),
    "bed_below_voice_lu": ("Bed below the voice", "{:.1f} LU"),
    "integrated_lufs": ("Whole session", "{:.1f} LUFS"),
    "loudness_range_lu": ("Loudness range", "{:.1f} LU"),
    "true_peak_dbtp": ("True peak", "{:.1f} dBTP"),
    "longest_silence_s": ("Longest digital silence", "{:.2f} s"),
    "onset_worst_ms": ("Worst onset of a line", "{:+.1f} ms"),
    "onsets_measured": ("Onsets measured", "{:.0f}"),
}
"""What QC measures, by QC's name for it: the page's name and format."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at, and where it is."""

    severity: Literal["fault", "error", "warning"]
    name: str
    """Its kind, such as ``true-peak``."""
    message: str
    at: int | None = None
    """Samples from the session's start; ``None`` if it is about the whole session."""


def review_page(
    timeline: Timeline,
    details: Details,
    sound: tuple[str, bytes],
    *,
    waveforms: Mapping[str, bytes],
    remarks: Sequence[Remark] = (),
    figures: Mapping[str, float],
) -> str:
    """The page as HTML, with the session's *sound* (media type and bytes) in it.

    *waveforms* maps each track to its peak levels, a byte for each :data:`BIN_MS`: 0 is −72 dBFS,
    255 is 0 dBFS. *figures* are QC's measurements by name. The policy allows no network.
    """
    session = review_data(timeline, details, remarks=remarks, figures=figures)
    session["audio"] = data_uri(*sound)
    session["waveforms"] = {
        track: base64.b64encode(bins).decode() for track, bins in waveforms.items()
    }
    return _page(details.title, details.language, colours(details.kind).deep, session)


def preview_page(title: str, *, language: str = "en") -> tuple[str, str]:
    """The page of a preview, which loads everything from its own server, and the page's policy."""
    live = ("connect-src 'self'", "media-src 'self'")
    session = {"live": True, "title": title}
    return _page(title, language, "#1d6470", session, *live), _policy(*live)


def review_data(
    timeline: Timeline,
    details: Details,
    *,
    remarks: Sequence[Remark] = (),
    figures: Mapping[str, float],
) -> dict[str, Any]:
    """The data for the page's script: lists sorted by start, times in milliseconds."""
    ms = samples_to_ms
    voice = timeline.track("voice")
    lines = [clip for clip in voice.clips if isinstance(clip.media, Take)]
    facts = [clock(timeline.length), with_noun(len(lines), "line"), details.variant, details.artist]
    return {
        "title": details.title,
        "name": timeline.name,
        "facts": [fact for fact in facts if fact],
        "length": ms(timeline.length),
        "binMs": BIN_MS,
        "chapters": [[ms(m.start), ms(m.end), m.title] for m in timeline.markers],
        "lines": [_line(clip) for clip in lines],
        "gaps": [
            [ms(gap.start), ms(gap.end), silence_name(gap, timeline.language)]
            for gap in voice.gaps
            if has_name(gap)
        ],
        "breaths": list(breath_levels(timeline.track("breath").clips)),
        "bells": _sounds(timeline.track("bells").clips),
        "bed": _sounds(timeline.track("bed").clips),
        "captions": [
            [ms(line.start), ms(line.end), " ".join(line.text.split())]
            for line in captions(timeline)
        ],
        "remarks": [
            [None if r.at is None else ms(r.at), r.severity, r.name, r.message] for r in remarks
        ],
        "figures": [
            [name, form.format(figures[key])]
            for key, (name, form) in _FIGURES.items()
            if key in figures
        ],
    }


def _line(clip: Clip) -> list[Any]:
    assert isinstance(clip.media, Take)
    return [samples_to_ms(clip.start), samples_to_ms(clip.end), clip.media.text]


def _sounds(clips: Sequence[Clip]) -> list[list[Any]]:
    return [
        [samples_to_ms(clip.start), samples_to_ms(clip.end), clip.media.name]
        for clip in clips
        if isinstance(clip.media, Sound | BedSound)
    ]


def _page(title: str, language: str, tone: str, session: Mapping[str, Any], *live: str) -> str:
    icon = f'<svg xmlns="http://www.w3.org/2000/svg"><circle fill="{tone}"/></svg>'
    return render_template(
        "review.html",
        title=title,
        language=language,
        policy=_policy(*live),
        css=Markup(read_template("review.css")),
        script=Markup(read_template("review.js")),
        session=Markup(script_json(session)),
        icon=data_uri("image/svg+xml", icon.encode()),
        live=bool(live),
    )


def _policy(*more: str) -> str:
    return content_security_policy(read_template("review.js"), read_template("review.css"), *more)
