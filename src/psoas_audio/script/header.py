"""The top of a script, its chapters, and block files: their tables and values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, get_args

from psoas_audio.errors import Mark
from psoas_audio.script import model
from psoas_audio.script import scalars as forms
from psoas_audio.script.events import Node, Scalar
from psoas_audio.script.forms import (
    WRONG,
    Field,
    Form,
    Reader,
    Record,
    Table,
    Wrong,
    by_shape,
    choice,
    free_keys,
    listing,
    mapping,
    read_table,
    scalar,
    shorten,
)
from psoas_audio.script.model import Bed, Chapter, LengthRange, Script, Text, Voice
from psoas_audio.script.patterns import NAMED
from psoas_audio.script.steps import COVERS, STEPS
from psoas_audio.script.times import Misread

BED_LEVEL = -24.0
"""dB relative to the voice, where a bed gives none."""
INTENSITIES = ("gentle", "moderate", "strong")
SafetyMode = Literal["auto", "none"]
_NO_BED = "none"


@dataclass(frozen=True, slots=True)
class Header:
    """A script before its safety blocks are put in."""

    script: Script
    safety: SafetyMode
    marks: dict[str, Mark]
    """Places of the top-level values."""


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", text):
        raise Misread(f"'{shorten(text)}' isn't a language.", "Write en-US, de or nb-NO.")
    return text


def _length(record: Record) -> Any:
    default, low, high = record["default"], record["min"], record["max"]
    for first, second in (("min", "default"), ("default", "max"), ("min", "max")):
        if None not in (record[first], record[second]) and record[first] > record[second]:
            return record.reader.tell(
                record.marks[second],
                "bad-range",
                f"'{second}' is less than '{first}'.",
                "Order them: min, default, max.",
            )
    return LengthRange(default, low, high, record.mark)


def _lone_length(node: Node, reader: Reader) -> Any:
    time = forms.TIME.read(node, reader)
    return WRONG if time is WRONG else LengthRange(time, None, None, node.mark)


LENGTH = Table(
    "length",
    "How long the session is.",
    (
        Field("default", forms.TIME, "The usual length.", example="12m"),
        Field("min", forms.TIME, "The shortest length.", example="8m"),
        Field("max", forms.TIME, "The longest length.", example="25m"),
    ),
)


def _bed(record: Record) -> Any:
    return WRONG if "sound" in record.wrong else Bed(record["sound"], record["level"], record.mark)


def _lone_bed(node: Node, reader: Reader) -> Any:
    if isinstance(node, Scalar) and node.text == _NO_BED:
        return None
    sound = forms.SOUND.read(node, reader)
    return WRONG if sound is WRONG else Bed(sound, BED_LEVEL, node.mark)


BED = Table(
    "bed",
    "The background sound.",
    (
        Field("sound", forms.SOUND, "Its name.", required=True, example="soft-rain"),
        Field(
            "level",
            forms.decimal_number("a level", -60, -6),
            "dB relative to the voice, -60 to -6.",
            default=BED_LEVEL,
            example=-24,
        ),
    ),
)


def _chapter(record: Record) -> Any:
    return Chapter(
        record["title"] or Text("", record.mark),
        record["steps"],
        record["sides"],
        record["voice"],
        record["priority"],
        record.mark,
    )


CHAPTER = Table(
    "chapter",
    "A part the listener can go to.",
    (
        Field(
            "title",
            forms.TITLE,
            "Its name; may hold {side} where it has sides.",
            required=True,
            example="Arrive",
        ),
        Field(
            "sides", forms.SIDES, "Once for each side, in this order.", default=(), example="both"
        ),
        Field("voice", forms.VOICE, "Another voice.", default=Voice(), example={"rate": 105}),
        Field(
            "priority",
            forms.whole_number("a priority", 1, 9),
            "May be left out for a shorter session: 9 goes first, 1 last.",
            example=2,
        ),
        Field("steps", STEPS, "What happens.", required=True, default=()),
    ),
)

_WORD = scalar("a word", lambda text: _word(text), {"type": "string"})


def _word(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise Misread(f"'{shorten(text)}' isn't a word.", "Write 'word: alias'.", "empty-text")
    return " ".join(text.split())


SCRIPT = Table(
    "script",
    "A voice-guided session.",
    (
        Field("title", forms.TITLE, "The session's name.", required=True, example="A slow breath"),
        Field(
            "summary",
            forms.SUMMARY,
            "One or two sentences for the catalogue.",
            example="Ten quiet minutes on the floor.",
        ),
        Field(
            "language",
            scalar("a language, such as en-US", _language, {"type": "string"}),
            "Language of the texts.",
            default="en-US",
            example="en-US",
        ),
        Field(
            "kind",
            choice("a kind", get_args(model.Kind)),
            "Decides which safety points must be made, and the limits of doses.",
            default="relaxation",
            example="self-massage",
        ),
        Field(
            "position",
            forms.POSITION,
            "Where the listener starts.",
            default="sitting",
            example="supine",
        ),
        Field(
            "equipment", forms.WORDS, "What is needed.", default=(), example=["mat", "soft ball"]
        ),
        Field(
            "intensity",
            choice("an intensity", INTENSITIES),
            "How strong it is.",
            default="gentle",
            example="gentle",
        ),
        Field(
            "avoid",
            forms.WORDS,
            "Who should not do it, or should ask first.",
            default=(),
            example=["pregnancy"],
        ),
        Field("muscles", forms.WORDS, "The muscles it is about.", default=(), example=["psoas"]),
        Field("voice", forms.VOICE, "The voice.", default=Voice(), example={"rate": 115}),
        Field(
            "bed",
            by_shape(
                "a bed's name, or {sound: NAME, level: -24}",
                scalar=Form("a bed's name", _lone_bed, forms.SOUND.schema),
                entries=mapping(BED, _bed),
            ),
            "The background sound; none without it.",
            example={"sound": "soft-rain", "level": -24},
        ),
        Field(
            "breath",
            forms.PATTERN,
            "The breath that counts holds.",
            default=NAMED["coherent"],
            example="belly",
        ),
        Field(
            "output",
            choice("an output", ("mono", "stereo"), {"mono": 1, "stereo": 2}),
            "Channels of the MP3.",
            default=1,
            example="mono",
        ),
        Field(
            "length",
            by_shape(
                "a time, or {default: 12m, min: 8m, max: 25m}",
                scalar=Form("a time", _lone_length, forms.TIME.schema),
                entries=mapping(LENGTH, _length),
            ),
            "How long the session is; elastic steps are fitted to it.",
            example={"default": "12m", "min": "8m", "max": "25m"},
        ),
        Field(
            "lexicon",
            free_keys("words, each with its alias", _WORD, _WORD),
            "How words are said: the written word and what is spoken for it.",
            default={},
            example={"ASIS": "A.S.I.S."},
        ),
        Field(
            "values",
            forms.VALUES,
            "Words for {name} in texts.",
            default={},
            example={"prop": "ball"},
        ),
        Field(
            "safety",
            choice("a way of safety", get_args(SafetyMode)),
            "auto puts missing safety blocks in; none, for talk and relaxation alone, doesn't.",
            default="auto",
            example="auto",
        ),
        Field("steps", STEPS, "The session as one chapter.", default=()),
        Field(
            "chapters",
            listing(mapping(CHAPTER, _chapter), "a list of chapters", least=1),
            "The session's chapters.",
            default=(),
        ),
    ),
    one_of=("steps", "chapters"),
)

BLOCK = Table(
    "block",
    "Steps that scripts include.",
    (
        Field("title", forms.TITLE, "Its name.", example="Rise slowly"),
        COVERS,
        Field("values", forms.VALUES, "Values with what they are if not given.", default={}),
        Field("steps", STEPS, "What happens.", required=True, default=()),
    ),
)


def read_header(node: Node, path: str, name: str, reader: Reader) -> Header | Wrong:
    """The script of a document's top *node*; faulty parts are left out or at their default."""
    record = read_table(SCRIPT, node, reader)
    if not isinstance(record, Record):
        return WRONG
    title = record["title"].words if record["title"] else name
    kind, safety = record["kind"], record["safety"]
    if safety == "none" and kind not in ("talk", "relaxation") and "kind" not in record.wrong:
        reader.tell(
            record.marks["safety"],
            "safety-off",
            f"'safety: none' isn't for the kind {kind}.",
            "Take the line away.",
        )
    chapters = record["chapters"]
    if record["steps"]:
        chapters = (
            Chapter(Text(title, record.mark), record["steps"], (), Voice(), None, record.mark),
        )
    script = Script(
        path=path,
        name=name,
        title=title,
        summary=record["summary"].words if record["summary"] else "",
        language=record["language"],
        kind=kind,
        position=record["position"],
        equipment=record["equipment"],
        intensity=record["intensity"],
        avoid=record["avoid"],
        muscles=record["muscles"],
        voice=record["voice"],
        bed=record["bed"],
        breath=record["breath"],
        channels=record["output"],
        length=record["length"],
        lexicon=record["lexicon"],
        chapters=chapters,
        mark=record.mark,
        values=record["values"],
    )
    return Header(script, safety, dict(record.marks))
