"""Reads how long and how often an exercise is done: ``Hold 30 s each side, 2 sets, rest 15 s``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from psoas_audio.importing.events import Tempo
from psoas_audio.importing.prose.exercises.dose_words import plain_dose
from psoas_audio.importing.prose.exercises.tempo import find_tempo, tempo_in_words
from psoas_audio.script.directions.lengths import Length
from psoas_audio.script.directions.meaning import DirectionPart, direction_parts, times_in

_LONGEST_DOSE = 140
"""Characters; a longer text is prose."""


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
    """Between the sets, or after the exercise if there are none."""
    each_side: bool = False
    tempo: Tempo | None = None
    """Of each repetition."""
    guess: str = ""
    """What had to be guessed of the tempo."""

    @property
    def times_only(self) -> bool:
        """Whether it counts movements, and gives no time for them."""
        return self.hold is None and self.breaths is None

    @property
    def counts_nothing(self) -> bool:
        """Whether it only says how an exercise is done that stands elsewhere: its tempo, a rest."""
        return self.times_only and self.repetitions == self.sets == (1, 1)


_IGNORED = re.compile(
    r"^\s*(?:dosage|dose|dosis|posología|hold time|time|reps?/time|prescription"
    r"|frequency|umfang|anzahl"
    r"|(?:reps?|repetitions?|wiederholungen|repeticiones|répétitions)"
    r"(?=\s*[:=]\s*\d+\s*(?:[x×]|sets|sätze|series|séries)))\s*[:=]\s*",
    re.IGNORECASE,
)


def read_dosage(text: str, *, times_need_unit: bool = True) -> Dosage | None:
    """The dosage that *text* consists of; ``None`` if there is anything else in it."""
    text = _IGNORED.sub("", text.strip())
    if not text or len(text) > _LONGEST_DOSE:
        return None
    tempo, guess = None, ""
    if found := find_tempo(text):
        tempo, guess, text = found.tempo, found.guess, found.rest
    elif said := tempo_in_words(text):
        tempo, text = said[0], ", ".join(said[1])
    dosage = _read(text, times_need_unit) if text.strip(" .,;()") else Dosage()
    if dosage is None or (tempo is None and dosage == Dosage()):
        return None
    return replace(dosage, tempo=tempo, guess=guess)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or number of a dose, by what it stands for."""

    kind: Literal[
        "number", "cross", "times", "sets", "reps", "rounds", "again", "length", "breaths", "side",
        "rest", "hold",
    ]  # fmt: skip
    clause: int
    """Which of the clauses it stands in, from 0."""
    numbers: tuple[int, int] = (1, 1)
    length: Length | None = None


_CLAUSES = re.compile(r"[;()]|,(?!\d)|\.(?=\s)|\s[-–—]\s")
_CROSS = re.compile(r"(?<=\d)\s?[x×](?![^\W_])|(?<![^\W_])[x×]\s?(?=\d)|(?<=\d)[x×](?=\d)")
"""The sign in ``3 x 10``, ``3x10`` and ``x 4``."""
_AGAIN = re.compile(r"repeat|repet|repit|repite|wiederhole\b|wiederholen|répét[eè]|again|continu")


def _read(text: str, times_need_unit: bool) -> Dosage | None:
    plain, between = plain_dose(text)
    pieces = _pieces(plain)
    if not pieces:
        return None
    counts = _Counts(pieces)
    rest, hold = _lengths(pieces)
    if between and rest is None:
        rest, hold = hold, None
    side = any(piece.kind == "side" for piece in pieces)
    if counts.bare and times_need_unit and not hold and counts.sets == counts.repetitions == (1, 1):
        return None
    repetitions = counts.bare or counts.repetitions
    found = Dosage(hold, counts.breaths, repetitions, counts.sets, rest, side)
    if not found.times_only and counts.sets == (1, 1) and counts.by_times and rest:
        found = replace(found, sets=repetitions, repetitions=(1, 1))
    if found.counts_nothing and rest and not between:
        found = replace(found, hold=rest, rest=None)
    return None if found.counts_nothing and not rest else found


def _pieces(text: str) -> list[_Piece]:
    """The pieces of *text*; none if there is anything in it that no dose has."""
    found: list[_Piece] = []
    for clause, written in enumerate(_CLAUSES.split(text)):
        for number, segment in enumerate(_CROSS.split(written)):
            if number:
                found.append(_Piece("cross", clause))
            parts = [part for part in direction_parts(segment) if part.kind != "filler"]
            known = direction_parts(segment) or not re.search(r"[^\W_]", segment)
            if not known or any(part.kind in ("bell", "note") for part in parts):
                return []
            found += [piece for part in parts if (piece := _piece(part, clause))]
    return found


def _piece(part: DirectionPart, clause: int) -> _Piece | None:
    match part.kind:
        case "length":
            return _Piece("length", clause, length=part.length)
        case "number":
            return _Piece("number", clause, part.numbers or (1, 1))
        case "times":
            return _Piece("times", clause, times_in(part.text))
        case "repeat" if re.search(r"round|runde|ronda|vuelta|tour", part.text):
            return _Piece("rounds", clause)
        case "repeat" if _AGAIN.match(part.text) and not _is_noun(part.text):
            return _Piece("again", clause)
        case "repeat":
            return _Piece("reps", clause)
        case "breath":
            return _Piece("breaths", clause)
        case "sets" | "side" | "hold" as kind:
            return _Piece(kind, clause)
        case "rest" | "pause":
            return _Piece("rest", clause)
    return None


def _is_noun(word: str) -> bool:
    return bool(
        re.fullmatch(r"repetitions?|repetici(?:ón|ones)|répétitions?|wiederholung(?:en)?", word)
    )


class _Counts:
    """The numbers of a dose, each given to what it counts."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self.sets = (1, 1)
        self.repetitions = (1, 1)
        self.breaths: tuple[int, int] | None = None
        self.bare: tuple[int, int] | None = None
        """A number that nothing says the meaning of."""
        self.by_times = False
        """Whether the repetitions are *three times*, *3 x*, and not *three repetitions*."""
        held = any(piece.kind == "length" for piece in pieces)
        taken: set[int] = set()
        for place, piece in enumerate(pieces):
            if piece.kind == "times":
                self._times(piece.numbers)
            elif piece.kind == "number":
                after = pieces[place + 1].kind if place + 1 < len(pieces) else ""
                before = pieces[place - 1].kind if place and place - 1 not in taken else ""
                if before in ("sets", "reps", "rounds"):
                    taken.add(place - 1)
                    self._named(before, piece.numbers, held)
                elif before == "again" and after not in ("sets", "reps", "rounds", "breaths"):
                    self._times(piece.numbers)
                elif after in ("sets", "reps", "rounds", "breaths"):
                    taken.add(place + 1)
                    self._named(after, piece.numbers, held)
                elif after == "cross" and self.sets == (1, 1) and self.repetitions == (1, 1):
                    self._crossed(piece.numbers, pieces[place + 2 :])
                elif before == "cross" and self.repetitions != (1, 1) and self.sets == (1, 1):
                    self.sets, self.repetitions = self._in_order(piece.numbers, pieces[:place])
                elif before == "cross" and held:
                    self._times(piece.numbers)
                elif self.sets != (1, 1) or after == "side" or before == "cross":
                    self.repetitions = piece.numbers
                else:
                    self.bare = piece.numbers

    def _named(self, kind: str, numbers: tuple[int, int], held: bool) -> None:
        if kind == "sets" or (kind == "rounds" and (held or self.repetitions != (1, 1))):
            self.sets = numbers
        elif kind == "breaths":
            self.breaths = numbers
        else:
            self.repetitions = numbers
            self.by_times = kind == "rounds"

    def _times(self, numbers: tuple[int, int]) -> None:
        if self.repetitions != (1, 1) and self.sets == (1, 1):
            self.sets = numbers
        else:
            self.repetitions, self.by_times = numbers, True

    def _crossed(self, numbers: tuple[int, int], behind: list[_Piece]) -> None:
        """“3 x”: sets of what is counted behind it, or how often a hold comes."""
        following = behind[0].kind if behind else ""
        named = [piece.kind for piece in behind[1:2]]
        if following == "number" and named != ["sets"]:
            self.sets = numbers
        else:
            self.repetitions, self.by_times = numbers, following == "length"

    def _in_order(
        self, numbers: tuple[int, int], before: list[_Piece]
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        """Sets and repetitions, where the second number of two stands behind a cross."""
        named = any(piece.kind == "reps" for piece in before)
        return (numbers, self.repetitions) if named else (self.repetitions, numbers)


def _lengths(pieces: list[_Piece]) -> tuple[Length | None, Length | None]:
    """The rest and the hold.

    Each length belongs to the word before it in its clause, else to that behind it.
    """
    rest = hold = None
    used: set[int] = set()
    for place, piece in enumerate(pieces):
        if piece.kind != "length":
            continue
        kind = ""
        for near in (place - 1, place + 1):
            if 0 <= near < len(pieces) and near not in used and pieces[near].clause == piece.clause:
                word = pieces[near].kind
                if word in ("rest", "hold"):
                    used.add(near)
                    kind = word
                    break
        if kind == "rest" or (hold is not None and not kind):
            rest = rest or piece.length
        else:
            hold = hold or piece.length
    return rest, hold


def spoken_of(sentence: str, dosage: Dosage, listed: bool) -> str:
    """What is spoken of a *sentence* that asks for *dosage*.

    In a list of exercises nothing is, where a time or a rest is done and needs no words. A tempo in
    figures isn't spoken anywhere.
    """
    tempo = find_tempo(sentence)
    if tempo and dosage.counts_nothing:
        return ""
    if listed and (not dosage.times_only or (dosage.counts_nothing and dosage.tempo is None)):
        return ""
    return f"{tempo.rest.strip(' ,;.')}. " if tempo else sentence
