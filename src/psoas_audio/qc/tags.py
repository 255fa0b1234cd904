"""Whether a player can read the title and the chapters, and finds them where they are."""

from __future__ import annotations

from pathlib import Path

from mutagen import MutagenError
from mutagen.id3 import ID3

from psoas_audio.qc.report import Fault
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import ms_to_samples, samples_to_ms


def tags(mp3: Path, timeline: Timeline) -> list[Fault]:
    """Faults of the file's ID3 tag against *timeline*."""
    try:
        tag = ID3(mp3)
    except MutagenError as error:
        return [Fault("tags", f"the ID3 tag can't be read: {error}")]
    faults = []
    title = tag.get("TIT2")
    if title is None or not str(title).strip():
        faults.append(Fault("tags", "the file has no title."))
    told = [(chapter.start_time, chapter.end_time) for chapter in tag.getall("CHAP")]
    planned = [(samples_to_ms(m.start), samples_to_ms(m.end)) for m in timeline.markers]
    if len(told) != len(planned):
        faults.append(Fault("chapters", f"{len(told)} chapters instead of {len(planned)}."))
    else:
        faults += [
            Fault("chapters", f"a chapter is told to begin {is_at - at} ms off.", ms_to_samples(at))
            for (is_at, end), (at, planned_end) in zip(told, planned, strict=True)
            if (is_at, end) != (at, planned_end)
        ]
    return faults
