"""A session that is heard without being encoded: its samples from any point, as they are asked."""

from __future__ import annotations

import threading
from collections.abc import Collection

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.master.limiter import Limiter
from psoas_audio.mix import TRACKS
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.speaking import SpokenSession
from psoas_audio.rendering.stems import BLOCK
from psoas_audio.rendering.waveform import Waveform
from psoas_audio.timeline.model import TrackName


class Live:
    """A spoken session, mastered as a render would; safe to use from several threads."""

    def __init__(self, session: Session, spoken: SpokenSession) -> None:
        self.timeline = spoken.planned.timeline
        self.details = session.draft.details(self.timeline)
        self._mixer = session.mixer(spoken)
        self._waveforms: dict[TrackName, bytes] = {}
        self._lock = threading.Lock()

    def pcm(self, start: int, stop: int, tracks: Collection[TrackName] = TRACKS) -> bytes:
        """Samples *start* to *stop* of *tracks*, as 16-bit little-endian integers, interleaved."""

        def read(first: int, last: int) -> Samples:
            return self._mixer.read(first, last, tracks)

        samples = Limiter(read, self.timeline.length).read(start, stop)
        return (np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes()

    def waveform(self, track: TrackName) -> bytes:
        """The outline of *track*: see :class:`Waveform`."""
        with self._lock:
            if track not in self._waveforms:
                outline, length = Waveform(), self.timeline.length
                for start in range(0, length, BLOCK):
                    stop = min(length, start + BLOCK)
                    outline.add(self._mixer.read(start, stop, (track,)))
                self._waveforms[track] = bytes(outline)
            return self._waveforms[track]
