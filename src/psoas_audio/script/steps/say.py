"""``say``: words that are spoken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script import settings
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.reading import WRONG, listing
from psoas_audio.script.fields.tables import Field, Record, Table, Verb
from psoas_audio.script.model import Guidance, Text, TextChange, Voice
from psoas_audio.script.steps.base import BaseStep
from psoas_audio.script.steps.common import COVERS
from psoas_audio.script.steps.group import Group


@dataclass(frozen=True, slots=True)
class Say(BaseStep):
    """An utterance; several texts alternate by round."""

    lines: tuple[Text, ...]
    voice: Voice
    guidance: Guidance
    mark: Mark

    verb = "say"
    paragraph = "joins"

    @property
    def spoken_texts(self) -> tuple[Text, ...]:
        return self.lines

    def with_texts(self, change: TextChange) -> Self:
        lines = tuple(line.changed(change) for line in self.lines)
        return replace(self, lines=lines, voice=self.voice.without_name())


def _build(record: Record) -> Any:
    if "say" in record.wrong:
        return WRONG
    voice: Voice = record["voice"]
    if record["rate"] is not None:
        voice = replace(voice, rate=record["rate"])
    step = Say(record["say"], voice, record["guidance"], record.mark)
    if not record["covers"]:
        return step
    return Group("", (step,), {}, frozenset(record["covers"]), record.mark)


VERB = Verb(
    Table(
        "say",
        "Speak.",
        (
            Field(
                "say",
                listing(value_types.TEXT, "a text or a list of texts", least=1, lone=True),
                "The words; of a list, each round takes the next.",
                required=True,
                example="Let the right knee soften.",
            ),
            Field(
                "voice", settings.VOICE, "Another voice.", default=Voice(), example={"pitch": 45}
            ),
            Field(
                "rate",
                value_types.steady(value_types.RATE),
                "Another rate, in words per minute.",
                example=105,
            ),
            Field(
                "guidance",
                value_types.GUIDANCE,
                "The sparsest guidance at which it is still spoken.",
                default="full",
                example="reminder",
            ),
            COVERS,
        ),
    ),
    _build,
)
