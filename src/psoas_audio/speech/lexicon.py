"""Words that engines say wrongly, and the respelling that makes them right, by language.

Checked by the phonemes eSpeak NG gives for each (tests/speech/test_lexicon.py); other engines
read the same respellings. Captions and transcripts never see them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from psoas_audio.locale.languages import find_language


def aliases(language: str, own: Mapping[str, str]) -> dict[str, str]:
    """The shipped words of *language* and a script's *own*, which go first."""
    known = find_language(language)
    shipped = known.lexicon if known else {}
    return {word.casefold(): alias for words in (shipped, own) for word, alias in words.items()}


def replacer(words: Mapping[str, str]) -> Callable[[str], str]:
    """A step that replaces whole words, whatever their case, by their alias; once, longest first.

    *words*' keys are casefolded.
    """
    if not words:
        return lambda text: text
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in longest_first)})(?!\w)", re.IGNORECASE
    )
    return lambda text: pattern.sub(lambda match: words.get(match[0].casefold(), match[0]), text)
