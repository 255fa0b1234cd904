"""Settings of a script that have keys of their own: voice, bed, length, lexicon."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from psoas_audio.errors import Problem, PsoasError
from psoas_audio.library import inside, why_unusable
from psoas_audio.locale.ipa import slashed
from psoas_audio.script import model
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, mapping
from psoas_audio.script.fields.reading import (
    INVALID,
    NodeReader,
    ValueType,
    by_shape,
    choice,
    mapping_of,
    scalar,
    shorten,
)
from psoas_audio.script.model import (
    DEFAULT_BED_FADE_IN,
    DEFAULT_BED_FADE_OUT,
    DEFAULT_BED_LEVEL,
    Bed,
    BedEnd,
    ChapterBed,
    LengthRange,
)
from psoas_audio.script.pls import PLS_FILE, read_pls
from psoas_audio.script.source.events import Node, ScalarNode
from psoas_audio.script.texts import check_ipa
from psoas_audio.script.times import InvalidValueError

_NO_BED = "none"


def _voice_table(
    name: str, doc: str, rate: ValueType, level: ValueType, ramp: tuple[str, str] = ("", "")
) -> Table:
    return Table(
        name,
        doc,
        (
            Field(
                "engine",
                value_types.PLAIN_TEXT,
                "The speech engine; by default, or with auto, that of the best voice installed.",
                example="kokoro",
            ),
            Field(
                "name",
                value_types.PLAIN_TEXT,
                "The engine's name for the voice, or its human name.",
                example="af_heart",
            ),
            Field(
                "rate",
                rate,
                "Effective words per minute, 60 to 250; by default 115." + ramp[0],
                example=115,
            ),
            Field(
                "pitch",
                value_types.whole_number("a pitch", 0, 100),
                "0 to 100; 50 is the voice's own.",
                example=50,
            ),
            Field(
                "treatment",
                value_types.TREATMENT_NAME,
                "How the voice is coloured.",
                default=None,
                example="warm",
            ),
            Field(
                "level",
                level,
                f"dB, {value_types.MIN_VOICE_LEVEL_DB} to 0: softer than usual." + ramp[1],
                example=-3,
            ),
        ),
    )


VOICE_TABLE = _voice_table(
    "voice",
    "Settings of a voice; those that are left out stay as they are.",
    value_types.without_ramp(value_types.RATE),
    value_types.without_ramp(value_types.LEVEL),
)
SESSION_VOICE_TABLE = _voice_table(
    "session_voice",
    "The session's voice.",
    value_types.RATE_RAMP,
    value_types.LEVEL_RAMP,
    (" `120 to 105` changes it over the session.", " `0 to -3` changes it over the session."),
)


def _voice(fields: FieldValues) -> model.VoiceSettings:
    voice = model.VoiceSettings(**fields.values)
    fields.reader.voices.append((voice, fields.mark))
    return voice


VOICE_TYPE = mapping(VOICE_TABLE, _voice)
SPEAKER_TABLE = Table(
    "speaker",
    "One of several people who speak.",
    (
        Field(
            "title",
            value_types.PLAIN_TEXT,
            "The name that captions, transcript and page show; by default the key, capitalized.",
            example="Dr. Ana",
        ),
        *VOICE_TABLE.fields,
    ),
)


def _speaker(fields: FieldValues) -> model.ScriptSpeaker:
    settings_given = {name: value for name, value in fields.values.items() if name != "title"}
    voice = model.VoiceSettings(**settings_given)
    fields.reader.voices.append((voice, fields.mark))
    return model.ScriptSpeaker(fields["title"] or "", voice, fields.mark)


_SPEAKER_NAME = re.compile(r"[^\W\d_][\w-]{0,39}")


def _speaker_name(text: str) -> str:
    if not _SPEAKER_NAME.fullmatch(text):
        raise InvalidValueError(
            f"'{shorten(text)}' can't be a speaker's key.",
            "Use a short word, such as 'guide'; 'title' has the full name.",
        )
    return text


SPEAKER_NAME = scalar("a speaker's key, such as guide", _speaker_name, {"type": "string"})
SPEAKERS_TYPE = mapping_of(
    "speakers, each with a voice", SPEAKER_NAME, mapping(SPEAKER_TABLE, _speaker)
)
SESSION_VOICE_TYPE = mapping(SESSION_VOICE_TABLE, _voice)


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", text):
        raise InvalidValueError(f"'{shorten(text)}' isn't a language.", "Write en-US, de or nb-NO.")
    return text


def voice_in(voice: model.VoiceSettings, language: str | None) -> model.VoiceSettings:
    """*voice*, speaking the BCP 47 *language* if one is given."""
    return replace(voice, language=language) if language else voice


def _length(fields: FieldValues) -> Any:
    default, low, high = fields["default"], fields["min"], fields["max"]
    for first, second in (("min", "default"), ("default", "max"), ("min", "max")):
        if None not in (fields[first], fields[second]) and fields[first] > fields[second]:
            return fields.reader.error(
                fields.marks[second],
                "bad-range",
                f"'{second}' is less than '{first}'.",
                "Order them: min, default, max.",
            )
    return LengthRange(default, low, high, fields.mark)


def _single_length(node: Node, reader: NodeReader) -> Any:
    time = value_types.TIME.read(node, reader)
    return INVALID if time is INVALID else LengthRange(time, None, None, node.mark, exact=True)


LENGTH_TABLE = Table(
    "length",
    "Length of the session.",
    (
        Field("default", value_types.TIME, "The default length.", example="12m"),
        Field("min", value_types.TIME, "The shortest length.", example="8m"),
        Field("max", value_types.TIME, "The longest length.", example="25m"),
    ),
)


def _bed(fields: FieldValues) -> Any:
    if "sound" in fields.invalid:
        return INVALID
    return Bed(
        fields["sound"],
        fields["level"],
        fields.mark,
        fields["in_silence"],
        fields["fade_in"],
        fields["fade_out"],
        fields["until"],
    )


def _bed_name(node: Node, reader: NodeReader) -> Any:
    if isinstance(node, ScalarNode) and node.text == _NO_BED:
        return None
    sound = value_types.SOUND.read(node, reader)
    return INVALID if sound is INVALID else Bed(sound, DEFAULT_BED_LEVEL, node.mark)


_BED_LEVEL = value_types.decimal_number("a level", -60, -6)
_IN_SILENCE = Field(
    "in_silence",
    _BED_LEVEL,
    "dB relative to the voice in silences; by default -10, but at most 16 dB above `level`.",
    example=-12,
)
BED_TABLE = Table(
    "bed",
    "The background sound.",
    (
        Field("sound", value_types.SOUND, "Its name.", required=True, example="soft-rain"),
        Field(
            "level",
            _BED_LEVEL,
            "dB relative to the voice while it speaks, -60 to -6.",
            default=DEFAULT_BED_LEVEL,
            example=-24,
        ),
        _IN_SILENCE,
        Field(
            "fade_in",
            value_types.FADE,
            "How long it fades in, up to a minute; by default 8s.",
            default=DEFAULT_BED_FADE_IN,
            example="10s",
        ),
        Field(
            "fade_out",
            value_types.FADE,
            "How long it fades out, up to a minute; by default 8s.",
            default=DEFAULT_BED_FADE_OUT,
            example="20s",
        ),
        Field(
            "until",
            choice("an end of the bed", get_args(BedEnd)),
            "When it ends: with the session, or with the last bell.",
            default="end",
            example="last-bell",
        ),
    ),
)
CHAPTER_BED_TABLE = Table(
    "chapter_bed",
    "How loud the background sound is in a chapter.",
    (
        Field(
            "level",
            _BED_LEVEL,
            "dB relative to the voice while it speaks; by default as in the session.",
            example=-30,
        ),
        _IN_SILENCE,
    ),
)
CHAPTER_BED_TYPE = mapping(
    CHAPTER_BED_TABLE,
    lambda fields: ChapterBed(fields["level"], fields["in_silence"], fields.mark),
)


BED_TYPE = by_shape(
    "a bed's name, or {sound: NAME, level: -24}",
    scalar=ValueType("a bed's name", _bed_name, value_types.SOUND.schema),
    mapping=mapping(BED_TABLE, _bed),
)
LENGTH_TYPE = by_shape(
    "a time, or {default: 12m, min: 8m, max: 25m}",
    scalar=ValueType("a time", _single_length, value_types.TIME.schema),
    mapping=mapping(LENGTH_TABLE, _length),
)
LANGUAGE_TYPE = scalar("a language, such as en-US", _language, {"type": "string"})


def _word(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise InvalidValueError(
            f"'{shorten(text)}' isn't a word.", "Write 'word: alias'.", "empty-text"
        )
    if len(text) > MAX_WORD_CHARACTERS:
        raise InvalidValueError(
            f"a word or alias has {len(text):,} characters; at most"
            f" {MAX_WORD_CHARACTERS} are read.",
            "Write a word and how it is said, nothing more.",
            "too-large",
        )
    return " ".join(text.split())


MAX_WORD_CHARACTERS = 100
"""Characters of a word or its alias: a short line must not become a long speech."""
_WORD = scalar("a word", _word, {"type": "string"})


def _pronunciation(text: str) -> str:
    words = _word(text)
    ipa = slashed(words)
    if ipa is not None:
        check_ipa(ipa, "bad-lexicon")
    return words


_PRONUNCIATION = scalar("IPA between slashes, or a respelling", _pronunciation, {"type": "string"})


def _lexicon_file(node: Node, reader: NodeReader) -> Any:
    """The words of a PLS file in the script's folder."""
    assert isinstance(node, ScalarNode)
    found = inside(reader.folder, node.text) if reader.folder and node.text else None
    if found is None:
        why = why_unusable(reader.folder, node.text)
        return reader.error(
            node.mark,
            "unknown-file",
            f"there is no file '{shorten(node.text)}' in the script's folder{why and f': {why}'}.",
            "Name a .pls file that is there, or write 'word: alias' in the lines below.",
        )
    try:
        lexicon = read_pls(PLS_FILE.read(found, shown=node.text), MAX_WORD_CHARACTERS)
    except InvalidValueError as fault:
        message = f"the lexicon '{shorten(node.text)}' can't be used: {fault.message}"
        return reader.error(node.mark, "bad-lexicon", message, fault.hint)
    except PsoasError as fault:
        return reader.error(node.mark, "bad-lexicon", fault.what, fault.hint)
    if lexicon.unreadable:
        first, count = lexicon.unreadable[0], len(lexicon.unreadable)
        reader.problems.append(
            Problem(
                node.mark,
                "lexicon-phonemes",
                f"{count} of its words, such as '{shorten(first)}', have no pronunciation that can"
                " be read.",
                "Give them a <phoneme> in the alphabet ipa, or an <alias>.",
                "warning",
            )
        )
    return lexicon.words


LEXICON_TYPE = by_shape(
    "words, each with its pronunciation, or the name of a .pls file",
    scalar=ValueType("the name of a .pls file", _lexicon_file, {"type": "string"}),
    mapping=mapping_of("words, each with its pronunciation", _WORD, _PRONUNCIATION),
)
