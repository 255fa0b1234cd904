"""The text that a speech server gets: no signs that it takes for commands, hard words respelled."""

from __future__ import annotations

import re
from dataclasses import replace

from psoas_audio.speech.engine import Pronunciation, Request
from psoas_audio.speech.pronunciation.respelling import respelled_text

_COMMANDS = re.compile(r"[\[\]<>]")
"""In these, servers look for pauses, phonemes, tags and SSML."""


def text_for_server(request: Request, *, ipa: bool) -> str:
    """The request's text as it is sent.

    Hard words are respelled, or with *ipa* written ``[word](/ipa/)``.
    """
    text = _COMMANDS.sub(" ", request.text)  # as long as before: positions stay
    words = request.pronunciations
    if ipa:
        words = tuple(_with_ipa(word, text) for word in words)
    return " ".join(respelled_text(text, words).split())


def _with_ipa(word: Pronunciation, text: str) -> Pronunciation:
    """*word* of *text*, whose respelling is its IPA in Kokoro-FastAPI's own signs."""
    end = word.text_position + word.text_length
    return replace(word, respelling=f"[{text[word.text_position : end].strip()}](/{word.ipa}/)")
