"""A page of prose as events: what is spoken, what is done, what is for the reader."""

from __future__ import annotations

import re
from dataclasses import replace

from psoas_audio.importing.events import (
    Chime,
    Event,
    Nest,
    Outline,
    Repetitions,
    Stay,
    Words,
    WorkAndRest,
)
from psoas_audio.importing.prose import breathing
from psoas_audio.importing.prose.breathing import more_rounds
from psoas_audio.importing.prose.exercises.dosage import read_dosage
from psoas_audio.importing.prose.exercises.lists import (
    Timed,
    add_exercise,
    add_timed,
    has_dose,
    read_timed,
    without_abbreviations,
)
from psoas_audio.importing.prose.exercises.sheet import add_table
from psoas_audio.importing.prose.exercises.work_and_rest import (
    read_intervals_alone,
    read_work_and_rest,
    with_exercises,
)
from psoas_audio.importing.prose.marks import BLANK_LINE, marks_pattern
from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.page_key import take_key
from psoas_audio.importing.prose.page_words import (
    BELL_WORD,
    CONTENTS_HEADING,
    METADATA,
    NOTES_HEADING,
    SOUND_LABEL,
    addresses_listener,
    addresses_reader,
    begins_with_infinitive,
    is_form_to_fill,
    is_reader_note,
)
from psoas_audio.importing.prose.quotes import block_quotes_are_speech, speech_is_quoted
from psoas_audio.importing.prose.speaker_labels import without_labels
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.importing.prose.structure import find_structure
from psoas_audio.importing.prose.timing import TimedLine, add_timestamps, timed_lines
from psoas_audio.importing.prose.whole_direction import silence_in_words, whole_direction
from psoas_audio.script.directions import find_directions, read_direction

_END_BELLS = re.compile(
    r"\b(?:at|am|al|à la) (?:the )?(?:ende?|final|fin)\b.*\b(?:every|each|jede[rs]?|cada"
    r"|chaque|all|alle[rn]?)\b|\b(?:after|nach|tras|après) (?:every|each|jede[rmn]?|cada"
    r"|chaque)\b|\bbetween (?:all |the )?(?:poses|exercises)\b",
    re.IGNORECASE,
)


def read_page(lines: list[PageLine], front: dict[str, str]) -> Outline:
    """The events of the page *lines*, whose *front* matter says what stands before them."""
    given = next((front[key] for key in ("title", "titel", "título", "titre") if key in front), "")
    structure = find_structure(lines, given)
    page = _Page(structure.lines)
    for key, value in front.items():
        if value and key not in ("title", "titel", "título", "titre", "language", "lang"):
            page.reader.note(f"{key}: {value}", 1)
    if structure.subtitle:
        page.reader.note(structure.subtitle, 2)
    events = page.read()
    language = front.get("language", front.get("lang", ""))
    return Outline(tuple(events), structure.title, language)


class _Page:
    """Goes through the lines of a page."""

    def __init__(self, lines: list[PageLine]) -> None:
        self.marks, lines = take_key(lines)
        self.lines = without_labels(lines)
        quoted = speech_is_quoted(self.lines)
        self.reader = SpeechReader([mark for mark in self.marks if mark.sign != BLANK_LINE], quoted)
        self.blank = next((mark for mark in self.marks if mark.sign == BLANK_LINE), None)
        self.quotes_are_speech = block_quotes_are_speech(self.lines)
        self.poses = sum(read_timed(line.text) is not None for line in self.lines)
        self.exercises = _exercise_places(self.lines)
        self.in_notes = False
        self.end_bells = False

    def read(self) -> list[Event]:
        stamped = timed_lines(self.lines)
        index = 0
        while index < len(self.lines):
            index = self._read_from(index, stamped)
        events = self.reader.close()
        return _with_end_bells(events) if self.end_bells else events

    def _read_from(self, index: int, stamped: dict[int, TimedLine]) -> int:
        """Reads the line at *index*, and those that belong to it; the index of the next."""
        line = self.lines[index]
        reader = self.reader
        if line.kind == "heading":
            self._heading(line)
            return index + 1
        if line.kind == "note" or self.in_notes:
            reader.note(line.plain, line.place)
            return index + 1
        if line.opens or line.kind == "item":
            reader.begin_paragraph()
        if line.opens:
            self._blank_line(index)
        if index in stamped:
            return add_timestamps(index, self.lines, stamped, reader)
        if line.kind == "row":
            return self._table(index)
        if (following := self._intervals(index)) is not None:
            return following
        if (following := self._breath_list(index)) is not None:
            return following
        if (following := self._dose_lines(index)) is not None:
            return following
        self._line(line)
        return index + 1

    def _heading(self, line: PageLine) -> None:
        self.in_notes = bool(NOTES_HEADING.match(line.plain))
        if self.in_notes or CONTENTS_HEADING.match(line.plain):
            self.reader.note(line.plain, line.place)
            return
        self.reader.begin_chapter(line.plain, line.place)

    def _blank_line(self, index: int) -> None:
        if self.blank and any(isinstance(event, Words) for event in self.reader.events):
            self.reader.events += [
                replace(event, place=self.lines[index].place) for event in self.blank.events
            ]

    def _line(self, line: PageLine) -> None:
        reader, text, place = self.reader, line.plain, line.place
        if line.kind == "quote" and not self.quotes_are_speech:
            if meaning := read_direction(text):
                reader.events += reader.asked(meaning, text, place)
            else:
                known = bool(METADATA.match(text)) or is_reader_note(text)
                reader.note(text, place, understood=known)
            return
        if METADATA.match(text) and not self._is_exercise(line):
            # What speaks to the listener may be meant to be heard: then it is reported.
            reader.note(text, place, understood=not addresses_listener(text))
            return
        if is_form_to_fill(text):
            reader.note(text, place)
            return
        if sound := SOUND_LABEL.match(text):
            self._sound(sound[1], text, place)
            return
        if self._is_note(line):
            self._note(line)
            return
        if line.place in self.exercises:
            add_exercise(line, reader)
            return
        timed = None if reader.quoted else self._timed(line)
        if timed and not timed.dosage.times_only:
            add_timed(timed, place, reader)
            return
        whole = None if reader.quoted else whole_direction(text)
        if whole:
            for event in reader.asked(whole, text, place):
                reader.add(event)
            return
        dose = without_abbreviations(line.text)
        reader.read(dose if read_dosage(dose) else line.text, place)

    def _timed(self, line: PageLine) -> Timed | None:
        """The pose and the time in *line*, in a list of such lines or where it is no sentence."""
        timed = read_timed(line.text)
        if timed is None:
            return None
        text = line.plain
        if text.endswith((".", "!", "?")) or self.poses < 2:
            apart = re.match(r"[^.,;!?]{2,40}?(?:\s[-–—]|:|\s\()\s?\S", text)
            bare = apart and not re.search(r"[,;!?]|\.\s", text) and len(timed.name.split()) <= 4
            held = self.poses >= 2 or any(map(_is_hold, self.reader.events))
            return timed if bare and held else None
        return timed

    def _is_exercise(self, line: PageLine) -> bool:
        return line.place in self.exercises

    def _sound(self, what: str, text: str, place: int) -> None:
        meaning = read_direction(what)
        if meaning and meaning.action != "note":
            self.reader.events += self.reader.asked(meaning, what, place)
        elif BELL_WORD.search(what):
            self.reader.events.append(Chime(place=place, guess=f"“{text}”"))
        else:
            self.reader.note(text, place)

    def _is_note(self, line: PageLine) -> bool:
        text = line.plain
        inner = re.fullmatch(r"[(\[{*_\s]*([^()\[\]{}]+)[)\]}*_\s.]*", text)
        bracketed = bool(re.fullmatch(r"[(\[{].*[)\]}]\W*", text)) and text.count(text[0]) == 1
        if read_direction(inner[1] if inner else text) or self._is_mark(text):
            return False
        if self.reader.pattern and inner and more_rounds(inner[1]):
            return False
        if line.wholly_marked:
            if find_directions(text):
                return False
            return addresses_reader(text) or (bracketed and not addresses_listener(text))
        if bracketed and inner:
            if text[0] in "[{":
                return not addresses_listener(text) or addresses_reader(text)
            spoken_to = addresses_listener(text)
            return not spoken_to and (addresses_reader(text) or begins_with_infinitive(inner[1]))
        return not self.reader.quoted and (is_reader_note(text) or self._asks_for_end_bells(text))

    def _is_mark(self, text: str) -> bool:
        pattern = marks_pattern(self.reader.marks)
        return pattern is not None and pattern.fullmatch(text) is not None

    def _note(self, line: PageLine) -> None:
        if silence := silence_in_words(line.plain):
            guess = f"“{line.plain.strip('()[]{} ')}”"
            self.reader.add(Stay("pause", silence, None, line.place, guess))
            return
        if self._asks_for_end_bells(line.plain):
            self.end_bells = True
        known = addresses_reader(line.plain) or is_reader_note(line.plain) or line.wholly_marked
        if is_reader_note(line.plain) and addresses_listener(line.plain):
            known = False
        self.reader.note(line.plain, line.place, understood=known or self.end_bells)

    def _asks_for_end_bells(self, text: str) -> bool:
        return bool(BELL_WORD.search(text) and _END_BELLS.search(text)) and self.poses > 0

    # ------------------------------------------------------------------ groups of lines

    def _table(self, index: int) -> int:
        end = index
        while end < len(self.lines) and self.lines[end].kind == "row":
            end += 1
        rows = self.lines[index:end]
        add_table([row.cells for row in rows], [row.place for row in rows], self.reader)
        return end

    def _intervals(self, index: int) -> int | None:
        line = self.lines[index]
        if line.kind not in ("text", "item") or self.reader.quoted:
            return None
        found = read_work_and_rest(line.text, line.place)
        following = self._exercises(index + 1) if found else []
        if found and len(following) > 1:
            self.reader.note(line.plain, line.place)
            self.reader.events.append(with_exercises(found, following))
            return index + 1 + len(following)
        alone = read_intervals_alone(line.text, line.place)
        if alone is None:
            return None
        self.reader.note(line.plain, line.place)
        if alone.exercises:
            self.reader.events.append(Words(f"{alone.exercises[0].name}.", line.place))
        self.reader.events.append(alone)
        return index + 1

    def _exercises(self, start: int) -> list[PageLine]:
        """The lines of a list from *start* on."""
        found: list[PageLine] = []
        for line in self.lines[start:]:
            is_name = (
                line.kind == "text"
                and len(line.plain.split()) <= 7
                and not re.search(r"[.!?:]$", line.plain)
            )
            if line.kind != "item" and not (is_name and (not line.opens or not found)):
                break
            if found and line.kind != found[0].kind:
                break
            if read_direction(line.plain) and line.kind != "item":
                break
            found.append(line)
        return found

    def _dose_lines(self, index: int) -> int | None:
        """Reads lines such as ``Sets: 2``, ``Reps: 12`` and ``Rest: 30 s`` below an exercise."""
        end = index
        while (
            end < len(self.lines)
            and self.lines[end].kind in ("text", "item")
            and (end == index or not self.lines[end].opens)
            and _DOSE_KEY.match(self.lines[end].plain)
        ):
            end += 1
        begins = self.lines[index].opens and self.lines[index].kind == "text"
        if end == index or (begins and end == index + 1):
            return None
        if self.reader.awaits_count:
            return None
        written = [line.plain.rstrip(".;,") for line in self.lines[index:end]]
        dosage = read_dosage(", ".join(written))
        if dosage is None and (aside := re.search(r"\s*\([^()]*\)$", written[-1])):
            self.reader.note(aside[0].strip(" ()"), self.lines[end - 1].place)
            written[-1] = written[-1][: aside.start()]
            dosage = read_dosage(", ".join(written))
        if dosage is None:
            return None
        reader, place = self.reader, self.lines[index].place
        if dosage.times_only:
            reader.events.append(Words(f"{', '.join(written)}.", place))
        else:
            reader.note(", ".join(written), place)
        reader.add_dosage(dosage, place)
        return end

    def _breath_list(self, index: int) -> int | None:
        """Reads lines of which each is one phase of a breath."""
        if self.reader.quoted:
            return None
        end = index
        while end < len(self.lines) and end - index < 5:
            line = self.lines[end]
            same = line.kind in ("item", "text") and (
                end == index or line.kind == "item" or not line.opens
            )
            if not same or len(breathing.phase_pairs(line.plain)) != 1 or len(line.plain) > 90:
                break
            end += 1
        for last in range(end, index + 1, -1):
            joined = ". ".join(line.plain.rstrip(".;,") for line in self.lines[index:last])
            patterns = breathing.find_patterns(joined)
            if len(patterns) == 1 and patterns[0].start < 25:
                how = breathing.read_how_long(joined[patterns[0].end :])
                if how is None or not self.lines[last - 1].plain.endswith(","):
                    self.reader.read(f"{joined}.", self.lines[index].place)
                    return last
        return None


_DOSE_KEY = re.compile(
    r"^\W*(?:tempo|hold(?: for)?|hold time|reps?|repeat|repetitions?|sets?|rest|time|dosage|dose"
    r"|frequency"
    r"|halten|haltezeit|wiederholungen|wdh\.?|sätze|serien|pause|dauer|dosierung"
    r"|mantener|repeticiones|repetir|series|descanso|tiempo|duración|dosis"
    r"|tenir|maintien|répétitions|répéter|séries|repos|durée|duration)\s*[:：=]",
    re.IGNORECASE,
)


_NAMED = re.compile(r"^[^.!?:\d]{2,40}\s?:\s+\S")


def _is_hold(event: Event) -> bool:
    return isinstance(event, Nest | Repetitions | WorkAndRest) or (
        isinstance(event, Stay) and event.action == "hold"
    )


def _exercise_places(lines: list[PageLine]) -> set[int]:
    """The places of the items of lists in which at least one has a dose."""
    found: set[int] = set()
    group: list[PageLine] = []
    for line in [*lines, PageLine("", 0)]:
        named = line.kind == "text" and _NAMED.match(line.plain) and not METADATA.match(line.plain)
        if line.kind == "item" or named:
            group.append(line)
            continue
        dosed = [item for item in group if has_dose(item.text)]
        if len(dosed) > 1 or any(item.kind == "item" for item in dosed):
            found |= {item.place for item in group if item.kind == "item" or item in dosed}
        group = []
    return found


def _with_end_bells(events: list[Event]) -> list[Event]:
    """A bell behind every stay."""
    found: list[Event] = []
    for event in events:
        found.append(event)
        if isinstance(event, Nest | Repetitions | WorkAndRest) or (
            isinstance(event, Stay) and event.action != "pause"
        ):
            found.append(Chime(place=event.place))
    return found
