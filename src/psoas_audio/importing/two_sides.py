"""Words that name a side, for the other side."""

from __future__ import annotations

import re
from dataclasses import replace

from psoas_audio.importing.events import BothSides, Event, ExerciseSets, Nest, Rounds, Words
from psoas_audio.importing.prose.page_words import SIDE_WORDS

_BARE = {
    "en": {"left": "left", "right": "right"},
    "de": {"left": "links", "right": "rechts"},
    "es": {"left": "izquierda", "right": "derecha"},
    "fr": {"left": "gauche", "right": "droite"},
}
"""The form that ``{side}`` has in each language."""
_FRENCH_MASCULINE = re.compile(
    r"\b(?:pied|genou|bras|talon|côté|coude|poignet|mollet|œil|index|pouce)\s+$", re.IGNORECASE
)


def can_be_filled(events: tuple[Event, ...], language: str) -> bool:
    """Whether every side that *events* name has the form of ``{side}`` in *language*."""
    bare = set(_BARE.get(language[:2], _BARE["en"]).values())
    return all(
        match[0].lower() in bare
        for text in _texts(events)
        for pattern in SIDE_WORDS.values()
        for match in pattern.finditer(text)
    )


def names_a_side(events: tuple[Event, ...]) -> bool:
    """Whether words in *events* name a side."""
    return any(pattern.search(text) for text in _texts(events) for pattern in SIDE_WORDS.values())


def with_side_values(text: str, order: tuple[str, str]) -> str:
    """The escaped *text* with ``{side}`` and ``{other_side}`` for the sides it names."""
    for side, pattern in SIDE_WORDS.items():
        value = "{side}" if side == order[0] else "{other_side}"
        text = pattern.sub(value, text)
    return text


def swapped(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """*events* with left for right and right for left in their words."""
    found: list[Event] = []
    for event in events:
        match event:
            case Words():
                found.append(replace(event, text=_swap(event.text)))
            case Rounds() | BothSides() | ExerciseSets():
                found.append(replace(event, events=swapped(event.events)))
            case _:
                found.append(event)
    return tuple(found)


def _texts(events: tuple[Event, ...]) -> list[str]:
    found: list[str] = []
    for event in events:
        if isinstance(event, Words):
            found.append(event.text)
        elif isinstance(event, Nest):
            found += _texts(event.events)
    return found


def _swap(text: str) -> str:
    both = re.compile(
        "|".join(f"(?P<{side}>{p.pattern})" for side, p in SIDE_WORDS.items()), re.IGNORECASE
    )
    return both.sub(lambda match: _other(match, text), text)


def _other(match: re.Match[str], text: str) -> str:
    word = match[0]
    lower = word.lower()
    if lower in ("left", "right"):
        other = "right" if lower == "left" else "left"
    elif lower.startswith("link"):
        other = "recht" + lower.removeprefix("link")
    elif lower.startswith("recht"):
        other = "link" + lower.removeprefix("recht")
    elif lower.startswith("izquierd"):
        other = "derech" + lower.removeprefix("izquierd")
    elif lower.startswith("derech"):
        other = "izquierd" + lower.removeprefix("derech")
    elif lower == "gauche":
        masculine = _FRENCH_MASCULINE.search(text[: match.start()])
        other = "droit" if masculine else "droite"
    else:
        other = "gauche"
    return other.capitalize() if word[:1].isupper() else other
