"""The keys of a script and of block files, and how a script is read by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple, get_args

from psoas_audio.errors import Mark
from psoas_audio.script import model, settings
from psoas_audio.script.chapter_table import CHAPTER_TYPE
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, read_table
from psoas_audio.script.fields.pattern_types import PATTERN
from psoas_audio.script.fields.reading import (
    INVALID,
    Invalid,
    NodeReader,
    choice,
    list_of,
    mapping_of,
    scalar,
    shorten,
)
from psoas_audio.script.fields.step_type import STEPS_TYPE
from psoas_audio.script.model import (
    DEFAULT_TARGET,
    HIGHEST_TARGET,
    LOWEST_TARGET,
    Chapter,
    Credits,
    Script,
    ScriptSpeaker,
    Text,
    VoiceSettings,
)
from psoas_audio.script.patterns import NAMED_PATTERNS
from psoas_audio.script.source.events import MappingNode, Node
from psoas_audio.script.steps.common import COVERS
from psoas_audio.script.texts import fill_sentence
from psoas_audio.script.times import InvalidValueError

INTENSITIES = ("gentle", "moderate", "strong")
SafetyMode = Literal["auto", "short", "none"]


NO_SHORT_SAFETY: tuple[model.Kind, ...] = ("self-massage",)
"""Kinds whose safety words can't be said in short: who must not press has to be heard."""


class AuthoredScript(NamedTuple):
    """A script as written, before missing safety chapters are added."""

    script: Script
    safety: SafetyMode
    marks: dict[str, Mark]
    """Key at the top of the file to the place of its value."""


_KIND_SYNONYMS = {
    "yin": "yoga", "yin-yoga": "yoga", "yin yoga": "yoga", "intervals": "cardio",
    "interval": "cardio", "hiit": "cardio", "running": "cardio", "endurance": "cardio",
    "circuit": "cardio", "workout": "strength", "physio": "strength", "pilates": "strength",
    "meditation": "relaxation", "sleep": "relaxation", "body-scan": "relaxation",
    "massage": "self-massage", "stretching": "stretch", "breathwork": "breathing",
    "breath": "breathing", "lecture": "talk", "story": "talk",
}  # fmt: skip
"""What people call kinds of sessions, and the kind that it is here."""
ALLOWED_GROUPS = {
    "dose": ("dose-unusual", "rounds-unusual"),
    "rounds": ("rounds-unusual",),
    "directions": ("direction",),
}
"""Names that stand for several rules in ``allow``."""


def _allowed(text: str) -> str:
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", text):
        raise InvalidValueError(
            f"'{shorten(text)}' isn't the name of a warning.",
            "Write the name that 'check' shows in brackets, such as dose-unusual.",
        )
    return text


SCRIPT_TABLE = Table(
    "script",
    "A voice-guided session.",
    (
        Field(
            "title",
            value_types.TITLE,
            "The session's name.",
            required=True,
            example="A slow breath",
        ),
        Field(
            "summary",
            value_types.SUMMARY,
            "One or two sentences for the catalogue.",
            example="Ten quiet minutes on the floor.",
        ),
        Field(
            "language",
            settings.LANGUAGE_TYPE,
            "Language of the texts.",
            default="en-US",
            example="en-US",
        ),
        Field("author", value_types.FIXED_TEXT, "The publisher.", example="Studio Ana"),
        Field(
            "artist",
            value_types.FIXED_TEXT,
            "The artist that players show; by default the names of the voices.",
            example="Ana Ruiz",
        ),
        Field(
            "album",
            value_types.FIXED_TEXT,
            "The collection that it belongs to.",
            example="Evenings on the floor",
        ),
        Field(
            "year",
            value_types.whole_number("a year", 1900, 2200),
            "The year of publication.",
            example=2026,
        ),
        Field(
            "track",
            value_types.whole_number("a track", 1, 999),
            "Its number in the album.",
            example=3,
        ),
        Field(
            "cover",
            value_types.COVER_FILE,
            "A square JPEG or PNG beside the script, of at least 1,400 pixels, in place of the"
            " drawn cover.",
            example="cover.jpg",
        ),
        Field(
            "kind",
            choice("a kind", get_args(model.Kind), synonyms=_KIND_SYNONYMS),
            "Decides which safety points must be covered, and how long holds may last.",
            default="relaxation",
            example="self-massage",
        ),
        Field(
            "position",
            value_types.POSITION,
            "The listener's position at the start.",
            default="sitting",
            example="supine",
        ),
        Field(
            "equipment",
            value_types.WORDS,
            "What is needed.",
            default=(),
            example=["mat", "soft ball"],
        ),
        Field(
            "intensity",
            choice("an intensity", INTENSITIES),
            "How strong it is.",
            default="gentle",
            example="gentle",
        ),
        Field(
            "level",
            choice("a level", get_args(model.Level)),
            "Who it is for.",
            default="",
            example="beginner",
        ),
        Field(
            "avoid",
            value_types.WORDS,
            "Who should not do it, or should ask a doctor first.",
            default=(),
            example=["pregnancy"],
        ),
        Field(
            "muscles",
            value_types.WORDS,
            "The muscles that it is about.",
            default=(),
            example=["psoas"],
        ),
        Field(
            "voice",
            settings.SESSION_VOICE_TYPE,
            "The voice.",
            default=VoiceSettings(),
            example={"rate": 115},
        ),
        Field(
            "speakers",
            settings.SPEAKERS_TYPE,
            "Who speaks, each with a voice; `friend: words` is then a step.",
            default={},
            example={"guide": {"name": "af_heart"}, "friend": {"name": "am_michael"}},
        ),
        Field(
            "bed",
            settings.BED_TYPE,
            "The background sound; by default there is none.",
            example={"sound": "soft-rain", "level": -24},
        ),
        Field(
            "fill",
            value_types.FILL,
            "How silence sounds in holds and rests that have no `fill` of their own.",
            example="tick",
        ),
        Field(
            "breath",
            PATTERN,
            "The breathing pattern for holds that are counted in breaths.",
            default=NAMED_PATTERNS["coherent"],
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
            "bitrate",
            value_types.BIT_RATE,
            "Kilobits per second of the MP3; by default 96 in mono and 128 in stereo.",
            example=128,
        ),
        Field(
            "target",
            value_types.decimal_number("a loudness", LOWEST_TARGET, HIGHEST_TARGET),
            "Loudness of the voice in LUFS, -30 to -14: -16 for phones, -23 for broadcast.",
            default=DEFAULT_TARGET,
            example=-18,
        ),
        Field(
            "length",
            settings.LENGTH_TYPE,
            "Length of the session; elastic steps are stretched to fit it.",
            example={"default": "12m", "min": "8m", "max": "25m"},
        ),
        Field(
            "words",
            mapping_of(
                "words in place of the built-in ones",
                choice("a built-in word", model.REPLACEABLE_WORDS),
                value_types.PLAIN_TEXT,
            ),
            "Words in place of the built-in ones, such as for a language that has none: any of"
            f" {', '.join(model.REPLACEABLE_WORDS)}.",
            default={},
            example={"ready": "Preparati.", "halfway": "A metà."},
        ),
        Field(
            "lexicon",
            settings.LEXICON_TYPE,
            "Words with their pronunciation, as IPA between slashes or a respelling; or the name"
            " of a PLS file.",
            default={},
            example={"supta": "/ˈsuːptə/"},
        ),
        Field(
            "values",
            value_types.VALUES,
            "Words that replace {name} in texts.",
            default={},
            example={"prop": "ball"},
        ),
        Field(
            "safety",
            choice("a safety setting", get_args(SafetyMode)),
            "auto adds missing safety blocks; short adds them in a few words, with the full words"
            " on the page and in the notes; none, only for talk and relaxation, doesn't add any.",
            default="auto",
            example="auto",
        ),
        Field(
            "allow",
            mapping_of(
                "warnings, each with the reason why it is all right",
                scalar("the name of a warning", _allowed, {"type": "string"}),
                value_types.PLAIN_TEXT,
            ),
            "Warnings to accept, each with the reason.",
            default={},
            example={"dose": "these holds are yin"},
        ),
        Field("steps", STEPS_TYPE, "The session as one chapter.", default=()),
        Field(
            "chapters",
            list_of(CHAPTER_TYPE, "a list of chapters", min_items=1),
            "The session's chapters.",
            default=(),
        ),
    ),
    one_of=("steps", "chapters"),
)

BLOCK_TABLE = Table(
    "block",
    "Steps that scripts include.",
    (
        Field("title", value_types.TITLE, "Its name.", example="Rise slowly"),
        COVERS,
        Field(
            "values",
            value_types.VALUES,
            "Values with their default words.",
            default={},
        ),
        Field("steps", STEPS_TYPE, "What happens.", required=True, default=()),
    ),
)


def read_authored_script(
    node: Node, path: str, name: str, reader: NodeReader, given: Mapping[str, str]
) -> AuthoredScript | Invalid:
    """The script in the top *node* of a file, without the parts that can't be read.

    *given* are values in place of its own.
    """
    reader.speakers = _speaker_names(node, reader)
    fields = read_table(SCRIPT_TABLE, node, reader)
    if not isinstance(fields, FieldValues):
        return INVALID
    title = fields["title"].words if fields["title"] else name
    kind, safety = fields["kind"], fields["safety"]
    if safety == "none" and kind not in ("talk", "relaxation") and "kind" not in fields.invalid:
        reader.error(
            fields.marks["safety"],
            "safety-off",
            f"'safety: none' isn't allowed for the kind {kind}.",
            "Remove the line.",
        )
    if safety == "short" and kind in NO_SHORT_SAFETY:
        reader.error(
            fields.marks["safety"],
            "safety-short",
            f"there are no short safety words for the kind {kind}.",
            "Remove the line.",
        )
    chapters = fields["chapters"]
    if fields["steps"]:
        chapters = (
            Chapter(
                fields["title"] or Text(title, fields.mark),
                fields["steps"],
                (),
                VoiceSettings(),
                None,
                fields.mark,
            ),
        )
    values = {**fields["values"], **given}
    summary = fields["summary"].words if fields["summary"] else ""
    script = Script(
        path=path,
        name=name,
        title=fill_sentence(title, values),
        title_as_written=title,
        summary=fill_sentence(summary, values),
        summary_as_written=summary,
        language=fields["language"],
        kind=kind,
        position=fields["position"],
        equipment=fields["equipment"],
        intensity=fields["intensity"],
        level=fields["level"],
        avoid=fields["avoid"],
        muscles=fields["muscles"],
        voice=fields["voice"],
        bed=fields["bed"],
        breath=fields["breath"],
        channels=fields["output"],
        length=fields["length"],
        lexicon=fields["lexicon"],
        chapters=chapters,
        mark=fields.mark,
        words=fields["words"],
        credits=Credits(
            fields["author"] or "",
            fields["artist"] or "",
            fields["album"] or "",
            fields["year"],
            fields["track"],
        ),
        speakers=_titled(fields["speakers"]),
        values=values,
        fill=fields["fill"],
        target=fields["target"],
        kbps=fields["bitrate"],
        cover=fields["cover"],
        allowed={name: ALLOWED_GROUPS.get(name, (name,)) for name in fields["allow"]},
    )
    return AuthoredScript(script, safety, dict(fields.marks))


def _speaker_names(node: Node, reader: NodeReader) -> frozenset[str]:
    """The keys of the speakers, before the steps that may begin with them are read."""
    pairs = node.pairs if isinstance(node, MappingNode) else ()
    given = next((value for key, value in pairs if key.text == "speakers"), None)
    if not isinstance(given, MappingNode):
        return frozenset()
    names = set()
    for key, _ in given.pairs:
        if key.text in reader.verbs or key.text in reader.verbs["say"].table.key_names():
            reader.error(
                key.mark,
                "speaker-name",
                f"'{key.text}' can't be a speaker: it is the name of a step.",
                "Give the speaker another key, such as 'guide'.",
            )
        else:
            names.add(key.text)
    return frozenset(names)


def _titled(speakers: Mapping[str, ScriptSpeaker]) -> dict[str, ScriptSpeaker]:
    """*speakers*, those without a title shown by their key."""
    return {
        key: speaker if speaker.title else replace(speaker, title=key[:1].upper() + key[1:])
        for key, speaker in speakers.items()
    }
