"""A text cut into sentences of words and punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*'?|[.!?…]+|[,;:()\"–—]|-")
_SENTENCE_ENDS = ".!?…"
BOUNDARY = ""
"""The word of a token that is punctuation."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or a punctuation mark."""

    word: str
    """In lower case, with a plain apostrophe; :data:`BOUNDARY` for punctuation."""
    written: str
    start: int
    """Characters from the text's start."""

    @property
    def end(self) -> int:
        """Where it ends, in characters from the text's start."""
        return self.start + len(self.written)


def split_into_sentences(text: str) -> list[list[Token]]:
    """The sentences of *text*; a hyphen joins words and is left out."""
    sentences: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(text):
        written = match[0]
        if written == "-":
            continue
        is_word = written[0].isalnum()
        word = written.casefold().rstrip("'") if is_word else BOUNDARY
        sentences[-1].append(Token(word, written, match.start()))
        if written[0] in _SENTENCE_ENDS:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]
