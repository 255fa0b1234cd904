"""Cuts a session into pieces at joints: places where its frames may be parted and put together.

A joint is the edge of a frame before which enough frames are silent that no frame after it depends
on what was heard before. So pieces may be left out, repeated and put in another order, and silence
may be put in: what is heard then is what a render of such a session would be, frame by frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from psoas_audio.encode.mp3_blocks import ENCODER_LOOKAHEAD, PRE_ROLL
from psoas_audio.living.pool import SILENT_FRAME, Frames, runs_of
from psoas_audio.master.limiter import LOOKBEHIND
from psoas_audio.units import MP3_FRAME, SAMPLES_PER_MS

FRAME_MS = MP3_FRAME // SAMPLES_PER_MS
"""Milliseconds of an MP3 frame: 24, exactly."""

JOINT_SILENCE = PRE_ROLL + -(-LOOKBEHIND // MP3_FRAME) + 1
"""Silent frames before a joint: the encoder's history, the limiter's look-back (86 ms), and one
because what is heard needn't end with a frame."""

PARTS = ("moments", "breaths", "steps", "lines", "transcript")
"""The lists of a face that pieces carry; chapters follow from the pieces, as they have several."""

_WORDS = 4
"""Where an entry of ``lines`` has the starts of its words."""


class Spot(NamedTuple):
    """Where a piece can be made longer: silence, or a copy of what was heard, is put in."""

    first: int
    """Frames from the piece's start: the first edge at which it may be put in."""
    last: int
    """The last such edge."""
    copied: int
    """Frames before the edge of which a copy is put in; 0 for silence of any number of frames."""
    most: int
    """The most frames that may be put in, with everything put in before."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a session between two joints."""

    chapters: Sequence[tuple[int, int]]
    """The chapters in it: when each starts, in ms from the piece's start, and its number from 0.
    The first may have started before."""
    frames: int
    """Its length in MP3 frames."""
    runs: tuple[int, ...]
    """Its frames in the pool, as :func:`~psoas_audio.living.pool.runs_of` writes them."""
    face: Mapping[str, Sequence[Sequence[Any]]]
    """What it shows: :data:`PARTS`, with times in ms from its start."""
    spots: Mapping[str, tuple[Spot, ...]]
    """By step id, where it can be made longer."""


def cut(frames: Frames, face: Mapping[str, Any], growth: Mapping[str, int]) -> list[Piece]:
    """The pieces of a session with these *frames* and this *face*, in order.

    There is a joint where a step or a chapter of the script starts, if enough is silent before it.
    *growth* is by how many frames each step may be made longer.
    """
    edges = [0, *_joints(frames, [*face["steps"], *face["chapters"]]), len(frames)]
    entries = {part: _by_piece(face[part], edges) for part in PARTS}
    chapters = _by_piece([[*times[:2], n] for n, times in enumerate(face["chapters"])], edges)
    pieces: list[Piece] = []
    current = 0
    for number, (start, stop) in enumerate(pairwise(edges)):
        shift = -start * FRAME_MS
        own = {part: [shifted(entry, shift, part) for entry in entries[part][number]]
               for part in PARTS}  # fmt: skip
        inside = frames[start:stop]
        spots = {step[2]: found for step in own["steps"]
                 if (found := _spots(inside, step, own, growth.get(step[2], 0)))}  # fmt: skip
        begun = [(max(0, at + shift), chapter) for at, _, chapter in chapters[number]]
        if not (begun and begun[0][0] <= _STARTS_WITH):
            begun.insert(0, (0, begun[0][1] - 1 if begun else current))
        current = begun[-1][1]
        pieces.append(Piece(begun, stop - start, runs_of(inside), own, spots))
    return pieces


_STARTS_WITH = 2 * FRAME_MS
"""Milliseconds after a piece's start in which what begins there begins."""


def shifted(entry: Sequence[Any], ms: int, part: str) -> list[Any]:
    """*entry* of the list *part* of a face, *ms* later."""
    moved = [entry[0] + ms, entry[1] + ms, *entry[2:]]
    if part == "lines":
        moved[_WORDS] = [start + ms for start in entry[_WORDS]]
    return moved


def first_frame(ms: int) -> int:
    """The first MP3 frame that can depend on what is heard from *ms* on, or later.

    Half a millisecond less, because *ms* is rounded.
    """
    return max(0, (ms * SAMPLES_PER_MS - SAMPLES_PER_MS // 2 - ENCODER_LOOKAHEAD) // MP3_FRAME)


def silent_before(frames: Frames) -> Frames:
    """For each edge of *frames*, how many frames before it are silent in a row."""
    places = np.arange(len(frames) + 1)
    last_sound = np.where(frames == SILENT_FRAME, -1, places[:-1])
    last = np.maximum.accumulate(np.concatenate(([-1], last_sound)))
    return (places - 1 - last).astype(np.int32)


def _joints(frames: Frames, entries: Sequence[Sequence[Any]]) -> list[int]:
    silent = silent_before(frames)
    edges = {first_frame(entry[0]) for entry in entries}
    return sorted(e for e in edges if 0 < e < len(frames) and silent[e] >= JOINT_SILENCE)


def _by_piece(entries: Sequence[Sequence[Any]], edges: Sequence[int]) -> list[list[Any]]:
    """*entries* of a face by the piece in which each starts."""
    found: list[list[Any]] = [[] for _ in edges[1:]]
    for entry in entries:
        place = np.searchsorted(edges, first_frame(entry[0]), side="right") - 1
        found[min(int(place), len(found) - 1)].append(entry)
    return found


def _spots(
    frames: Frames, step: Sequence[Any], face: Mapping[str, Any], most: int
) -> tuple[Spot, ...]:
    """Where *step* of a piece with these *frames* can be made longer by up to *most* frames."""
    if most <= 0:
        return ()
    start, stop = step[0] // FRAME_MS + 1, min(step[1] // FRAME_MS, len(frames))
    starts = [first_frame(b[0]) for b in face["breaths"]
              if b[2] in _FIRST_PHASES and start - 2 <= first_frame(b[0]) <= stop]  # fmt: skip
    if starts:
        return tuple(_cycle_spots(frames, starts, stop, most))
    moments = [(m[0] // FRAME_MS + 1, min(m[1] // FRAME_MS, stop)) for m in face["moments"]
               if m[2] in _STAYS and start <= m[0] // FRAME_MS + 1 <= stop]  # fmt: skip
    return tuple(spot for span in moments for spot in _silent_spots(frames, *span, most))


_STAYS = ("hold", "rest", "pause", "move")
"""Kinds of moments that can be longer by silence."""
_FIRST_PHASES = ("in", "up")
"""Phases that a breath cycle or a repetition begins with."""


def _silent_spots(frames: Frames, start: int, stop: int, most: int) -> Iterator[Spot]:
    """The silences of a step in which silence can be put in."""
    edges = np.flatnonzero(silent_before(frames) >= JOINT_SILENCE)
    edges = edges[(edges >= start) & (edges <= stop)]
    for run in np.split(edges, np.flatnonzero(np.diff(edges) > 1) + 1):
        if len(run):
            yield Spot(int(run[0]), int(run[-1]), 0, most)


def _cycle_spots(frames: Frames, starts: list[int], stop: int, most: int) -> Iterator[Spot]:
    """The starts of breath cycles before which the cycles before can be heard once more.

    A copy fits where the cycle begins with the very frames that the copied ones begin with: so
    these frames don't depend on whether something else or the end of the copy is before them.
    """
    for number, edge in enumerate(starts[1:], 1):
        head = frames[edge : edge + JOINT_SILENCE]
        for first in reversed(starts[:number]):
            same = np.array_equal(frames[first : first + JOINT_SILENCE], head)
            if same and edge + JOINT_SILENCE <= stop and edge - first <= most:
                yield Spot(edge, edge, edge - first, most)
                break
