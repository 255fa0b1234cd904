"""Guesses the language and the kind of a session from its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from psoas_audio.importing.events import (
    Event,
    Nest,
    PacedBreath,
    Repetitions,
    Stay,
    Words,
    WorkAndRest,
)

_COMMON = {
    "en": "the and your you of to in is it let with on for that be as there not this feel now from"
    " hold rest side each breath body slowly",
    "de": "und der die das du dich dein deine ein eine nicht ist mit auf den dem zu im spüre wie"
    " einatmen ausatmen für auch noch es sich halten je seite lass deinen",
    "es": "el la los las tu tus de que y en un una con por no se lo es para del como cada al sin"
    " respira pierna mantener hacia",
    "fr": "le la les vos votre vous de et un une dans en que des est pas sur ne se au pour avec"
    " laissez du chaque côté l'air par puis tenir ce il",
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_LETTERS = {
    "de": re.compile("[äöüß]"),
    "es": re.compile("[ñ¿¡áíóú]"),
    "fr": re.compile("[àâçèêîôûœ]|\\b[ldjnsmtc]'"),
}
_KINDS = {
    "strength": r"\b(?:"
    r"plank|pilates|squats?|push-ups?|reps?|lunges?|sets?|bridge|dead ?bug|circuit|strength"
    r"|workout|wiederholungen|kniebeugen?|liegestütze|kräftig\w+|repeticiones|series"
    r"|sentadillas?|fuerza|répétitions|séries|pompes|gainage)\b",
    "stretch": r"\b(?:stretch\w*|yin|yoga|hamstrings?|quadriceps|pigeon|lunge|twist|dehn\w+|dehnung"
    r"|estir\w+|étire\w*|flexor|butterfly|mariposa)\b",
    "self-massage": r"\b(?:massage|ball under|trigger point|foam roll\w*|faszien\w*|masaje|pelota"
    r"|balle)\b",
}
_MAX_HOLD = 300
"""Seconds; in exercises a longer hold is an error, in rest it isn't."""


def guess_language(texts: list[str]) -> str:
    """The tag of the language that *texts* are in: ``en-US``, ``de``, ``es`` or ``fr``."""
    joined = " ".join(texts).lower().replace("’", "'")[:20_000]
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", joined)
    scores = {
        language: float(sum(word in common for word in words))
        for language, common in _WORDS_OF.items()
    }
    for language, letters in _LETTERS.items():
        scores[language] += 0.5 * min(len(words), len(letters.findall(joined)))
    best = max(scores, key=lambda language: (scores[language], language == "en"))
    return "en-US" if best == "en" or not scores[best] else best


def flat(events: tuple[Event, ...] | list[Event]) -> Iterator[Event]:
    """*events*, and those within rounds, sets and sides."""
    for event in events:
        yield event
        if isinstance(event, Nest):
            yield from flat(event.events)


def guess_kind(events: tuple[Event, ...], title: str) -> str:
    """The kind of session that *events* make, or "" for relaxation, which is the usual one."""
    every = list(flat(events))
    text = " ".join([title, *(event.text for event in every if isinstance(event, Words))]).lower()
    holds = [event for event in every if isinstance(event, Stay) and event.action == "hold"]
    moves = [event for event in every if isinstance(event, Repetitions)]
    breaths = [event for event in every if isinstance(event, PacedBreath)]
    words = len(text.split())
    if breaths and not holds and words < 250 * len(breaths):
        return "breathing"
    if any(isinstance(event, WorkAndRest) for event in every):
        return "cardio"
    if len(holds) + len(moves) < 2:
        return "strength" if moves else ""
    longest = max((hold.length.longest for hold in holds if hold.length), default=0)
    counted = {kind: len(re.findall(pattern, text)) for kind, pattern in _KINDS.items()}
    counted["strength"] += len(moves)
    kind = max(counted, key=lambda name: counted[name])
    return kind if counted[kind] and longest <= _MAX_HOLD else ""
