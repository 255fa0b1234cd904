"""``move``: a change of position, with time to make it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.model import Pattern, Position, Span, Text, TextChange
from psoas_audio.script.steps.base import BaseStep


@dataclass(frozen=True, slots=True)
class Move(BaseStep):
    """A change of position with its own time allowance after the words."""

    position: Position
    say: Text | None
    length: Span | None
    """``None``: by the positions it goes from and to."""
    mark: Mark

    verb = "move"
    is_ease = True

    @property
    def name(self) -> str:
        return f"move {self.position}"

    @property
    def spoken_texts(self) -> tuple[Text, ...]:
        return () if self.say is None else self.say.each

    def with_texts(self, change: TextChange) -> Self:
        return replace(self, say=self.say and self.say.changed(change))

    def span(self, clock: Pattern) -> Span | None:
        return self.length

    @property
    def elastic(self) -> Span | None:
        return self.length

    def longest_silence(self, length: int, *, has_bed: bool) -> int:
        return 0 if has_bed else length

    def position_after(self, before: Position) -> Position:
        return self.position


def _build(fields: FieldValues) -> Any:
    if "move" in fields.invalid:
        return INVALID
    return Move(fields["move"], fields["say"], fields["time"], fields.mark)


VERB = Verb(
    Table(
        "move",
        "A change of position, with time to make it.",
        (
            Field(
                "move", value_types.POSITION, "The new position.", required=True, example="supine"
            ),
            Field(
                "say",
                value_types.TEXT_BY_ROUND,
                "How to get there.",
                example="Come down onto your back.",
            ),
            Field(
                "time",
                value_types.SPAN,
                "Time after the words; by default it depends on the two positions.",
                example="15s",
            ),
        ),
    ),
    _build,
)
