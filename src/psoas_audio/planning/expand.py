"""From a script to a flat plan: sides, rounds and blocks written out, elastic lengths chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from psoas_audio.errors import Mark
from psoas_audio.locale.languages import SpokenWords
from psoas_audio.pace import sentence_pause
from psoas_audio.planning.choices import Choices, Stretch
from psoas_audio.planning.hold_filling import fill_hold
from psoas_audio.planning.model import (
    BedChoice,
    ChapterStart,
    Plan,
    PlannedHold,
    Ring,
    Silence,
    SpokenLine,
)
from psoas_audio.planning.moves import move_length
from psoas_audio.planning.own_words import spoken_words
from psoas_audio.planning.pauses import (
    CHAPTER_PAUSE,
    HOLD_PAUSE,
    SAY_PAUSE,
    UnsettledItem,
    UsualPause,
    settle_pauses,
)
from psoas_audio.planning.planned_breathing import planned_breathing
from psoas_audio.planning.planned_hold import planned_hold
from psoas_audio.planning.sentences import split_sentences
from psoas_audio.planning.utterances import Context, Utterances
from psoas_audio.planning.voicing import override_voice
from psoas_audio.script.model import Chapter, Guidance, Script, Text
from psoas_audio.script.steps import (
    Bell,
    Breathe,
    Group,
    Hold,
    Move,
    Pause,
    Repeat,
    Rest,
    Say,
    Sides,
    Step,
)
from psoas_audio.script.texts import fill_sentence, fill_values
from psoas_audio.units import seconds_to_samples

RING = seconds_to_samples(3)
"""Samples between a bell's start and what follows it; it rings on underneath."""
SETTLE = seconds_to_samples(3)
"""Samples between the words to get ready and the hold."""
LEAD_IN = seconds_to_samples(2)
"""Samples before the first word: the bed fades in, the listener puts the phone down."""
LEAD_OUT = seconds_to_samples(6)
"""Samples after the last word, in which the bed fades out."""


def expand(script: Script, choices: Choices, stretch: Stretch) -> Plan:
    """The plan of *script* with every elastic part where *stretch* says."""
    bed = script.bed
    expansion = _Expansion(script, choices, stretch)
    return Plan(
        name=script.name,
        title=script.title,
        language=script.language,
        channels=script.channels,
        bed=None if bed is None else BedChoice(bed.sound, bed.level),
        items=tuple(settle_pauses(expansion.session())),
        missing_words=dict(expansion.missing),
    )


@dataclass(slots=True)
class _Expansion:
    """Walks through a script, and keeps count on the way."""

    script: Script
    choices: Choices
    stretch: Stretch
    position: str = field(init=False)
    """The listener's position."""
    words: SpokenWords = field(init=False)
    utterances: Utterances = field(init=False)
    missing: dict[str, Mark] = field(default_factory=dict)
    """Built-in words that the language lacks, each with the first step that needs it."""
    sided: int = 0
    """Steps and chapters with sides so far; names their slots."""

    def __post_init__(self) -> None:
        script = self.script
        self.position = script.position
        self.words = spoken_words(script)
        lines = sum(step.line_count for chapter in script.chapters for step in chapter.steps)
        self.utterances = Utterances(
            script.language, self.choices.guidance, lines, script.auto_voices
        )

    def session(self) -> Iterator[UnsettledItem]:
        context = Context(
            dict(self.script.values), override_voice(self.choices.voice, self.script.voice)
        )
        yield Silence("lead-in", LEAD_IN)
        first = True
        for chapter, lines_before in self._kept_chapters():
            self.utterances.lines_passed = lines_before
            for side, inner in self._each_side(chapter.sides, context, chapter.mark):
                if not first:
                    yield UsualPause(CHAPTER_PAUSE)
                first = False
                inner = replace(inner, voice=override_voice(chapter.voice, inner.voice))
                title = fill_sentence(chapter.title.words, inner.values)
                yield ChapterStart(title, side, self.position, chapter.mark, chapter.figure)
                yield from self._steps(chapter.steps, inner)
        yield Silence("lead-out", LEAD_OUT)

    def _kept_chapters(self) -> Iterator[tuple[Chapter, int]]:
        """The chapters that the stretch keeps, each with the lines of the script before it."""
        dropped, lines = self.stretch.dropped(self.script.chapters), 0
        for number, chapter in enumerate(self.script.chapters):
            if number not in dropped:
                yield chapter, lines
            lines += sum(step.line_count for step in chapter.steps)

    def _word(self, name: str, word: str, mark: Mark) -> str:
        """*word*; if it is empty, *name* is recorded as missing."""
        if not word:
            self.missing.setdefault(name, mark)
        return word

    def _each_side(
        self, sides: tuple[str, ...], context: Context, mark: Mark
    ) -> Iterator[tuple[str, Context]]:
        if not sides:
            yield "", context
            return
        self.sided += 1
        slot = f"{context.slot}s{self.sided}"
        sided, position, lines = self.sided, self.position, self.utterances.lines_passed
        for side in sides:
            # Each side counts from the same numbers, so that its slots carry the same names.
            self.sided, self.position = sided, position
            self.utterances.lines_passed, self.utterances.made_on_side = lines, 0
            other = "left" if side == "right" else "right"
            values = {
                **context.values,
                "side": self._word(side, self.words.sides[side], mark),
                "other_side": self._word(other, self.words.sides[other], mark),
                "side:": side,
                "other_side:": other,
            }
            yield side, replace(context, values=values, slot=slot)

    def _steps(self, steps: Iterable[Step], context: Context) -> Iterator[UnsettledItem]:
        for step in steps:
            yield from self._step(step, context)
            self.utterances.lines_passed += step.speaks

    def _step(self, step: Step, context: Context) -> Iterator[UnsettledItem]:
        match step:
            case Say():
                text = step.lines[context.round % len(step.lines)]
                voiced = replace(context, voice=override_voice(step.voice, context.voice))
                yield from self._say(text, voiced, step.guidance)
            case Pause():
                yield Silence("pause", self.stretch.length(step.length))
            case Hold():
                yield from self._hold(step, context)
            case Rest():
                yield from self._rest(step, context)
            case Breathe():
                if step.cues != "tones":
                    for phase in step.pattern.phases:
                        self._word(phase.kind, self.words.phases[phase.kind], step.mark)
                yield planned_breathing(
                    replace(step, label=fill_values(step.label, context.values)),
                    self.stretch,
                    self.words,
                    lambda text: self.utterances.new(text, context, "full", step.mark),
                )
                yield UsualPause(SAY_PAUSE)
            case Bell():
                yield Ring(step.sound, RING, step.mark)
            case Move():
                yield from self._move(step, context)
            case Repeat():
                yield from self._rounds(step, context)
            case Sides():
                for _, inner in self._each_side(step.order, context, step.mark):
                    yield from self._steps(step.steps, inner)
            case Group():
                values = step.values_inside(context.values)
                audible = context.always_audible or bool(step.covers)
                inner = replace(context, values=values, always_audible=audible)
                yield from self._steps(step.steps, inner)
            case _:
                assert_never(step)

    def _say(self, text: Text, context: Context, guidance: Guidance) -> Iterator[UnsettledItem]:
        sentences = split_sentences(fill_sentence(text.words, context.values))
        beat = ""
        for sentence in sentences:
            utterance = self.utterances.new(sentence.text, context, guidance, text.mark)
            # Counts share a slot, so that each takes as long as the longest: they come evenly.
            beat = (beat or utterance.slot) if self._is_count(sentence.text) else ""
            yield SpokenLine(replace(utterance, slot=beat or utterance.slot))
            if sentence.pause is not None:
                yield Silence("pause", sentence.pause)
            elif sentence is sentences[-1]:
                yield UsualPause(SAY_PAUSE)
            else:
                yield UsualPause(sentence_pause(utterance.rate))

    def _is_count(self, sentence: str) -> bool:
        word = sentence.strip(" .!…").casefold()
        return word.isdecimal() or word in self.words.numbers

    def _hold(self, step: Hold, context: Context) -> Iterator[UnsettledItem]:
        pattern = step.pattern or self.script.breath
        breaths = 0 if step.breaths is None else self.stretch.number(step.breaths)
        length = breaths * pattern.length
        if step.length is not None:
            length = self.stretch.length(step.length)
        if step.ready is not None:
            words = step.ready.words or self._word("ready", self.words.ready, step.ready.mark)
            if words:
                yield from self._say(Text(words, step.ready.mark), context, "reminder")
            yield Silence("pause", SETTLE)
        if step.halfway is not None and not step.halfway.words:
            self._word("halfway", self.words.halfway, step.halfway.mark)
        has_bed = self.script.bed is not None
        filled = fill_hold(
            step.fill, length, step.mark, has_bed=has_bed, pattern=pattern, breaths=breaths
        )
        yield planned_hold(
            step,
            length,
            breaths,
            filled,
            context.values,
            self.words,
            lambda text, guidance, mark: self.utterances.new(text, context, guidance, mark),
        )
        yield self._end(step.end, step.mark)

    def _rest(self, step: Rest, context: Context) -> Iterator[UnsettledItem]:
        length = self.stretch.length(step.length)
        filled = fill_hold(
            step.fill,
            length,
            step.mark,
            has_bed=self.script.bed is not None,
            pattern=self.script.breath,
        )
        yield PlannedHold(
            length,
            fill_values(step.label, context.values),
            0,
            filled.ticks,
            filled.kind,
            filled.phases,
            step.mark,
            "rest",
        )
        yield self._end(step.end, step.mark)

    def _end(self, sound: str | None, mark: Mark) -> UnsettledItem:
        return UsualPause(HOLD_PAUSE) if sound is None else Ring(sound, RING, mark)

    def _move(self, step: Move, context: Context) -> Iterator[UnsettledItem]:
        if step.say is not None:
            yield from self._say(step.say, context, "full")
        length = move_length(self.position, step.position)
        if step.length is not None:
            length = self.stretch.length(step.length)
        yield Silence("move", length, step.position)
        self.position = step.position

    def _rounds(self, step: Repeat, context: Context) -> Iterator[UnsettledItem]:
        total, lines = self.stretch.number(step.rounds), self.utterances.lines_passed
        for number in range(total):
            self.utterances.lines_passed = lines
            values = {
                **context.values,
                "round": self._number(number + 1),
                "rounds": self._number(total),
            }
            yield from self._steps(step.steps, replace(context, values=values, round=number))

    def _number(self, number: int) -> str:
        numbers = self.words.numbers
        return numbers[number] if number < len(numbers) else str(number)
