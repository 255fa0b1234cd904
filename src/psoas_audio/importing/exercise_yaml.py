"""Repetitions, sets and intervals as a script has them."""

from __future__ import annotations

from collections.abc import Iterator

from psoas_audio.importing.events import Exercise, ExerciseSets, Repetitions, WorkAndRest
from psoas_audio.importing.yaml_values import braces, count_yaml, quoted_inside
from psoas_audio.script.directions import Length

_USUAL_COUNTDOWN = 3
"""Seconds that intervals count, as long as a work and a rest are longer."""


def repetitions_yaml(event: Repetitions) -> str:
    """``10``, or ``{count: 10, tempo: {up: 2s, down: 3s}}``."""
    count = count_yaml(event.count)
    if not event.tempo:
        return count
    phases = ", ".join(f"{name}: {seconds:g}s" for name, seconds in event.tempo)
    return f"{{count: {count}, tempo: {{{phases}}}}}"


def sets_yaml(event: ExerciseSets) -> str:
    """``3``, or ``{count: 3, rest: 45s}``."""
    count = count_yaml(event.count)
    return f"{{count: {count}, rest: {event.rest.written()}}}" if event.rest else count


def intervals_yaml(event: WorkAndRest, comment: str) -> Iterator[str]:
    """The lines of a step, with *comment* behind the first."""
    values = {"work": _fixed(event.work)}
    if event.rest:
        values["rest"] = _fixed(event.rest)
    if event.rounds != (1, 1):
        values["rounds"] = count_yaml(event.rounds)
    if event.between:
        values["round_rest"] = _fixed(event.between)
    if min(length.shortest for length in _lengths(event)) <= _USUAL_COUNTDOWN:
        values["countdown"] = "0"
    if len(event.exercises) < 2:
        if event.exercises:
            values["stations"] = f"[{_station(event.exercises[0])}]"
            values["announce"] = "false"
        inside = ", ".join(f"{key}: {value}" for key, value in values.items())
        yield f"- intervals: {{{inside}}}{comment}"
        return
    yield f"- intervals:{comment}"
    for key, value in values.items():
        yield f"    {key}: {value}"
    yield "    stations:"
    for exercise in event.exercises:
        yield f"      - {_station(exercise)}"


def _lengths(event: WorkAndRest) -> list[Length]:
    own = [exercise.work for exercise in event.exercises]
    return [length for length in (event.work, event.rest, event.between, *own) if length]


def _station(exercise: Exercise) -> str:
    name = quoted_inside(braces(exercise.name))
    more = {}
    if exercise.aside:
        more["say"] = quoted_inside(braces(f"{exercise.aside}."))
    if exercise.work:
        more["work"] = _fixed(exercise.work)
    if exercise.both_sides:
        more["sides"] = "both"
    if not more:
        return name
    return f"{{name: {name}, {', '.join(f'{key}: {value}' for key, value in more.items())}}}"


def _fixed(length: Length) -> str:
    """Intervals follow the clock: of a range its shortest."""
    return Length(length.shortest, length.shortest).written()
