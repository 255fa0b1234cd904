"""Applies the lexicon: words that engines say wrongly, and respellings that they say right.

The respellings of a language are in its data file; ``tests/speech/test_lexicon.py`` checks them by
eSpeak NG's phonemes. Captions and transcripts keep the written words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from psoas_audio.locale.languages import find_language


def merged_lexicon(language: str, own: Mapping[str, str]) -> dict[str, str]:
    """The lexicon of *language* with a script's *own* words, which have priority.

    Its keys are casefolded.
    """
    known = find_language(language)
    shipped = known.lexicon if known else {}
    return {word.casefold(): alias for words in (shipped, own) for word, alias in words.items()}


def word_replacer(words: Mapping[str, str]) -> Callable[[str], str]:
    """A function that replaces each whole word that is a key of *words*, in any case, by its value.

    The keys are casefolded. The longest match wins, and no replacement is replaced again.
    """
    if not words:
        return lambda text: text
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in longest_first)})(?!\w)", re.IGNORECASE
    )
    return lambda text: pattern.sub(lambda match: words.get(match[0].casefold(), match[0]), text)
