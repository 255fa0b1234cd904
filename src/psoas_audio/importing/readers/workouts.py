"""Files of workout programs as events: a CSV of exercises, or YAML with a list of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

import yaml

from psoas_audio.errors import PsoasError
from psoas_audio.importing.events import Outline, Stay
from psoas_audio.importing.prose.exercises.dosage import Dosage
from psoas_audio.importing.prose.exercises.dose_events import dosage_events
from psoas_audio.importing.prose.exercises.sheet import add_table, is_head
from psoas_audio.importing.prose.page_words import sides_named
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.script.directions import Length
from psoas_audio.script.directions.lengths import match_length

_MAX_ROWS = 5_000
LOOKS_LIKE_WORKOUT = re.compile(r"^(?:exercises|workout|intervals|stations)\s*:", re.MULTILINE)
LOOKS_LIKE_SCRIPT = re.compile(r"^(?:steps|chapters)\s*:", re.MULTILINE)


def looks_like_csv(text: str) -> bool:
    """Whether every line of *text* has the same separator, and the first names columns."""
    lines = [line for line in text.split("\n") if line.strip()][:50]
    if len(lines) < 2:
        return False
    delimiter = _delimiter(lines)
    counts = [line.count(delimiter) for line in lines]
    if not counts[0] or min(counts) < 1:
        return False
    first = next(csv.reader([lines[0]], delimiter=delimiter))
    return is_head(first) and len(first) >= 2


def _delimiter(lines: list[str]) -> str:
    return max(",;\t|", key=lambda sign: (lines[0].count(sign), -",;\t|".index(sign)))


def read_csv(text: str) -> Outline:
    """The events of a table of exercises or cues in *text*."""
    lines = [line for line in text.split("\n") if line.strip()]
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(lines) if lines else ",")
    rows: list[tuple[str, ...]] = []
    places: list[int] = []
    title = ""
    for row in reader:
        cells = tuple(cell.strip() for cell in row)
        filled = [cell for cell in cells if cell]
        if not filled or filled[0].startswith("#"):
            continue
        if not rows and len(filled) == 1 and not title:
            title = filled[0]
            continue
        rows.append(cells)
        places.append(reader.line_num)
        if len(rows) > _MAX_ROWS:
            raise PsoasError(
                f"the table has more than {_MAX_ROWS:,} rows.", hint="Divide it into several files."
            )
    speech = SpeechReader()
    add_table(rows, places, speech)
    return Outline(tuple(speech.close()), title)


def read_workout(text: str, name: str) -> Outline:
    """The events of a YAML file with a list of exercises."""
    try:
        if re.search(r"(?:^|[\s\[{,:-])[&*]\w", text, re.MULTILINE):
            raise PsoasError(
                "anchors and aliases aren't accepted.",
                where=name,
                hint="Write out what they stand for.",
            )
        document = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as fault:
        raise PsoasError(
            f"the file isn't valid YAML: {fault}.", where=name, hint="Correct that line."
        ) from None
    exercises = None
    if isinstance(document, Mapping):
        for key in ("exercises", "workout", "intervals", "stations"):
            exercises = exercises or document.get(key)
    if not isinstance(document, Mapping) or not isinstance(exercises, list):
        raise PsoasError(
            "the file has no list of exercises.",
            where=name,
            hint="Name it 'exercises:', and give each one a name and a duration.",
        )
    speech = SpeechReader()
    _say(document.get("before_workout_announce"), speech)
    between = _length(_inner(document.get("pause"), "duration") or document.get("rest"))
    halves = _inner(document.get("half_time"), "text")
    for index, exercise in enumerate(exercises):
        if index and between:
            speech.events.append(Stay("rest", between, None))
        speech.begin_paragraph()
        _read_exercise(exercise, speech)
    if between:
        speech.note("the pause comes between the exercises", 0)
    for words in (_inner(document.get("pause"), "text"), halves):
        if words:
            speech.note(re.sub(r"\{\{.*?\}\}", "…", words), 0)
    _say(document.get("after_workout_announce"), speech)
    title = document.get("title") or document.get("name") or ""
    return Outline(tuple(speech.close()), title if isinstance(title, str) else "")


def _read_exercise(exercise: object, speech: SpeechReader) -> None:
    if isinstance(exercise, str):
        speech.read(exercise, 0, listed=True)
        return
    if not isinstance(exercise, Mapping):
        return
    name = exercise.get("name") or exercise.get("title") or exercise.get("exercise") or ""
    _say(name, speech)
    texts = exercise.get("texts") or exercise.get("text") or exercise.get("instructions") or []
    for words in texts if isinstance(texts, list) else [texts]:
        _say(words, speech)
    keys = ("duration", "time", "work", "hold", "seconds")
    length = next(filter(None, (_length(exercise.get(key)) for key in keys)), None)
    half = str(exercise.get("half_time", "")).lower() in ("true", "yes", "on")
    if length:
        dosage = Dosage(length.times(0.5) if half else length, each_side=half)
        speech.events += dosage_events(dosage, 0, sides_named(str(name)))
    if rest := _length(exercise.get("rest") or exercise.get("pause")):
        speech.events.append(Stay("rest", rest, None))


def _say(words: object, speech: SpeechReader) -> None:
    if isinstance(words, str) and words.strip():
        text = words.strip()
        speech.read(text if re.search(r"[.!?:]$", text) else f"{text}.", 0)


def _inner(value: object, key: str) -> str:
    found = value.get(key) if isinstance(value, Mapping) else value if key == "duration" else ""
    return found if isinstance(found, str) else ""


def _length(value: object) -> Length | None:
    if not isinstance(value, str):
        return None
    if re.fullmatch(r"\d{1,5}", value.strip()):
        seconds = float(value)
        return Length(seconds, seconds) if seconds else None
    match = match_length(value.strip())
    return match[1] if match and match[1].longest else None
