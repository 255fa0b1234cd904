"""The keys of a chapter, and how one is read by them."""

from __future__ import annotations

from typing import Any, get_args

from psoas_audio.script import model, settings
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, mapping
from psoas_audio.script.fields.reading import choice
from psoas_audio.script.fields.step_type import STEPS_TYPE
from psoas_audio.script.model import Chapter, Text, VoiceSettings


def _chapter(fields: FieldValues) -> Any:
    return Chapter(
        fields["title"] or Text("", fields.mark),
        fields["steps"],
        fields["sides"],
        settings.voice_in(fields["voice"], fields["language"]),
        fields["priority"],
        fields.mark,
        fields["figure"],
        fields["bed"],
        fields["repeat"],
    )


CHAPTER_TABLE = Table(
    "chapter",
    "A part of the session that listeners can jump to.",
    (
        Field(
            "title",
            value_types.TITLE_BY_ROUND,
            "Its name; may contain {side} if it has sides, {round} if it has rounds. From a list,"
            " each round (or side) takes the next one.",
            required=True,
            example="Arrive",
        ),
        Field(
            "sides",
            value_types.SIDES,
            "Repeats the chapter for each side, in this order.",
            default=(),
            example="both",
        ),
        Field(
            "repeat",
            value_types.COUNT,
            "How many times the chapter comes, each time as a chapter of its own.",
            example=3,
        ),
        Field(
            "voice",
            settings.VOICE_TYPE,
            "Another voice.",
            default=VoiceSettings(),
            example={"rate": 105},
        ),
        Field("language", settings.LANGUAGE_TYPE, "Another language.", example="fr"),
        Field(
            "priority",
            value_types.whole_number("a priority", 1, 9),
            "Makes the chapter optional: to shorten a session, 9 is left out first, 1 last.",
            example=2,
        ),
        Field(
            "figure",
            choice("a figure", get_args(model.FigureName)),
            "Its picture; by default that of the listener's position.",
            default="",
            example="bridge",
        ),
        Field(
            "bed",
            settings.CHAPTER_BED_TYPE,
            "The level of the background sound in this chapter.",
            example={"level": -30},
        ),
        Field("steps", STEPS_TYPE, "What happens.", required=True, default=()),
    ),
)

CHAPTER_TYPE = mapping(CHAPTER_TABLE, _chapter)
