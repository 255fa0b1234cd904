"""Tables of exercises or cues as events: the head names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from psoas_audio.importing.events import Chime, PacedBreath, Stay, Words
from psoas_audio.importing.prose import breathing
from psoas_audio.importing.prose.exercises.dosage import Dosage, read_dosage
from psoas_audio.importing.prose.exercises.dose_events import dosage_events
from psoas_audio.importing.prose.exercises.tempo import find_tempo
from psoas_audio.importing.prose.page import without_page_marks
from psoas_audio.importing.prose.page_words import sides_named
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.importing.prose.timing import seconds_of, speaking_time
from psoas_audio.script.directions import Length, read_direction
from psoas_audio.script.directions.lengths import match_length

_COLUMNS = {
    "start": r"start|begin|from|at|timestamp|timecode|beginn|von|inicio|desde|début|de",
    "number": r"#|no\.?|nr\.?|n[ºo°]|number|nummer|número|numéro|step|schritt|paso|étape|order|id",
    "name":
        r"exercise(?: name)?|name|pose|asana|movement|stretch|drill|station|item|activity"
        r"|übung|haltung|position|name der übung|ejercicio|postura|estiramiento|exercice"
        r"|posture|étirement|mouvement|title|titel",
    "how":
        r"how(?: to)?|what(?: to do)?|instructions?|description|details?|cues?|technique"
        r"|execution|anleitung|beschreibung|ausführung|wie|hinweis(?:e)?|anweisung(?:en)?"
        r"|cómo|descripción|instrucciones|indicaciones|qué hacer|comment|description"
        r"|consignes?|instructions|remarques?|notes?|notas?|comments?",
    "voice":
        r"voice|text|script|spoken|say|narration|words|speech|audio|line|what to say"
        r"|sprechtext|gesprochen|ansage|stimme|texto|guion|voz|locución|texte|voix|paroles"
        r"|narration",
    "sets": r"sets?|rounds?|sätze|serien|runden|durchgänge|series|rondas|vueltas|séries|tours",
    "reps":
        r"rep(?:s|etitions?)?|times|wiederholungen|wdh\.?|anzahl|repeticiones|reps?\.?|veces"
        r"|répétitions?|fois|count",
    "hold":
        r"hold(?: time)?|halten|haltezeit|mantener|tenir|maintien|time|duration|length|work"
        r"|dauer|zeit|tiempo|duración|durée|temps|work time|on|belastung|trabajo|effort"
        r"|seconds|secs?|sekunden|segundos|secondes|minutes|minuten|minutos|min",
    "tempo": r"tempo|cadence|cadencia|rythme|rhythm",
    "rest":
        r"rest|recovery|off|break|rest time|pause nach|erholung|descanso|recuperación|repos"
        r"|récupération|pausenzeit",
    "pause": r"pause|silence|wait|gap|stille|pausa|silencio|silence après|pause after",
    "dose":
        r"dos(?:e|age)|dosis|dosierung|umfang|dosificación|posologie|how (?:much|long|often)"
        r"|frequency|amount|prescription|quantity|(?:sets?|sätze|serien|series|séries)\s?[x×*/&]\s?"
        r"(?:reps?|wdh\.?|wiederholungen|repeticiones|répétitions|reps/time)",
    "sound":
        r"sounds?|bell|music|sfx|effect|cue sound|klang|ton|gong|glocke|sonido|campana|son"
        r"|cloche",
    "side": r"sides?|seiten?|lados?|côtés?",
}  # fmt: skip
_UNIT = re.compile(r"\s*[(\[]\s*(?P<unit>[^)\]]+)[)\]]\s*$|\s+in\s+(?P<in>\w+)$")
_UNIT_BEHIND = re.compile(
    r"(?<=\w)\s+(?P<behind>s|secs?|seconds|sek|sekunden|segundos|minutes|min)$"
)
_NONE = ("", "-", "–", "—", "n/a", "na", "none", "keine", "0", "x", "/", "0s", "no")


def column_kinds(head: Sequence[str]) -> list[str]:
    """What each column of a table holds, by its *head*; empty where that isn't known."""
    kinds: list[str] = []
    for cell in head:
        text = _column_name(cell)
        kind = next(
            filter(None, map(_column_kind, (text, *re.split(r"\s*/\s*|\s+or\s+", text)))), ""
        )
        if kind == "hold" and kind in kinds:
            kind = ""
        kinds.append(kind)
    if "name" in kinds and kinds.count("pause") and "hold" in kinds:
        kinds = ["rest" if kind == "pause" else kind for kind in kinds]
    return kinds


def _column_name(cell: str) -> str:
    """The head of a column in lower case, without its unit: ``Rest (s)``, ``work_seconds``."""
    text = " ".join(without_page_marks(cell).lower().replace("_", " ").split())
    text = _UNIT.sub("", text).strip(" :")
    return _UNIT_BEHIND.sub("", text)


def _column_kind(name: str) -> str:
    return next((kind for kind, names in _COLUMNS.items() if re.fullmatch(names, name)), "")


def is_head(row: Sequence[str]) -> bool:
    """Whether *row* names the columns of a table."""
    known = [kind for kind in column_kinds(row) if kind]
    filled = [cell for cell in row if cell.strip()]
    if any(re.search(r"\d", cell) for cell in filled):
        return False
    return len(known) >= 2 or bool(known and len(filled) <= 2)


def add_table(rows: Sequence[tuple[str, ...]], places: Sequence[int], reader: SpeechReader) -> None:
    """Adds what the *rows* of a table, at *places* of the file, ask for to the *reader*."""
    if not rows:
        return
    head: tuple[str, ...] = ()
    if is_head(rows[0]):
        head = rows[0]
        kinds, units = column_kinds(rows[0]), [_unit(cell) for cell in rows[0]]
        reader.note(" | ".join(rows[0]), places[0])
        rows, places = rows[1:], places[1:]
    else:
        width = max(map(len, rows))
        kinds, units = _guessed_columns(rows, width), [""] * width
    starts = _starts(rows, kinds)
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        if is_head(row):
            continue
        reader.begin_paragraph()
        cells = dict(_cells(row, kinds, units))
        if head and "reps" in kinds:
            name = without_page_marks(head[kinds.index("reps")])
            cells["reps head"] = re.split(r"\s*[/(]", name)[0]
        first = len(reader.events)
        if starts:
            cells.pop("hold" if "hold" in kinds else "start", None)
        _read_row(cells, place, reader)
        if number + 1 < len(starts):
            left = starts[number + 1] - starts[number] - speaking_time(reader.events[first:])
            if left >= 1:
                guess = "the time left until the next line"
                silence = Length(round(left), round(left))
                reader.events.append(Stay("pause", silence, None, place, guess))


def _starts(rows: Sequence[tuple[str, ...]], kinds: list[str]) -> list[float]:
    """When each of the *rows* begins, in seconds, if a column of rising times says so."""
    column = next((n for n, kind in enumerate(kinds) if kind in ("start", "hold")), None)
    if column is None or "voice" not in kinds or len(rows) < 2:
        return []
    stamps = [row[column].strip() if column < len(row) else "" for row in rows]
    if not all(re.fullmatch(r"\d{1,2}:\d\d(?::\d\d)?", stamp) for stamp in stamps):
        return []
    starts = [seconds_of(stamp) for stamp in stamps]
    return starts if sorted(set(starts)) == starts else []


def _cells(row: Sequence[str], kinds: list[str], units: list[str]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for index, cell in enumerate(row):
        kind = kinds[index] if index < len(kinds) else ""
        cell = cell.strip()
        if not cell:
            continue
        if index < len(units) and units[index] and re.fullmatch(r"[\d.,\s–-]+", cell):
            cell = f"{cell} {units[index]}"
        kind = kind or "other"
        found[kind] = f"{found[kind]}. {cell}" if kind in found else cell
    return list(found.items())


def _unit(cell: str) -> str:
    match = _UNIT.search(without_page_marks(cell).strip().lower())
    name = without_page_marks(cell).replace("_", " ").strip().lower()
    behind = _UNIT_BEHIND.search(name)
    unit = (match["unit"] or match["in"]) if match else behind["behind"] if behind else name
    return unit if match_length(f"1 {unit}") else ""


def _guessed_columns(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Columns of a table without a head: a name first, then its time, then its rest."""
    kinds: list[str] = []
    for column in range(width):
        cells = [row[column].strip() for row in rows if column < len(row)]
        timed = sum(bool(_time(cell)) or cell.lower() in _NONE for cell in cells)
        if timed > len(cells) / 2:
            kinds.append("hold" if "hold" not in kinds else "rest" if "rest" not in kinds else "")
        else:
            kinds.append("name" if "name" not in kinds else "how")
    return kinds


def _read_row(row: dict[str, str], place: int, reader: SpeechReader) -> None:
    spoken = " ".join(row.get(kind, "") for kind in ("name", "how", "voice"))
    if sound := row.get("sound"):
        _read_sound(sound, place, reader)
    name = without_page_marks(row.get("name", "")).strip()
    note = row.get("how", "")
    dosage = _row_dosage(row)
    pattern = breathing.pattern_by_name(f"{name} {note} {row.get('other', '')}")
    if name and read_direction(name) and (dosage is None or dosage.times_only):
        reader.read(f"[{name}]", place)
    elif name and _is_rest(name) and dosage:
        reader.events += dosage_events(dosage, place, None)
        return
    elif name:
        reader.read(name if re.search(r"[.!?:]$", name) else f"{name}.", place, listed=True)
    if note and not (pattern and re.fullmatch(r"[\d\s–-]+", note)):
        reader.read(note, place, listed=True)
    if voice := row.get("voice"):
        reader.read(voice, place)
    if other := row.get("other"):
        _read_other(other, place, reader)
    if pattern and dosage and dosage.hold:
        reader.events.append(PacedBreath(pattern, None, dosage.hold, place))
        if dosage.rest:
            reader.events.append(Stay("rest", dosage.rest, None, place))
    elif dosage:
        _add_dosage(dosage, row, place, reader, sides_named(spoken))
    if pause := _time(row.get("pause", "")):
        reader.events.append(Stay("pause", pause, None, place))


def _add_dosage(
    dosage: Dosage,
    row: dict[str, str],
    place: int,
    reader: SpeechReader,
    order: tuple[str, str] | None,
) -> None:
    if dosage.times_only and dosage.repetitions != (1, 1):
        first, last = dosage.repetitions
        written = row.get("reps") or row.get("hold") or row.get("dose") or ""
        text = without_page_marks(written)
        bare = f"{first}" if first == last else f"{first}-{last}"
        head = row.get("reps head", "×")
        count = f"{bare} {head}" if re.fullmatch(r"[\d\s–-]+", text) else text
        count = count if count.endswith(".") else f"{count}."
        reader.events.append(Words(count, place))
    reader.events += dosage_events(dosage, place, order)


def _row_dosage(row: dict[str, str]) -> Dosage | None:
    """How long and how often, from all the columns that say it."""
    found = Dosage()
    said = False
    for kind in ("dose", "hold"):
        text = without_page_marks(row.get(kind, "")).strip()
        if text.lower() in _NONE:
            continue
        read = read_dosage(text) or _bare_time(text)
        if read:
            found, said = read, True
    for kind in ("reps", "sets"):
        text = without_page_marks(row.get(kind, "")).strip()
        if text.lower() in _NONE:
            continue
        read = read_dosage(text, times_need_unit=False)
        if read is None:
            continue
        if kind == "reps":
            found = replace(
                found, hold=found.hold or read.hold, breaths=found.breaths or read.breaths
            )
        counted = read.sets if read.sets != (1, 1) else read.repetitions
        found = replace(found, each_side=found.each_side or read.each_side)
        if read.tempo:
            found = replace(found, tempo=read.tempo, guess=read.guess)
        if kind == "reps" and (read.sets != (1, 1) and read.repetitions != (1, 1)):
            found = replace(found, sets=read.sets, repetitions=read.repetitions)
        elif kind == "reps":
            found = replace(found, repetitions=counted)
        else:
            found = replace(found, sets=counted)
        said = said or counted != (1, 1)
    tempo = find_tempo(f"tempo {row['tempo']}") if "tempo" in row else None
    if tempo:
        found = replace(found, tempo=tempo.tempo, guess=tempo.guess)
    rest = _time(row.get("rest", ""))
    if rest:
        found, said = replace(found, rest=rest), True
    side = without_page_marks(row.get("side", "")).lower()
    if re.search(r"both|each|beide|jede|ambos|cada|deux|chaque|l\s*[/+&]\s*r|yes|ja|sí|oui", side):
        found = replace(found, each_side=True)
    return found if said else None


def _bare_time(text: str) -> Dosage | None:
    """A number alone in a column of times: seconds."""
    time = _time(text)
    return Dosage(time) if time else None


def _time(text: str) -> Length | None:
    text = without_page_marks(text).strip()
    if match := match_length(text):
        if not match[1].longest:
            return None
        return match[1] if match[0] == len(text.rstrip(" .")) or match[0] == len(text) else None
    if number := re.fullmatch(r"(\d{1,4}(?:[.,]\d)?)(?:\s*[-–]\s*(\d{1,4}))?", text):
        first = float(number[1].replace(",", "."))
        return Length(first, float(number[2] or first)) if first else None
    direction = read_direction(text) if text else None
    return direction.length if direction and direction.action in ("pause", "rest") else None


def _is_rest(name: str) -> bool:
    return bool(
        re.fullmatch(r"(?:rest|break|pause|recovery|erholung|descanso|pausa|repos)", name.lower())
    )


def _read_sound(text: str, place: int, reader: SpeechReader) -> None:
    meaning = read_direction(without_page_marks(text))
    if meaning and meaning.action == "bell":
        reader.events.append(Chime((meaning.times or (1, 1))[0], place=place))
    elif text.lower() not in _NONE:
        reader.note(text, place)


def _read_other(text: str, place: int, reader: SpeechReader) -> None:
    meaning = read_direction(without_page_marks(text))
    if meaning:
        for event in reader.asked(meaning, text, place):
            reader.events.append(event)
    else:
        reader.read(text, place)
