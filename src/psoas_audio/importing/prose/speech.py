"""From lines of prose to events: words, and the directions among them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from psoas_audio.importing.events import (
    BothSides,
    Chime,
    Event,
    ExerciseSets,
    Heading,
    Note,
    PacedBreath,
    Rounds,
    Stay,
    Tempo,
    Words,
)
from psoas_audio.importing.prose import breathing
from psoas_audio.importing.prose.again import (
    chapter_in_rounds,
    in_rounds,
    is_stay,
    on_both_sides,
    sides_of,
)
from psoas_audio.importing.prose.exercises.dosage import Dosage, spoken_of
from psoas_audio.importing.prose.exercises.dose_events import (
    completes,
    dosage_events,
    repeated_stay,
    repeats_hold,
    with_tempo,
    without_last_rest,
)
from psoas_audio.importing.prose.marks import KeyMark, mark_for, marks_pattern
from psoas_audio.importing.prose.page import without_page_marks
from psoas_audio.importing.prose.page_words import (
    addresses_listener,
    addresses_reader,
)
from psoas_audio.importing.prose.quoted_speech import read_quoted
from psoas_audio.importing.prose.sentences import asked_by, sentences
from psoas_audio.importing.prose.stress import MARKED_RUN, with_stars
from psoas_audio.importing.prose.whole_direction import stands_apart
from psoas_audio.script.directions import Length, Meaning, find_directions, read_direction
from psoas_audio.script.directions.lengths import match_length

_DOTS = re.compile(
    r"\s+\.{2,}(?=\s|$)|(?<!\.)\s*\.{4,}|(?:\s*…){2,}|\s+…(?=\s|$)|(?:\s+\.){3,}(?=\s|$)"
)
"""Dots that are a rest; those behind a word, *well…*, belong to it."""
_BRACKETS = re.compile(r"\(([^()]{1,400})\)|\[([^\[\]]{1,400})\]|\{([^{}]{1,400})\}")
_NAMES_A_SOUND = re.compile(
    r"\b(?:sounds?|music|waves|rain|klang|musik|sonidos?|música|sons?|musique)\b", re.IGNORECASE
)
_HAS_WORDS = re.compile(r"[^\W_]")
_COUNT_LABEL = re.compile(
    r"^\W*(?:reps?|repetitions?|rounds?|cycles?|duration)\s*:\s*", re.IGNORECASE
)
_OPEN_BREATHS = (6, 6)
"""How often a breath is done if nothing says so."""


@dataclass(slots=True)
class SpeechReader:
    """Collects the events of a page, line by line."""

    marks: list[KeyMark] = field(default_factory=list)
    quoted: bool = False
    """Whether only what stands in quotation marks is spoken."""
    events: list[Event] = field(default_factory=list)
    pattern: breathing.BreathSeconds | None = None
    """The breath that was counted aloud or described last."""
    _paragraph: int = 0
    """Where among the events the paragraph begins."""
    _before: int = 0
    """Where the paragraph before it begins."""
    _counted: str = ""
    _tempo: Tempo | None = None
    """What the paragraph says of repetitions that it hasn't counted yet."""

    def begin_paragraph(self) -> None:
        """What follows belongs to a new paragraph."""
        if len(self.events) > self._paragraph:
            self._before, self._paragraph = self._paragraph, len(self.events)
        self._counted = ""
        self._tempo = None

    def begin_chapter(self, title: str, place: int) -> None:
        """A chapter begins."""
        self.events.append(Heading(title, place))
        self._before = self._paragraph = len(self.events)
        self.pattern = None

    def note(self, text: str, place: int, *, understood: bool = True) -> None:
        """Something for the reader alone."""
        text = without_page_marks(text).strip()
        if text:
            self.events.append(Note(text, place, understood))

    def read(self, text: str, place: int, *, listed: bool = False) -> None:
        """The line *text*; in a list of exercises doses are done and need not be said."""
        if self.quoted:
            read_quoted(self, text, place)
            return
        text = self._settle_open_breath(text, place)
        self._notice_counting(text)
        position = 0
        for start, end, events in self._directions(text, place):
            self._say(text[position:start], place, listed)
            for event in events:
                self.add(event)
            position = end
        self._say(text[position:], place, listed)

    def close(self) -> list[Event]:
        """All events; a breath of which nobody said how often is given a number."""
        return [_with_number(event) for event in without_last_rest(self.events)]

    # ------------------------------------------------------------------ directions

    def _directions(self, text: str, place: int) -> list[tuple[int, int, list[Event]]]:
        """The directions in *text* with their places, in order, none within another."""
        found: list[tuple[int, int, list[Event]]] = []

        def add(start: int, end: int, events: list[Event]) -> None:
            if all(end <= first or last <= start for first, last, _ in found):
                found.append((start, end, events))

        for match in MARKED_RUN.finditer(text):
            meaning = read_direction(match[1])
            if meaning and stands_apart(match[1], meaning, text[: match.start()]):
                add(*match.span(), self.asked(meaning, match[1], place))
        if pattern := marks_pattern(self.marks):
            for match in pattern.finditer(text):
                if mark := mark_for(match[0], self.marks):
                    add(*match.span(), [replace(event, place=place) for event in mark.events])
        for direction in find_directions(text):
            inner = text[direction.start : direction.end]
            if direction.meaning:
                events = self.asked(direction.meaning, inner, place)
                add(direction.start, direction.end, events)
        for match in _BRACKETS.finditer(text):
            if (bracketed := self._bracket(match, text, place)) is not None:
                add(*match.span(), bracketed)
        for match in _DOTS.finditer(text):
            dots = match[0].count(".") + 3 * match[0].count("…")
            length = Length(*(min(3.0, max(1.0, dots / 3)),) * 2)
            length = Length(round(length.shortest, 1), round(length.longest, 1))
            add(*match.span(), [Stay("pause", length, None, place)])
        return sorted(found, key=lambda span: span[0])

    def _bracket(self, match: re.Match[str], text: str, place: int) -> list[Event] | None:
        """What brackets ask for that aren't a plain direction; ``None`` if they are spoken."""
        inner = without_page_marks(next(filter(None, match.groups()), ""))
        alone = not _HAS_WORDS.search(text[: match.start()] + text[match.end() :])
        if how := self._breath_count(inner):
            return [how]
        if self.pattern and (again := breathing.more_rounds(inner)):
            if self.awaits_count:
                self.events.pop()
            return [PacedBreath(self.pattern, again, None, place)]
        spoken_to = addresses_listener(inner)
        reader = addresses_reader(inner)
        if match[1] is None:
            if spoken_to and not reader:
                return None
            return [Note(inner, place, reader)]
        if reader and not spoken_to and (alone or len(inner.split()) > 1):
            return [Note(inner, place)]
        return None

    def _breath_count(self, inner: str) -> PacedBreath | None:
        """More rounds of the breath before, if *inner* asks for them: ``6x``, ``3 minutes``."""
        last = self.events[-1] if self.events else None
        if isinstance(last, PacedBreath) and last.breaths is None and last.length is None:
            how = breathing.read_how_long(inner)
            if how and not _HAS_WORDS.search(inner[how.end :]):
                self.events.pop()
                return replace(last, breaths=how.breaths, length=how.length)
        return None

    def asked(self, meaning: Meaning, written: str, place: int) -> list[Event]:
        """The events that a direction asks for."""
        written = without_page_marks(written).strip(" ()[]{}<>*_-–—/")
        guess = f"“{written}” has no length" if meaning.guessed else ""
        match meaning.action:
            case "bell":
                return [Chime((meaning.times or (1, 1))[0], place=place)]
            case "breaths":
                return [self._breaths(meaning, place)]
            case "repeat" if _NAMES_A_SOUND.search(written):
                return [Note(written, place)]
            case "repeat" | "sides":
                return self._again(meaning, written, place)
            case "note":
                return [Note(written, place)]
        if self.awaits_count and not meaning.guessed and match_length(written):
            opened = self.events.pop()
            assert isinstance(opened, PacedBreath)
            return [replace(opened, length=meaning.length)]
        stay = Stay(meaning.action, meaning.length, None, place, guess)
        asked: Event = repeated_stay(meaning.times or (1, 1), stay, place)
        if meaning.each_side:
            asked = BothSides((asked,), self._order() or ("left", "right"), True, place)
        return [asked]

    def _breaths(self, meaning: Meaning, place: int) -> Event:
        if self.pattern:
            if self.awaits_count:
                self.events.pop()
            return PacedBreath(self.pattern, meaning.times, None, place)
        stay = Stay("hold", None, meaning.times, place)
        if meaning.each_side:
            return BothSides((stay,), self._order() or ("left", "right"), True, place)
        return stay

    def _again(self, meaning: Meaning, written: str, place: int) -> list[Event]:
        pattern = breathing.pattern_by_name(written) or self.pattern
        if pattern and meaning.times and not meaning.each_side:
            if self.awaits_count:
                self.events.pop()
            return [PacedBreath(pattern, meaning.times, None, place)]
        if meaning.each_side:
            self.other_side(written, place)
        if meaning.times:
            first, last = meaning.times
            more = 1 if meaning.more else 0
            self.repeat((first + more, last + more), written, place)
        elif not meaning.each_side:
            return [Note(written, place, understood=False)]
        return []

    # ------------------------------------------------------------------ again

    def other_side(self, written: str, place: int) -> None:
        """The paragraph, or the one before it, comes for the other side as well."""
        start = self._start_with_stay()
        if start is None:
            self.note(written, place, understood=False)
            return
        on_both_sides(self.events, start, written, place)
        self._before = self._paragraph = len(self.events)

    def repeat(self, times: tuple[int, int], written: str, place: int) -> None:
        """The last stay comes *times* in all; of a paragraph with several, the paragraph does."""
        start = self._start_with_stay()
        if start is None or times == (1, 1):
            self.note(written, place, understood=False)
            return
        in_rounds(self.events, start, times, written, place)

    def _repeat_chapter(self, times: tuple[int, int], written: str, place: int) -> None:
        """All of the chapter so far comes *times* in all."""
        if not chapter_in_rounds(self.events, times, written, place):
            self.note(written, place, understood=False)
            return
        self._before = self._paragraph = len(self.events)

    def _start_with_stay(self) -> int | None:
        """Where the paragraph with something to repeat begins.

        It is this paragraph, or if it has no words yet, the one before it.
        """
        here = self.events[self._paragraph :]
        if any(is_stay(event) for event in here):
            return self._paragraph
        if any(isinstance(event, Words) for event in here):
            return None
        return self._before if any(map(is_stay, self.events[self._before :])) else None

    def _order(self) -> tuple[str, str] | None:
        return sides_of(self.events[self._paragraph :])

    # ------------------------------------------------------------------ words

    def _say(self, text: str, place: int, listed: bool) -> None:
        text = text.strip()
        if not _HAS_WORDS.search(text):
            return
        plain = without_page_marks(text)
        counted = breathing.counted_aloud(plain)
        described = (
            [] if counted else [*breathing.find_patterns(plain), *breathing.find_named(plain)]
        )
        for found in sorted(described, key=lambda pattern: pattern.start):
            end = found.end
            how = breathing.read_how_long(plain[end:])
            bracketed = how is not None and plain[end:].lstrip()[:1] in ("(", "[")
            words = plain[:end]
            end = end + how.end if how else _sentence_end(plain, end)
            closing = re.match(r"[)\].!?,;:”\"»]*", plain[end:])
            end += closing.end() if closing else 0
            words = f"{words}." if bracketed else plain[:end]
            self._say_sentences(words, place, listed, patterned=True)
            self.pattern = found.pattern
            breaths, length = (how.breaths, how.length) if how else (None, None)
            self.events.append(PacedBreath(found.pattern, breaths, length, place))
            self._say(plain[end:], place, listed)
            return
        self._say_sentences(text, place, listed)

    def _say_sentences(self, text: str, place: int, listed: bool, patterned: bool = False) -> None:
        buffer = ""
        for sentence in sentences(text):
            asked = asked_by(without_page_marks(sentence), listed=listed)
            if patterned or asked.kind == "nothing":
                buffer += sentence
                continue
            if asked.kind in ("other-side", "repeat"):
                self._words(buffer, place)
                buffer = ""
                written = without_page_marks(sentence).strip()
                if asked.kind == "other-side":
                    self.other_side(written, place)
                    continue
                if asked.whole and asked.times:
                    self._repeat_chapter(asked.times, written, place)
                elif (
                    asked.dosage
                    and (listed or asked.counts_movements)
                    and self._start_with_stay() is None
                ):
                    self._words(written, place)
                    self.add_dosage(asked.dosage, place)
                else:
                    if asked.times and asked.times != (1, 1):
                        self.repeat(asked.times, written, place)
                    if asked.each_side:
                        self._both_sides(place)
                continue
            dosage = asked.dosage
            spoken = spoken_of(sentence, dosage, listed) if dosage else sentence
            if spoken:
                buffer += spoken
            else:
                self.note(sentence, place)
            self._words(buffer, place)
            buffer = ""
            if dosage:
                self.add_dosage(dosage, place)
                continue
            stay: Event = Stay("hold", asked.length, None, place, spoken=True)
            if asked.each_side:
                stay = BothSides((stay,), self._order() or ("left", "right"), True, place)
            self.events.append(stay)
        self._words(buffer, place)

    def add_dosage(self, dosage: Dosage, place: int) -> None:
        """Adds what *dosage* asks for, with the sides that the paragraph names."""
        if completes(dosage, self.events, self._paragraph, place):
            return
        if repeats_hold(dosage, self.events, place, self._order()):
            return
        if dosage.counts_nothing and dosage.tempo:
            self._tempo = dosage.tempo
            return
        added = dosage_events(dosage, place, self._order())
        if self._tempo:
            added = [with_tempo(event, self._tempo, "") for event in added]
        self.events += added

    def _both_sides(self, place: int) -> None:
        """What was asked for last comes on both sides."""
        if self.events and is_stay(self.events[-1]):
            last = self.events.pop()
            self.events.append(BothSides((last,), self._order() or ("left", "right"), True, place))

    def _words(self, text: str, place: int) -> None:
        text, emphasis = with_stars(text)
        if not _HAS_WORDS.search(text):
            return
        text = " ".join(text.split()).lstrip(",;:.!? ")
        self.events.append(Words(text, place, emphasis=emphasis))

    def add(self, event: Event) -> None:
        """Adds *event*; a written pause takes the place of a stay that words ask for.

        That holds in one paragraph, and where both are equally long.
        """
        last = self.events[-1] if self.events else None
        if isinstance(event, Stay) and isinstance(last, Stay) and last.spoken:
            here = len(self.events) > self._paragraph
            if event.length and (here or event.length == last.length):
                self.events.pop()
        self.events.append(event)

    # ------------------------------------------------------------------ breaths

    @property
    def awaits_count(self) -> bool:
        """Whether the last event is a breath of which nobody has said how often."""
        last = self.events[-1] if self.events else None
        return isinstance(last, PacedBreath) and last.breaths is None and last.length is None

    def _settle_open_breath(self, text: str, place: int) -> str:
        """*text* without what it begins with, if that is how often the breath before is done."""
        if not self.awaits_count:
            return text
        plain = _COUNT_LABEL.sub("", without_page_marks(text))
        how = breathing.read_how_long(plain)
        if how is None or text[:1] in "([{":
            return text
        opened = self.events.pop()
        assert isinstance(opened, PacedBreath)
        end = how.end + len(re.match(r"[.!?)]*", plain[how.end :])[0])  # type: ignore[index]
        self._words(plain[:end], place)
        self.events.append(replace(opened, breaths=how.breaths, length=how.length))
        return plain[end:].lstrip(" .,;:!)")

    def _notice_counting(self, text: str) -> None:
        """Remembers the breath that is counted aloud in *text* and the lines before it.

        What described it in advance, *in for four, out for six*, is then no breath of its own.
        """
        self._counted = f"{self._counted} {without_page_marks(text)}"[-600:]
        pattern = breathing.counted_aloud(self._counted)
        if pattern is None:
            return
        self.pattern = pattern
        for index in range(len(self.events) - 1, self._before - 1, -1):
            event = self.events[index]
            if isinstance(event, PacedBreath) and event.breaths is None and event.length is None:
                del self.events[index]
                self._paragraph -= index < self._paragraph
                return


def _sentence_end(text: str, position: int) -> int:
    match = re.search(r"[.!?](?=\s|$)|$", text[position:])
    return position + match.end() if match else len(text)


def _with_number(event: Event) -> Event:
    match event:
        case PacedBreath(breaths=None, length=None):
            return replace(event, breaths=_OPEN_BREATHS, guess="the text doesn't say how often")
        case Rounds() | BothSides() | ExerciseSets():
            return replace(event, events=tuple(map(_with_number, event.events)))
    return event
