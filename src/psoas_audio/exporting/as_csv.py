"""A session as a table: a row for each thing that happens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from psoas_audio.exporting.items import (
    ExportedChapter,
    ExportedItem,
    ExportedStep,
    ExportedWords,
)
from psoas_audio.units import samples_to_seconds

COLUMNS = ("chapter", "what", "text", "seconds")


def as_csv(items: Sequence[ExportedItem]) -> str:
    """The table, with a head; ``seconds`` are those of silences, which the script decides."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    chapter = ""
    for item in items:
        match item:
            case ExportedChapter(title=title):
                chapter = title
            case ExportedWords(text=words):
                writer.writerow((chapter, "say", words, ""))
            case ExportedStep(step=step, length=length):
                what, _, rest = step.partition(": ")
                writer.writerow((chapter, what, rest, f"{samples_to_seconds(length):g}"))
    return text.getvalue()
