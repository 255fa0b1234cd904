"""``figure``: another picture from here on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from psoas_audio.errors import Mark
from psoas_audio.script.fields.keys import Field, FieldValues, Table, Verb
from psoas_audio.script.fields.reading import INVALID, choice
from psoas_audio.script.model import FigureName
from psoas_audio.script.steps.base import BaseStep


@dataclass(frozen=True, slots=True)
class ShowFigure(BaseStep):
    """Shows another picture, up to the next one or the end of the steps that it stands among."""

    figure: FigureName
    mark: Mark

    verb = "figure"
    paragraph = "skipped"


def _build(fields: FieldValues) -> Any:
    return INVALID if fields.invalid else ShowFigure(fields["figure"], fields.mark)


VERB = Verb(
    Table(
        "figure",
        "Shows another picture from here on.",
        (
            Field(
                "figure",
                choice("a figure", get_args(FigureName)),
                "The picture.",
                required=True,
                example="ball-aside",
            ),
        ),
    ),
    _build,
)
