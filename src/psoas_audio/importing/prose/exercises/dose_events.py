"""What a dose becomes: repetitions, holds, sets and sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from psoas_audio.importing.events import (
    BothSides,
    Event,
    ExerciseSets,
    Note,
    Repetitions,
    Rounds,
    Stay,
    Tempo,
    Words,
)
from psoas_audio.importing.prose.exercises.dosage import Dosage, read_dosage
from psoas_audio.script.directions.lengths import Length

RELEASE = Length(2, 2)
"""Seconds between two holds of one exercise, to let go *(convention)*."""
RELEASED = "two seconds to let go between the holds"
BEFORE_NEXT = "the rest between the sets, repeated before the next exercise"


def dosage_events(dosage: Dosage, place: int, order: tuple[str, str] | None) -> list[Event]:
    """What *dosage* asks for; its sides come in *order*, or left first."""
    events: list[Event] = []
    if not dosage.times_only:
        stay = Stay("hold", None if dosage.breaths else dosage.hold, dosage.breaths, place)
        events = [repeated_stay(dosage.repetitions, stay, place)]
    elif dosage.repetitions != (1, 1):
        events = [Repetitions(dosage.repetitions, dosage.tempo, place, dosage.guess)]
    if dosage.each_side and events:
        guess = "" if order else "the left side comes first"
        events = [BothSides(tuple(events), order or ("left", "right"), True, place, guess)]
    if dosage.sets != (1, 1) and events:
        events = [ExerciseSets(dosage.sets, dosage.rest, tuple(events), place)]
    if dosage.rest:
        guess = BEFORE_NEXT if dosage.sets != (1, 1) else ""
        events.append(Stay("rest", dosage.rest, None, place, guess))
    return events


def repeated_stay(times: tuple[int, int], stay: Stay, place: int) -> Event:
    """*stay* so many times; between two holds there is a moment to let go."""
    if times == (1, 1):
        return stay
    if stay.action != "hold":
        return Rounds(times, (stay,), place)
    return Rounds(times, (stay,), place, RELEASED, RELEASE)


def completes(dosage: Dosage, events: list[Event], start: int, place: int) -> bool:
    """Gives what is only said of an exercise to the last one from *start* on, if there is one.

    That is how many sets there are, the rest between them, or a tempo: ``3 sets.``,
    ``Rest 45 s between sets.``, ``Tempo 3-1-2.``, each a sentence of its own.
    """
    if not dosage.times_only or dosage.repetitions != (1, 1) or dosage.each_side:
        return False
    index = _last_exercise(events, start)
    if index is None:
        return False
    exercise = events[index]
    if dosage.tempo:
        exercise = with_tempo(exercise, dosage.tempo, dosage.guess)
    if dosage.sets != (1, 1):
        if isinstance(exercise, ExerciseSets):
            return False
        exercise = ExerciseSets(dosage.sets, dosage.rest, (exercise,), place)
    elif dosage.rest:
        if not isinstance(exercise, ExerciseSets) or exercise.rest:
            return False
        exercise = replace(exercise, rest=dosage.rest)
    events[index] = exercise
    if dosage.rest:
        events.append(Stay("rest", dosage.rest, None, place, BEFORE_NEXT))
    return True


def repeats_hold(
    dosage: Dosage, events: list[Event], place: int, order: tuple[str, str] | None
) -> bool:
    """Makes the hold before it what is repeated, if *dosage* counts repetitions.

    ``Hold for 5 seconds.``, then, after its words, ``3 sets of 10 repetitions.``
    """
    if not dosage.times_only or dosage.repetitions == (1, 1) or dosage.tempo:
        return False
    for index in range(len(events) - 1, -1, -1):
        event = events[index]
        if isinstance(event, Words) and not _is_count(event.text):
            return False
        if isinstance(event, Words | Note):
            continue
        sides = event.order if isinstance(event, BothSides) else order
        inner = event.events if isinstance(event, BothSides) else (event,)
        match [each for each in inner if not isinstance(each, Note)]:
            case [Stay(action="hold", label="") as hold]:
                both = dosage.each_side or isinstance(event, BothSides)
                whole = replace(dosage, hold=hold.length, breaths=hold.breaths, each_side=both)
                behind = events[index + 1 :]
                events[index:] = [*behind, *dosage_events(whole, place, sides)]
                return True
        return False
    return False


def _is_count(text: str) -> bool:
    dosage = read_dosage(text)
    return dosage is not None and not dosage.counts_nothing


def _last_exercise(events: list[Event], start: int) -> int | None:
    for index in range(len(events) - 1, start - 1, -1):
        event = events[index]
        if isinstance(event, Repetitions | ExerciseSets | BothSides | Rounds):
            return index
        if isinstance(event, Stay) and event.guess != BEFORE_NEXT:
            return index if event.action == "hold" else None
    return None


def with_tempo(event: Event, tempo: Tempo, guess: str) -> Event:
    """*event* with *tempo* for the repetitions in it that have none."""
    match event:
        case Repetitions(tempo=None):
            return replace(event, tempo=tempo, guess=guess)
        case Rounds(events=inner) | ExerciseSets(events=inner) | BothSides(events=inner):
            return replace(event, events=tuple(with_tempo(each, tempo, guess) for each in inner))
    return event


def without_last_rest(events: Sequence[Event]) -> list[Event]:
    """*events* without a rest before what follows where nothing follows."""
    found = list(events)
    for index in range(len(found) - 1, -1, -1):
        event = found[index]
        if isinstance(event, Stay) and event.guess == BEFORE_NEXT:
            del found[index]
        elif not isinstance(event, Note):
            break
    return found
