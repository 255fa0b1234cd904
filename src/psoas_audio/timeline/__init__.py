"""The arrangement in integer samples that every output is a face of."""

from psoas_audio.timeline.layout import lay_out, overruns, short_cues
from psoas_audio.timeline.model import Breath, Clip, Gap, Marker, Sound, Take, Timeline, Track
from psoas_audio.timeline.serialization import from_json, to_json

__all__ = [
    "Breath", "Clip", "Gap", "Marker", "Sound", "Take", "Timeline", "Track",
    "from_json", "lay_out", "overruns", "short_cues", "to_json",
]  # fmt: skip
