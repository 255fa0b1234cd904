"""The samples that a timeline's clips refer to, read when first needed."""

from __future__ import annotations

import hashlib
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.cache.best_effort import BestEffortCache
from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.drafting.sound_paths import is_shipped, sound_errors_at, sound_home, sound_path
from psoas_audio.mix import BedLevel
from psoas_audio.script.model import Script
from psoas_audio.sound.bed import Loop
from psoas_audio.sound.sound_levels import ungated_lufs
from psoas_audio.sound.untrusted_files import open_raw
from psoas_audio.speech.takes import Takes
from psoas_audio.timeline import BedSound, Sound, Take
from psoas_audio.units import SAMPLE_RATE, gain_to_db

T = TypeVar("T")

_SCHEMA = 4
"""Part of the cache key; increase it when the same file gives a different loop."""


class SessionMedia:
    """Takes from the cache and sounds from their files; safe to use from several threads."""

    def __init__(self, script: Script, takes: Takes, cache: BestEffortCache) -> None:
        self._script = script
        self._takes = takes
        self._cache = cache
        self._lock = threading.RLock()
        self._bells: dict[str, Samples] = {}
        self._loops: dict[str, Loop] = {}
        self._digests: dict[str, str] = {}

    def take(self, name: str) -> Samples:
        """The take with that media id, float32 of shape ``(frames, 1)``."""
        return self._takes.read(name)

    def bell(self, name: str) -> Samples:
        """The sound *name*, float32 of shape ``(frames, channels)`` of the session."""
        return self._once(self._bells, name, self._read)

    def loop(self, name: str) -> Loop:
        """The sound *name* as a seamless loop, in the session's channels.

        Cached in 16 bits: decoding and joining it takes longer than mixing it.
        """

        def read(path: Path) -> Loop:
            pcm = self._cache.get_or_make(
                self._key_parts("loop", name), lambda: self._loop_pcm(path)
            )
            return Loop(np.frombuffer(pcm, "<i2").reshape(-1, self._script.channels))

        return self._once(self._loops, name, read)

    def level(self, name: str) -> BedLevel:
        """How loud that loop is."""

        def measure() -> bytes:
            loop = self.loop(name)
            samples = loop.read(0, loop.period)
            peak = float(np.abs(samples).max(initial=0))
            return struct.pack("<dd", ungated_lufs(samples), gain_to_db(peak))

        return BedLevel(
            *struct.unpack("<dd", self._cache.get_or_make(self._key_parts("level", name), measure))
        )

    def identity(self, media: Take | Sound | BedSound) -> str:
        """A string that differs between media that sound different."""
        if isinstance(media, Take):
            return self._takes.identity(media.id)
        is_bed = isinstance(media, BedSound)
        if is_shipped(sound_path(self._script, media.name)):
            return self._digest(media.name) + (" shipped" if is_bed else "")
        return self._digest(media.name) + (" looped, own" if is_bed else " own")

    def _key_parts(self, kind: str, name: str) -> dict[str, Any]:
        return {
            "kind": kind,
            "schema": _SCHEMA,
            "sound": self._digest(name),
            "shipped": is_shipped(sound_path(self._script, name)),
            "channels": self._script.channels,
        }

    def _digest(self, name: str) -> str:
        def read(path: Path) -> str:
            with open_raw(path, sound_home(self._script, path)) as file:
                return hashlib.sha256(file.read()).hexdigest()

        return self._once(self._digests, name, read)

    def _loop_pcm(self, path: Path) -> bytes:
        samples = self._read(path, looped=not is_shipped(path))
        pcm = np.empty(samples.shape, "<i2")
        for start in range(0, len(samples), SAMPLE_RATE):
            here = slice(start, start + SAMPLE_RATE)
            pcm[here] = np.rint(np.clip(samples[here], -1, 1) * np.float32(32767))
        del samples
        return pcm.tobytes()

    def _read(self, path: Path, *, looped: bool = False) -> Samples:
        from psoas_audio.sound.read_sound import read_sound  # loads decoders

        home, channels = sound_home(self._script, path), self._script.channels
        return read_sound(
            path,
            channels=channels,
            inside=home,
            looped=looped,
            condition=not is_shipped(path),
        )

    def _once(self, known: dict[str, T], name: str, make: Callable[[Path], T]) -> T:
        with self._lock:
            if name not in known:
                known[name] = make(sound_path(self._script, name))
            return known[name]


def check_own_sounds(script: Script, planned: PlannedSession, media: SessionMedia) -> None:
    """Read the script's own bells, and its bed, as they will be mixed.

    Raises :class:`ScriptError` with the place of one that can't be used.
    """
    for name, mark in planned.fitted.plan.sound_marks().items():
        if not is_shipped(sound_path(script, name)):
            with sound_errors_at(name, mark):
                media.bell(name)
    if script.bed is not None and not is_shipped(sound_path(script, script.bed.sound)):
        with sound_errors_at(script.bed.sound, script.bed.mark):
            media.loop(script.bed.sound)
