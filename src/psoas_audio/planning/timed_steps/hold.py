"""Plans a hold: what sounds inside it, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from psoas_audio.errors import Mark
from psoas_audio.locale.languages import SpokenWords
from psoas_audio.planning.model import HoldCue, PlannedHold, Utterance
from psoas_audio.planning.sentences import split_sentences
from psoas_audio.planning.timed_steps.hold_filling import Filling
from psoas_audio.planning.utterances import Context
from psoas_audio.script.model import Guidance
from psoas_audio.script.steps.hold import Hold
from psoas_audio.script.texts import fill_values
from psoas_audio.units import SAMPLE_RATE

INTERVAL_BELL = "small-bell"
"""The sound of the bells inside a hold."""

Speak = Callable[[str, Guidance, Mark], Utterance]
"""Makes an utterance of a text, the sparsest guidance that speaks it, and its place."""


def planned_hold(
    step: Hold,
    length: int,
    breaths: int,
    filling: Filling,
    context: Context,
    words: SpokenWords,
    speak: Speak,
) -> PlannedHold:
    """The plan of *step*, *length* samples long, its silence filled with *filling*.

    *breaths* is how many breaths it counts, 0 if it is timed. The values of *context* and the
    built-in *words* fill its texts, and *speak* makes utterances of them.
    """
    cues = [*filling.ticks, *_spoken(step, length, context, words, speak)]
    if step.interval:
        cues.extend(
            HoldCue(at, None, INTERVAL_BELL, step.mark)
            for at in range(step.interval, length, step.interval)
        )
    cues.sort(key=lambda cue: cue.at)
    return PlannedHold(
        length,
        fill_values(step.label_in(context.round), context.values),
        breaths,
        tuple(cues),
        filling.kind,
        filling.phases,
        step.mark,
    )


def _spoken(
    step: Hold, length: int, context: Context, words: SpokenWords, speak: Speak
) -> Iterator[HoldCue]:
    """The cues that the script has for it, the words at halfway, and the countdown."""
    values = context.values
    for cue in step.during:
        said = None
        if cue.say is not None:
            said_now = fill_values(cue.say.in_round(context.round).words, values)
            said = speak(one_line(said_now), cue.guidance, cue.say.mark)
        yield HoldCue(cue.at.position(length), said, cue.bell, cue.mark)
    middle = step.halfway
    if middle is not None:
        text = fill_values(middle.in_round(context.round).words, values) or words.halfway
        if text:
            yield HoldCue(length // 2, speak(text, "reminder", middle.mark), None, step.mark)
    yield from countdown(step.countdown, length, words, speak, step.mark)


def one_line(text: str) -> str:
    """*text* without its pauses, to be said in one go."""
    return " ".join(piece.text for piece in split_sentences(text) if piece.text)


def countdown(
    seconds: int, length: int, words: SpokenWords, speak: Speak, mark: Mark
) -> Iterator[HoldCue]:
    """The last *seconds* of a stay of *length* samples, counted aloud."""
    for second in range(seconds, 0, -1):
        said = speak(counted(second, words), "bells", mark)
        yield HoldCue(length - second * SAMPLE_RATE, said, None, mark)


def counted(number: int, words: SpokenWords) -> str:
    """*number* as a sentence of its own; those without a word in figures."""
    return (
        words.numbers[number].capitalize() if number < len(words.numbers) else str(number)
    ) + "."
