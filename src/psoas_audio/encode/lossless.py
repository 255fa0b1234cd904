"""WAV and FLAC, 24 bit, streamed in blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

import soundfile

from psoas_audio.audio import Samples
from psoas_audio.encode.callback_file import CallbackFile
from psoas_audio.errors import EncodeError
from psoas_audio.units import SAMPLE_RATE

_READ_SAMPLES = 10 * SAMPLE_RATE
"""Samples read at a time."""


def encode_lossless(
    read: Callable[[int, int], Samples],
    length: int,
    channels: int,
    out: BinaryIO,
    form: str,
    progress: Callable[[int], None],
) -> None:
    """Write *length* samples of ``read(start, stop)`` to *out*; *form* is ``WAV`` or ``FLAC``.

    Raises :class:`EncodeError` if it can't be written, and what *out* raises.
    """
    guarded = CallbackFile(out)
    try:
        with soundfile.SoundFile(
            guarded, "w", SAMPLE_RATE, channels, "PCM_24", format=form, closefd=False
        ) as file:
            for start in range(0, length, _READ_SAMPLES):
                stop = min(length, start + _READ_SAMPLES)
                file.write(read(start, stop))
                guarded.raise_error()
                progress(stop)
    except soundfile.LibsndfileError as error:
        raise EncodeError(
            f"the {form} file could not be written: {error}",
            hint="Free some space, or choose another --output or --format.",
        ) from error
    guarded.raise_error()


def append_chunk(out: BinaryIO, name: bytes, content: bytes) -> None:
    """Append a chunk to the WAV file *out*. *name* has four bytes."""
    end = out.seek(0, 2)
    out.write(bytes(end % 2) + name + len(content).to_bytes(4, "little") + content)
    out.write(bytes(len(content) % 2))
    size = out.tell() - 8
    out.seek(4)
    out.write(size.to_bytes(4, "little"))
    out.seek(0, 2)
