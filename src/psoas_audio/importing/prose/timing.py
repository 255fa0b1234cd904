"""Lines with the time in front at which they are spoken: ``01:15 Rest one hand on the belly.``"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from psoas_audio.importing.events import Event, Note, Stay, Words
from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.speech import SpeechReader
from psoas_audio.importing.prose.whole_direction import whole_direction
from psoas_audio.script.directions import Length

_STAMP = re.compile(
    r"^\W*(?P<first>(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?)"
    r"(?:\s*(?:-{1,2}>?|–|—|to|→)\s*(?P<last>(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?))?"
    r"[)\]]?\s*[-–—:|]?\s*(?P<text>.*)$"
)
WORDS_A_MINUTE = 115
"""The rate at which the time to speak a line is estimated: the script's usual one."""
_SHORTEST_SILENCE = 1.0
"""Seconds; a shorter rest of time is no silence."""
_FEWEST_STAMPS = 3


@dataclass(frozen=True, slots=True)
class TimedLine:
    """What stands behind a time."""

    start: float
    """Seconds."""
    text: str
    end: float | None = None
    """Seconds, where the line says until when."""


def timed_lines(lines: list[PageLine]) -> dict[int, TimedLine]:
    """The lines that begin with a time, by index; none if these are no times of a clock that runs.

    Times that fall are lengths: ``1:30 marching``, then ``1:00 arm circles``.
    """
    found: dict[int, TimedLine] = {}
    for index, line in enumerate(lines):
        if line.kind in ("text", "item", "heading") and (match := _STAMP.match(line.plain)):
            end = seconds_of(match["last"]) if match["last"] else None
            found[index] = TimedLine(seconds_of(match["first"]), match["text"].strip(), end)
    starts = [line.start for line in found.values()]
    rises = all(a <= b for a, b in pairwise(starts))
    enough = len(starts) >= _FEWEST_STAMPS and len(set(starts)) >= _FEWEST_STAMPS
    content = sum(line.kind != "note" for line in lines)
    return found if enough and rises and starts[0] < 60 and len(starts) >= content / 4 else {}


def seconds_of(stamp: str) -> float:
    """The time ``1:02:03.5`` in seconds."""
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def add_timestamps(
    index: int, lines: list[PageLine], stamped: dict[int, TimedLine], reader: SpeechReader
) -> int:
    """Reads what belongs to the time at *index*, and the silence behind it; the next index."""
    stop = next((n for n in range(index + 1, len(lines)) if n in stamped), len(lines))
    line, place = stamped[index], lines[index].place
    first = len(reader.events)
    silence_only = False
    texts = [line.text, *(other.text for other in lines[index + 1 : stop] if other.kind != "note")]
    for text in filter(None, texts):
        meaning = whole_direction(text.strip("*_ "))
        if meaning and meaning.action in ("pause", "hold", "rest"):
            silence_only = True
        elif meaning:
            reader.events += reader.asked(meaning, text, place)
        else:
            reader.read(text, place)
    if stop in stamped:
        left = stamped[stop].start - line.start - speaking_time(reader.events[first:])
        begun = any(not isinstance(event, Note) for event in reader.events)
        if (begun and left >= _SHORTEST_SILENCE) or silence_only:
            guess = "" if silence_only else f"the time left until {_clock(stamped[stop].start)}"
            seconds = max(_SHORTEST_SILENCE, round(left))
            reader.events.append(Stay("pause", Length(seconds, seconds), None, place, guess))
    return stop


def speaking_time(events: list[Event]) -> float:
    """How long the words and pauses of *events* take, in seconds."""
    seconds = 0.0
    for event in events:
        if isinstance(event, Words):
            seconds += len(event.text.split()) * 60 / WORDS_A_MINUTE
        elif isinstance(event, Stay) and event.length:
            seconds += event.length.shortest
    return seconds


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
