"""Checks that a player can read the title, and the chapters with the right times."""

from __future__ import annotations

from pathlib import Path

from psoas_audio.id3_reader import BadTagError, read_id3
from psoas_audio.qc.report import Fault
from psoas_audio.sound.untrusted_files import SESSION_FILE
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import ms_to_samples, samples_to_ms


def tag_faults(mp3: Path, timeline: Timeline) -> list[Fault]:
    """Faults of the file's ID3 tag against *timeline*."""
    try:
        with SESSION_FILE.open(mp3) as file:
            tag = read_id3(file)
    except BadTagError as error:
        return [Fault("tags", f"the ID3 tag can't be read: {error}.")]
    faults = []
    if not tag.title.strip():
        faults.append(Fault("tags", "the file has no title."))
    found = [(chapter.start_ms, chapter.end_ms) for chapter in tag.chapters]
    planned = [(samples_to_ms(m.start), samples_to_ms(m.end)) for m in timeline.markers]
    if len(found) != len(planned):
        faults.append(Fault("chapters", f"{len(found)} chapters instead of {len(planned)}."))
    else:
        faults += [
            Fault("chapters", f"a chapter begins {is_at - at} ms off.", ms_to_samples(at))
            for (is_at, end), (at, planned_end) in zip(found, planned, strict=True)
            if (is_at, end) != (at, planned_end)
        ]
    return faults
