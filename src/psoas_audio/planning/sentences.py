"""Cuts a script's text into sentences and pauses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from psoas_audio.script.texts import PAUSE_MARK, pause_length

_EMPHASIS = re.compile(r"\*(\S(?:[^*]*\S)?)\*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]*[^\W\d_a-zà-ÿ]|[\"'“‘(]*\d)")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|etc|e\.g|i\.e|approx)|\b\w)\.$")


class Sentence(NamedTuple):
    """A sentence, and the pause that follows it within its text."""

    text: str
    """Empty where the text begins with a pause."""
    pause: int | None
    """Samples of the pause that the text has there; ``None`` for the usual one."""


@lru_cache(maxsize=4096)
def split_sentences(text: str) -> tuple[Sentence, ...]:
    """*text* cut at its ``[pause …]`` marks and at the ends of its sentences."""
    found: list[Sentence] = []
    parts = PAUSE_MARK.split(text)
    for words, pause in zip(parts[0::2], [*parts[1::2], None], strict=True):
        plain = " ".join(_EMPHASIS.sub(r"\1", words).split())
        length = None if pause is None else pause_length(pause)
        sentences = _sentences(plain)
        found.extend(Sentence(sentence, None) for sentence in sentences[:-1])
        if sentences:
            found.append(Sentence(sentences[-1], length))
        elif length is not None and not found:
            found.append(Sentence("", length))
        elif found and length is not None:
            found[-1] = Sentence(found[-1].text, (found[-1].pause or 0) + length)
    return tuple(found)


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    for part in _SENTENCE_END.split(text):
        if sentences and _ABBREVIATION.search(sentences[-1]):
            sentences[-1] += " " + part
        elif part:
            sentences.append(part)
    return sentences
