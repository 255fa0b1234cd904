"""The steps of a script: one table per verb, and how each becomes a typed step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from psoas_audio.library import did_you_mean
from psoas_audio.script import model, settings
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.reading import (
    WRONG,
    Reader,
    ValueType,
    choice,
    expected,
    listing,
    shorten,
)
from psoas_audio.script.fields.tables import Field, Record, Table, Verb, read_table
from psoas_audio.script.model import Count, Voice
from psoas_audio.script.source.events import Entries, Node, Scalar
from psoas_audio.script.steps.breathe import BREATHE
from psoas_audio.script.steps.holds import HOLD, REST

POINTS = (
    "not-medical-advice",
    "ask-first",
    "stop-signs",
    "avoid-if",
    "way-out",
    "side-effects",
    "seek-help",
)
"""The safety points a script can make."""

COVERS = Field(
    "covers",
    listing(choice("a safety point", POINTS), "a list of safety points", lone=True),
    "Safety points that these words make.",
    default=(),
    example=["way-out"],
)


def _read(node: Node, reader: Reader) -> Any:
    if isinstance(node, Scalar):
        if not node.quoted and (alone := _VERB_ALONE.match(node.text)):
            return reader.tell(
                node.mark,
                "missing-colon",
                f"'{alone[1]}' without a colon would be spoken.",
                f"Write '{alone[1]}: …', or begin the sentence with a capital letter.",
            )
        text = value_types.TEXT.read(node, reader)
        return WRONG if text is WRONG else model.Say((text,), Voice(), "full", node.mark)
    if not isinstance(node, Entries):
        return expected("a step, such as 'say: …'", node, reader)
    verbs = [key.text for key, _ in node.pairs if key.text in VERBS]
    if "move" in verbs and "say" in verbs:
        verbs.remove("say")
    if len(verbs) != 1:
        return _not_one_verb(node, verbs, reader)
    verb = VERBS[verbs[0]]
    record = read_table(verb.table, node, reader)
    return verb.build(record) if isinstance(record, Record) else WRONG


def _not_one_verb(node: Entries, verbs: list[str], reader: Reader) -> Any:
    if len(verbs) > 1:
        second = next(key for key, _ in node.pairs if key.text == verbs[1])
        return reader.tell(
            second.mark,
            "two-verbs",
            f"a step does one thing; this has '{verbs[0]}' and '{verbs[1]}'.",
            f"Begin a new step: '- {verbs[1]}: …'.",
        )
    if not node.pairs:
        return reader.tell(node.mark, "unknown-step", "an empty step.", "Write 'say: …'.")
    first = node.pairs[0][0]
    hints = (did_you_mean(key.text, list(VERBS)) for key, _ in node.pairs)
    return reader.tell(
        first.mark,
        "unknown-step",
        f"'{shorten(first.text)}' isn't a step.",
        next(filter(None, hints), "") or f"A step is one of {', '.join(VERBS)}.",
    )


STEP = ValueType("a step", _read, {"$ref": "#/$defs/step"})
STEPS = listing(STEP, "a list of steps", least=1)
_STEPS = Field("steps", STEPS, "What it is made of.", required=True, default=())


def _say(record: Record) -> Any:
    if "say" in record.wrong:
        return WRONG
    voice: Voice = record["voice"]
    if record["rate"] is not None:
        voice = replace(voice, rate=record["rate"])
    step = model.Say(record["say"], voice, record["guidance"], record.mark)
    if not record["covers"]:
        return step
    return model.Group("", (step,), {}, frozenset(record["covers"]), record.mark)


SAY = Table(
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
        Field("voice", settings.VOICE, "Another voice.", default=Voice(), example={"pitch": 45}),
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
)

PAUSE = Table(
    "pause",
    "A short silence in speech, in place of the usual one.",
    (Field("pause", value_types.PAUSE, "How long.", required=True, example="3s"),),
)


def _pause(record: Record) -> Any:
    return WRONG if record.wrong else model.Pause(record["pause"], record.mark)


BELL = Table(
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
)


def _bell(record: Record) -> Any:
    return WRONG if record.wrong else model.Bell(record["bell"], record.mark)


MOVE = Table(
    "move",
    "A change of position, with time to make it.",
    (
        Field("move", value_types.POSITION, "The new position.", required=True, example="supine"),
        Field("say", value_types.TEXT, "How to come there.", example="Come down onto your back."),
        Field(
            "time",
            value_types.SPAN,
            "Time after the words; by the positions if left out.",
            example="15s",
        ),
    ),
)


def _move(record: Record) -> Any:
    if "move" in record.wrong:
        return WRONG
    return model.Move(record["move"], record["say"], record["time"], record.mark)


REPEAT = Table(
    "repeat",
    "Rounds; texts inside may use {round} and {rounds}.",
    (
        Field(
            "repeat", value_types.COUNT, "How many.", required=True, default=Count(1, 1), example=3
        ),
        _STEPS,
    ),
)


def _repeat(record: Record) -> Any:
    return model.Repeat(record["repeat"], record["steps"], record.mark)


SIDES = Table(
    "sides",
    "Both sides of the body; texts inside may use {side} and {other_side}.",
    (
        Field(
            "sides",
            value_types.SIDES,
            "The sides, in order.",
            required=True,
            default=(),
            example="both",
        ),
        _STEPS,
    ),
)


def _sides(record: Record) -> Any:
    return model.Sides(record["sides"] or ("left", "right"), record["steps"], record.mark)


_NAME = ValueType(
    "a block's name",
    lambda node, reader: (
        node if isinstance(node, Scalar) and node.text else expected("a block's name", node, reader)
    ),
    {"type": "string"},
)

INCLUDE = Table(
    "include",
    "The steps of a block.",
    (
        Field(
            "include",
            _NAME,
            "A shipped block, or a file beside the script, without .yaml.",
            required=True,
            example="rise-slowly",
        ),
        Field(
            "values",
            value_types.VALUES,
            "Words for the block's {values}.",
            default={},
            example={"roll_side": "left"},
        ),
    ),
)


def _include(record: Record) -> Any:
    if "include" in record.wrong:
        return WRONG
    return record.reader.blocks.include(
        record["include"], record["values"], record.mark, record.reader
    )


SAFETY = Table(
    "safety",
    "The spoken safety block of the script's kind.",
    (
        Field(
            "safety",
            _NAME,
            "Which part: before, way-out or after.",
            required=True,
            example="before",
        ),
    ),
)


def _safety(record: Record) -> Any:
    return (
        WRONG
        if record.wrong
        else record.reader.blocks.safety(record["safety"], record.mark, record.reader)
    )


VERBS: Mapping[str, Verb] = {
    "say": Verb(SAY, _say),
    "pause": Verb(PAUSE, _pause),
    "hold": HOLD,
    "rest": REST,
    "breathe": BREATHE,
    "bell": Verb(BELL, _bell),
    "move": Verb(MOVE, _move),
    "repeat": Verb(REPEAT, _repeat),
    "sides": Verb(SIDES, _sides),
    "include": Verb(INCLUDE, _include),
    "safety": Verb(SAFETY, _safety),
}
"""Every kind of step by its verb."""

_VERB_ALONE = re.compile(rf"({'|'.join(VERBS)})(?::|\s|$)")
