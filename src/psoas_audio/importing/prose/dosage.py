"""Reads how long and how often an exercise is done: ``Hold 30 s each side, 2 sets, rest 15 s``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from psoas_audio.importing.events import BothSides, Event, Rounds, Stay
from psoas_audio.script.directions.lengths import Length
from psoas_audio.script.directions.meaning import DirectionPart, direction_parts, times_in

SECONDS_PER_REPETITION = 4
"""What a repetition without a time gets: two seconds there, two back."""


@dataclass(frozen=True, slots=True)
class Dosage:
    """How long and how often."""

    hold: Length | None = None
    breaths: tuple[int, int] | None = None
    """A hold counted in breaths."""
    repetitions: tuple[int, int] = (1, 1)
    """Of the hold; or of a movement, if there is no hold."""
    sets: tuple[int, int] = (1, 1)
    rest: Length | None = None
    """After each set."""
    each_side: bool = False

    @property
    def times_only(self) -> bool:
        """Whether it counts movements, and gives no time for them."""
        return self.hold is None and self.breaths is None


_IGNORED = re.compile(
    r"^\s*(?:dosage|dose|dosis|posología|hold time|time|reps?/time|prescription"
    r"|frequency|umfang|anzahl)\s*[:=]\s*",
    re.IGNORECASE,
)


def read_dosage(text: str, *, times_need_unit: bool = True) -> Dosage | None:
    """The dosage that *text* consists of; ``None`` if there is anything else in it."""
    text = _IGNORED.sub("", text.strip())
    if not text or len(text) > 120:
        return None
    parts = [part for part in direction_parts(text) if part.kind != "filler"]
    if not parts or any(part.kind in ("bell", "note") for part in parts):
        return None
    return _read(parts, times_need_unit)


def _read(parts: list[DirectionPart], times_need_unit: bool) -> Dosage | None:
    found = Dosage()
    number: tuple[int, int] | None = None
    for_rest = False
    said = False
    last = ""
    for part in parts:
        match part.kind:
            case "length" if part.length:
                if for_rest and (found.hold or found.breaths or found.sets != (1, 1) or said):
                    found = replace(found, rest=part.length)
                elif found.hold is None:
                    found = replace(found, hold=part.length)
                else:
                    found = replace(found, rest=part.length)
                if number and last in ("number", "times"):
                    found = replace(found, repetitions=number)
                number, for_rest, said = None, False, True
            case "number" | "times":
                counted = part.numbers if part.kind == "number" else times_in(part.text)
                if last == "open sets":
                    found, said, last = replace(found, sets=counted or (1, 1)), True, "done"
                    continue
                if last == "open repeat":
                    found, said, last = replace(found, repetitions=counted or (1, 1)), True, "done"
                    continue
                if last == "sets" or (last == "times" and number):
                    if last == "times" and number:
                        found = replace(found, sets=number)
                    found = replace(found, repetitions=counted or (1, 1))
                    number, said = None, True
                    last = "done"
                    continue
                if part.kind == "times" and not re.search(r"[x×]\s*$", part.text):
                    found = replace(found, repetitions=counted or (1, 1))
                    said = True
                else:
                    number = counted
            case "sets":
                if number:
                    found, number, said = replace(found, sets=number), None, True
                else:
                    last = "open sets"
                    continue
            case "repeat":
                if number:
                    is_set = re.search(r"round|runde|ronda|vuelta|tour", part.text) and found.hold
                    if is_set and found.repetitions != (1, 1):
                        found = replace(found, sets=number)
                    else:
                        found = replace(found, repetitions=number)
                    number, said = None, True
                else:
                    last = "open repeat"
                    continue
            case "breath":
                if number:
                    found, number, said = replace(found, breaths=number), None, True
            case "side":
                found = replace(found, each_side=True)
                if number:
                    found, number, said = replace(found, repetitions=number), None, True
            case "pause" | "rest":
                for_rest = True
            case "hold":
                for_rest = False
        last = part.kind
    if number:
        if times_need_unit and last != "times" and not found.hold:
            return None
        found, said = replace(found, repetitions=number), True
    if not said:
        return None
    if found.times_only and found.rest and found.repetitions == found.sets == (1, 1):
        return replace(found, hold=found.rest, rest=None)
    return found


def dosage_events(
    dosage: Dosage, place: int, order: tuple[str, str] | None, *, announced: bool = True
) -> list[Event]:
    """What *dosage* asks for; its sides come in *order*, or left first."""
    events: list[Event]
    if dosage.times_only:
        events = [_movement(dosage, place)] if dosage.repetitions != (1, 1) else []
    else:
        stay = Stay("hold", None if dosage.breaths else dosage.hold, dosage.breaths, place)
        events = _rounds(dosage.repetitions, [stay], place)
    if dosage.each_side and events:
        guess = "" if order else "the left side comes first"
        both = BothSides(tuple(events), order or ("left", "right"), announced, place, guess)
        events = [both]
    if dosage.rest:
        events.append(Stay("rest", dosage.rest, None, place))
    return _rounds(dosage.sets, events, place)


def _movement(dosage: Dosage, place: int) -> Stay:
    fewest, most = dosage.repetitions
    length = Length(fewest * SECONDS_PER_REPETITION, most * SECONDS_PER_REPETITION)
    guess = f"{SECONDS_PER_REPETITION} seconds for each repetition"
    return Stay("hold", length, None, place, guess)


def _rounds(rounds: tuple[int, int], events: list[Event], place: int) -> list[Event]:
    return [Rounds(rounds, tuple(events), place)] if rounds != (1, 1) and events else events
