"""Reports what a transcriber heard: how many words were wrong, and in which lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from psoas_audio.listening.compare import Edit
from psoas_audio.listening.hear import HeardLine
from psoas_audio.units import clock, samples_to_seconds

_MISHEARD_WORDS = 2
"""This many misheard words make a line worth a look: a transcriber mishears one in 2 of 100 good
takes of a neural voice. One word that is missing or doubled is enough (docs/listening.md)."""


@dataclass(frozen=True, slots=True)
class WordReport:
    """The words of a session, or of a voice's lines, as they were said and heard."""

    transcriber: str
    """The name of the model that listened."""
    lines: int
    said: int
    """Words that were to be said."""
    heard: int
    """Words that were heard."""
    wrong: int
    """Words that are missing, doubled, added or misheard, whether their line is a fault or not."""
    faults: tuple[HeardLine, ...]
    """The lines that are reported, in order."""

    @property
    def error_rate(self) -> float:
        """Wrong words for each word said; 0 for a session without words."""
        return self.wrong / self.said if self.said else 0.0

    def as_json(self) -> dict[str, Any]:
        """The object ``words`` that ``qc --words --json`` prints."""
        return {
            "listener": self.transcriber,
            "lines": self.lines,
            "said": self.said,
            "heard": self.heard,
            "error_rate": round(self.error_rate, 4),
            "faults": [
                {
                    "start": samples_to_seconds(line.start),
                    "said": line.text,
                    "heard": " ".join(line.comparison.heard),
                    "what": describe_line(line),
                }
                for line in self.faults
            ],
        }

    @property
    def summary(self) -> str:
        """One sentence."""
        lines = f"{self.lines} line{'s' * (self.lines != 1)}"
        return (
            f"{100 * self.error_rate:.1f} % of {self.said} words in {lines}"
            f" were misheard by {self.transcriber}"
        )

    def warnings(self) -> list[str]:
        """A sentence for each fault, with its place."""
        return [
            f"at {clock(line.start)}: “{line.text}” was not heard as written: {describe_line(line)}"
            for line in self.faults
        ]


def report_lines(transcriber: str, lines: Iterable[HeardLine]) -> WordReport:
    """The report on *lines*, which the model *transcriber* heard."""
    count = said = heard = wrong = 0
    faults = []
    for line in lines:
        count += 1
        said += len(line.comparison.said)
        heard += len(line.comparison.heard)
        wrong += line.comparison.wrong_words
        if is_fault(line):
            faults.append(line)
    return WordReport(transcriber, count, said, heard, wrong, tuple(faults))


def is_fault(line: HeardLine) -> bool:
    """Whether *line* is reported: two words are wrong, or one is missing, doubled, or heard as its
    opposite."""
    compared = line.comparison
    certain = any(edit.kind in ("missing", "doubled", "opposite") for edit in compared.edits)
    return certain or compared.wrong_words >= _MISHEARD_WORDS


def describe_line(line: HeardLine) -> str:
    """What is wrong with *line*, as part of a sentence."""
    if line.looped:
        return "the model understood nothing and repeated itself"
    described = "; ".join(_descriptions(line.comparison.edits))
    return described + "; on its own, the take is heard correctly" * line.covered


def _descriptions(edits: Iterable[Edit]) -> Iterator[str]:
    for edit in edits:
        said, heard = " ".join(edit.said), " ".join(edit.heard)
        match edit.kind:
            case "missing":
                yield f"“{said}” is missing"
            case "doubled":
                yield f"“{heard}” is said twice"
            case "added":
                yield f"“{heard}” was heard in addition"
            case "opposite":
                yield f"“{said}” was heard as its opposite, “{heard}”"
            case "misheard":
                yield f"“{said}” was heard as “{heard}”"
