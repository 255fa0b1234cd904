"""Repetitions at a tempo: a stay whose tones lead the movement, with the numbers said in it."""

from __future__ import annotations

from collections.abc import Mapping

from psoas_audio.locale.languages import SpokenWords
from psoas_audio.planning.model import BreathPhase, HoldCue, PlannedHold
from psoas_audio.planning.timed_steps.hold import Speak, counted, one_line
from psoas_audio.script.steps.reps import Reps
from psoas_audio.script.texts import fill_sentence


def planned_reps(
    step: Reps,
    total: int,
    label: str,
    values: Mapping[str, str],
    words: SpokenWords,
    speak: Speak,
) -> PlannedHold:
    """*total* repetitions of *step*, to the sample.

    *values* and *words* fill its texts, which *speak* makes utterances of.
    """
    cues = []
    for number in range(total):
        own = {**values, "rep": counted(number + 1, words)[:-1].lower(), "reps": str(total)}
        said = [counted(number + 1, words)] if step.count_aloud else []
        if step.say is not None:
            said.append(one_line(fill_sentence(step.say.in_round(number).words, own)))
        if said:
            line = speak(" ".join(said), "bells" if step.count_aloud else "full", step.mark)
            cues.append(HoldCue(number * step.length_of_one, line, None, step.mark))
    phases = tuple(
        BreathPhase(phase.kind, phase.length, step.timbre, number)
        for number in range(total)
        for phase in step.tempo
        if step.timbre != "none"
    )
    length = total * step.length_of_one
    return PlannedHold(length, label, 0, tuple(cues), "silent", phases, step.mark, soft=False)
