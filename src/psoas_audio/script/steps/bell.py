"""``bell``: a sound that is rung."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psoas_audio.errors import Mark
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.steps.base import BaseStep


@dataclass(frozen=True, slots=True)
class Bell(BaseStep):
    """A sound, and the silence it is given."""

    sound: str
    mark: Mark

    verb = "bell"

    @property
    def ends_with_bell(self) -> bool:
        return True


def _build(fields: FieldValues) -> Any:
    return INVALID if fields.invalid else Bell(fields["bell"], fields.mark)


VERB = Verb(
    Table(
        "bell",
        "Ring a sound.",
        (
            Field(
                "bell",
                value_types.SOUND,
                "A shipped sound, or a sound file in the script's folder.",
                required=True,
                example="bowl",
            ),
        ),
    ),
    _build,
)
