"""Words that the program adds to a session, from the script or from its language."""

from __future__ import annotations

from psoas_audio.locale.languages import SpokenWords, find_language
from psoas_audio.locale.tags import main_language
from psoas_audio.script.model import Script

_NO_WORDS = SpokenWords(
    ready="",
    halfway="",
    next="",
    numbers=tuple(map(str, range(11))),
    sides={"left": "", "right": ""},
    phases=dict.fromkeys(("in", "sip", "full", "out", "empty"), ""),
    short_phases=dict.fromkeys(("in", "sip", "full", "out", "empty"), ""),
)
"""For a language without a file: numbers as digits, which the voice reads in its language."""


def built_in_words(script: Script, tag: str) -> SpokenWords:
    """The words that the program adds to *script* where it speaks the language *tag*.

    They come from the script's ``words`` if that is its language, else from the language file. One
    that neither has is empty.
    """
    language = find_language(tag)
    words = _NO_WORDS if language is None else language.spoken
    own = script.words if main_language(tag) == main_language(script.language) else {}
    numbers = tuple(own.get("numbers", "").replace(",", " ").split())
    phases = {phase: own[phase] for phase in words.phases if phase in own}
    return SpokenWords(
        ready=own.get("ready", words.ready),
        halfway=own.get("halfway", words.halfway),
        next=own.get("next", words.next),
        numbers=numbers + words.numbers[len(numbers) :],
        sides={side: own.get(side, word) for side, word in words.sides.items()},
        phases={**words.phases, **phases},
        short_phases={**words.short_phases, **phases},
    )
