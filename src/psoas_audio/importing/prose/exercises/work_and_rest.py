"""Intervals and circuits: ``45s on / 15s off x 4``, ``3 rounds, 40 s / 20 s`` over a list."""

from __future__ import annotations

import re
from dataclasses import replace

from psoas_audio.importing.events import (
    BothSides,
    Event,
    Exercise,
    Rounds,
    Stay,
    Words,
    WorkAndRest,
)
from psoas_audio.importing.prose.exercises.lists import read_timed
from psoas_audio.importing.prose.page import PageLine, without_page_marks
from psoas_audio.importing.prose.page_words import sides_named
from psoas_audio.script.directions.lengths import Length
from psoas_audio.script.directions.meaning import DirectionPart, direction_parts, times_in

_ON = re.compile(r"\b(?:on|sprint(?:en)?)\b")
_OFF = re.compile(r"\boff\b")
_BETWEEN = re.compile(r"\b(?:dazwischen|zwischen|entre)\b")
_OF_EACH = re.compile(
    r"\b(?:(?:per |pro |por |par )?(?:exercises?|stations?|übung(?:en)?|ejercicios?"
    r"|exercices?)|jeweils)\b"
)
_ELISION = re.compile(r"\b[dl]['’](?=\w)", re.IGNORECASE)
_BARE_PAIR = re.compile(
    r"(?<![\d:/])(\d{2,3})\s?/\s?(\d{2,3})(?![\d/])(?!\s*(?:s\b|sec|sek|seg|min))"
)
_LABEL = re.compile(r"^[^\d:]{2,40}:\s*(?=\S)")
_NAME = re.compile(r"^(?P<name>[^\d.!?]{0,40}?)[\s:–—(,-]*(?=\d)")
_ASIDE = re.compile(r"\s*\(([^()]+)\)$")
_NAMES_WORK = re.compile(
    r"\b(?:on|off|work|sprint\w*|belastung|arbeit|trabajo|esfuerzo|effort|travail)\b", re.IGNORECASE
)
_PAIR = re.compile(
    r"\d\s*(?:s|sec|sek|seg|min|m|seconds|sekunden|segundos|secondes)?\.?\s?/\s?\d", re.I
)


def read_work_and_rest(text: str, place: int) -> WorkAndRest | None:
    """The work and rest that a line asks for; ``None`` if it doesn't speak of intervals."""
    text = without_page_marks(text).strip()
    label = _LABEL.match(text)
    bare = text[label.end() :] if label else text
    if len(bare) > 120 or len(re.findall(r"\d", bare)) < 2:
        return None
    guess = ""
    if _BARE_PAIR.search(bare):
        bare, guess = _BARE_PAIR.sub(r"\1 s / \2 s", bare), "the times are seconds"
    plain = _ELISION.sub("", _ON.sub("work", _OFF.sub("rest", bare.lower())))
    parts = direction_parts(_OF_EACH.sub(" ", _BETWEEN.sub("between", plain)))
    lengths = [part for part in parts if part.kind == "length" and part.length]
    if len(lengths) < 2:
        return None
    found = _intervals(bare, parts)
    return replace(found, place=place, guess=guess) if found else None


def read_intervals_alone(text: str, place: int) -> WorkAndRest | None:
    """Intervals of one exercise that *text* names or leaves out: ``Plank: 45s on / 15s off x 4``.

    ``None`` if it isn't certain that these are intervals: holds have rests and rounds, too.
    """
    text = without_page_marks(text).strip().rstrip(".")
    match = _NAME.match(text)
    if match is None:
        return None
    behind = text[match.end() :]
    found = read_work_and_rest(behind.strip(" ()"), place)
    if found is None or found.rest is None or found.rounds == (1, 1):
        return None
    if not (_NAMES_WORK.search(behind) or _PAIR.search(behind)):
        return None
    name = match["name"].strip(" :–—(,-")
    exercises = (Exercise(name, place),) if name else ()
    return replace(found, exercises=exercises)


def _intervals(text: str, parts: list[DirectionPart]) -> WorkAndRest | None:
    rounds = (1, 1)
    work = rest = between = None
    number: tuple[int, int] | None = None
    pending: list[tuple[Length, int]] = []
    words: list[tuple[str, str]] = []
    for part in parts:
        if part.kind == "length" and part.length:
            pending.append((part.length, len(words)))
        elif part.kind == "number":
            number = part.numbers
        elif part.kind == "times":
            rounds = times_in(part.text)
        elif part.kind in ("repeat", "sets") and number:
            rounds, number = number, None
        words.append((part.kind, part.text))
    if (
        re.search(r"\b(?:between|zwischen|dazwischen|entre)\b", text, re.IGNORECASE)
        and len(pending) > 2
    ):
        between = pending.pop()[0]
    for length, index in pending:
        near = [kind for kind, _ in words[index + 1 : index + 3]] or [""]
        back = [kind for kind, _ in words[max(0, index - 1) : index]]
        is_rest = near[0] in ("rest", "pause") or (
            back and back[-1] in ("rest", "pause") and near[0] != "hold"
        )
        if is_rest and rest is None and (work or near[0] in ("rest", "pause")):
            rest = length
        elif work is None:
            work = length
        elif rest is None:
            rest = length
        elif between is None:
            between = length
    return WorkAndRest(rounds, work, rest, between) if work and (rest or rounds != (1, 1)) else None


def with_exercises(found: WorkAndRest, lines: list[PageLine]) -> WorkAndRest:
    """*found* with the exercises of *lines*, some of which may have a time of their own."""
    exercises: list[Exercise] = []
    for line in lines:
        timed = read_timed(line.text)
        if timed is None:
            aside = _ASIDE.search(line.plain)
            name = line.plain[: aside.start()] if aside else line.plain
            exercises.append(Exercise(name, line.place, aside[1] if aside else ""))
            continue
        own = None if timed.dosage.times_only else timed.dosage
        exercises.append(
            Exercise(
                timed.name,
                line.place,
                timed.aside,
                own.hold if own else None,
                bool(own and own.each_side),
            )
        )
    return replace(found, exercises=tuple(exercises))


def written_out(found: WorkAndRest) -> list[Event]:
    """*found* as words, holds and rests: an exercise after the other, in rounds."""
    events: list[Event] = []
    for exercise in found.exercises:
        name, place = exercise.name, exercise.place
        events.append(Words(name if name.endswith((".", "!", "?")) else f"{name}.", place))
        if exercise.aside:
            events.append(Words(f"{exercise.aside}.", place))
        stay: Event = Stay("hold", exercise.work or found.work, None, place)
        if exercise.both_sides:
            order = sides_named(name)
            guess = "" if order else "the left side comes first"
            stay = BothSides((stay,), order or ("left", "right"), True, place, guess)
        events.append(stay)
        if found.rest:
            events.append(Stay("rest", found.rest, None, place))
    if found.between:
        if found.rest and events:
            events.pop()
        events.append(Stay("rest", found.between, None, found.place))
    if found.rounds == (1, 1):
        return events
    return [Rounds(found.rounds, tuple(events), found.place)]
