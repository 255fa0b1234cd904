"""Keys and values that several kinds of steps have."""

from __future__ import annotations

from psoas_audio.script import times
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field
from psoas_audio.script.fields.reading import ValueType, choice, list_of, report_wrong_type
from psoas_audio.script.fields.step_type import STEPS_TYPE
from psoas_audio.script.model import SAFETY_POINTS, Count, Span
from psoas_audio.script.source.events import ScalarNode

LABEL = Field(
    "label",
    value_types.PLAIN_TEXT,
    "A short name, shown in captions and lists.",
    default="",
    example="sink",
)
END = Field("end", value_types.SOUND, "The sound that ends it.", example="bowl")
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
