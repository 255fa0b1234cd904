"""Finds lines that ask for a pitch although their engine can't change it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

from psoas_audio.errors import Problem, SpeechError
from psoas_audio.planning import Utterance
from psoas_audio.planning.choices import DEFAULT_PITCH
from psoas_audio.speech.engine import FixedPitch
from psoas_audio.speech.engines import load_engine, reference_of


def pitch_problems(utterances: Iterable[Utterance]) -> Iterator[Problem]:
    """A warning for each engine that is asked for another pitch and has only its voices' own."""
    asked: dict[str, list[Utterance]] = {}
    for utterance in utterances:
        if utterance.pitch != DEFAULT_PITCH and has_fixed_pitch(utterance.engine, utterance.voice):
            asked.setdefault(utterance.engine, []).append(utterance)
    for engine, lines in asked.items():
        first = min(lines, key=lambda utterance: utterance.mark)
        more = len({line.mark for line in lines}) - 1
        others = f", here and in {more} more {'line' if more == 1 else 'lines'}" if more else ""
        yield Problem(
            first.mark,
            "pitch-not-used",
            f"{engine} can't change the pitch of its voices: 'pitch: {first.pitch}' has no"
            f" effect{others}.",
            "Leave the pitch out, or choose another engine.",
            "warning",
        )


def has_fixed_pitch(engine: str, voice: str | None) -> bool:
    """Whether *engine* can't change the pitch of *voice*; false for engines that aren't known."""
    with contextlib.suppress(SpeechError):
        loaded = load_engine(reference_of(engine))
        return isinstance(loaded, FixedPitch) and loaded.has_fixed_pitch(voice)
    return False
