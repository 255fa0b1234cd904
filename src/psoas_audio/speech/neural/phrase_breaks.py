"""Where a slow speaker pauses although the text has no mark: before words such as *and*."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Literal

from psoas_audio.speech.engine import Request

Break = Literal["phrase", "short phrase"]
"""What is divided: phrases at any slow rate, shorter ones at a very slow one."""
_KINDS: tuple[Break, ...] = ("short phrase", "phrase")

MIN_WORDS_BEFORE, MIN_WORDS_AFTER = 3, 3
"""Words on either side of a pause, up to the next mark or the end."""

_WORD = re.compile(r"[^\s,;:.!?…—–()]+")


def breaks_before(language: str) -> Mapping[str, Break]:
    """The words of *language* (BCP 47), lower case, before which a phrase is divided."""
    return _table().get(language.split("-")[0].casefold(), {})


def with_commas(request: Request, words: Collection[str]) -> Request:
    """*request* with a comma before each of *words* that divides a long phrase without a mark."""
    found = list(_WORD.finditer(request.text))
    text, said = request.text, list(request.pronunciations)
    since_mark, added = 1, 0
    for index in range(1, len(found)):
        before, word = found[index - 1], found[index]
        if request.text[before.end() : word.start()].strip():
            since_mark = 1
            continue
        long = since_mark >= MIN_WORDS_BEFORE and len(found) - index >= MIN_WORDS_AFTER
        if long and word[0].casefold() in words and not _inside(request, before.end()):
            at = before.end() + added
            text, added, since_mark = f"{text[:at]},{text[at:]}", added + 1, 0
            said = [
                replace(one, text_position=one.text_position + (one.text_position >= at))
                for one in said
            ]
        since_mark += 1
    return replace(request, text=text, pronunciations=tuple(said))


def _inside(request: Request, position: int) -> bool:
    """Whether a pronunciation covers the words on both sides of *position*."""
    return any(
        one.text_position < position < one.text_position + one.text_length
        for one in request.pronunciations
    )


@cache
def _table() -> Mapping[str, Mapping[str, Break]]:
    text = files(__package__).joinpath("phrase_breaks.toml").read_text(encoding="utf-8")
    return {
        language: {word: kind for kind in _KINDS for word in words[kind]}
        for language, words in tomllib.loads(text).items()
    }
