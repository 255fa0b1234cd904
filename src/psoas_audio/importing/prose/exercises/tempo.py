"""Reads the tempo of a movement: ``tempo 3-1-2``, ``2 s up, 3 s down``.

In figures the first is the way down, the second the hold after it, the third the way up and the
fourth the hold after that, in seconds; an X is as fast as possible. So trainers write it, whichever
way an exercise begins (for instance strengthandconditioning.com/glossary/tempo-notation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from psoas_audio.importing.events import Tempo, TempoPhaseName
from psoas_audio.script.directions.numbers import NUMBER_PATTERN, read_number

_FASTEST = 1.0
"""Seconds of a way that is to be as fast as possible."""
_LONGEST_PHASE = 20
"""Seconds; what is longer is no phase of a movement."""
_WORD = (
    r"(?:(?:at|in|im|with|mit|con|avec)\s+)?(?:an?\s+|un\s+)?"
    r"(?:tempo|rhythm|rythme|cadencia|cadence)"
)
_IN_FIGURES = re.compile(
    rf"(?:[,;.(]\s*)?(?:\b{_WORD}\s*(?:of|de|von)?\s*[:=]?|@)\s*"
    r"(?P<figures>[\dx](?:\s?[-–/:.]\s?[\dx]){1,3}|[\dx]{3,4})\b\)?",
    re.IGNORECASE,
)
_MOVEMENTS: dict[TempoPhaseName, str] = {
    "up": r"up|upwards?|rais(?:e|ing)|lift(?:ing)?|ris(?:e|ing)|concentric"
    r"|hoch|rauf|aufwärts|heben|anheben|hochdrücken|konzentrisch"
    r"|sub(?:ir|e|iendo|ida)|arriba|concéntric[oa]|levantar"
    r"|mont(?:er|ez|ée)|lev(?:er|ez)|concentrique",
    "down": r"down|downwards?|lower(?:ing)?|eccentric"
    r"|runter|herunter|ab|abwärts|senken|absenken|ablassen|exzentrisch"
    r"|baj(?:ar|a|ando|ada)|abajo|excéntric[oa]"
    r"|descend(?:re|ez)|descente|redescend(?:re|ez)|baiss(?:er|ez)|excentrique",
    "hold": r"hold(?:ing)?|pause|paused|halten|oben halten|mantener|mantén|aguantar|pausa"
    r"|tenir|tenez|maintenir",
}
_MOVE = "|".join(f"(?P<{name}>{words})" for name, words in _MOVEMENTS.items())
_PHASE_WORDS = re.compile(rf"\b(?:{_MOVE})(?![^\W_])", re.IGNORECASE)
_SECONDS = re.compile(
    rf"(?<![\w.,:])(?P<number>{NUMBER_PATTERN})\s*(?:-?\s*(?:seconds?|secs?|s|counts?|sekunden?|sek"
    r"|segundos?|seg|secondes?|temps|tiempos?)\b\.?)?(?![\w:])",
    re.IGNORECASE,
)
_ARTICLES = ("a", "an", "un", "une", "una", "ein", "eine", "einen")
_CLAUSE = re.compile(r"[,;/]|\band\b|\bund\b|\by\b|\bet\b|\bthen\b|\bdann\b|\bluego\b|\bpuis\b")


@dataclass(frozen=True, slots=True)
class FoundTempo:
    """A tempo in a text."""

    tempo: Tempo
    rest: str
    """The text without it."""
    figures: str
    """How it is written."""

    @property
    def guess(self) -> str:
        """What has to be guessed: which figure is which."""
        names = ", ".join(f"{seconds:g} s {name}" for name, seconds in self.tempo)
        return f"tempo {self.figures} is {names}"


def find_tempo(text: str) -> FoundTempo | None:
    """The tempo that *text* has in figures; ``None`` if there is none."""
    if (match := _IN_FIGURES.search(text)) and (tempo := _from_figures(match["figures"])):
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        return FoundTempo(tempo, " ".join(rest.split()), match["figures"])
    return None


def _from_figures(written: str) -> Tempo | None:
    figures = re.findall(r"[\dx]", written, re.IGNORECASE)
    names: tuple[TempoPhaseName, ...] = ("down", "hold", "up", "rest")
    if len(figures) == 2:
        names = ("down", "up")
    seconds = [_FASTEST if sign in "xX" else float(sign) for sign in figures]
    phases = tuple((n, s) for n, s in zip(names, seconds, strict=False) if s)
    return phases if {"up", "down"} <= {name for name, _ in phases} else None


def tempo_in_words(text: str) -> tuple[Tempo, list[str]] | None:
    """The tempo that clauses of *text* say, and the other clauses: ``2 s up, 3 s down, 10 reps``.

    ``None`` if not both ways have their seconds.
    """
    phases: list[tuple[TempoPhaseName, float]] = []
    others: list[str] = []
    for clause in _CLAUSE.split(text):
        phase = _phase(clause)
        if phase is not None and phase[0] not in [name for name, _ in phases]:
            phases.append(phase)
        elif clause.strip():
            others.append(clause.strip())
    names = {name for name, _ in phases}
    return (tuple(phases), others) if {"up", "down"} <= names else None


def _phase(clause: str) -> tuple[TempoPhaseName, float] | None:
    words = list(_PHASE_WORDS.finditer(clause))
    numbers = [m for m in _SECONDS.finditer(clause) if m["number"].lower() not in _ARTICLES]
    if not words or len(numbers) != 1 or re.search(r"\b(?:reps?|sets?|wdh)\b", clause):
        return None
    seconds = read_number(numbers[0]["number"])
    name: TempoPhaseName | None = next(
        (key for key in ("up", "down", "hold") if words[-1][key] or words[0][key]), None
    )
    return (name, seconds) if name and 0 < seconds <= _LONGEST_PHASE else None
