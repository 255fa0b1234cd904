"""The kinds of steps, one file each: ``say.py`` has everything that ``say`` is.

A file has the kind's frozen class, which answers the questions of
:class:`~psoas_audio.script.steps.base.BaseStep`, and ``VERB``: its keys with their texts and
examples, and how a mapping that was read becomes a step. Reading, checking, the JSON schema, the
reference, planning and translation know a kind by these alone.

To add a kind that is made of steps there are (a :class:`~psoas_audio.script.steps.group.Group`),
add one file. A kind that needs its own class also needs a member in :data:`Step` and a case in
the two ``match``es over steps: what is planned of it in ``planning/expand.py`` and, where that is a
plan item of its own, where its sounds lie in ``timeline/layout.py``. Both end in
``assert_never``, so mypy names what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from psoas_audio.script.fields.keys import Verb
from psoas_audio.script.steps.bell import Bell
from psoas_audio.script.steps.breathe import Breathe
from psoas_audio.script.steps.figure import ShowFigure
from psoas_audio.script.steps.group import Group
from psoas_audio.script.steps.hold import Hold
from psoas_audio.script.steps.intervals import TimedIntervals
from psoas_audio.script.steps.move import Move
from psoas_audio.script.steps.pause import Pause
from psoas_audio.script.steps.repeat import Repeat
from psoas_audio.script.steps.reps import Reps
from psoas_audio.script.steps.rest import Rest
from psoas_audio.script.steps.say import Say
from psoas_audio.script.steps.sides import Sides

__all__ = [
    "VERBS",
    "Bell",
    "Breathe",
    "Group",
    "Hold",
    "Move",
    "Pause",
    "Repeat",
    "Reps",
    "Rest",
    "Say",
    "ShowFigure",
    "Sides",
    "Step",
    "TimedIntervals",
]  # fmt: skip

Step = (
    Say
    | Pause
    | Hold
    | Rest
    | Reps
    | TimedIntervals
    | Breathe
    | Bell
    | Move
    | Repeat
    | Sides
    | ShowFigure
    | Group
)
"""One step of any kind."""

_FIRST = (
    "say", "pause", "hold", "rest", "reps", "intervals", "breathe", "bell", "move", "repeat",
    "sets", "sides", "include", "safety", "figure",
)  # fmt: skip
"""The order in which messages, the schema and the reference list the verbs; others follow."""


def _find_verbs() -> dict[str, Verb]:
    """Every ``VERB`` of the modules in this folder, by the key it is written with."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    verbs = [verb for module in modules if (verb := getattr(module, "VERB", None)) is not None]
    order = {name: place for place, name in enumerate(_FIRST)}
    verbs.sort(key=lambda verb: (order.get(verb.table.name, len(order)), verb.table.name))
    return {verb.table.name: verb for verb in verbs}


VERBS: Mapping[str, Verb] = _find_verbs()
"""Every kind of step that a script can write, by its verb."""
