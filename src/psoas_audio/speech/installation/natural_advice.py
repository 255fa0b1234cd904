"""What to do where no natural voice for a language is installed."""

from __future__ import annotations

from psoas_audio.locale.languages import find_language
from psoas_audio.locale.tags import main_language
from psoas_audio.speech.automatic import best_voice
from psoas_audio.speech.engines.kokoro.engine import is_ready
from psoas_audio.speech.voice_facts import piper_terms

_OF_KOKORO = ("en", "es", "fr", "hi", "it", "pt")
"""Languages that voices of Kokoro speak."""
_OF_PIPER = {"de": "de_DE-thorsten-medium"}
"""The Piper voice to take for a language without one of Kokoro."""


def natural_advice(language: str) -> str:
    """Which natural voice to install for *language* (BCP 47), with its verdict on selling.

    Empty where one is installed that a script gets without naming it.
    """
    if is_ready(language) or best_voice("piper", language):
        return ""
    main = main_language(language)
    if main == "en":
        return "Install one with: pip install 'psoas-audio[natural]'"
    if main in _OF_KOKORO:
        return (
            "Install one with: pip install 'psoas-audio[natural]', then psoas-audio voices install"
            " kokoro (sessions may be sold)"
        )
    server = "a speech server can speak it too (docs/voices.md)"
    voice = _OF_PIPER.get(main)
    if voice is None:
        return f"Piper may have one: psoas-audio voices install piper:NAME; {server}"
    terms = piper_terms(voice)
    verdict = {
        "yes": "sessions may be sold",
        "no": "sessions may not be sold",
        "unclear": "it is unclear whether sessions may be sold",
    }[terms.sell]
    return (
        "Install one with: pip install 'psoas-audio[piper]', then psoas-audio voices install"
        f" piper:{voice} ({verdict}: {terms.training}); {server}"
    )


def language_name(language: str) -> str:
    """The English name of *language* where it is known, else its tag."""
    found = find_language(language)
    return found.name if found else language
