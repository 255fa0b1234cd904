"""The bed of the page once more, in Python: what ``bed.js`` must give to the byte."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from psoas_audio.encode.mp3_formats import Mp3Format
from psoas_audio.encode.mp3_frames import Crc16, frame_count, info_frame

STEP_DB = 20 * math.log10(2) / 4
GAIN_BITS = {1: ((39,), (98,)), 2: ((41, 100), (159, 218))}


def _gentle(way: float) -> float:
    share = min(1.0, max(0.0, way))
    return share - 0.2 / (2 * math.pi) * math.sin(2 * math.pi * share)


def _fade(after: float, length: float) -> float:
    if after >= length:
        return 0.0
    if after <= 0:
        return -math.inf
    depth = min(max(0.005 * length, 20), 40)
    edge = min(1.0, after / max(1, min(500, length / 4)))
    return depth * (after / length - 1) + 20 * math.log10(0.5 - 0.5 * math.cos(math.pi * edge))


def levels(
    face: dict[str, Any], numbers: Sequence[int], bed: dict[str, Any], extra: float, granules: int
) -> list[float]:
    """dB of each granule, relative to the frames of the loop."""
    end = max(0, face["length"] - bed["before"])
    sections = [
        (chapter[0], *bed["chapters"].get(str(number), (bed["level"], bed["rise"])))
        for chapter, number in zip(face["chapters"], numbers, strict=True)
    ]
    way = max(3000, max(abs(rise) for *_, rise in sections) * 220)
    shortest = 0.8 * 2 * way + 400
    heard = sorted((e[0], e[1]) for e in (*face["lines"], *face["breaths"]))
    last = max((end for _, end in heard), default=0)
    front = [(0, bed["fadeIn"]), *heard]
    if end - last < way + bed["fadeOut"]:
        front.append((last, end))
    merged: list[tuple[float, float]] = []
    for start, stop in front:
        if merged and start - merged[-1][1] < shortest:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return [_level(i * 12 - 6, merged, sections, bed, end, way, extra) for i in range(granules)]


def _level(t, merged, sections, bed, end, way, extra) -> float:
    share = 1.0
    for start, stop in merged:
        if start - 400 - way < t < stop + way:
            share = min(share, max(_gentle((start - 400 - t) / way), _gentle((t - stop) / way)))
    now = max(0, sum(start <= t for start, *_ in sections) - 1)
    start, level, rise = sections[now]
    if now:
        _, before, rose = sections[now - 1]
        far = abs(level - before) + abs(rise - rose)
        done = _gentle((t - start) / max(4000, far * 220))
        level, rise = before + (level - before) * done, rose + (rise - rose) * done
    here = level + rise * share - bed["top"] + extra
    return here + _fade(t, bed["fadeIn"]) + _fade(end - t, bed["fadeOut"])


def bed_mp3(form: Mp3Format, loop: bytes, samples: int, db: Sequence[float]) -> bytes:
    """The bed as an MP3, from its gains as whole numbers of steps."""
    size, count = form.size, frame_count(samples)
    frames = []
    for number in range(count):
        at = number * size % len(loop)
        bits = int.from_bytes(loop[at : at + size])
        for granule, places in enumerate(GAIN_BITS[form.channels]):
            here = db[2 * number + granule]
            steps = -255 if here == -math.inf else math.floor(here / STEP_DB + 0.5)
            for place in places:
                shift = size * 8 - 32 - place - 8
                gain = min(255, max(0, (bits >> shift & 255) + steps))
                bits = bits & ~(255 << shift) | gain << shift
        frames.append(bits.to_bytes(size))
    stream = b"".join(frames)
    crc = Crc16()
    crc.add(stream)
    return info_frame(form.header, form.lowpass, samples, crc.value) + stream
