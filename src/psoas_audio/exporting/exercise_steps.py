"""Repetitions and intervals of a plan as steps of a script."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from psoas_audio.planning.model import PlannedHold
from psoas_audio.script.model import Text
from psoas_audio.script.steps.intervals import Station, TimedIntervals
from psoas_audio.script.steps.reps import Reps
from psoas_audio.script.texts import placeholders
from psoas_audio.script.times import written_time

_OWN_VALUES = frozenset({"round", "rounds"})


def reps_step(step: Reps, planned: PlannedHold) -> str:
    """The *planned* repetitions of *step*: ``reps: {count: 10, tempo: {up: 2s, down: 3s}}``."""
    said = [cue.utterance.text for cue in planned.cues if cue.utterance is not None]
    tempo = ", ".join(f"{key}: {written_time(length)}" for key, length in _tempo(step))
    inside = [f"count: {planned.length // step.length_of_one}", f"tempo: {{{tempo}}}"]
    if step.count_aloud:
        inside.append("count_aloud: true")
        said = [behind for text in said if (behind := text.partition(". ")[2])]
    if step.say is not None and said:
        inside.append(f"say: [{', '.join(quoted_text(text) for text in said)}]")
    if step.timbre != "flute":
        inside.append(f"sound: {step.timbre}")
    label = f", label: {quoted_text(planned.label)}" if planned.label else ""
    return f"reps: {{{', '.join(inside)}}}{label}"


def _tempo(step: Reps) -> list[tuple[str, int]]:
    """Each phase with its key: of the two pauses the first is the hold."""
    keys = iter(("hold", "rest"))
    return [
        (phase.kind if phase.kind in ("up", "down") else next(keys), phase.length)
        for phase in step.tempo
    ]


def intervals_step(step: TimedIntervals, rounds: int, values: Mapping[str, str]) -> str:
    """So many *rounds* of *step*, with the *values* of the script in its texts."""
    parts = [f"work: {written_time(step.work)}"]
    if step.rest:
        parts.append(f"rest: {written_time(step.rest)}")
    parts.append(f"rounds: {rounds}")
    if step.round_rest is not None:
        parts.append(f"round_rest: {written_time(step.round_rest)}")
    parts += [f"ready: {written_time(step.get_ready)}", f"countdown: {step.countdown}"]
    parts.append(f"bell: {quoted_text(step.bell) if step.bell else 'none'}")
    if not step.announce:
        parts.append("announce: false")
    if not step.chapters:
        parts.append("chapters: false")
    if step.fill:
        parts.append(f"fill: {step.fill}")
    if any(station.name.words for station in step.stations):
        stations = (_station(station, values) for station in step.stations)
        parts.append(f"stations: [{', '.join(stations)}]")
    return f"intervals: {{{', '.join(parts)}}}"


def _station(station: Station, values: Mapping[str, str]) -> str:
    parts = [f"name: {_texts(station.name, values)}"]
    if station.say is not None:
        parts.append(f"say: {_texts(station.say, values)}")
    if station.work is not None:
        parts.append(f"work: {written_time(station.work)}")
    if station.rest is not None:
        parts.append(f"rest: {written_time(station.rest)}")
    if station.sides:
        parts.append(f"sides: [{', '.join(station.sides)}]")
    return f"{{{', '.join(parts)}}}"


def needs_no_other_values(step: TimedIntervals, values: Mapping[str, str]) -> bool:
    """Whether the texts of *step* need no values but its own and those of the script."""
    return all(
        set(placeholders(each.words)) <= {*values, *_OWN_VALUES}
        for station in step.stations
        for text in (station.name, station.say)
        if text is not None
        for each in text.each
    )


def rounds_of(step: TimedIntervals, stays: Sequence[PlannedHold]) -> list[int]:
    """How many rounds each run of *step* has, of which *stays* are those of one after the other."""
    for rounds in range(step.rounds.fewest, step.rounds.most + 1):
        size = (step.get_ready > 0) + sum(
            1 + (rest > 0) for number in range(rounds) for *_, rest in step.periods(number, rounds)
        )
        if len(stays) % size == 0 and all(
            first.length == second.length for first, second in pairwise(stays[::size])
        ):
            return [rounds] * (len(stays) // size)
    return []


def _texts(text: Text, values: Mapping[str, str]) -> str:
    texts = [_quoted(_filled(each.words, values)) for each in text.each]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _filled(words: str, values: Mapping[str, str]) -> str:
    return re.sub(
        r"\{(\w+)\}", lambda match: _escaped(values[match[1]]) if match[1] in values else match[0],
        words,
    )  # fmt: skip


def quoted_text(text: str) -> str:
    """*text* as a value inside YAML's brackets and braces, with a script's own braces escaped."""
    return _quoted(_escaped(text))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
