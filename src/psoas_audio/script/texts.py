"""The marks inside spoken texts: ``{value}``, ``{side:left form|right form}``, ``[pause 2s]``,
``[word](/IPA/)`` and ``*emphasis*``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from psoas_audio.locale.ipa import WrittenPronunciation, read_ipa
from psoas_audio.script.times import InvalidValueError, parse_time
from psoas_audio.units import seconds_to_samples

_BRACES = re.compile(r"\{\{|\}\}|\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}|[{}]")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”’»)\]]*\s+)[\"“„‘«(¿¡]*$")
"""What comes before the first word of a sentence."""
MAX_FILLED_CHARACTERS = 30_000
"""Characters of a text with its values filled in; longer texts are an error."""
TWO_FORM_VALUES = ("side", "other_side")
"""Values of which a text may give a form for each side."""
_BRACKETS = re.compile(r"\[([^\[\]]*)\]|[\[\]]")
PAUSE_MARK = re.compile(r"\[(\s*(?:(?:short|long)\s+)?pause\b[^\[\]]*)\]", re.IGNORECASE)
"""A pause inside a text; :func:`pause_length` reads what is in the brackets."""
_PAUSE = re.compile(
    r"(?:(short|long)\s+)?pause\b\s*(?:[:=,–—-]|\bfor\b|\bof\b)?\s*(.*?)[\s.]*", re.IGNORECASE
)
PAUSE_SECONDS: Mapping[str, int] = {"short": 3, "": 6, "long": 15}
"""Seconds of pauses without a length: a short one, a plain one and a long one *(convention)*."""
_PRONUNCIATION = re.compile(r"\[([^\[\]]*)\]\(/([^/()\[\]]*)/\)")
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


def pause_length(mark: str) -> int | None:
    """Samples of the pause *mark*, the inside of its brackets; ``None`` if it is no pause.

    ``pause 5s``, ``PAUSE: 5 sec``, ``pause for half a minute``; without a length ``pause``,
    ``short pause`` and ``long pause`` are those of :data:`PAUSE_SECONDS`. Raises
    ``InvalidValueError`` for a length that can't be read.
    """
    pause = _PAUSE.fullmatch(mark.strip())
    if pause is None:
        return None
    if not pause[2]:
        return seconds_to_samples(PAUSE_SECONDS[(pause[1] or "").lower()])
    return parse_time(pause[2])


def without_marks(words: str) -> str:
    """*words* without the marks of pauses, pronunciations and emphasis; values stay ``{name}``."""
    said = _PRONUNCIATION.sub(r"\1", words)
    return " ".join(_EMPHASIS.sub(r"\1", _BRACKETS.sub(" ", said)).split())


def take_out_pronunciations(words: str) -> tuple[str, tuple[WrittenPronunciation, ...]]:
    """*words* without ``[word](/IPA/)`` marks, and what they say."""
    parts: list[str] = []
    found: list[WrittenPronunciation] = []
    position = length = 0
    for match in _PRONUNCIATION.finditer(words):
        parts += [words[position : match.start()], match[1]]
        length += match.start() - position
        found.append(WrittenPronunciation(length, len(match[1]), match[2]))
        length += len(match[1])
        position = match.end()
    return "".join([*parts, words[position:]]), tuple(found)


def _check_pronunciation(mark: str, word: str, ipa: str) -> None:
    """Raise ``InvalidValueError`` if the ``[word](/IPA/)`` *mark* has no word, or no IPA."""
    if not any(character.isalnum() for character in word):
        raise InvalidValueError(
            f"{mark[:40]!r} has no word to pronounce.",
            "Write the word in the brackets: [psoas](/ˈsoʊ.æs/).",
            "bad-text",
        )
    check_ipa(ipa, "bad-text")


def check_ipa(ipa: str, rule: str) -> None:
    """Raise ``InvalidValueError`` with *rule* if *ipa*, without slashes, can't be read."""
    try:
        read_ipa(ipa)
    except ValueError as error:
        raise InvalidValueError(
            f"'/{ipa[:40]}/' can't be read as IPA: {error}.",
            "Use symbols of the International Phonetic Alphabet, or a respelling without slashes.",
            rule,
        ) from None


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
    for match in _PRONUNCIATION.finditer(words):
        _check_pronunciation(match[0], match[1], match[2])
    for match in _BRACKETS.finditer(_PRONUNCIATION.sub(r"\1", words)):
        if pause_length(match[1] or "") is None:
            raise InvalidValueError(
                f"{match[0][:40]!r} isn't a pause.",
                "Square brackets are for pauses, such as [pause 2s], and for pronunciations, such"
                " as [psoas](/ˈsoʊ.æs/).",
                "bad-text",
            )
    if not any(character.isalnum() for character in without_marks(words)):
        raise InvalidValueError(
            f"{words[:40]!r} has no words to speak.", "Write what is to be said.", "empty-text"
        )
    return words
