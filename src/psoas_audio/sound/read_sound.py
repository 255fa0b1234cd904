"""Reads sound files from untrusted sources.

Nothing in a file is trusted before it is checked: it must be a regular file of a sane
size in the folder it may come from, with sane channels, rate and length, and every
sample must be a number. The tests show what libsndfile accepts without an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from psoas_audio.errors import SoundError
from psoas_audio.files import FileKind
from psoas_audio.sound import transcode
from psoas_audio.sound.looping import declared_loop, make_seamless
from psoas_audio.sound.own_sounds import conditioned, no_louder_than_voice, without_hard_edges
from psoas_audio.sound.stream import SoundStream
from psoas_audio.sound.untrusted_files import FORMATS_HINT as _FORMATS
from psoas_audio.sound.untrusted_files import MAX_SOUND_FILE_BYTES as MAX_SOUND_FILE_BYTES
from psoas_audio.sound.untrusted_files import SOUND_FILE, open_raw
from psoas_audio.units import SAMPLE_RATE

MAX_FRAMES = 600 * SAMPLE_RATE
"""A bed loops, so it need not be longer than ten minutes."""
MAX_CHANNELS = 2
SAMPLE_RATES = range(8_000, 192_001)
"""Samples per second."""
_MAX_SESSION_WAV_BYTES = 8_000_000_000
"""Bytes of a session that ffmpeg decodes."""
MAX_AMPLITUDE = 1e3
"""Relative to full scale: only damaged files exceed it, and sums would overflow."""

_READ_FRAMES = 1 << 19
"""Frames read at a time: the memory of arrays this large is returned to the system when freed."""
_LOOP_NOTE = re.compile(r"\bLOOPSTART=(\d{1,9}) LOOPLENGTH=(\d{1,9})\b")
"""In a file's comment: the frames that repeat without a seam; there are some more around them."""


def read_sound(
    path: Path,
    *,
    channels: int,
    inside: Path | None = None,
    looped: bool = False,
    condition: bool = False,
) -> NDArray[np.float32]:
    """The sound in *path* at 48 kHz, float32 (``sound_length(path)``, *channels*).

    Mono becomes stereo by copying, stereo mono by the mean. With *inside*, the file must lie
    in that folder, links resolved. A file whose comment says ``LOOPSTART=… LOOPLENGTH=…``
    (frames) is the loop that it names. With *looped*, any other one is cut and crossfaded
    until it repeats without a seam, which makes it shorter. With *condition*, a constant
    offset, cancelled channels, hard edges and a level above the voice are mended (see
    ``sound.condition``).

    Raises ``SoundError`` for anything that can't be, or shouldn't be, read, and with
    *condition* for a sound that can't be heard.
    """
    with open_sound(path, inside) as file:
        rate, length, loop = file.samplerate, _at_48k(file.frames, file.samplerate), _loop(file)
        samples = _read_all(file, path, file.channels if condition else channels)
    if rate != SAMPLE_RATE:
        samples = _fit(soxr.resample(samples, rate, SAMPLE_RATE, quality="HQ"), length)
    if condition:
        samples = conditioned(samples, channels, str(path))
    if loop is not None:
        return declared_loop(samples, *loop)
    if looped:
        return make_seamless(samples)
    return without_hard_edges(no_louder_than_voice(samples)) if condition else samples


def sound_length(path: Path, *, inside: Path | None = None) -> int:
    """Samples at 48 kHz of the sound in *path*, from its header; raises ``SoundError``."""
    with open_sound(path, inside) as file:
        loop = _loop(file)
        return _at_48k(file.frames, file.samplerate) if loop is None else loop[1]


def to_channels(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """*samples* (frames, 1 or 2) as (frames, *channels*), as loud as before over two channels."""
    if samples.shape[1] == channels:
        return samples
    if channels == 1:
        mean: NDArray[np.float32] = samples.mean(axis=1, keepdims=True, dtype=np.float32)
        return mean
    return np.repeat(samples, channels, axis=1)


@contextmanager
def open_sound(
    path: Path,
    inside: Path | None = None,
    *,
    kind: FileKind = SOUND_FILE,
    frames: int = MAX_FRAMES,
) -> Iterator[SoundStream]:
    """An open sound file of that *kind* with at most *frames* frames and a plausible header.

    Raises ``SoundError`` for any other file.
    """
    with open_raw(path, inside, kind) as raw, ExitStack() as stack:
        name = transcode.find_container(raw)
        if name is not None:
            wav = transcode.transcode_to_wav(
                raw, name, str(path), kind.max_bytes or _MAX_SESSION_WAV_BYTES
            )
            raw = stack.enter_context(stack.enter_context(wav).open("rb"))
        raw.seek(0)
        try:
            file = stack.enter_context(SoundStream(raw))
        except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as fault:
            raise SoundError(
                "this sound file can't be read", where=str(path), hint=_FORMATS
            ) from fault
        _check_header(file, path, frames)
        yield file


def _check_header(file: SoundStream, path: Path, most: int) -> None:
    """Raise ``SoundError`` if the header of *file* isn't plausible."""
    if file.samplerate not in SAMPLE_RATES:
        what = f"its sample rate is {file.samplerate:,} Hz"
        hint = f"Save it at {SAMPLE_RATE:,} Hz."
    elif not 1 <= file.channels <= MAX_CHANNELS:
        what, hint = f"it has {file.channels} channels", "Save it as mono or stereo."
    elif file.frames < 1:
        what, hint = "it contains no sound", "Save it again."
    elif file.frames > most:
        what = f"it says that it has {file.frames:,} frames; {most:,} are the most"
        hint = "Cut it to ten minutes or less; a bed is repeated for as long as it is needed."
    else:
        return
    raise SoundError(what, where=str(path), hint=hint)


def _read_all(file: SoundStream, path: Path, channels: int) -> NDArray[np.float32]:
    """All frames of *file* in *channels* channels. It is read in blocks, so that memory is taken
    for the frames that exist, not for those that the header claims."""
    blocks: list[NDArray[np.float32]] = []
    try:
        for block in file.onward(_READ_FRAMES):
            if not np.isfinite(block).all():
                raise SoundError(
                    "it contains samples that are not numbers",
                    where=str(path),
                    hint="Export it again from the program that made it.",
                )
            if np.abs(block).max() > MAX_AMPLITUDE:
                raise SoundError(
                    "it contains samples far beyond full scale",
                    where=str(path),
                    hint="Export it again from the program that made it.",
                )
            blocks.append(to_channels(block, channels))
    except (soundfile.SoundFileError, RuntimeError) as fault:
        raise SoundError(
            f"reading it failed ({fault})", where=str(path), hint="Export or copy it again."
        ) from fault
    held = sum(map(len, blocks))
    if held != file.frames:
        raise SoundError(
            f"its header says {file.frames:,} frames, but it contains {held:,}",
            where=str(path),
            hint="The file is cut short or damaged: export or copy it again.",
        )
    whole = np.empty((held, channels), np.float32)
    at = held
    while blocks:  # each is freed once it is copied: a stereo bed is 23 MB
        block = blocks.pop()
        at -= len(block)
        whole[at : at + len(block)] = block
    return whole


def _loop(file: SoundStream) -> tuple[int, int] | None:
    """Start and period, at 48 kHz, of the loop that the comment of *file* names, if it does."""
    found = _LOOP_NOTE.search(str(file.comment or ""))
    if found is None:
        return None
    start, period = map(int, found.groups())
    if period < 1 or start + period > file.frames:
        return None
    return _at_48k(start, file.samplerate), _at_48k(period, file.samplerate)


def _at_48k(frames: int, rate: int) -> int:
    """Samples at 48 kHz that *frames* at *rate* last, rounded half up."""
    return (2 * frames * SAMPLE_RATE + rate) // (2 * rate)


def _fit(samples: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    """*samples* cut, or filled with zeros, to exactly *length* frames."""
    missing = max(0, length - len(samples))
    return np.pad(samples[:length], ((0, missing), (0, 0)))
