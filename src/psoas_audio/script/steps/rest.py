"""``rest``: a hold with nothing asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.model import Fill, Pattern, Span, TextChange
from psoas_audio.script.steps.base import LabelledStep
from psoas_audio.script.steps.common import END, LABEL, SILENCE_FILL, RungSound


@dataclass(frozen=True, slots=True)
class Rest(LabelledStep):
    """A hold in which nothing is asked of the listener."""

    length: Span
    label: str
    end: str | None
    """The sound that ends it."""
    fill: Fill | None
    """``None`` leaves it to the policy by length."""
    mark: Mark
    more_labels: tuple[str, ...] = ()
    end_overlaps: bool = False
    """Whether what follows begins with the sound that ends it."""

    verb = "rest"
    is_practice = True
    is_ease = True

    def with_texts(self, change: TextChange) -> Self:
        return self.with_labels(change)

    def span(self, clock: Pattern) -> Span:
        return self.length

    @property
    def elastic(self) -> Span:
        return self.length

    def follows_breath(self, breath: Pattern, default_fill: Fill | None) -> bool:
        del breath
        return (self.fill or default_fill) == "breath"

    def with_default_fill(self, fill: Fill | None) -> Self:
        return replace(self, fill=self.fill or fill)

    def longest_silence(self, length: int, *, has_bed: bool) -> int:
        silent = self.fill == "silent" or (self.fill == "bed" and not has_bed)
        return length if silent else 0

    @property
    def ends_with_bell(self) -> bool:
        return self.end is not None


def _build(fields: FieldValues) -> Any:
    if "rest" in fields.invalid:
        return INVALID
    end: RungSound | None = fields["end"]
    label, *more = fields["label"]
    return Rest(
        fields["rest"],
        label,
        None if end is None else end.sound,
        fields["fill"],
        fields.mark,
        tuple(more),
        end is not None and end.overlaps,
    )


VERB = Verb(
    Table(
        "rest",
        "A hold in which nothing is asked of the listener.",
        (
            Field("rest", value_types.SPAN, "How long.", required=True, example="30s"),
            LABEL,
            END,
            SILENCE_FILL,
        ),
    ),
    _build,
)
