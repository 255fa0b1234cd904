"""MP3 encoded in independent blocks, side by side, and joined into one gapless stream.

Without a bit reservoir every frame stands alone, so a block of frames needs only a few frames
of pre-roll for the encoder to settle. A block's bytes are a function of the samples it is made
from and of nothing else: neither of the number of threads nor of what is in the cache. The
joined stream is the session's definitive output, so blocks divided differently give another file
(docs/decisions/0004-encoder.md).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from typing import Any, BinaryIO, Protocol

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.cache.local import key_of
from psoas_audio.cpu import cpu_count
from psoas_audio.encode.mp3_formats import LAME_SCALE, MP3_FORMATS, Mp3Format
from psoas_audio.encode.mp3_frames import Crc16, bad_frames, frame_count, info_frame
from psoas_audio.errors import EncodeError, OvershootError
from psoas_audio.units import MP3_FRAME

PRE_ROLL = 8
"""MP3 frames encoded before a block and discarded, so that the encoder has its real history: with
fewer than 2 a join clicks; from 8 on, the error is that of a stream encoded in one piece."""

ENCODER_LOOKAHEAD = 224
"""Samples after its last frame that a block depends on: LAME's look-ahead."""

BLOCK_FRAMES = 384
"""MP3 frames in a block that no start or end of content makes shorter (9.2 s)."""

MIN_BLOCK_FRAMES = 32
"""Shortest block (0.77 s): content that starts sooner than this after the last edge starts none."""

_WRITE_BYTES = 1 << 18
"""Written at a time."""

_BLOCKS_PER_THREAD = 8
"""Blocks in progress or waiting to be written, which are small, for each thread."""

_ENCODER = f"pedalboard {version('pedalboard')}"

_Block = tuple[bytes, float]
"""The bytes of a block, and its peak."""

_PEAK = struct.Struct("<f")

OVERSHOOT_MARGIN_DB = 0.3
"""Added to what a block overshoots by when its peaks are lowered."""
MAX_LOWERED_DB = 15.0
"""White noise at full scale overshoots by 3 dB: beyond this something else is wrong."""
_HALF_STEP = 0.5 / 32768
"""The encoder rounds down to 16 bits; with this it rounds to the nearest."""


class BlockCache(Protocol):
    """A cache of encoded blocks."""

    def get(self, key: str, /) -> bytes | None:
        """The block cached under *key*; ``None`` if there is no valid one."""

    def get_local(self, key: str, /) -> bytes | None:
        """As :meth:`get`, but from this machine only."""

    def put(self, key: str, value: bytes, /) -> Any:
        """Cache a block."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What was written."""

    length: int
    """Samples it decodes to."""
    frames: int
    """MP3 frames, without the Info frame."""
    size: int
    """Bytes written, the head among them."""
    made: int
    """Blocks encoded now."""
    reused: int
    """Blocks read from the cache, or equal to a block that was being encoded."""
    peak: float
    """The highest of what *inspect* gave for its blocks, whenever they were encoded; else 0."""


def encode_mp3(
    read: Callable[[int, int], Samples],
    length: int,
    channels: int,
    out: BinaryIO,
    *,
    head: bytes = b"",
    workers: int | None = None,
    block_frames: int = BLOCK_FRAMES,
    content_starts: Iterable[int] = (),
    content_ends: Iterable[int] = (),
    cache: BlockCache | None = None,
    key: Callable[[int, int], str | None] | None = None,
    inspect: Callable[[bytes, Samples], float] | None = None,
    limit: Callable[[Samples, float], Samples] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Encoded:
    """Write *length* samples as one gapless MP3 stream: 96 kb/s mono or 128 kb/s stereo.

    ``read(start, stop)`` returns the samples of a range within [0, *length*), always the same
    ones; it is called from *workers* threads (by default one for each core). Peaks above full scale
    are clipped. *out* is seekable; *head* (an ID3v2 tag) is written first.

    *content_starts* and *content_ends* are in samples: see :func:`divide`.
    ``key(start, stop)`` names what sounds in a range, relative to its start, or is ``None`` where
    it can't; the range may reach before 0 and past *length*, where all is silence. Blocks of equal
    key are encoded once, and kept in *cache*.

    ``inspect(stream, samples)`` gets each newly encoded block as a stream of its own, with the
    samples it was made from; it returns its peak, or raises, and then nothing of it is kept.
    Where it raises :class:`OvershootError`, the block is encoded once more from
    ``limit(samples, db)``: its samples with their peaks lowered by so many dB.

    ``progress(samples)`` is called after each block with the samples done so far.
    Raises :class:`EncodeError` if the encoder fails, and what *read* and *out* raise.
    """
    mp3_format = MP3_FORMATS[channels]
    frames = frame_count(length)
    origin = out.tell()
    out.write(head)
    out.write(bytes(mp3_format.size))
    job = _Job(read, length, mp3_format, cache, key, inspect, limit)
    sink = _Sink(out)
    written = made = reused = 0
    peak = 0.0
    blocks = divide(frames, content_starts, content_ends, block_frames)
    for count, (data, high), new in job.run(blocks, workers or cpu_count()):
        sink.add(data)
        written += count
        made, reused, peak = made + new, reused + (not new), max(peak, high)
        if progress is not None:
            progress(min(length, written * MP3_FRAME))
    crc = sink.finish()
    end = out.tell()
    out.seek(origin + len(head))
    out.write(info_frame(mp3_format.header, mp3_format.lowpass, length, crc))
    out.seek(end)
    return Encoded(length, frames, end - origin, made, reused, peak)


def divide(
    frames: int,
    content_starts: Iterable[int] = (),
    content_ends: Iterable[int] = (),
    block_frames: int = BLOCK_FRAMES,
) -> list[tuple[int, int]]:
    """The blocks of a stream of *frames* MP3 frames, as ranges of frames.

    For each start of content (in samples), a block ends early enough that its bytes don't depend
    on anything after it. For each end, a block starts late enough that its bytes don't depend on
    anything before it, if that leaves room for a block on both sides. Stretches longer than
    *block_frames* are divided from their start, so that equal stretches are divided equally
    wherever they lie.
    """
    edges = [0]
    for sample in sorted(content_starts):
        edge = (sample - ENCODER_LOOKAHEAD) // MP3_FRAME
        if edge - edges[-1] >= MIN_BLOCK_FRAMES and edge < frames:
            edges.append(edge)
    edges.append(frames)
    for sample in content_ends:
        edge = -(-sample // MP3_FRAME) + PRE_ROLL
        after = bisect_right(edges, edge, hi=len(edges) - 1)
        if min(edge - edges[after - 1], edges[after] - edge) >= MIN_BLOCK_FRAMES:
            edges.insert(after, edge)
    return [
        (first, min(first + block_frames, stop))
        for start, stop in pairwise(edges)
        for first in range(start, stop, block_frames)
    ]


class _Sink:
    """Writes blocks to a file, many at a time because most are small."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._crc = Crc16()
        self._waiting: list[bytes] = []
        self._size = 0

    def add(self, data: bytes) -> None:
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= _WRITE_BYTES:
            self._write()

    def finish(self) -> int:
        """Write what is left; the CRC of everything."""
        self._write()
        return self._crc.value

    def _write(self) -> None:
        data = b"".join(self._waiting)
        self._out.write(data)
        self._crc.add(data)
        self._waiting.clear()
        self._size = 0


@dataclass(frozen=True, slots=True)
class _Job:
    """One stream being encoded."""

    read: Callable[[int, int], Samples]
    length: int
    format: Mp3Format
    cache: BlockCache | None
    content_key: Callable[[int, int], str | None] | None
    inspect: Callable[[bytes, Samples], float] | None = None
    limit: Callable[[Samples, float], Samples] | None = None

    def run(
        self, blocks: Sequence[tuple[int, int]], threads: int
    ) -> Iterator[tuple[int, _Block, bool]]:
        """Each block in order: its number of MP3 frames, itself, whether it was encoded now."""
        waiting: deque[tuple[int, str | None, _Block | Future[tuple[_Block, bool]], bool]] = deque()
        in_flight: dict[str, Future[tuple[_Block, bool]]] = {}
        todo = iter(blocks)
        pool = ThreadPoolExecutor(threads, thread_name_prefix="encode")
        try:
            while True:
                while len(waiting) < threads * _BLOCKS_PER_THREAD and (span := next(todo, None)):
                    key, count = self.cache_key(*span), span[1] - span[0]
                    # Handing it to a thread takes longer than reading it from this disk.
                    if (cached := self.cached(key, count, local=True)) is not None:
                        waiting.append((count, None, cached, True))
                        continue
                    same = in_flight.get(key) if key else None
                    future = same or pool.submit(self.block, *span, key)
                    if key and not same:
                        in_flight[key] = future
                    waiting.append((count, key, future, same is not None))
                if not waiting:
                    return
                count, key, block, shared = waiting.popleft()
                data, encoded = block.result() if isinstance(block, Future) else (block, False)
                if key and not any(key == other for _, other, *_ in waiting):
                    in_flight.pop(key, None)
                yield count, data, encoded and not shared
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def cache_key(self, first: int, stop: int) -> str | None:
        """The cache key of a block, by its content and encoder; ``None`` if there is no content."""
        if self.content_key is None:
            return None
        content = self.content_key(
            (first - PRE_ROLL) * MP3_FRAME, stop * MP3_FRAME + ENCODER_LOOKAHEAD
        )
        if content is None:
            return None
        return key_of(
            {
                "kind": "mp3 block",
                "schema": 2,
                "encoder": _ENCODER,
                "form": [self.format.channels, self.format.kbps, PRE_ROLL],
                "frames": stop - first,
                "content": content,
            }
        )

    def block(self, first: int, stop: int, key: str | None) -> tuple[_Block, bool]:
        """MP3 frames [first, stop), and whether they were encoded now."""
        cached = self.cached(key, stop - first)
        if cached is not None:
            return cached, False
        data, peak = self.encoded(first, stop)
        if key is not None and self.cache is not None:
            self.cache.put(key, _PEAK.pack(peak) + data)
        return (data, peak), True

    def cached(self, key: str | None, frames: int, *, local: bool = False) -> _Block | None:
        """The block of *frames* frames cached under *key*; ``None`` if there is no valid one."""
        if key is None or self.cache is None:
            return None
        payload = self.cache.get_local(key) if local else self.cache.get(key)
        if payload is None or len(payload) != _PEAK.size + frames * self.format.size:
            return None
        data, (peak,) = payload[_PEAK.size :], _PEAK.unpack_from(payload)
        return None if len(bad_frames(data, self.format.header)) else (data, peak)

    def encoded(self, first: int, stop: int) -> _Block:
        """MP3 frames [first, stop), from the samples they depend on and none besides."""
        from psoas_audio.encode.lame import encode_stream  # loads pedalboard

        start, end = (first - PRE_ROLL) * MP3_FRAME, stop * MP3_FRAME + ENCODER_LOOKAHEAD
        low, high = max(0, start), min(self.length, end)
        samples = np.zeros((end - start, self.format.channels), np.float32)
        if low < high:
            inside = samples[low - start : high - start]
            np.multiply(self.read(low, high), np.float32(1 / LAME_SCALE), out=inside)
            inside += np.float32(_HALF_STEP)
        lowered = 0.0
        while True:
            stream = encode_stream(samples, self.format)
            frames = self._frames(stream, stop - first)
            if self.inspect is None:
                return frames, 0.0
            wanted = samples * np.float32(LAME_SCALE)
            try:
                return frames, self.inspect(stream, wanted)
            except OvershootError as error:
                lowered += error.over_db + OVERSHOOT_MARGIN_DB
                if self.limit is None or lowered > MAX_LOWERED_DB:
                    raise
                np.multiply(self.limit(wanted, lowered), np.float32(1 / LAME_SCALE), out=samples)

    def _frames(self, stream: bytes, count: int) -> bytes:
        """The *count* frames of a block in *stream*, each in the requested format."""
        size = self.format.size
        frames = stream[(1 + PRE_ROLL) * size :][: count * size]
        if len(frames) != count * size or len(bad_frames(frames, self.format.header)):
            raise EncodeError(
                "the MP3 encoder returned frames in an unexpected format",
                hint=f"{_ENCODER} is installed; 0.9.26 is known to work.",
            )
        return frames
