"""One sound on its own, played or saved: a bell, a bed, breathing tones, or a file of your own."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import soundfile

from psoas_audio.atomic_files import Publication
from psoas_audio.audio import Samples
from psoas_audio.errors import SoundError
from psoas_audio.library import did_you_mean, find_sound, sound_names
from psoas_audio.playback.players import play_once
from psoas_audio.script.model import PhaseKind
from psoas_audio.sound.read_sound import read_sound
from psoas_audio.sound.timbres import TIMBRES
from psoas_audio.sound.tones import tone
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

_PHASES: tuple[PhaseKind, ...] = ("in", "full", "out", "empty")
_PHASE_LENGTH = seconds_to_samples(4)
"""Samples of each breath phase that a timbre is played with."""


def sound_samples(name: str) -> Samples:
    """The sound *name* as a session has it, float32 (frames, 1 or 2).

    *name* is that of a shipped bell or bed, of a timbre of breathing tones (two breaths of
    4-4-4-4), or the path of a file. Raises :class:`SoundError` if it can't be used.
    """
    if name in TIMBRES:
        phases = ((kind, cycle) for cycle in (0, 1) for kind in _PHASES)
        return np.concatenate(
            [tone(kind, _PHASE_LENGTH, name, cycle=cycle) for kind, cycle in phases]
        )
    shipped = find_sound(name)
    if shipped is not None:
        return read_sound(shipped, channels=2)
    path = Path(name)
    if not path.suffix and not path.exists():
        known = [*sound_names(), *TIMBRES]
        raise SoundError(
            f"there is no sound called “{name}”.",
            hint=did_you_mean(name, known) or "'psoas-audio sounds list' shows them.",
        )
    return read_sound(path, channels=2, condition=True)


def save_sound(name: str, output: Path, *, overwrite: bool) -> None:
    """Write the sound *name* as a WAV file; raises :class:`PsoasError`."""
    with Publication(overwrite) as publication:
        publication.reserve(output)
        buffer = io.BytesIO()
        soundfile.write(buffer, sound_samples(name), SAMPLE_RATE, format="WAV", subtype="PCM_16")
        publication.write(output, buffer.getvalue())
        publication.publish()


def play_sound(name: str) -> None:
    """Play the sound *name*; raises :class:`SoundError` if nothing here can play it."""
    if play_once(lambda path: save_sound(name, path, overwrite=False)):
        return
    raise SoundError(
        "no sound device or player was found.",
        hint=f"Save the sound instead: psoas-audio sounds play {name} -o sound.wav",
    )
