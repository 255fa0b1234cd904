"""Plays sound with the first player on this system that can."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from psoas_audio.temporary import temporary_folder
from psoas_audio.units import SAMPLE_RATE

if sys.platform == "win32":
    import winsound

_STREAMS = (
    ("paplay", "--raw", "--format=s16le", "--rate={rate}", "--channels={channels}"),
    ("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", "{rate}", "-c", "{channels}", "-"),
    ("play", "-q", "-t", "raw", "-e", "signed", "-b", "16", "-r", "{rate}", "-c", "{channels}",
     "-"),
)  # fmt: skip
"""Programs that play raw 16-bit samples from their standard input."""
_FILES = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
"""Programs that play a WAV file."""
_PROOF_S = 2
"""Seconds of sound after which a player that still runs certainly has a device."""


def play_file(path: Path) -> bool:
    """Play the WAV file *path* to its end; returns whether any player could."""
    if sys.platform == "win32":
        with contextlib.suppress(RuntimeError):
            winsound.PlaySound(str(path), winsound.SND_FILENAME)
            return True
        return False
    return any(
        subprocess.run([program, *rest, str(path)], stderr=subprocess.DEVNULL).returncode == 0
        for program, rest in _found(_FILES)
    )


def play_once(save: Callable[[Path], None]) -> bool:
    """Play the WAV file that *save* writes to the path it gets; whether any player could."""
    with temporary_folder() as folder:
        path = Path(folder) / "sound.wav"
        save(path)
        return play_file(path)


def play_stream(pieces: Iterable[bytes], channels: int) -> bool:
    """Play *pieces* of 16-bit samples as they come; returns whether any player could.

    If no player takes a stream, the sound is written to a temporary file first.
    """
    values = {"rate": SAMPLE_RATE, "channels": channels}
    rest, sent = iter(pieces), list[bytes]()
    for program, arguments in _found(_STREAMS):
        command = [program, *(part.format(**values) for part in arguments)]
        if _stream(command, rest, sent, _PROOF_S * SAMPLE_RATE * channels * 2):
            return True
    if not _found(_FILES) and sys.platform != "win32":
        return False
    with temporary_folder() as folder:
        path = Path(folder, "session.wav")
        with wave.open(str(path), "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE)
            for piece in [*sent, *rest]:
                file.writeframes(piece)
        return play_file(path)


def _stream(command: list[str], rest: Iterator[bytes], sent: list[bytes], proof_bytes: int) -> bool:
    """Play *sent* and *rest* with *command*; returns whether it could.

    Until the player has taken *proof_bytes*, what it got stays in *sent* for the next player.
    """
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as player:
        assert player.stdin is not None
        taken = 0
        try:
            for piece in _recorded(sent, rest):
                player.stdin.write(piece)
                taken += len(piece)
                if taken > proof_bytes:
                    sent.clear()
            player.stdin.close()
        except BrokenPipeError:
            return False
        except BaseException:
            player.terminate()
            raise
        return player.wait() == 0


def _recorded(sent: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from tuple(sent)
    for piece in rest:
        sent.append(piece)
        yield piece


def _found(players: Iterable[tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (program, rest)
        for name, *more in players
        if (program := shutil.which(name))
        for rest in (tuple(more),)
    ]
