"""What comes again: on the other side, three times, the whole chapter."""

from __future__ import annotations

from psoas_audio.importing.events import (
    BothSides,
    Event,
    Heading,
    Nest,
    Note,
    PacedBreath,
    Repetitions,
    Rounds,
    Stay,
    Words,
    WorkAndRest,
)
from psoas_audio.importing.prose.exercises.dose_events import repeated_stay
from psoas_audio.importing.prose.page_words import sides_named


def is_stay(event: Event) -> bool:
    """Whether *event* takes time in which something is done."""
    return isinstance(event, Stay | PacedBreath | Repetitions | WorkAndRest | Nest)


def sides_of(events: list[Event]) -> tuple[str, str] | None:
    """Both sides, in the order in which the words of *events* name them."""
    return sides_named(" ".join(event.text for event in events if isinstance(event, Words)))


def on_both_sides(events: list[Event], start: int, written: str, place: int) -> None:
    """Makes all of *events* from *start* on come for the other side as well."""
    order = sides_of(events[start:])
    guess = "" if order else "the left side comes first"
    both = BothSides(tuple(events[start:]), order or ("left", "right"), order is None, place, guess)
    events[start:] = [Note(written, place), both]


def in_rounds(
    events: list[Event], start: int, times: tuple[int, int], written: str, place: int
) -> None:
    """Makes the only stay of *events* from *start* on come *times* in all; of several, all do."""
    stays = [n for n in range(start, len(events)) if is_stay(events[n])]
    first = stays[0] if len(stays) == 1 else start
    again = tuple(events[first:])
    rounds: Event = Rounds(times, again, place)
    if len(again) == 1 and isinstance(again[0], Stay):
        rounds = repeated_stay(times, again[0], place)
    events[first:] = [Note(written, place), rounds]


def chapter_in_rounds(
    events: list[Event], times: tuple[int, int], written: str, place: int
) -> bool:
    """Makes the last chapter of *events* come *times* in all; false if it has no words."""
    headings = [n for n, event in enumerate(events) if isinstance(event, Heading)]
    start = headings[-1] + 1 if headings else 0
    inner = tuple(events[start:])
    if not any(isinstance(event, Words) for event in inner) or times == (1, 1):
        return False
    events[start:] = [Note(written, place), Rounds(times, inner, place)]
    return True
