"""Encodes MP3 in independent blocks, in parallel, and joins them into one gapless stream.

Without a bit reservoir every frame is independent, so that a block of frames needs only a few
frames of pre-roll for the encoder to settle. The bytes of a block depend only on the samples that
it is made from, not on the number of threads or the contents of the cache. They do depend on how
the stream is divided into blocks (docs/decisions/0004-encoder.md).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple, Protocol

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.cache.installed_versions import installed_versions
from psoas_audio.cache.local import key_of
from psoas_audio.cpu import cpu_count
from psoas_audio.encode.mp3_formats import Mp3Format, mp3_format
from psoas_audio.encode.mp3_frames import Crc16, bad_frames, frame_count, info_frame
from psoas_audio.errors import EncodeError, OvershootError
from psoas_audio.units import MP3_FRAME

PRE_ROLL = 8
"""MP3 frames encoded before a block and discarded, so that the encoder has its real history. With
fewer than 2, joins click; with 8 or more, the error is that of a stream encoded in one piece."""

ENCODER_LOOKAHEAD = 224
"""Samples after its last frame that a block depends on: LAME's look-ahead."""

BLOCK_FRAMES = 384
"""MP3 frames in a block of full length (9.2 s), which no start or end of content shortens."""

MIN_BLOCK_FRAMES = 32
"""MP3 frames in the shortest block (0.77 s); content that starts sooner starts no new block."""

_WRITE_BYTES = 1 << 18
"""Bytes collected before they are written."""

_BLOCKS_PER_THREAD = 8
"""Blocks per thread that are being encoded or waiting to be written; they are small."""

SILENT = ""
"""The key of a range in which nothing sounds."""

EncodedBlock = tuple[bytes, float]
"""The bytes of a block, and its peak."""

_PEAK = struct.Struct("<f")
"""How the peak is stored before the bytes of a cached block."""

OVERSHOOT_MARGIN_DB = 0.3
"""By how much more than a block overshoots its peaks are lowered."""
MAX_LOWERED_DB = 15.0
"""White noise at full scale overshoots by 3 dB; beyond this limit something else is wrong."""
_HALF_STEP = 0.5 / 32768
"""Added to every sample: the encoder rounds down to 16 bits, and so it rounds to the nearest."""


class BlockCache(Protocol):
    """A cache of encoded blocks."""

    def get(self, key: str, /) -> bytes | None:
        """The block cached under *key*; ``None`` if there is no valid one."""

    def get_local(self, key: str, /) -> bytes | None:
        """As :meth:`get`, but from this machine only."""

    def put(self, key: str, value: bytes, /) -> Any:
        """Cache a block."""


class Encoded(NamedTuple):
    """Facts about a stream that was written."""

    length: int
    """Samples that it decodes to."""
    frames: int
    """MP3 frames, without the Info frame."""
    size: int
    """Bytes written, including the head."""
    made: int
    """Blocks that were encoded."""
    reused: int
    """Blocks that were read from the cache, that were equal to one being encoded, or silent."""
    peak: float
    """The highest peak that *inspect* returned for a block, now or when it was cached; else 0."""


def encode_mp3(
    read: Callable[[int, int], Samples],
    length: int,
    channels: int,
    out: BinaryIO,
    *,
    kbps: int | None = None,
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
    """Write *length* samples as one gapless MP3 stream at *kbps*, by default the
    usual rate of :data:`~psoas_audio.encode.mp3_formats.MP3_FORMATS`.

    ``read(start, stop)`` returns the samples of a range within [0, *length*), float32 of shape
    ``(stop - start, channels)``, always the same. It is called from *workers* threads, by default
    one per core. Peaks above full scale are clipped. *out* is seekable; *head* (an ID3v2 tag) is
    written first.

    *content_starts* and *content_ends* are in samples: see :func:`divide`.
    ``key(start, stop)`` identifies the samples of a range wherever it lies; it is :data:`SILENT`
    if all of them are 0, and ``None`` if they can't be identified. The range may begin before 0 and
    end after *length*, where all is silence. Blocks with equal keys are encoded once, and stored in
    *cache*. Silent blocks are one encoded frame, repeated.

    ``inspect(stream, samples)`` is called with each newly encoded block, as a stream of its own,
    and the samples that it was made from. It returns the peak of the block; if it raises, nothing
    is cached. If it raises :class:`OvershootError`, the block is encoded again from
    ``limit(samples, db)``, which lowers the peaks of the samples by so many dB.

    ``progress(samples)`` is called after each block with the samples encoded so far.
    Raises :class:`EncodeError` if the encoder fails, and what *read* and *out* raise.
    """
    encoder = BlockEncoder(
        read, length, mp3_format(channels, kbps), cache, key, inspect, limit, workers
    )
    blocks = divide(frame_count(length), content_starts, content_ends, block_frames)
    return write_mp3(encoder, blocks, out, head=head, progress=progress)


def write_mp3(
    encoder: BlockEncoder,
    blocks: Sequence[tuple[int, int]],
    out: BinaryIO,
    *,
    head: bytes = b"",
    progress: Callable[[int], None] | None = None,
) -> Encoded:
    """Write the stream that *encoder* makes of *blocks*; otherwise as :func:`encode_mp3`."""
    form, length = encoder.format, encoder.length
    origin = out.tell()
    out.write(head)
    out.write(bytes(form.size))
    writer = _BlockWriter(out)
    written = made = reused = 0
    peak = 0.0
    for count, (data, high), new in encoder.run(blocks):
        writer.add(data)
        written += count
        made, reused, peak = made + new, reused + (not new), max(peak, high)
        if progress is not None:
            progress(min(length, written * MP3_FRAME))
    crc = writer.finish()
    end = out.tell()
    out.seek(origin + len(head))
    out.write(info_frame(form.header, form.lowpass, length, crc))
    out.seek(end)
    return Encoded(length, frame_count(length), end - origin, made, reused, peak)


def divide(
    frames: int,
    content_starts: Iterable[int] = (),
    content_ends: Iterable[int] = (),
    block_frames: int = BLOCK_FRAMES,
) -> list[tuple[int, int]]:
    """The blocks of a stream of *frames* MP3 frames, as ranges of frames.

    Before each start of content (in samples) a block ends, early enough that its bytes don't
    depend on the content. After each end of content a block starts, late enough that its bytes
    don't depend on the content, if there is room for a block on both sides. Stretches longer than
    *block_frames* are divided from their start, so that equal stretches are divided equally.
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


class _BlockWriter:
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
        """Write what is left; returns the CRC of everything."""
        self._write()
        return self._crc.value

    def _write(self) -> None:
        data = b"".join(self._waiting)
        self._out.write(data)
        self._crc.add(data)
        self._waiting.clear()
        self._size = 0


@dataclass(frozen=True, slots=True)
class BlockEncoder:
    """Encodes the blocks of one stream; the arguments are those of :func:`encode_mp3`."""

    read: Callable[[int, int], Samples]
    length: int
    """Samples of the whole stream."""
    format: Mp3Format
    cache: BlockCache | None = None
    content_key: Callable[[int, int], str | None] | None = None
    inspect: Callable[[bytes, Samples], float] | None = None
    limit: Callable[[Samples, float], Samples] | None = None
    workers: int | None = None
    """Threads; by default one per core."""

    def run(self, blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, EncodedBlock, bool]]:
        """Each block in order, with its number of MP3 frames and whether it was newly encoded."""
        waiting: deque[
            tuple[int, str | None, EncodedBlock | Future[tuple[EncodedBlock, bool]], bool]
        ] = deque()
        in_flight: dict[str, Future[tuple[EncodedBlock, bool]]] = {}
        silent_frame = b""
        todo, threads = iter(blocks), self.workers or cpu_count()
        pool = ThreadPoolExecutor(threads, thread_name_prefix="encode")
        try:
            while True:
                while len(waiting) < threads * _BLOCKS_PER_THREAD and (span := next(todo, None)):
                    content, count = self.content(*span), span[1] - span[0]
                    if content == SILENT:
                        silent_frame = silent_frame or self.silent_frame()
                        waiting.append((count, None, (silent_frame * count, 0.0), True))
                        continue
                    key = self.cache_key(content, count)
                    # Reading it from the local disk is quicker than handing it to a thread.
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

    def content(self, first: int, stop: int) -> str | None:
        """The key of the samples that the block of MP3 frames [first, stop) depends on."""
        if self.content_key is None:
            return None
        return self.content_key(
            (first - PRE_ROLL) * MP3_FRAME, stop * MP3_FRAME + ENCODER_LOOKAHEAD
        )

    def cache_key(self, content: str | None, frames: int) -> str | None:
        """The cache key of a block, by its content and encoder; ``None`` if that has no key."""
        if content is None:
            return None
        return key_of(
            {
                "kind": "mp3 block",
                "schema": 2,
                "encoder": _encoder(),
                "form": [self.format.channels, self.format.kbps, PRE_ROLL],
                "frames": frames,
                "content": content,
            }
        )

    def silent_frame(self) -> bytes:
        """The one frame that silence consists of, however long it is."""
        silence = replace(self, length=0)
        (frame, _), _ = silence.block(0, 1, self.cache_key(SILENT, 1))
        return frame

    def block(self, first: int, stop: int, key: str | None) -> tuple[EncodedBlock, bool]:
        """The block of MP3 frames [first, stop), and whether it was newly encoded."""
        cached = self.cached(key, stop - first)
        if cached is not None:
            return cached, False
        data, peak = self.encoded(first, stop)
        if key is not None and self.cache is not None:
            self.cache.put(key, _PEAK.pack(peak) + data)
        return (data, peak), True

    def cached(self, key: str | None, frames: int, *, local: bool = False) -> EncodedBlock | None:
        """The block of *frames* frames cached under *key*; ``None`` if there is no valid one."""
        if key is None or self.cache is None:
            return None
        payload = self.cache.get_local(key) if local else self.cache.get(key)
        if payload is None or len(payload) != _PEAK.size + frames * self.format.size:
            return None
        data, (peak,) = payload[_PEAK.size :], _PEAK.unpack_from(payload)
        return None if len(bad_frames(data, self.format.header)) else (data, peak)

    def encoded(self, first: int, stop: int) -> EncodedBlock:
        """The block of MP3 frames [first, stop), encoded from exactly the samples it depends on."""
        from psoas_audio.encode.lame import encode_stream  # loads pedalboard

        start, end = (first - PRE_ROLL) * MP3_FRAME, stop * MP3_FRAME + ENCODER_LOOKAHEAD
        low, high = max(0, start), min(self.length, end)
        samples = np.zeros((end - start, self.format.channels), np.float32)
        if low < high:
            inside = samples[low - start : high - start]
            np.multiply(self.read(low, high), np.float32(1 / self.format.scale), out=inside)
            inside += np.float32(_HALF_STEP)
        lowered = 0.0
        while True:
            stream = encode_stream(samples, self.format)
            frames = self._frames(stream, stop - first)
            if self.inspect is None:
                return frames, 0.0
            original = samples * np.float32(self.format.scale)
            try:
                return frames, self.inspect(stream, original)
            except OvershootError as error:
                lowered += error.over_db + OVERSHOOT_MARGIN_DB
                if self.limit is None or lowered > MAX_LOWERED_DB:
                    raise
                limited = self.limit(original, lowered)
                np.multiply(limited, np.float32(1 / self.format.scale), out=samples)

    def _frames(self, stream: bytes, count: int) -> bytes:
        """The *count* frames of the block in *stream*; raises if one has another format."""
        size = self.format.size
        frames = stream[(1 + PRE_ROLL) * size :][: count * size]
        if len(frames) != count * size or len(bad_frames(frames, self.format.header)):
            raise EncodeError(
                "the MP3 encoder returned frames in an unexpected format",
                hint=f"{_encoder()} is installed; 0.9.26 is known to work.",
            )
        return frames


def _encoder() -> str:
    return f"pedalboard {installed_versions().get('pedalboard', '')}"
