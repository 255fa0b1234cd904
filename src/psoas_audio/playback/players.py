"""The players a system may have: sound handed to the first that takes it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

from psoas_audio.units import SAMPLE_RATE

_STREAMS = (
    ("paplay", "--raw", "--format=s16le", "--rate={rate}", "--channels={channels}"),
    ("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", "{rate}", "-c", "{channels}", "-"),
    ("play", "-q", "-t", "raw", "-e", "signed", "-b", "16", "-r", "{rate}", "-c", "{channels}",
     "-"),
)  # fmt: skip
"""Programs that play raw 16-bit samples from their standard input as they come."""
_FILES = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
"""Programs that play a WAV file."""
_ACCEPTED = 2
"""Seconds of sound after which a player that is still there has a device."""


def play_file(path: Path) -> bool:
    """Play the WAV file *path* to its end; whether anything could."""
    if sys.platform == "win32":
        import winsound

        with contextlib.suppress(RuntimeError):
            winsound.PlaySound(str(path), winsound.SND_FILENAME)
            return True
        return False
    return any(
        subprocess.run([program, *rest, str(path)], stderr=subprocess.DEVNULL).returncode == 0
        for program, rest in _found(_FILES)
    )


def play_stream(pieces: Iterable[bytes], channels: int) -> bool:
    """Play *pieces* of 16-bit samples, each as it comes; whether anything could.

    Where no player takes a stream, the sound is written to a passing file first.
    """
    values = {"rate": SAMPLE_RATE, "channels": channels}
    coming, kept = iter(pieces), list[bytes]()
    for program, rest in _found(_STREAMS):
        command = [program, *(part.format(**values) for part in rest)]
        if _stream(command, coming, kept, _ACCEPTED * SAMPLE_RATE * channels * 2):
            return True
    if not _found(_FILES) and sys.platform != "win32":
        return False
    with tempfile.TemporaryDirectory(prefix="psoas-audio-") as folder:
        path = Path(folder, "session.wav")
        with wave.open(str(path), "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            for piece in [*kept, *coming]:
                file.writeframes(piece)
        return play_file(path)


def _stream(command: list[str], coming: Iterator[bytes], kept: list[bytes], enough: int) -> bool:
    """Whether *command* played. What it was given is *kept* until it has taken *enough* bytes."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as player:
        assert player.stdin is not None
        given = 0
        try:
            for piece in _first_and_rest(kept, coming):
                player.stdin.write(piece)
                given += len(piece)
                if given > enough:
                    kept.clear()
            player.stdin.close()
        except BrokenPipeError:
            return False
        except BaseException:
            player.terminate()
            raise
        return player.wait() == 0


def _first_and_rest(kept: list[bytes], coming: Iterator[bytes]) -> Iterator[bytes]:
    yield from tuple(kept)
    for piece in coming:
        kept.append(piece)
        yield piece


def _found(players: Iterable[tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (program, rest)
        for name, *more in players
        if (program := shutil.which(name))
        for rest in (tuple(more),)
    ]
