"""A short session with all that a living session must cope with, and what its journeys mean."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from psoas_audio.deliver.web.face import session_face
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.encode.mp3_blocks import ENCODER_LOOKAHEAD, encode_mp3
from psoas_audio.encode.mp3_formats import MP3_FORMATS
from psoas_audio.encode.mp3_frames import id3v2_size
from psoas_audio.living.document import LivingDocument, RowChoices
from psoas_audio.living.limits import rules_of
from psoas_audio.living.pieces import JOINT_SILENCE
from psoas_audio.living.pool import FramePool
from psoas_audio.master.limiter import CEILING_DBTP, LOOKBEHIND, Limiter, needed_range
from psoas_audio.mix import Mixer, content_starts, silences
from psoas_audio.planning import Choices
from psoas_audio.rendering.media import SessionMedia
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.track_levels import track_levels
from psoas_audio.script.load import parse_script
from psoas_audio.script.model import Script
from psoas_audio.timeline import Timeline
from psoas_audio.timeline.model import Clip, Gap, Marker
from psoas_audio.units import MP3_FRAME, seconds_to_samples

SCRIPT = """
title: Ball
kind: self-massage
position: supine
bed: none
length: {default: 6m, min: 5m, max: 8m}
chapters:
  - title: Welcome
    steps:
      - say: Stop if anything hurts, and ask a doctor if it stays.
      - pause: 2s
  - title: Breathe
    steps:
      - say: Breathe with the tones.
      - pause: 2s
      - breathe: {pattern: [4, 0, 6, 0], breaths: 3-10}
  - title: "The {side} side"
    figure: supine-ball
    sides: [right, left]
    steps:
      - say: Lay the ball on your {side} side.
        guidance: reminder
      - pause: 2s
      - hold: 30-60s
        label: let it sink
        during:
          - {at: half, say: Soften.}
      - say: Lift the ball off.
      - rest: 5-20s
  - title: Rest
    priority: 1
    steps:
      - say: Rest.
      - rest: 10-60s
  - title: Rise
    steps:
      - say: Roll to one side, and sit up slowly.
      - bell: bowl
"""


@dataclass(frozen=True, slots=True)
class Row:
    choices: Choices
    timeline: Timeline
    frames: bytes
    face: dict[str, Any]
    gains: Mapping[str, float]
    """dB of each take."""


@dataclass(frozen=True, slots=True)
class Example:
    script: Script
    rows: tuple[Row, ...]
    document: dict[str, Any]
    folder: Path
    """With ``document.json`` and ``pool.bin``."""


def example_script(**header: Any) -> Script:
    return replace(parse_script(SCRIPT, name="ball"), **header)


def render_row(script: Script, choices: Choices, folder: Path) -> Row:
    """What ``render`` writes, without its tag and its Info frame."""
    session = Session(Draft(script, choices, Settings(folder, overwrite=True)))
    rendered, spoken = session.render(), session.speak()
    mp3 = rendered.output.read_bytes()
    head = id3v2_size(mp3) + MP3_FORMATS[script.channels].size
    gains = spoken.gains
    face = session_face(rendered.timeline, session.draft.details(rendered.timeline))
    return Row(choices, rendered.timeline, mp3[head:], face, gains)


def choices_of(lengths: Sequence[int]) -> Iterator[Choices]:
    for length in lengths:
        for guidance in ("full", "reminder"):
            for side in ("right", "left"):
                samples = seconds_to_samples(length)
                yield Choices(length=samples, guidance=guidance, start_side=side, bed="none")


def make_example(script: Script, lengths: Sequence[int], folder: Path) -> Example:
    form = MP3_FORMATS[script.channels]
    pool, document = FramePool(form), LivingDocument(form)
    rows = tuple(render_row(script, choices, folder) for choices in choices_of(lengths))
    for row in rows:
        draft = Draft(script, row.choices, Settings(folder))
        rules, groups = rules_of(draft.script, row.timeline)
        choice = RowChoices(
            (row.choices.length or 0) // 48_000, row.choices.guidance, row.choices.start_side or ""
        )
        frames = pool.add([row.frames])
        document.add_row(choice, frames, row.timeline.length, row.face, rules, groups)
    plain = document.as_json(len(pool), name=script.name)
    (folder / "document.json").write_text(json.dumps(plain))
    (folder / "pool.bin").write_bytes(pool.data())
    return Example(script, rows, plain, folder)


def meant_timeline(example: Example, journey: Mapping[str, Any], samples: int) -> Timeline:
    """The timeline of *journey*, put together from those of the rows."""
    base = example.rows[journey["row"]].timeline
    tracks = {track.name: ([], []) for track in base.tracks}
    markers: list[Marker] = []
    at = 0
    for item in journey["pieces"]:
        timeline, first, frames = _origin(example, item["piece"])
        start, stop = item.get("from", 0), item.get("to")
        span = Span(first, first + start, first + (frames if stop is None else stop), stop is None)
        for marker in timeline.markers:
            if span.has(marker, _SILENT) or marker.start < span.first * MP3_FRAME < (
                marker.end - 2 * MP3_FRAME
            ):
                before = sum(put[1] for put in item["put"] if put[0] <= _frame(marker) - first)
                new = _moved(marker, at - span.first + before)
                new = replace(new, start=max(new.start, at * MP3_FRAME), id=f"ch{len(markers)}")
                if not markers or _shown(markers[-1]) != _shown(new):
                    markers.append(new)
        for track in timeline.tracks:
            clips, gaps = tracks[track.name]
            own_clips = [_moved(clip, -first) for clip in track.clips if span.has(clip)]
            own_gaps = [_moved(gap, -first) for whole in track.gaps for gap in span.part(whole)]
            for found, own in ((clips, own_clips), (gaps, own_gaps)):
                for put in sorted(item["put"], key=lambda put: -put[0]):
                    own = list(_grown(own, *put[:3]))
                found += [_moved(part, at - start) for part in own]
        at += span.stop - span.first + sum(put[1] for put in item["put"])
    ends = [marker.start for marker in markers[1:]] + [samples]
    found = tuple(
        replace(
            track,
            clips=tuple(sorted(tracks[track.name][0], key=lambda clip: clip.start)),
            gaps=tuple(sorted(tracks[track.name][1], key=lambda gap: gap.start)),
        )
        for track in base.tracks
    )
    chapters = [replace(m, length=end - m.start) for m, end in zip(markers, ends, strict=True)]
    return replace(base, tracks=found, length=samples, markers=tuple(chapters))


_SILENT = JOINT_SILENCE + 1
"""Frames before an edge in which what begins belongs to what comes after the edge."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is left of a piece, in frames of a row."""

    piece: int
    """The piece's first frame."""
    first: int
    stop: int
    is_open: bool
    """Whether it goes to the end of the piece."""

    def has(self, part: Clip | Gap | Marker, silent: int = 0) -> bool:
        """Whether *part* begins in it."""
        return self.first <= _frame(part) < self.stop - (0 if self.is_open else silent)

    def part(self, gap: Gap) -> Iterator[Gap]:
        """What is left of *gap*."""
        first, stop = self.first * MP3_FRAME, self.stop * MP3_FRAME
        goes_on = not self.is_open and gap.end > stop + 2 * MP3_FRAME
        begins = self.has(gap, _SILENT if goes_on else 0)
        began = self.first > self.piece and _frame(gap) < self.first
        if begins or (began and gap.end >= first + 2 * MP3_FRAME):
            start = max(gap.start, first) if self.first > self.piece else gap.start
            yield replace(gap, start=start, length=(stop if goes_on else gap.end) - start)


def _shown(marker: Marker) -> tuple[str, str]:
    return marker.title, marker.side


def _origin(example: Example, piece: int) -> tuple[Timeline, int, int]:
    """A timeline that *piece* is from, and its first frame and number of frames in it."""
    for row, plain in zip(example.rows, example.document["rows"], strict=True):
        if piece in plain["pieces"]:
            before = plain["pieces"][: plain["pieces"].index(piece)]
            first = sum(_length(example, number) for number in before)
            return row.timeline, first, _length(example, piece)
    raise AssertionError(piece)


def _length(example: Example, piece: int) -> int:
    return sum(map(abs, example.document["pieces"][piece]["runs"][1::2]))


def _frame(part: Clip | Gap | Marker) -> int:
    return max(0, (part.start - ENCODER_LOOKAHEAD) // MP3_FRAME)


def _moved(part: Any, frames: int) -> Any:
    return replace(part, start=part.start + frames * MP3_FRAME)


def _grown(parts: Sequence[Any], edge: int, frames: int, copied: int) -> Iterator[Any]:
    for part in parts:
        after = (part.start - ENCODER_LOOKAHEAD) // MP3_FRAME >= edge
        if after:
            yield _moved(part, frames)
        elif isinstance(part, Gap) and part.end >= edge * MP3_FRAME:
            yield replace(part, length=part.length + frames * MP3_FRAME)
        else:
            yield part
            again = copied and (part.start - ENCODER_LOOKAHEAD) // MP3_FRAME >= edge - copied
            if again and isinstance(part, Clip):
                yield from (_moved(part, n) for n in range(copied, frames + 1, copied))


def fresh_frames(example: Example, timeline: Timeline) -> bytes:
    """*timeline* mixed and encoded as a render does, without the Info frame."""
    draft = Draft(example.script, example.rows[0].choices, Settings(example.folder))
    session = Session(draft)
    media = SessionMedia(draft.script, draft.takes, session.best_effort_cache)
    gains: dict[str, float] = {}
    for row in example.rows:
        gains.update(row.gains)
    for row in example.rows:  # now the cache has its takes
        draft.takes.make(
            [draft.line_of(u) for u in replace_choices(example, row).plan().utterances]
        )
    mixer = Mixer(timeline, media, track_levels(timeline, media, gains, draft.target_lufs))
    read = Limiter(mixer.read, timeline.length, CEILING_DBTP).read
    out = BytesIO()
    encode_mp3(
        read,
        timeline.length,
        timeline.channels,
        out,
        content_starts=content_starts(timeline),
        content_ends=[start + LOOKBEHIND for start, _ in silences(timeline)],
        cache=session.best_effort_cache,
        key=lambda start, stop: mixer.key(*needed_range(start, stop)),
    )
    return out.getvalue()[MP3_FORMATS[timeline.channels].size :]


def replace_choices(example: Example, row: Row) -> Draft:
    return Draft(example.script, row.choices, Settings(example.folder))
