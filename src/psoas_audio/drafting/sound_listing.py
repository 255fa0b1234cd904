"""Lists the shipped sounds, with their lengths and loudness."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from psoas_audio.library import sound_names
from psoas_audio.sound.read_sound import read_sound
from psoas_audio.sound.sound_levels import BREATH_LUFS, max_momentary_lufs, ungated_lufs
from psoas_audio.sound.timbres import TIMBRES
from psoas_audio.units import SAMPLE_RATE

SoundKind = Literal["bell", "bed", "breath"]


@dataclass(frozen=True, slots=True)
class ListedSound:
    """A shipped sound."""

    name: str
    kind: SoundKind
    """``bell`` for a sound that is struck, ``bed`` for one that loops, ``breath`` for a timbre of
    breathing tones."""
    seconds: float | None
    """Its length; of a bed, the time after which it repeats. ``None`` for breathing tones, which
    are as long as their phase."""
    lufs: float
    """Loudness before the session sets its level: of a bell its loudest 400 ms, of a bed the whole
    of it, of breathing tones that of an in-breath."""


def list_sounds() -> list[ListedSound]:
    """All shipped sounds: bells, beds and timbres of breathing tones, each sorted by name."""
    kinds: dict[str, SoundKind] = {"bells": "bell", "beds": "bed"}
    found = [_listed(name, path, kinds[path.parent.name]) for name, path in sound_names().items()]
    found += [ListedSound(name, "breath", None, BREATH_LUFS) for name in sorted(TIMBRES)]
    return sorted(found, key=lambda sound: ["bell", "bed", "breath"].index(sound.kind))


def _listed(name: str, path: Path, kind: SoundKind) -> ListedSound:
    samples = read_sound(path, channels=2)
    loudness = max_momentary_lufs(samples) if kind == "bell" else ungated_lufs(samples)
    return ListedSound(name, kind, round(len(samples) / SAMPLE_RATE, 2), round(loudness, 1))
