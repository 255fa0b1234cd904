"""Odd sounds that producers may bring; ``python tests/own_sounds.py`` writes docs/own-sounds.md."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from psoas_audio.errors import SoundError
from psoas_audio.sound.read_sound import read_sound

PAGE = Path(__file__).parent.parent / "docs" / "own-sounds.md"


@dataclass(frozen=True)
class OwnSound:
    """A sound and how it is saved."""

    samples: np.ndarray
    rate: int = 48_000
    format: str = "WAV"
    subtype: str = "FLOAT"


def noise(seconds: float, channels: int = 1, rate: int = 48_000, seed: int = 7) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((int(seconds * rate), channels)) * 0.1


def time(seconds: float, rate: int = 48_000) -> np.ndarray:
    return np.arange(int(seconds * rate))[:, np.newaxis] / rate


def tone(frequency: float, seconds: float, rate: int = 48_000) -> np.ndarray:
    return 0.3 * np.sin(2 * np.pi * frequency * time(seconds, rate))


def strike(frequency: float, seconds: float, rate: int = 48_000) -> np.ndarray:
    return tone(frequency, seconds, rate) * np.exp(-3 * time(seconds, rate))


def sounds() -> dict[str, OwnSound]:
    left = strike(500, 3)
    nothing = np.zeros_like(left)
    burst = noise(1)
    spiked = strike(330, 3)
    spiked[48_000] = 0.99
    dropout = noise(6)
    dropout[120_000:168_000] = 0
    late = np.concatenate([np.zeros((96_000, 1)), left])
    return {
        "a bowl": OwnSound(strike(220, 6)),
        "a bowl at 44.1 kHz in 16 bits": OwnSound(strike(220, 6, 44_100), 44_100, "WAV", "PCM_16"),
        "a bowl at 96 kHz in 24 bits": OwnSound(strike(220, 4, 96_000), 96_000, "WAV", "PCM_24"),
        "a bowl at 192 kHz": OwnSound(strike(220, 2, 192_000), 192_000),
        "telephone quality: 8 kHz in 8 bits": OwnSound(
            strike(440, 2, 8_000), 8_000, "WAV", "PCM_U8"
        ),
        "telephone quality: µ-law": OwnSound(strike(440, 2, 8_000), 8_000, "WAV", "ULAW"),
        "too slow a rate: 4 kHz": OwnSound(strike(440, 2, 4_000), 4_000),
        "FLAC": OwnSound(strike(300, 3), 48_000, "FLAC", "PCM_24"),
        "Ogg Vorbis": OwnSound(strike(300, 3), 48_000, "OGG", "VORBIS"),
        "Opus in Ogg": OwnSound(strike(300, 3), 48_000, "OGG", "OPUS"),
        "MP3": OwnSound(strike(300, 3), 48_000, "MP3", "MPEG_LAYER_III"),
        "AIFF": OwnSound(strike(300, 3), 48_000, "AIFF", "PCM_16"),
        "CAF": OwnSound(strike(300, 3), 48_000, "CAF", "FLOAT"),
        "stereo, both sides alike": OwnSound(np.hstack([left, left])),
        "stereo, the right side silent": OwnSound(np.hstack([left, nothing])),
        "stereo, the right side turned over": OwnSound(np.hstack([left, -left])),
        "stereo, the right side turned over and quieter": OwnSound(np.hstack([left, -0.8 * left])),
        "stereo, the sides a millisecond apart": OwnSound(np.hstack([left, np.roll(left, 48, 0)])),
        "stereo of two unlike noises": OwnSound(noise(8, 2)),
        "three channels": OwnSound(noise(1, 3)),
        "silence": OwnSound(np.zeros((48_000, 1))),
        "silence with dither": OwnSound(noise(2) * 1e-4),
        "a constant offset and nothing else": OwnSound(np.full((48_000, 1), 0.4)),
        "a bowl on an offset": OwnSound(strike(220, 3) + 0.25),
        "an offset that drifts": OwnSound(strike(220, 3) + 0.3 * time(3) / 3),
        "one sample": OwnSound(np.array([[0.8]])),
        "ten samples": OwnSound(np.full((10, 1), 0.5)),
        "shorter than a frame of MP3": OwnSound(tone(1_000, 0.02)),
        "a click in the middle": OwnSound(spiked),
        "cut off at its loudest": OwnSound(tone(440, 2)),
        "begins in mid-swing": OwnSound(0.5 * np.cos(2 * np.pi * 200 * time(2))),
        "two seconds of nothing first": OwnSound(late),
        "a hole of one second": OwnSound(dropout),
        "faded in and out": OwnSound(noise(20) * np.sin(np.pi * time(20) / 20)),
        "twelve decibels too loud": OwnSound(4 * strike(220, 3)),
        "full-scale noise": OwnSound(np.clip(10 * burst, -1, 1)),
        "a full-scale square wave": OwnSound(np.sign(tone(100, 2))),
        "far beyond full scale": OwnSound(2_000 * strike(220, 1)),
        "not a number in it": OwnSound(np.where(np.arange(48_000)[:, None] == 9, np.nan, 0.1)),
        "infinite in it": OwnSound(np.where(np.arange(48_000)[:, None] == 9, np.inf, 0.1)),
        "a rumble of 12 Hz": OwnSound(tone(12, 4)),
        "a whistle of 20 kHz": OwnSound(tone(20_000, 2)),
    }


@dataclass(frozen=True)
class Used:
    """What became of a sound: its samples at 48 kHz, or why it was refused."""

    samples: np.ndarray | None
    refusal: str = ""


def use(sound: OwnSound, folder: Path, *, looped: bool, channels: int = 1) -> Used:
    """*sound*, saved in *folder* and read as a bell, or *looped* as a bed."""
    path = folder / f"own.{sound.format.lower()}"
    soundfile.write(path, sound.samples, sound.rate, subtype=sound.subtype, format=sound.format)
    try:
        return Used(read_sound(path, channels=channels, looped=looped, condition=True))
    except SoundError as error:
        return Used(None, error.what)


def described(sound: OwnSound, used: Used) -> str:
    """What was done to *sound*, in words."""
    if used.samples is None:
        return f"refused: {used.refusal}"
    before, after = sound.samples, used.samples
    lasted, lasts = len(before) / sound.rate, len(after) / 48_000
    done = []
    if lasts < lasted - 0.01:
        done.append(f"{lasts:.1f} of {lasted:.1f} s repeat")
    mean = np.abs(before.mean(axis=0)).max()
    if mean > 0.01 > np.abs(after.mean(axis=0)).max():
        done.append("offset removed")
    if before.shape[1] == 2 and np.abs(before.mean(axis=1)).max() < 0.3 * np.abs(before).max():
        done.append("one side used")
    lowered = np.abs(before - before.mean(axis=0)).max() / np.abs(after).max()
    if lowered > 1.5 and before.shape[1] == 1 and lasts > 0.1:
        done.append(f"lowered by {20 * np.log10(lowered):.0f} dB")
    steps = [abs(float(np.max(np.abs(x[end])))) for x in (before, after) for end in (0, -1)]
    if max(steps[:2]) > 0.01 > max(steps[2:]) and lasts > lasted - 0.01:
        done.append("edges faded")
    return "; ".join(done) or "as it is"


def rows(folder: Path) -> Iterator[str]:
    yield "| sound | as a bell | as a bed |"
    yield "|---|---|---|"
    for name, sound in sounds().items():
        cells = [described(sound, use(sound, folder, looped=looped)) for looped in (False, True)]
        yield f"| {name} | {' | '.join(cells)} |"


def page(folder: Path) -> str:
    """The page with its table written anew."""
    text = PAGE.read_text(encoding="utf-8")
    return text[: text.index("| sound |")] + "\n".join(rows(folder)) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(page(Path(made)), encoding="utf-8")
