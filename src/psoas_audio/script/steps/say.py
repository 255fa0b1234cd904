"""``say``: words that are spoken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script import settings
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID, list_of
from psoas_audio.script.model import Guidance, Text, TextChange, VoiceSettings
from psoas_audio.script.steps.base import BaseStep
from psoas_audio.script.steps.common import COVERS
from psoas_audio.script.steps.group import Group


@dataclass(frozen=True, slots=True)
class Say(BaseStep):
    """An utterance; several texts alternate by round."""

    lines: tuple[Text, ...]
    voice: VoiceSettings
    guidance: Guidance
    mark: Mark

    verb = "say"
    paragraph = "joins"

    @property
    def spoken_texts(self) -> tuple[Text, ...]:
        return self.lines

    @property
    def chosen_voice(self) -> VoiceSettings:
        return self.voice

    def with_texts(self, change: TextChange) -> Self:
        lines = tuple(line.changed(change) for line in self.lines)
        return replace(self, lines=lines, voice=self.voice.without_name())


def _build(fields: FieldValues) -> Any:
    if "say" in fields.invalid:
        return INVALID
    voice: VoiceSettings = fields["voice"]
    if fields["rate"] is not None:
        voice = replace(voice, rate=fields["rate"])
    voice = settings.voice_in(voice, fields["language"])
    if fields["speaker"] is not None:
        voice = replace(voice, speaker=fields["speaker"])
    step = Say(fields["say"], voice, fields["guidance"], fields.mark)
    if not fields["covers"]:
        return step
    return Group("", (step,), {}, frozenset(fields["covers"]), fields.mark)


VERB = Verb(
    Table(
        "say",
        "Words that are spoken.",
        (
            Field(
                "say",
                list_of(
                    value_types.SPOKEN_TEXT,
                    "a text or a list of texts",
                    min_items=1,
                    or_single=True,
                ),
                "The words; from a list, each round takes the next one.",
                required=True,
                example="Let the right knee soften.",
            ),
            Field(
                "voice",
                settings.VOICE_TYPE,
                "Another voice.",
                default=VoiceSettings(),
                example={"pitch": 45},
            ),
            Field(
                "rate",
                value_types.without_ramp(value_types.RATE),
                "Another rate, in words per minute.",
                example=105,
            ),
            Field("language", settings.LANGUAGE_TYPE, "Another language.", example="fr"),
            Field(
                "speaker",
                settings.SPEAKER_NAME,
                "Who says it: a key of the script's speakers.",
                example="friend",
            ),
            Field(
                "guidance",
                value_types.GUIDANCE,
                "The sparsest guidance at which it is spoken.",
                default="full",
                example="reminder",
            ),
            COVERS,
        ),
    ),
    _build,
)
