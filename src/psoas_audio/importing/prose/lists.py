"""Lists of exercises and poses: ``Butterfly – 4 min``, ``3 rounds, 40 s work / 20 s rest``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psoas_audio.importing.events import Event, PacedBreath, Rounds, Stay, Words
from psoas_audio.importing.prose import breathing
from psoas_audio.importing.prose.dosage import Dosage, dosage_events, read_dosage
from psoas_audio.importing.prose.page import PageLine, without_page_marks
from psoas_audio.importing.prose.page_words import sides_named
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.script.directions import read_direction
from psoas_audio.script.directions.lengths import Length, match_length
from psoas_audio.script.directions.meaning import DirectionPart, direction_parts, times_in

_SPLITS = re.compile(
    r"\s+[-–—|]\s+|\s*[:：,;]\s+|\s*(?=\()|\s*\.{3,}\s*|\s+(?=\d)|\s*=\s*|(?<=\w)[–—](?=\d)"
)
_LEADING_TIME = re.compile(
    r"^\W*(?P<time>\d{1,2}:\d\d|\S{1,8}(?:\s\w{1,8})?)\s*(?:[-–—:|)]\s*|\s+)(?P<rest>\S.*)$"
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_NAME = re.compile(r"^(?P<name>[^.!?:–—]{2,60}?)\s*(?::\s+|\s+[–—-]\s+)(?P<rest>\S.*)$", re.DOTALL)


_ABBREVIATED = re.compile(r"\b(sek|sec|min|seg|std|wdh|reps?)\.\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timed:
    """A line of a list that says how long something is done."""

    name: str
    dosage: Dosage
    aside: str = ""
    """What stands in brackets behind."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """What a line says of all that follow it: ``3 rounds, 40 s work / 20 s rest``."""

    rounds: tuple[int, int]
    work: Length
    rest: Length | None
    between: Length | None
    """Between the rounds."""


def read_timed(text: str) -> Timed | None:
    """The name and the dose of a line that has nothing else in it: ``Sphinx – 3-5 min``."""
    text = _ABBREVIATED.sub(r"\1 ", without_page_marks(text).strip()).rstrip(".")
    if len(text) > 110 or re.search(r"[.!?]\s|^[(\[{<~*]", text) or read_direction(text):
        return None
    if len(breathing.phase_pairs(text)) > 1:
        return None
    return _dose_behind(text) or _dose_in_front(text)


def _dose_behind(text: str) -> Timed | None:
    aside = ""
    bare = text
    for _ in range(2):
        for split in _SPLITS.finditer(bare):
            name, rest = bare[: split.start()].strip(), bare[split.end() :].strip()
            if not re.search(r"[^\W\d_]{2}", name) or read_dosage(name):
                continue
            dosage = read_dosage(rest.strip(" ()[]"), times_need_unit=True)
            if dosage and not _is_clause(name) and not _names_a_silence(name):
                return Timed(name, dosage, aside)
        behind = _ASIDE.search(bare)
        if not behind:
            return None
        aside, bare = behind[1], bare[: behind.start()]
    return None


def _names_a_silence(name: str) -> bool:
    meaning = read_direction(name)
    return meaning is not None and meaning.action in ("pause", "bell")


def _is_clause(name: str) -> bool:
    """Whether *name* leads up to the time behind it, as the start of a sentence does."""
    return bool(
        re.search(
            r"\b(?:for|about|in|at|of|to|every|each|and|or|after|für|um|in|nach|alle|und"
            r"|durante|por|a|en|de|cada|y|pendant|à|après|toutes les|et)$",
            name,
            re.IGNORECASE,
        )
        or len(name.split()) > 8
    )


def _dose_in_front(text: str) -> Timed | None:
    match = match_length(text)
    if match is None:
        return None
    end, length = match
    rest = text[end:]
    separated = re.match(r"\s*[-–—:|)]\s*|\s+(?:of\s+|von\s+|de\s+)?", rest)
    if separated is None:
        return None
    name = rest[separated.end() :].strip()
    if not re.search(r"[^\W\d_]{2}", name) or len(name.split()) > 8:
        return None
    if re.match(
        r"(?:later|ago|after|before|is|are|of|später|nach|sind|ist|después|son|después"
        r"|plus tard|sont)\b",
        name,
        re.I,
    ):
        return None
    side = re.search(
        r"\s*[(,/]?\s*(?:each side|per side|je seite|pro seite|por lado|cada lado"
        r"|de chaque côté|par côté)\)?\s*$",
        name,
        re.I,
    )
    if side:
        name = name[: side.start()]
    return Timed(name.strip(" ,–—-"), Dosage(length, each_side=bool(side)))


def read_intervals(text: str) -> Intervals | None:
    """What a line says of the exercises behind it; ``None`` if it doesn't speak of intervals."""
    text = without_page_marks(text).strip()
    label = re.match(r"^[^\d:]{2,40}:\s*(?=\S)", text)
    bare = text[label.end() :] if label else text
    if len(bare) > 120 or len(re.findall(r"\d", bare)) < 2:
        return None
    plain = _ON.sub("work", _OFF.sub("rest", bare.lower()))
    parts = direction_parts(_OF_EACH.sub(" ", _BETWEEN.sub("between", plain)))
    lengths = [part for part in parts if part.kind == "length" and part.length]
    if len(lengths) < 2:
        return None
    return _intervals(bare, parts)


_ON = re.compile(r"\bon\b")
_OFF = re.compile(r"\boff\b")
_BETWEEN = re.compile(r"\b(?:dazwischen|zwischen|entre)\b")
_OF_EACH = re.compile(
    r"\b(?:(?:per |pro |por |par )?(?:exercises?|stations?|übung(?:en)?|ejercicios?"
    r"|exercices?)|jeweils)\b"
)


def _intervals(text: str, parts: list[DirectionPart]) -> Intervals | None:
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
    return Intervals(rounds, work, rest, between) if work and (rest or rounds != (1, 1)) else None


def add_intervals(
    intervals: Intervals, lines: list[PageLine], place: int, reader: SpeechReader
) -> None:
    """The exercises in *lines*, each with its work and rest, in rounds."""
    events: list[Event] = []
    for line in lines:
        timed = read_timed(line.text)
        name = timed.name if timed else line.plain
        dosage = timed.dosage if timed and not timed.dosage.times_only else Dosage(intervals.work)
        events.append(Words(name if re.search(r"[.!?]$", name) else f"{name}.", line.place))
        if timed and timed.aside:
            events.append(Words(f"{timed.aside}.", line.place))
        events += dosage_events(dosage, line.place, sides_named(name))
        if intervals.rest:
            events.append(Stay("rest", intervals.rest, None, line.place))
    if intervals.between:
        if intervals.rest and events:
            events.pop()
        events.append(Stay("rest", intervals.between, None, place))
    if intervals.rounds == (1, 1):
        reader.events += events
    else:
        reader.events.append(Rounds(intervals.rounds, tuple(events), place))


def add_timed(timed: Timed, place: int, reader: SpeechReader) -> None:
    """A pose or an exercise, and its time."""
    pattern = breathing.pattern_by_name(timed.name)
    reader.read(timed.name if re.search(r"[.!?:]$", timed.name) else f"{timed.name}.", place)
    if timed.aside:
        reader.note(timed.aside, place)
    if pattern and timed.dosage.hold:
        from_name = breathing.find_patterns(timed.name)
        if not from_name:
            reader.events.append(PacedBreath(pattern, None, timed.dosage.hold, place))
            return
    if timed.dosage.times_only:
        first, last = timed.dosage.repetitions
        count = f"{first}" if first == last else f"{first}-{last}"
        reader.events.append(Words(f"{count} ×.", place))
    reader.events += dosage_events(timed.dosage, place, sides_named(timed.name))


def add_exercise(line: PageLine, reader: SpeechReader) -> None:
    """An item of a list: its name, how it is done, and its dose."""
    if timed := read_timed(line.text):
        add_timed(timed, line.place, reader)
        return
    reader.read(_named(line.text), line.place, listed=True)


def _named(text: str) -> str:
    """*text* with a full stop behind the name that it begins with."""
    match = _NAME.match(text)
    if match and len(without_page_marks(match["name"]).split()) <= 6:
        return f"{match['name'].strip()}. {match['rest']}"
    return text


def has_dose(text: str) -> bool:
    """Whether an item of a list has a dose, and so is an exercise."""
    plain = without_page_marks(text)
    if read_timed(plain):
        return True
    return any(read_dosage(piece) for piece in re.split(r"[.;]\s+|\s[–—]\s", plain.rstrip(".")))
