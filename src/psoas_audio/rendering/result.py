"""The result of a render."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE, samples_to_ms

if TYPE_CHECKING:
    from pydub import AudioSegment

    from psoas_audio.listening.report import WordReport


@dataclass(frozen=True, slots=True)
class Loudness:
    """The measured loudness of a session."""

    voice_lufs: float
    """Integrated loudness of the voice track, as a stereo file plays it."""
    true_peak_dbtp: float
    """The highest true peak of the finished file."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished session."""

    output: Path
    """The session's file."""
    files: tuple[Path, ...]
    """All files written, the session first."""
    timeline: Timeline
    takes_made: int
    """How many takes were spoken for this render."""
    takes_reused: int
    """How many takes came from the cache."""
    loudness: Loudness
    voices: tuple[str, ...] = ()
    """The voices that spoke, such as ``kokoro:af_heart``."""
    warnings: tuple[str, ...] = ()
    """What the user should know although nothing failed, a sentence each."""
    words: WordReport | None = None
    """What a transcriber heard in it, if one was asked for."""

    def audio_segment(self) -> AudioSegment:
        """The decoded session for pydub, exactly as long as the timeline (all in memory).

        Needs no ffmpeg for MP3, WAV, FLAC and Opus: soundfile decodes them.
        """
        import soundfile  # loads a decoder

        samples, rate = soundfile.read(self.output, dtype="int16", always_2d=True)
        return to_audio_segment(samples.tobytes(), rate, samples.shape[1])

    def named(self, warning: str) -> str:
        """*warning* with the name of the file, where it is one of many."""
        name = self.output.name
        return warning if warning.startswith(name) else f"{name}: {warning}"

    def as_json(self) -> dict[str, object]:
        """The object that ``render --json`` prints."""
        return {
            "output": str(self.output),
            "files": [str(path) for path in self.files],
            "sample_rate": SAMPLE_RATE,
            "samples": self.timeline.length,
            "chapters": [
                {"title": marker.title, "start_ms": samples_to_ms(marker.start)}
                for marker in self.timeline.markers
            ],
            "takes": {"made": self.takes_made, "reused": self.takes_reused},
            "voices": list(self.voices),
            "loudness": {
                "voice_lufs": _finite(self.loudness.voice_lufs),
                "true_peak_dbtp": _finite(self.loudness.true_peak_dbtp),
            },
            "warnings": list(self.warnings),
            **({"words": self.words.as_json()} if self.words else {}),
        }


def to_audio_segment(pcm: bytes, rate: int, channels: int) -> AudioSegment:
    """Interleaved 16-bit samples for pydub."""
    with warnings.catch_warnings():
        # pydub warns that audioop is old and that ffmpeg is missing; neither matters here.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    return AudioSegment(pcm, frame_rate=rate, sample_width=2, channels=channels)


def _finite(level: float) -> float | None:
    """*level* for JSON, which has no infinity: ``None`` if there was no sound."""
    return round(level, 2) if math.isfinite(level) else None
