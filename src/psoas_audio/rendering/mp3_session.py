"""How a mixed session becomes MP3 frames: the blocks it is divided into, and what encodes them.

A render and a living session both ask here, so that they write the same frames.
"""

from __future__ import annotations

from psoas_audio.audio import Reader, Samples
from psoas_audio.encode.mp3_blocks import BlockCache, BlockEncoder, divide
from psoas_audio.encode.mp3_formats import mp3_format
from psoas_audio.encode.mp3_frames import frame_count
from psoas_audio.master.limiter import CEILING_DBTP, LOOKBEHIND, Limiter, needed_range
from psoas_audio.mix import Mixer, content_starts, silences
from psoas_audio.timeline import Timeline


def session_blocks(timeline: Timeline) -> list[tuple[int, int]]:
    """The blocks of *timeline*, as ranges of MP3 frames."""
    ends = [start + LOOKBEHIND for start, _ in silences(timeline)]
    return divide(frame_count(timeline.length), content_starts(timeline), ends)


def limited_mix(mixer: Mixer, lowered_db: float = 0.0) -> Reader:
    """What *mixer* mixes, under the ceiling of every session, or under one lower by that much."""
    return Limiter(mixer.read, mixer.timeline.length, CEILING_DBTP - lowered_db).read


def session_encoder(
    mixer: Mixer,
    read: Reader,
    cache: BlockCache | None,
    kbps: int | None = None,
    workers: int | None = None,
) -> BlockEncoder:
    """What encodes the blocks of the session of *mixer*, whose limited samples *read* returns."""
    timeline = mixer.timeline
    return BlockEncoder(
        read,
        timeline.length,
        mp3_format(timeline.channels, kbps),
        cache,
        lambda start, stop: mixer.key(*needed_range(start, stop)),
        _inspect_block,
        _limited,
        workers,
    )


def _inspect_block(stream: bytes, samples: Samples) -> float:
    """The true peak (linear) of a block that was just encoded; raises :class:`QcError`."""
    from psoas_audio.qc.mp3_block import check_block  # loads a decoder

    return check_block(stream, samples)


def _limited(samples: Samples, lowered_db: float) -> Samples:
    """*samples* limited to *lowered_db* below the ceiling of every session."""

    def read(start: int, stop: int) -> Samples:
        return samples[start:stop]

    return Limiter(read, len(samples), CEILING_DBTP - lowered_db).read(0, len(samples))
