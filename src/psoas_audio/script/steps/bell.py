"""``bell``: a sound that is rung."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psoas_audio.errors import Mark
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.steps.base import BaseStep
from psoas_audio.script.steps.common import SOUND_OR_OVERLAP, SOUND_TABLES


@dataclass(frozen=True, slots=True)
class Bell(BaseStep):
    """A sound, and the silence it is given."""

    sound: str
    mark: Mark
    overlaps: bool = False
    """Whether what follows begins with it, so that it adds no time."""

    verb = "bell"

    @property
    def ends_with_bell(self) -> bool:
        return True


def _build(fields: FieldValues) -> Any:
    if fields.invalid:
        return INVALID
    return Bell(fields["bell"].sound, fields.mark, fields["bell"].overlaps)


VERB = Verb(
    Table(
        "bell",
        "Ring a sound.",
        (
            Field(
                "bell",
                SOUND_OR_OVERLAP,
                "A shipped sound, or a sound file in the script's folder.",
                required=True,
                example="bowl",
            ),
        ),
    ),
    _build,
    inner_tables=SOUND_TABLES,
)
