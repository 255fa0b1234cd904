"""Makes each output: a function for each row of :mod:`psoas_audio.rendering.outputs`."""

from __future__ import annotations

import json

from psoas_audio.deliver.text.captions import captions, srt, vtt
from psoas_audio.deliver.text.chapters import chapters_json
from psoas_audio.deliver.text.transcript import transcript
from psoas_audio.file_digest import digest
from psoas_audio.provenance.record import provenance_record
from psoas_audio.rendering.rendered_parts import RenderedParts
from psoas_audio.timeline import to_json


def make_timeline(parts: RenderedParts) -> str:
    """The timeline with how the session was made."""
    folder = parts.output.parent
    files = {
        path.relative_to(folder).as_posix(): digest(part) for path, part in parts.parts.items()
    }
    return to_json(parts.timeline, made=provenance_record(parts.details, files))


def make_vtt(parts: RenderedParts) -> str:
    """Captions in WebVTT."""
    return vtt(captions(parts.timeline))


def make_word_captions(parts: RenderedParts) -> str:
    """Captions in WebVTT with the time of each word."""
    return vtt(captions(parts.timeline), words=True)


def make_srt(parts: RenderedParts) -> str:
    """Captions in SubRip."""
    return srt(captions(parts.timeline))


def make_chapters(parts: RenderedParts) -> str:
    """Chapters in the JSON of Podcasting 2.0."""
    return chapters_json(parts.timeline)


def make_transcript(parts: RenderedParts) -> str:
    """The transcript."""
    return transcript(parts.timeline, parts.details)


def make_page(parts: RenderedParts) -> str:
    """The listener's page, with the sound inside."""
    from psoas_audio.deliver.web.page import listener_page  # loads a template engine

    kind, sound = parts.sound
    return listener_page(parts.timeline, parts.details, sound, cover=parts.cover, kind=kind)


def make_cover(parts: RenderedParts) -> bytes:
    """The cover as a JPEG."""
    return parts.cover


def make_plot(parts: RenderedParts) -> str:
    """The picture of the session as SVG."""
    from psoas_audio.rendering.measurements import plot_svg  # decodes and draws: loads a lot

    target_lufs = json.loads(parts.details.made)["target"]
    return plot_svg(parts.parts[parts.output], parts.timeline, target_lufs)
