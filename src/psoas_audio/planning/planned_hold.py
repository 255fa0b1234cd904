"""Plans a hold: what sounds inside it, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from psoas_audio.errors import Mark
from psoas_audio.locale.languages import SpokenWords
from psoas_audio.planning.hold_filling import Filling
from psoas_audio.planning.model import HoldCue, PlannedHold, Utterance
from psoas_audio.planning.sentences import split_sentences
from psoas_audio.script.model import Guidance
from psoas_audio.script.steps.hold import Hold
from psoas_audio.script.texts import fill_values
from psoas_audio.units import SAMPLE_RATE

INTERVAL_BELL = "small-bell"
"""The sound of the bells inside a hold."""

_Speak = Callable[[str, Guidance, Mark], Utterance]


def planned_hold(
    step: Hold,
    length: int,
    breaths: int,
    filling: Filling,
    values: Mapping[str, str],
    words: SpokenWords,
    speak: _Speak,
) -> PlannedHold:
    """The plan of *step*, *length* samples long, its silence filled with *filling*.

    *breaths* is how many breaths it counts, 0 if it is timed. *values* and the built-in *words*
    fill its texts, and *speak* makes utterances of them.
    """
    cues = [*filling.ticks, *_spoken(step, length, values, words, speak)]
    if step.interval:
        cues.extend(
            HoldCue(at, None, INTERVAL_BELL, step.mark)
            for at in range(step.interval, length, step.interval)
        )
    cues.sort(key=lambda cue: cue.at)
    return PlannedHold(
        length,
        fill_values(step.label, values),
        breaths,
        tuple(cues),
        filling.kind,
        filling.phases,
        step.mark,
    )


def _spoken(
    step: Hold, length: int, values: Mapping[str, str], words: SpokenWords, speak: _Speak
) -> Iterator[HoldCue]:
    """The cues that the script has for it, the words at halfway, and the countdown."""
    for cue in step.during:
        utterance = None
        if cue.say is not None:
            text = " ".join(
                piece.text for piece in split_sentences(fill_values(cue.say.words, values))
            )
            utterance = speak(text, cue.guidance, cue.say.mark)
        yield HoldCue(cue.at.position(length), utterance, cue.bell, cue.mark)
    halfway = step.halfway
    if halfway is not None and (text := fill_values(halfway.words, values) or words.halfway):
        yield HoldCue(length // 2, speak(text, "reminder", halfway.mark), None, step.mark)
    for second in range(step.countdown, 0, -1):
        number = speak(words.numbers[second].capitalize() + ".", "bells", step.mark)
        yield HoldCue(length - second * SAMPLE_RATE, number, None, step.mark)
