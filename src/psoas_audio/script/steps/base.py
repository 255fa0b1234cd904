"""What every kind of step answers; a kind overrides what is different for it.

The defaults are those of a step that says nothing, lasts no time of its own and has no steps
inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from psoas_audio.errors import Mark
from psoas_audio.script.model import (
    Count,
    Fill,
    Pattern,
    Position,
    Span,
    Text,
    TextChange,
    VoiceSettings,
)

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step


CountUnit = Literal["breaths", "rounds", "sets", "repetitions"]
"""What a step can count."""


class BaseStep:
    """One thing that happens in a session; every kind is a frozen dataclass."""

    __slots__ = ()

    mark: Mark
    """Where the script has it."""

    verb: ClassVar[str] = ""
    """The key that a script writes it with."""
    is_practice: ClassVar[bool] = False
    """Whether the listener practises while it lasts."""
    is_ease: ClassVar[bool] = False
    """Whether the listener rests or changes position while it lasts."""
    paragraph: ClassVar[Literal["joins", "skipped", "ends"]] = "ends"
    """What it does to a spoken paragraph: it is a part of it, leaves it open or ends it."""

    @property
    def name(self) -> str:
        """What lists call it: its verb, and its label if it has one."""
        return self.verb

    @property
    def label_texts(self) -> tuple[str, ...]:
        """Its labels as written, one for each round where they change; none where it has none."""
        return ()

    # What it says

    @property
    def spoken_texts(self) -> tuple[Text, ...]:
        """The texts it says that the script has words for."""
        return ()

    @property
    def speaks(self) -> bool:
        """Whether it says anything itself, built-in words included."""
        return bool(self.spoken_texts)

    @property
    def chosen_voice(self) -> VoiceSettings | None:
        """The voice that it asks for itself."""
        return None

    @property
    def line_count(self) -> int:
        """How many steps speak, of it and those inside it; rounds and sides count once."""
        return int(self.speaks) + sum(step.line_count for step in self.inner_steps)

    def with_texts(self, change: TextChange) -> Self:
        """The step with every text of its own changed; the steps inside it stay as they are."""
        return self

    # How long it lasts

    def span(self, clock: Pattern) -> Span | None:
        """How long it lasts, where the script says so; *clock* is the breath that counts holds."""
        return None

    @property
    def elastic(self) -> Span | Count | None:
        """The length or the number that a session's length may change."""
        return None

    def with_default_fill(self, fill: Fill | None) -> Self:
        """The step, its silence filled with *fill* if it names no fill itself."""
        return self

    @property
    def count_unit(self) -> CountUnit:
        """What its :attr:`elastic` counts, where that is a :class:`Count`."""
        return "breaths"

    def stays(self, clock: Pattern) -> Iterator[Span]:
        """Each stay in a position that the limits of the script's kind apply to."""
        return iter(())

    def room_to_grow(
        self, stay: int, cycles: int, clock: Pattern, *, most_stay: int, most_cycles: int
    ) -> int | None:
        """By how many samples it may be longer than a stay of *stay* samples and so many *cycles*.

        That is up to the longest that the script allows, but to at most *most_stay* samples and
        *most_cycles*. ``None`` where it has no length of its own to keep to.
        """
        return None

    def longest_silence(self, length: int, *, has_bed: bool) -> int:
        """Samples of the longest stretch without any sound, where it lasts *length* samples."""
        return 0

    def outside_cues(self, length: int) -> Iterator[tuple[Mark, str, str]]:
        """What begins before its start or after its end where it lasts *length* samples, and what
        that is outside of."""
        return iter(())

    @property
    def ends_with_bell(self) -> bool:
        """Whether the last thing that is heard of it is a bell."""
        return False

    # What it does to the listener

    def position_after(self, before: Position) -> Position:
        """The listener's position after it."""
        return before

    @property
    def paced_patterns(self) -> tuple[Pattern, ...]:
        """The breath patterns that the listener is led through."""
        return ()

    def with_breath(self, old: Pattern, new: Pattern) -> Self:
        """The step led by the pattern *new* where it was led by *old*."""
        return self

    def follows_breath(self, breath: Pattern, default_fill: Fill | None) -> bool:
        """Whether it is timed by the script's *breath*, or sounds like it; *default_fill* is how
        silences without a ``fill`` sound."""
        del breath, default_fill
        return False

    # The steps inside it

    @property
    def inner_steps(self) -> tuple[Step, ...]:
        """The steps inside it."""
        return ()

    def with_inner_steps(self, steps: tuple[Step, ...]) -> Self:
        """The step with other steps inside it; only asked of steps that have some."""
        return self

    @property
    def size(self) -> int:
        """How many steps its file has for it: itself and those inside it."""
        return 1 + sum(step.size for step in self.inner_steps)

    @property
    def repetitions(self) -> int:
        """How often the steps inside it come, at most."""
        return 1

    @property
    def side_order(self) -> tuple[str, ...]:
        """``left`` and ``right`` in their order; empty where it has no sides."""
        return ()

    def with_first_side(self, side: str) -> Self:
        """The step with *side* the first of its sides."""
        return self

    @property
    def own_values(self) -> Mapping[str, str]:
        """Values that its own texts may use besides those in force; they stand for themselves."""
        return {}

    @property
    def given_values(self) -> Mapping[str, str]:
        """Values with their words that the script gives to the texts inside it."""
        return {}

    def values_inside(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """The values that texts inside it may use, where *values* are in force around it.

        Values that only the plan knows, such as ``{side}``, stand for themselves.
        """
        return values

    @property
    def safety_points(self) -> frozenset[str]:
        """The safety points that the words inside it make."""
        return frozenset()


class LabelledStep(BaseStep):
    """A step that lists and captions show with a label."""

    __slots__ = ()

    label: str
    """Empty where the script gives none."""
    more_labels: tuple[str, ...]
    """The labels of the rounds after the first, where they change from round to round."""

    @property
    def name(self) -> str:
        return f"{self.verb} {self.label}".strip()

    @property
    def label_texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.label, *self.more_labels)))

    def label_in(self, round_number: int) -> str:
        """The label in the round *round_number*, from 0; after the last the first comes again."""
        labels = (self.label, *self.more_labels)
        return labels[round_number % len(labels)]

    def with_labels(self, change: TextChange) -> Self:
        """The step with the words of its label changed."""
        first, *others = (
            change(label, self.mark, "label") if label else ""
            for label in (self.label, *self.more_labels)
        )
        return replace(self, label=first, more_labels=tuple(others))  # type: ignore[type-var]
