"""Makes the captions of a timeline, and writes them as WebVTT or SRT.

Spoken lines have captions, and so do bells and the silences in which the listener does something.
The limits are those of broadcasting: two lines of at most 42 characters, and at most 20 characters
a second if the session leaves enough time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from psoas_audio.deliver.text.line_breaks import caption_texts
from psoas_audio.deliver.text.silences import silence_caption
from psoas_audio.locale.languages import load_language
from psoas_audio.timeline.model import Gap, Sound, Take, Timeline
from psoas_audio.units import SAMPLE_RATE, SAMPLES_PER_MS, timestamp

CAPTION_WIDTH = 42
"""Characters in a line at most."""
SRT_WIDTH = 32
"""Characters in a line of SRT at most: podcast players have less room."""
READING_SPEED = 20
"""Characters that people can read in a second."""

_MIN_LENGTH = SAMPLE_RATE
"""Samples that the caption of a line is shown at least, unless the next one starts sooner."""
_MAX_BRIDGED_GAP = SAMPLE_RATE // 2
"""Samples of the longest gap over which a caption stays up, to avoid flicker."""
_MAX_BRIDGED_BREATHING_GAP = 6 * SAMPLE_RATE
"""The same between spoken breath cues: a cue applies to its whole phase."""
_MIN_SILENCE = 2 * SAMPLE_RATE
"""Samples of the shortest silence that has a caption."""
_BELL_LENGTH = 2 * SAMPLE_RATE
"""Samples that the caption of a bell is shown."""
_MIN_CUT_LENGTH = SAMPLE_RATE // 2
"""Samples of the shortest caption that another one may cut off; shorter ones are left out."""


@dataclass(frozen=True, slots=True)
class Caption:
    """Text shown from ``start`` to before ``end``."""

    start: int
    """Samples."""
    end: int
    """Samples, after ``start``."""
    text: str
    """One or two lines."""
    language: str = ""
    """BCP 47; empty if it is the session's."""
    speaker: str = ""
    """The name of the speaker; empty if the script has no speakers."""
    word_starts: tuple[int, ...] = ()
    """Samples of the session at which each word of ``text`` is heard; empty if that isn't known."""


def captions(timeline: Timeline) -> tuple[Caption, ...]:
    """Every caption of *timeline*, in order, without overlap."""
    breathing = [gap for gap in timeline.track("voice").gaps if gap.kind == "breathe"]
    spoken = spoken_captions(timeline)
    spoken = [_linger(caption, following, breathing) for caption, following in _pairs(spoken)]
    heard = _merged(spoken, _bells(timeline))
    lines = _merged(heard, _silences(timeline, heard))
    return tuple(replace(line, end=min(line.end, timeline.length)) for line in lines)


def vtt(lines: Sequence[Caption], *, words: bool = False) -> str:
    """*lines* as a WebVTT file; with *words*, the time of each word stands before it."""
    cues = (
        f"{timestamp(line.start)} --> {timestamp(line.end)}\n"
        f"{_voice_span(line, _timed(line) if words else _escaped(line.text))}\n"
        for line in lines
    )
    return "\n".join(("WEBVTT\n", *cues))


def srt(lines: Sequence[Caption]) -> str:
    """*lines* as an SRT file, broken into lines of :data:`SRT_WIDTH` characters.

    Where another speaker begins, their name comes before the words.
    """
    narrow = [part for line in with_speakers(lines) for part in _split(line, SRT_WIDTH)]
    blocks = (
        f"{number}\n{timestamp(line.start, ',')} --> {timestamp(line.end, ',')}\n"
        # SRT has no escaping, and players would read an arrow in the text as a time.
        f"{line.text.replace('-->', '→')}\n"
        for number, line in enumerate(narrow, 1)
    )
    return "\n".join(blocks)


def spoken_captions(timeline: Timeline, width: int = CAPTION_WIDTH) -> list[Caption]:
    """Captions of the spoken lines only, shown exactly while they are spoken.

    *width* is how many characters a line may have.
    """
    clips = timeline.track("voice").clips
    takes = ((clip, clip.media) for clip in clips if isinstance(clip.media, Take))
    whole = (
        Caption(
            clip.start,
            clip.end,
            take.text,
            take.language,
            take.speaker,
            tuple(clip.start + start for start in take.word_starts),
        )
        for clip, take in takes
    )
    return _without_overlap(part for caption in whole for part in _split(caption, width))


def _split(caption: Caption, width: int) -> Iterator[Caption]:
    """*caption* as captions of up to two lines: each begins with its first word, or if that isn't
    known, its time is shared by their number of characters."""
    parts = caption_texts(caption.text, width)
    counts = [len(part.split()) for part in parts]
    timed = len(caption.word_starts) == sum(counts)
    total, length = sum(map(len, parts)), caption.end - caption.start
    edges, starts = [caption.start], []
    characters = words = 0
    for part, count in zip(parts, counts, strict=True):
        starts.append(caption.word_starts[words : words + count] if timed else ())
        characters, words = characters + len(part), words + count
        if timed and words < len(caption.word_starts):
            edges.append(max(edges[-1], caption.word_starts[words]))
        else:
            edges.append(caption.start + length * characters // total)
    for (start, end), part, part_starts in zip(pairwise(edges), parts, starts, strict=True):
        if end - start >= SAMPLES_PER_MS:
            yield replace(caption, start=start, end=end, text=part, word_starts=part_starts)


def _without_overlap(lines: Iterable[Caption]) -> list[Caption]:
    ordered = sorted(lines, key=lambda line: line.start)
    cut = (replace(a, end=min(a.end, b.start)) if b else a for a, b in _pairs(ordered))
    return [line for line in cut if line.end - line.start >= SAMPLES_PER_MS]


def _linger(caption: Caption, following: Caption | None, breathing: Sequence[Gap]) -> Caption:
    """*caption*, shown long enough to be read, and over a short silence up to the next one."""
    reading_time = max(_MIN_LENGTH, len(caption.text) * SAMPLE_RATE // READING_SPEED)
    end = max(caption.end, caption.start + reading_time)
    inside = next((gap for gap in breathing if gap.start <= caption.start < gap.end), None)
    bridged = _MAX_BRIDGED_BREATHING_GAP if inside else _MAX_BRIDGED_GAP
    if following is None:
        return replace(caption, end=end)
    if following.start - end < bridged and not (inside and following.start >= inside.end):
        end = following.start
    return replace(caption, end=min(end, following.start))


def _bells(timeline: Timeline) -> list[Caption]:
    """Captions of the bells; bells that ring at almost the same time share one."""
    text = f"[{load_language(timeline.language).interface['bell']}]"
    found: list[Caption] = []
    for clip in timeline.track("bells").clips:
        if isinstance(clip.media, Sound) and not clip.media.name.startswith("tick"):
            if found and clip.start - found[-1].start < _MIN_LENGTH:
                found[-1] = replace(found[-1], end=clip.start + _BELL_LENGTH)
            else:
                found.append(Caption(clip.start, clip.start + _BELL_LENGTH, text))
    return found


def _silences(timeline: Timeline, heard: Sequence[Caption]) -> Iterator[Caption]:
    """Captions of the gaps of the voice, in the times without one of the captions *heard*."""
    for gap in timeline.track("voice").gaps:
        for start, end in _free(gap, heard):
            at_start = start - gap.start < _MIN_SILENCE
            text = silence_caption(timeline, gap, left=None if at_start else gap.end - start)
            shortest = _MAX_BRIDGED_BREATHING_GAP if gap.kind == "breathe" else _MIN_SILENCE
            if text and end - start >= min(shortest, gap.length):
                part = next(iter(caption_texts(text, CAPTION_WIDTH)))
                yield Caption(start, end, part)


def _free(gap: Gap, heard: Sequence[Caption]) -> Iterator[tuple[int, int]]:
    """The ranges (start, end) of *gap*, in samples, without any of the captions *heard*."""
    at = gap.start
    first = bisect_right(heard, gap.start, key=lambda caption: caption.end)
    for caption in heard[first:]:
        if caption.start >= gap.end:
            break
        if caption.start > at:
            yield at, caption.start
        at = caption.end
    if at < gap.end:
        yield at, gap.end


def _merged(first: Sequence[Caption], second: Iterable[Caption]) -> list[Caption]:
    """Both lists in one, in order; where they overlap, *first* has priority."""
    starts = [line.start for line in first]
    found = list(first)
    for line in second:
        at = bisect_right(starts, line.start)
        hidden = at > 0 and first[at - 1].end > line.start
        end = min((line.end, *starts[at : at + 1]))
        if not hidden and end - line.start >= _MIN_CUT_LENGTH:
            found.append(replace(line, end=end))
    return _without_overlap(found)


def _pairs(lines: Sequence[Caption]) -> Iterator[tuple[Caption, Caption | None]]:
    """Each of *lines* with the next one, and the last with ``None``."""
    return zip_longest(lines, lines[1:])


def with_speakers(lines: Iterable[Caption]) -> Iterator[Caption]:
    """*lines* with the speaker's name before the words wherever another one begins to speak."""
    speaker = ""
    for line in lines:
        begins = line.speaker not in ("", speaker)
        speaker = line.speaker or speaker
        if begins:
            first = line.word_starts[:1] * len(line.speaker.split())
            text = f"{line.speaker}: {line.text}"
            yield replace(line, text=text, word_starts=first + line.word_starts)
        else:
            yield line


def _voice_span(caption: Caption, text: str) -> str:
    """The words *text* of *caption*, in a voice span of WebVTT if a speaker is named."""
    words = _in_language(caption, text)
    name = _escaped(" ".join(caption.speaker.split()))
    return f"<v {name}>{words}</v>" if name else words


def _timed(caption: Caption) -> str:
    """The words of *caption*, each after its time. WebVTT wants times in order and inside
    the cue, so the first word, which begins with the cue, mostly has none."""
    latest = caption.start
    parts = []
    for word, start in zip_longest(re.findall(r"\S+\s*", caption.text), caption.word_starts):
        if start is not None and start - latest >= SAMPLES_PER_MS <= caption.end - start:
            parts.append(f"<{timestamp(start)}>")
            latest = start
        parts.append(_escaped(word or ""))
    return "".join(parts)


def _in_language(caption: Caption, text: str) -> str:
    """The words *text* of *caption*, marked with their language if it isn't the session's."""
    if not re.fullmatch("[A-Za-z0-9-]+", caption.language):
        return text
    return f"<lang {caption.language}>{text}</lang>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
