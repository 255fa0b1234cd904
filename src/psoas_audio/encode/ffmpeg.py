"""Formats that only ffmpeg writes: AAC in MP4 (m4a, m4b) and Opus."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from psoas_audio.audio import Samples
from psoas_audio.errors import EncodeError
from psoas_audio.temporary import temporary_folder
from psoas_audio.units import SAMPLE_RATE

_READ_SAMPLES = 10 * SAMPLE_RATE
"""Samples read at a time."""

_CODECS = {
    "m4a": ("-c:a", "aac", "-f", "ipod", "-movflags", "+faststart"),
    "m4b": ("-c:a", "aac", "-f", "ipod", "-movflags", "+faststart"),
    "opus": ("-c:a", "libopus", "-f", "opus"),
}
_BIT_RATES = {"m4a": (96, 160), "m4b": (96, 160), "opus": (64, 112)}
"""Kilobits per second in mono and stereo: at these rates each format is as clear as the MP3s."""


def require_ffmpeg(form: str) -> str:
    """Path of ffmpeg; raises :class:`EncodeError` if it isn't installed."""
    program = shutil.which("ffmpeg")
    if program is None:
        raise EncodeError(
            f"writing {form} needs ffmpeg, which is not installed.",
            hint="Install ffmpeg with your system's packages, or choose mp3, flac or wav.",
        )
    return program


def encode_ffmpeg(
    read: Callable[[int, int], Samples],
    length: int,
    channels: int,
    out: BinaryIO,
    form: str,
    progress: Callable[[int], None],
    *,
    metadata: str,
    cover: bytes | None,
    kbps: int | None = None,
) -> None:
    """Write *length* samples of ``read(start, stop)`` to *out* as *form*: m4a, m4b or opus.

    *metadata* is in ffmpeg's own text form; *cover* a JPEG, for those that show it; *kbps* the bit
    rate, by default the usual one.
    Raises :class:`EncodeError` if ffmpeg is missing or fails.
    """
    program = require_ffmpeg(form)
    rate = kbps or _BIT_RATES[form][channels - 1]
    with temporary_folder() as folder:
        words, art, made = (Path(folder, name) for name in ("metadata", "cover.jpg", "made"))
        words.write_text(metadata, encoding="utf-8")
        sound = ("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", str(channels), "-i", "pipe:0")
        inputs = [*sound, "-f", "ffmetadata", "-i", f"file:{words}"]
        maps = ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1"]
        if cover is not None:
            art.write_bytes(cover)
            inputs += ["-i", f"file:{art}"]
            maps += ["-map", "2:v", "-c:v", "copy", "-disposition:v", "attached_pic"]
        command = [program, "-v", "error", "-nostdin", *inputs, *maps]
        if form != "opus":
            command += _exact_ends(program)
        command += [*_CODECS[form], "-b:a", f"{rate}k", "-y", f"file:{made}"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            try:
                messages = _feed(process, read, length, progress)
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0 or not made.is_file():
            lines = messages.decode(errors="replace").replace(folder, "").strip().splitlines()
            raise EncodeError(f"ffmpeg could not write {form}.", hint=lines[-1] if lines else "")
        with made.open("rb") as file:
            shutil.copyfileobj(file, out)


def _exact_ends(program: str) -> list[str]:
    """Options for an edit list in MP4 that ends the sound at the exact sample: AAC ends with a
    frame. Before version 5 ffmpeg has no such option, and rounds down to milliseconds."""
    help_text = subprocess.run([program, "-v", "error", "-h", "muxer=ipod"], capture_output=True)
    known = b"-movie_timescale" in help_text.stdout
    return ["-movie_timescale", str(SAMPLE_RATE)] if known else []


def _feed(
    process: subprocess.Popen[bytes],
    read: Callable[[int, int], Samples],
    length: int,
    progress: Callable[[int], None],
) -> bytes:
    """Write the sound to ffmpeg; returns its messages."""
    assert process.stdin is not None
    assert process.stderr is not None
    messages = bytearray()
    # ffmpeg would block on a full pipe of messages, and so would this process.
    listener = threading.Thread(target=lambda: messages.extend(process.stderr.read()))  # type: ignore[union-attr]
    listener.start()
    try:
        for start in range(0, length, _READ_SAMPLES):
            stop = min(length, start + _READ_SAMPLES)
            process.stdin.write(read(start, stop).astype("<f4").tobytes())
            progress(stop)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it ended early, which its exit status shows
    process.wait()
    listener.join()
    return bytes(messages)
