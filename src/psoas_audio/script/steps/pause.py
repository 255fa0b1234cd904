"""``pause``: a short silence in speech."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.model import Pattern, Span
from psoas_audio.script.steps.base import BaseStep


@dataclass(frozen=True, slots=True)
class Pause(BaseStep):
    """A short silence in speech."""

    length: Span
    mark: Mark

    verb = "pause"
    paragraph = "skipped"

    def span(self, clock: Pattern) -> Span:
        return self.length

    @property
    def elastic(self) -> Span:
        return self.length

    def longest_silence(self, length: int, *, has_bed: bool) -> int:
        return 0 if has_bed else length


def _build(fields: FieldValues) -> Any:
    return INVALID if fields.invalid else Pause(fields["pause"], fields.mark)


VERB = Verb(
    Table(
        "pause",
        "A short silence in speech, instead of the default one.",
        (Field("pause", value_types.PAUSE_LENGTH, "How long.", required=True, example="3s"),),
    ),
    _build,
)
