"""The sound of a session without a file: samples of any range, mixed when they are read."""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from psoas_audio.audio import Samples
from psoas_audio.master.limiter import Limiter
from psoas_audio.master.waveform import Waveform
from psoas_audio.mix import TRACKS, Mixer
from psoas_audio.rendering.result import to_audio_segment
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.speaking import SpokenSession
from psoas_audio.rendering.stems import STEM_BLOCK
from psoas_audio.timeline.model import TrackName
from psoas_audio.units import SAMPLE_RATE

if TYPE_CHECKING:
    from pydub import AudioSegment


class Mixdown:
    """A spoken session, mixed and mastered as a render would; safe to use from several threads.

    It holds no samples: each call mixes those it is asked for.
    """

    def __init__(self, session: Session, spoken: SpokenSession) -> None:
        self.timeline = spoken.planned.timeline
        self.details = session.draft.details(self.timeline)
        self._mixer = session.mixer(spoken)
        self._waveforms: dict[TrackName, bytes] = {}
        self._lock = threading.Lock()

    @property
    def length(self) -> int:
        """Samples."""
        return self.timeline.length

    @property
    def channels(self) -> int:
        """1 or 2."""
        return self.timeline.channels

    def read(self, start: int, stop: int, tracks: Collection[TrackName] = TRACKS) -> Samples:
        """Samples *start* to *stop* of *tracks* at 48 kHz: float32, ``(frames, channels)``, ±1.0.

        Both positions lie within 0 and ``timeline.length``.
        """
        return _limited(self._mixer, start, stop, tracks)

    def samples(self) -> Samples:
        """The whole session as one array; half an hour in mono takes 350 MB."""
        whole = np.empty((self.timeline.length, self.timeline.channels), np.float32)
        for start in range(0, len(whole), STEM_BLOCK):
            stop = min(len(whole), start + STEM_BLOCK)
            whole[start:stop] = self.read(start, stop)
        return whole

    def pcm(self, start: int, stop: int, tracks: Collection[TrackName] = TRACKS) -> bytes:
        """As :meth:`read`, as 16-bit little-endian integers, interleaved."""
        return limited_pcm(self._mixer, start, stop, tracks)

    def audio_segment(self) -> AudioSegment:
        """The whole session for pydub, in 16 bits."""
        length = self.timeline.length
        blocks = (
            self.pcm(start, min(length, start + STEM_BLOCK))
            for start in range(0, length, STEM_BLOCK)
        )
        return to_audio_segment(b"".join(blocks), SAMPLE_RATE, self.timeline.channels)

    def waveform(self, track: TrackName) -> bytes:
        """The waveform of *track*, in the bytes of a :class:`Waveform`."""
        with self._lock:
            if track not in self._waveforms:
                outline, length = Waveform(), self.timeline.length
                for start in range(0, length, STEM_BLOCK):
                    stop = min(length, start + STEM_BLOCK)
                    outline.add(self._mixer.read(start, stop, (track,)))
                self._waveforms[track] = bytes(outline)
            return self._waveforms[track]


def limited_pcm(mixer: Mixer, start: int, stop: int, tracks: Collection[TrackName]) -> bytes:
    """Samples *start* to *stop* of *tracks*, limited as in a render, as 16-bit little-endian
    integers, interleaved."""
    samples = _limited(mixer, start, stop, tracks)
    return (np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes()


def _limited(mixer: Mixer, start: int, stop: int, tracks: Collection[TrackName]) -> Samples:
    def mixed(first: int, last: int) -> Samples:
        return mixer.read(first, last, tracks)

    return Limiter(mixed, mixer.timeline.length).read(start, stop)
