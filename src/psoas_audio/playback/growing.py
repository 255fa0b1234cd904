"""The sound of a session that is still being spoken: what is known of it, as it becomes known."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from psoas_audio.mix import TRACKS, Mixer
from psoas_audio.playback.mixdown import limited_pcm
from psoas_audio.rendering.session import Session
from psoas_audio.rendering.speaking import SpokenSession
from psoas_audio.rendering.track_levels import voice_gains
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import Take, Timeline, lay_out
from psoas_audio.timeline.model import TrackName
from psoas_audio.units import seconds_to_samples

_MOST_LONGER, _MORE = 1.25, seconds_to_samples(30)
"""Factor, and samples, by which lines may be longer than estimated."""
_AHEAD = seconds_to_samples(0.05)
"""Samples after a position that its sound may depend on, as a peak is limited before it comes."""


class SpeakingStoppedError(OSError):
    """The session won't be spoken to its end."""


class _Known(NamedTuple):
    """What is known of the session."""

    timeline: Timeline
    """Lines that haven't been spoken have estimated lengths."""
    until: int
    """Samples: where the first of those lines begins, and up to where the timeline is final."""
    mixer: Mixer


class GrowingMixdown:
    """A session whose lines are being spoken in their order; safe to use from several threads.

    Its sound can be read up to the first line that hasn't been spoken. Reading on waits for it.
    """

    def __init__(self, session: Session, begun: SpokenSession) -> None:
        """*begun* is *session* with estimated lengths of the takes that its facts don't have."""
        self._session, self._planned = session, begun.planned
        self._facts = dict(begun.facts)
        self._lengths = dict(begun.planned.lengths)
        self._media = session.media()
        self._changed = threading.Condition()
        self._stopped = False
        self._known: _Known | None = None
        self.length = round(begun.planned.timeline.length * _MOST_LONGER) + _MORE
        """Samples that it has at most; after its end all is silence."""
        self.channels = begun.planned.timeline.channels

    def add(self, take: str, facts: TakeFacts) -> None:
        """The take with the media id *take* has been spoken."""
        with self._changed:
            self._facts[take] = facts
            self._lengths[take] = facts.length
            self._known = None
            self._changed.notify_all()

    def stop(self) -> None:
        """Let those who wait for lines know that no more will be spoken."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    @property
    def timeline(self) -> Timeline:
        """The timeline as far as it is known."""
        return self._now().timeline

    def pcm(self, start: int, stop: int, tracks: Collection[TrackName] = TRACKS) -> bytes:
        """Samples of *tracks* from *start* on, as 16-bit little-endian integers, interleaved.

        They reach to *stop*, or as far as lines have been spoken. Waits where *start* isn't known
        yet; raises :class:`SpeakingStoppedError` if it never will be.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or start < self._end(self._now()))
            known = self._now()
        end = min(stop, self._end(known))
        if end <= start:
            raise SpeakingStoppedError
        length = known.timeline.length
        silence = bytes(2 * self.channels * (end - max(start, min(end, length))))
        if start >= length:
            return silence
        return limited_pcm(known.mixer, start, min(end, length), tracks) + silence

    def _end(self, known: _Known) -> int:
        """Up to where the sound can be read."""
        if known.until == known.timeline.length:
            return self.length
        return known.until - _AHEAD

    def _now(self) -> _Known:
        with self._changed:
            if self._known is None:
                self._known = self._laid_out()
            return self._known

    def _laid_out(self) -> _Known:
        planned, facts, draft = self._planned, self._facts, self._session.draft
        timeline = lay_out(planned.fitted.plan, self._lengths)
        starts = (
            clip.start
            for clip in timeline.track("voice").clips
            if isinstance(clip.media, Take) and clip.media.id not in facts
        )
        gains = voice_gains(
            [line for line in planned.utterances if line.take in facts],
            [line for line in draft.level_lines if line.take in facts],
            facts,
            draft.target_lufs,
        )
        spoken = SpokenSession(replace(planned, timeline=timeline), facts, gains, len(facts))
        mixer = self._session.mixer(spoken, self._media)
        return _Known(timeline, min(starts, default=timeline.length), mixer)
