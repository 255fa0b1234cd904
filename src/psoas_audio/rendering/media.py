"""What the clips of a timeline refer to, read when first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from psoas_audio.rendering.pricing import is_shipped, sound_home, sound_path
from psoas_audio.script.model import Script
from psoas_audio.sound.bed import Loop, make_seamless
from psoas_audio.sound.files import read_sound
from psoas_audio.speech.takes import Takes

Samples = npt.NDArray[np.float32]
T = TypeVar("T")


class SessionMedia:
    """Takes from the store, sounds from their files; safe to use from several threads."""

    def __init__(self, script: Script, takes: Takes) -> None:
        self._script = script
        self._takes = takes
        self._lock = threading.Lock()
        self._bells: dict[str, Samples] = {}
        self._loops: dict[str, Loop] = {}

    def take(self, name: str) -> Samples:
        """The take with that media id, float32 of shape ``(frames, 1)``."""
        return self._takes.read(name)

    def bell(self, name: str) -> Samples:
        """The sound *name*, float32 of shape ``(frames, channels)`` of the session."""
        return self._kept(self._bells, name, self._read)

    def loop(self, name: str) -> Loop:
        """The sound *name* as a loop without a seam, in the session's channels."""
        return self._kept(self._loops, name, self._looped)

    def _looped(self, path: Path) -> Loop:
        samples = self._read(path)
        return Loop(samples if is_shipped(path) else make_seamless(samples))

    def _read(self, path: Path) -> Samples:
        home = sound_home(self._script, path)
        return read_sound(path, channels=self._script.channels, inside=home)

    def _kept(self, kept: dict[str, T], name: str, make: Callable[[Path], T]) -> T:
        with self._lock:
            if name not in kept:
                kept[name] = make(sound_path(self._script, name))
            return kept[name]
