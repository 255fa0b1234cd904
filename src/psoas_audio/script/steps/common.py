"""Keys and values that several kinds of steps have."""

from __future__ import annotations

from dataclasses import dataclass

from psoas_audio.script import times
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, Table, mapping
from psoas_audio.script.fields.reading import (
    INVALID,
    ValueType,
    by_shape,
    choice,
    list_of,
    report_wrong_type,
)
from psoas_audio.script.fields.step_type import STEPS_TYPE
from psoas_audio.script.model import SAFETY_POINTS, Count, Span
from psoas_audio.script.source.events import ScalarNode

LABEL = Field(
    "label",
    list_of(value_types.PLAIN_TEXT, "a text or a list of texts", min_items=1, or_single=True),
    "A short name, shown in captions and lists; from a list, each round takes the next one.",
    default=("",),
    example="sink",
)

_SOUND_TABLE = Table(
    "sound",
    "A sound, and whether what follows waits for it.",
    (
        Field("sound", value_types.SOUND, "Its name.", required=True, example="bowl"),
        Field(
            "overlap",
            value_types.FLAG,
            "true: what follows begins at once, under the sound; false: after three seconds.",
            default=False,
            example=True,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class RungSound:
    """A sound that is rung, as a script writes it."""

    sound: str
    overlaps: bool = False
    """Whether what follows begins with it, so that it adds no time."""


SOUND_TABLES = (_SOUND_TABLE,)
"""Keys of the mappings in :data:`SOUND_OR_OVERLAP`."""
SOUND_OR_OVERLAP = by_shape(
    "a sound's name, or {sound: bowl, overlap: true}",
    scalar=ValueType(
        "a sound's name",
        lambda node, reader: (
            INVALID
            if (sound := value_types.SOUND.read(node, reader)) is INVALID
            else RungSound(sound)
        ),
        value_types.SOUND.schema,
    ),
    mapping=mapping(
        _SOUND_TABLE,
        lambda fields: INVALID if fields.invalid else RungSound(fields["sound"], fields["overlap"]),
    ),
)
END = Field(
    "end",
    SOUND_OR_OVERLAP,
    "The sound at its end, which adds three seconds, or none with {sound: bowl, overlap: true}.",
    example="bowl",
)
SILENCE_FILL = Field("fill", value_types.FILL, "How its silence sounds.", example="bed")
COVERS = Field(
    "covers",
    list_of(choice("a safety point", SAFETY_POINTS), "a list of safety points", or_single=True),
    "Safety points that these words cover.",
    default=(),
    example=["way-out"],
)
INNER_STEPS = Field("steps", STEPS_TYPE, "The steps inside.", required=True, default=())

BLOCK_NAME = ValueType(
    "a block's name",
    lambda node, reader: (
        node
        if isinstance(node, ScalarNode) and node.text
        else report_wrong_type("a block's name", node, reader)
    ),
    {"type": "string"},
)


def parse_length(text: str) -> Span | Count:
    """``45s``, ``30-60s`` or ``5 breaths``, longer than nothing; raises ``InvalidValueError``."""
    amount = times.parse_amount(text)
    if isinstance(amount, Span) and not amount.shortest:
        raise times.InvalidValueError(f"'{text}' is too short.", "Write 45s.", "bad-time")
    return amount
