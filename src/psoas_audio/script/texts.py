"""The marks inside spoken texts: ``{value}``, ``{side:left form|right form}``, ``[pause 2s]`` and
``*emphasis*``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from psoas_audio.script.times import InvalidValueError, parse_time

_BRACES = re.compile(r"\{\{|\}\}|\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}|[{}]")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”’»)\]]*\s+)[\"“„‘«(¿¡]*$")
"""What stands before the first word of a sentence."""
MAX_FILLED_CHARACTERS = 30_000
"""Characters of a text with its values filled in; a text that long is an error."""
TWO_FORM_VALUES = ("side", "other_side")
"""Values that a text may give a form for each side."""
_BRACKETS = re.compile(r"\[([^\[\]]*)\]|[\[\]]")
_PAUSE = re.compile(r"pause\s+(\S.*)")
_EMPHASIS = re.compile(r"\*(\S(?:[^*]*\S)?)\*")


def placeholders(words: str) -> list[str]:
    """Names of the ``{values}`` in *words*, in order."""
    return [match[1] for match in _BRACES.finditer(words) if match[1] is not None]


def fill_sentence(words: str, values: Mapping[str, str]) -> str:
    """As :func:`fill_values`, with a capital where a value begins a sentence."""
    return fill_values(words, values, capitals=True)


def fill_values(words: str, values: Mapping[str, str], *, capitals: bool = False) -> str:
    """*words* with each ``{name}`` replaced where *values* has it, and braces unescaped.

    Of the two forms in ``{side:linken|rechten}`` the first is for the left side and the second for
    the right; *values* has the side under ``side:``. Values are cut where the text would get longer
    than :data:`MAX_FILLED_CHARACTERS`, because values within values could fill the memory.
    """
    if "{" not in words and "}" not in words:
        return words
    room = MAX_FILLED_CHARACTERS

    def filled(match: re.Match[str]) -> str:
        nonlocal room
        text = value_of(match)[:room]
        room -= len(text)
        begins = capitals and match[1] and _SENTENCE_START.search(words[: match.start()])
        return text[:1].upper() + text[1:] if begins and not text.startswith("{") else text

    def value_of(match: re.Match[str]) -> str:
        name, left, right = match[1], match[2], match[3]
        if name is None:
            return match[0][0]
        if left is None:
            return values.get(name, match[0])
        return {"left": left, "right": right}.get(values.get(f"{name}:", ""), match[0])

    return _BRACES.sub(filled, words)


def without_marks(words: str) -> str:
    """*words* without ``[pause]`` and ``*emphasis*`` marks; values stay as ``{name}``."""
    return " ".join(_EMPHASIS.sub(r"\1", _BRACKETS.sub(" ", words)).split())


def clean_text(written: str) -> str:
    """*written* with single spaces.

    Raises ``InvalidValueError`` where there is nothing to speak or a mark can't be read.
    """
    words = " ".join(written.split())
    if not words:
        raise InvalidValueError("there is no text here.", "Write what is to be said.", "empty-text")
    for match in _BRACES.finditer(words):
        if match[0] in ("{", "}"):
            raise InvalidValueError(
                f"there is a single {match[0]} in the text.",
                "Write {name} for a value, {{ or }} for a brace itself.",
                "bad-text",
            )
        if match[2] is not None and match[1] not in TWO_FORM_VALUES:
            raise InvalidValueError(
                f"{match[0][:40]!r} can't have two forms: only the values of sides can.",
                "Write {side:left form|right form}.",
                "bad-text",
            )
    for match in _BRACKETS.finditer(words):
        pause = _PAUSE.fullmatch((match[1] or "").strip())
        if pause is None:
            raise InvalidValueError(
                f"{match[0][:40]!r} isn't a pause.",
                "Square brackets are for pauses, such as [pause 2s].",
                "bad-text",
            )
        parse_time(pause[1])
    if not any(character.isalnum() for character in without_marks(words)):
        raise InvalidValueError(
            f"{words[:40]!r} has no words to speak.", "Write what is to be said.", "empty-text"
        )
    return words
