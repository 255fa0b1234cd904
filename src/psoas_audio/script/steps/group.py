"""A group of steps: what an include, a safety block or words with safety points become.

A script has no verb for it, and no file of this folder needs another class for steps that a
kind is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from psoas_audio.errors import Mark
from psoas_audio.script.model import TextChange
from psoas_audio.script.steps.base import BaseStep
from psoas_audio.script.texts import fill_values

if TYPE_CHECKING:
    from psoas_audio.script.steps import Step


@dataclass(frozen=True, slots=True)
class Group(BaseStep):
    """Steps that belong together, with the values that their texts use."""

    block: str
    """Name of the block they came from; empty where they stand in the script itself."""
    steps: tuple[Step, ...]
    values: Mapping[str, str]
    covers: frozenset[str]
    """Names of the safety points its words make."""
    mark: Mark
    """Where the script asked for it."""

    verb = "include"
    paragraph = "skipped"

    @property
    def name(self) -> str:
        return self.block or self.verb

    @property
    def inner_steps(self) -> tuple[Step, ...]:
        return self.steps

    def with_inner_steps(self, steps: tuple[Step, ...]) -> Self:
        return replace(self, steps=steps)

    @property
    def size(self) -> int:
        """Itself alone: its steps are counted with the block that they stand in."""
        return 1

    @property
    def given_values(self) -> Mapping[str, str]:
        return self.values

    def values_inside(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return {**values, **{name: fill_values(text, values) for name, text in self.values.items()}}

    @property
    def safety_points(self) -> frozenset[str]:
        return self.covers

    def with_texts(self, change: TextChange) -> Self:
        given = {
            name: change(text, self.mark, f"value {name}") for name, text in self.values.items()
        }
        return replace(self, values=given)
