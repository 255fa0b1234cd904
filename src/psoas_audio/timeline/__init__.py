"""The arrangement of a session in integer samples, which every output is made from."""

from psoas_audio.timeline.layout import lay_out, left_out_cues, overruns
from psoas_audio.timeline.model import (
    BedSound,
    Breath,
    Clip,
    Gap,
    Marker,
    Sound,
    Take,
    Timeline,
    Track,
)
from psoas_audio.timeline.serialization import from_json, to_json

__all__ = [
    "BedSound", "Breath", "Clip", "Gap", "Marker", "Sound", "Take", "Timeline", "Track",
    "from_json", "lay_out", "left_out_cues", "overruns", "to_json",
]  # fmt: skip
