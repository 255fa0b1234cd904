"""Lists of exercises and poses: ``Butterfly – 4 min``, ``Squats: 3 x 12``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psoas_audio.importing.events import PacedBreath, Words
from psoas_audio.importing.prose import breathing
from psoas_audio.importing.prose.exercises.dosage import Dosage, read_dosage
from psoas_audio.importing.prose.exercises.dose_events import dosage_events
from psoas_audio.importing.prose.exercises.dose_words import names_a_frequency
from psoas_audio.importing.prose.exercises.tempo import find_tempo
from psoas_audio.importing.prose.page import PageLine, without_page_marks
from psoas_audio.importing.prose.page_words import sides_named
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.script.directions import read_direction
from psoas_audio.script.directions.lengths import match_length, search_length

_SPLITS = re.compile(
    r"\s+[-–—|]\s+|\s*[:：,;]\s+|\s*(?=\()|\s*\.{3,}\s*|\s+(?=[x×]?\d)|\s*=\s*|(?<=\w)[–—](?=\d)"
)
_LEADING_TIME = re.compile(
    r"^\W*(?P<time>\d{1,2}:\d\d|\S{1,8}(?:\s\w{1,8})?)\s*(?:[-–—:|)]\s*|\s+)(?P<rest>\S.*)$"
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_NAME = re.compile(r"^(?P<name>[^.!?:–—]{2,60}?)\s*(?::\s+|\s+[–—-]\s+)(?P<rest>\S.*)$", re.DOTALL)


_NO_NAME = re.compile(
    r"reps?|repetitions?|sets?|wiederholungen|wdh|sätze|repeticiones|series|répétitions|séries"
    r"|do|perform|complete|repeat|hold|aim for|mache?n?|wiederholen?|haz|hacer|realiza|repetir"
    r"|faire|faites|répéter|répétez|effectuez",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(sek|sec|min|seg|std|wdh|reps?)\.\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timed:
    """A line of a list that says how long something is done."""

    name: str
    dosage: Dosage
    written: str = ""
    """The dose, as it is written."""
    aside: str = ""
    """What stands in brackets behind."""


def read_timed(text: str) -> Timed | None:
    """The name and the dose of a line that has nothing else in it: ``Sphinx – 3-5 min``."""
    text = _ABBREVIATED.sub(r"\1 ", without_page_marks(text).strip()).rstrip(".")
    if len(text) > 110 or re.search(r"[.!?]\s|^[(\[{<~*]", text) or read_direction(text):
        return None
    if {pair.phase for pair in breathing.phase_pairs(text)} & {"in", "out"}:
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
            if _NO_NAME.fullmatch(name):
                return None
            if dosage and dosage.times_only and search_length(name):
                continue
            if dosage and not _is_clause(name) and not _names_a_silence(name):
                return Timed(name, dosage, rest.strip(" ()[]"), aside)
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
    return Timed(name.strip(" ,–—-"), Dosage(length, each_side=bool(side)), text[:end])


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
        reader.events.append(Words(said_of(timed.written), place))
    elif names_a_frequency(timed.written):
        reader.note(timed.written, place)
    reader.events += dosage_events(timed.dosage, place, sides_named(timed.name))


def said_of(written: str) -> str:
    """The sentence that is spoken of a dose: without a tempo in figures."""
    tempo = find_tempo(written)
    text = " ".join((tempo.rest if tempo else written).split()).strip(" ,;")
    text = re.sub(r"^[x×]\s?(?=\d)", "", text)
    return text if text.endswith(".") else f"{text}."


def add_exercise(line: PageLine, reader: SpeechReader) -> None:
    """An item of a list: its name, how it is done, and its dose."""
    if timed := read_timed(line.text):
        add_timed(timed, line.place, reader)
        return
    reader.read(_named(without_abbreviations(line.text)), line.place, listed=True)


def without_abbreviations(text: str) -> str:
    """*text* without the full stops of ``Sek.`` and the like, which end no sentence."""
    return _ABBREVIATED.sub(r"\1 ", text)


def _named(text: str) -> str:
    """*text* with a full stop behind the name that it begins with."""
    match = _NAME.match(text)
    if match and len(without_page_marks(match["name"]).split()) <= 6:
        rest = match["rest"]
        is_dose = read_dosage(without_page_marks(rest)) is not None
        return f"{match['name'].strip()}. {rest[:1].upper() + rest[1:] if is_dose else rest}"
    return text


def has_dose(text: str) -> bool:
    """Whether an item of a list has a dose, and so is an exercise."""
    plain = _ABBREVIATED.sub(r"\1 ", without_page_marks(text))
    if read_timed(plain):
        return True
    return any(read_dosage(piece) for piece in re.split(r"[.;]\s+|\s[–—]\s", plain.rstrip(".")))
