"""Subtitles (SRT, WebVTT) and Audacity labels as events: the gaps between them are silences."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from psoas_audio.importing.events import Note, Outline, Stay, Words
from psoas_audio.importing.prose.page_words import ROLES
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.importing.prose.tidy import is_furniture
from psoas_audio.importing.prose.timing import seconds_of, speaking_time
from psoas_audio.importing.prose.whole_direction import whole_direction
from psoas_audio.script.directions import Length

_CUE_TIMES = re.compile(
    r"^\s*(?P<start>(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3})\s*-->\s*(?P<end>(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3})"
)
LOOKS_LIKE_CUES = re.compile(r"^\s*(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}\s*-->\s*\S", re.MULTILINE)
LOOKS_LIKE_LABELS = re.compile(
    r"\A(?:\\.*\n|\s*\n)*\d+[.,]\d+\t\d+[.,]\d+\t?.*(?:\n|\Z)", re.MULTILINE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+[^<>]*>")
_LABEL = re.compile(r"^\s*-?\s*([^\W\d_][\w .'’-]{0,24}?)\s*[:：]\s+(?=\S)")
_SHORTEST_GAP = 1.0
"""Seconds; a shorter gap is the breath between two sentences."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class TimedCue:
    """A timed text."""

    start: float
    """Seconds."""
    end: float
    text: str
    place: int
    """Its line in the file."""


def read_cues(text: str) -> Outline:
    """The events of subtitles."""
    cues: list[TimedCue] = []
    notes: list[Note] = []
    title = ""
    for block, place in _blocks(text):
        head = block[0]
        if head.startswith("WEBVTT"):
            title = head.removeprefix("WEBVTT").strip(" -–—:\t")
            notes += [Note(line, place) for line in block[1:] if "-->" not in line]
        elif re.match(r"(?:NOTE|STYLE|REGION)\b", head):
            words = " ".join([head.partition(" ")[2], *block[1:]]).strip()
            if head.startswith("NOTE") and words:
                notes.append(Note(words, place))
        else:
            at = next((n for n, line in enumerate(block) if _CUE_TIMES.match(line)), None)
            if at is None:
                continue
            match = _CUE_TIMES.match(block[at])
            assert match is not None
            words = _plain(" ".join(block[at + 1 :]))
            start, end = seconds_of(match["start"]), seconds_of(match["end"])
            cues.append(TimedCue(start, max(start, end), words, place + at))
    return _outline(cues, notes, title, regions=False)


def read_labels(text: str) -> Outline:
    """The events of Audacity's labels: start, end and text, with tabs between."""
    cues: list[TimedCue] = []
    for place, line in enumerate(text.split("\n"), start=1):
        cells = line.split("\t")
        if len(cells) < 2 or line.startswith("\\"):
            continue
        try:
            start, end = (float(cell.strip().replace(",", ".")) for cell in cells[:2])
        except ValueError:
            continue
        cues.append(TimedCue(start, max(start, end), " ".join(cells[2:]).strip(), place))
    return _outline(cues, [], "", regions=True)


def _blocks(text: str) -> list[tuple[list[str], int]]:
    found: list[tuple[list[str], int]] = []
    block: list[str] = []
    for place, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append(line.strip())
        elif block:
            found.append((block, place - len(block)))
            block = []
    return found


def _plain(text: str) -> str:
    text = _TAG.sub("", _VOICE.sub("", text))
    return " ".join(html.unescape(text).replace("♪", " ").replace("♫", " ").split())


def _outline(cues: list[TimedCue], notes: list[Note], title: str, *, regions: bool) -> Outline:
    labels = _labels(cues)
    reader = SpeechReader()
    reader.events += notes
    heard_until: float | None = None
    for index, cue in enumerate(cues):
        text = re.sub(r"^[-–—]\s+", "", _without_label(cue.text, labels))
        following = cues[index + 1].start if index + 1 < len(cues) else None
        if is_furniture(text):
            reader.note(text, cue.place)
            continue
        meaning = whole_direction(text) if text else None
        if meaning is None and re.fullmatch(r"[\[(].*[\])]", text) and _is_sound(text):
            reader.note(text, cue.place)
            continue
        if meaning and meaning.action in ("pause", "hold", "rest"):
            heard_until = _silence(reader, cue, heard_until, regions)
            continue
        if meaning and meaning.action == "note":
            reader.note(text, cue.place)
            continue
        gap = cue.start - heard_until if heard_until is not None else 0.0
        if gap >= _SHORTEST_GAP:
            _add_silence(reader, gap, cue.place)
        if meaning:
            reader.events += reader.asked(meaning, text, cue.place)
            heard_until = cue.end if cue.end > cue.start and not regions else cue.start
            continue
        _add_words(reader, text, cue.place, joined=0 <= gap < _SHORTEST_GAP)
        heard_until = cue.end
        if cue.end - cue.start < 0.05:  # a point: its words take the time they take
            spoken = speaking_time([Words(text)])
            heard_until = min(cue.start + spoken, following or cue.start + spoken)
    return Outline(tuple(reader.close()), title)


def _silence(
    reader: SpeechReader, cue: TimedCue, heard_until: float | None, regions: bool
) -> float:
    """Adds the silence that *cue* stands for; where it ends."""
    start = cue.start if regions or heard_until is None else min(cue.start, heard_until)
    end = cue.end
    if end - start >= 0.05:
        _add_silence(reader, end - start, cue.place)
    return end


def _add_silence(reader: SpeechReader, seconds: float, place: int) -> None:
    seconds = round(seconds, 2)
    reader.events.append(Stay("pause", Length(seconds, seconds), None, place))


def _add_words(reader: SpeechReader, text: str, place: int, *, joined: bool) -> None:
    """Adds *text*; a sentence that began in the cue before goes on."""
    last = reader.events[-1] if reader.events else None
    if joined and isinstance(last, Words) and not _SENTENCE_END.search(last.text):
        reader.events.pop()
        text = f"{last.text} {text}"
    reader.read(text, place)


def _is_sound(text: str) -> bool:
    return not re.search(r"\b(?:you|your|du|dein\w*|vous|votre|tu|tus)\b", text, re.IGNORECASE)


def _labels(cues: list[TimedCue]) -> set[str]:
    seen: dict[str, int] = {}
    for cue in cues:
        if match := _LABEL.match(cue.text):
            seen[match[1]] = seen.get(match[1], 0) + 1
    return {
        label for label, n in seen.items() if n >= 3 or ROLES.fullmatch(label) or label.isupper()
    }


def _without_label(text: str, labels: set[str]) -> str:
    match = _LABEL.match(text)
    return text[match.end() :] if match and match[1] in labels else text
