"""From a script to a flat plan: sides, rounds and blocks written out, elastic lengths chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from psoas_audio.planning.voice_languages import language_of_voice
from psoas_audio.planning.voicing import override_voice
from psoas_audio.script.model import Chapter, Guidance, Script, Text, VoiceSettings
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
from psoas_audio.script.texts import TWO_FORM_VALUES, fill_sentence, fill_values, placeholders
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
    utterances: Utterances = field(init=False)
    missing: dict[tuple[str, str], Mark] = field(default_factory=dict)
    """Languages and built-in words that they lack, each with the first step that needs it."""
    sided: int = 0
    """Steps and chapters with sides so far; names their slots."""

    def __post_init__(self) -> None:
        script = self.script
        self.position = script.position
        lines = sum(step.line_count for chapter in script.chapters for step in chapter.steps)
        speakers = {key: speaker.title for key, speaker in script.speakers.items()}
        self.utterances = Utterances(self.choices.guidance, lines, script.auto_voices, speakers)

    def session(self) -> Iterator[UnsettledItem]:
        voice = override_voice(self.choices.voice, self.script.voice)
        context = Context(dict(self.script.values), replace(voice, language=self.script.language))
        yield Silence("lead-in", LEAD_IN)
        first = True
        for chapter, lines_before in self._kept_chapters():
            self.utterances.lines_passed = lines_before
            voiced = self._voiced(context, chapter.voice)
            for side, inner in self._each_side(chapter.sides, voiced, chapter.mark):
                if not first:
                    yield UsualPause(CHAPTER_PAUSE)
                first = False
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

    def _voiced(self, context: Context, override: VoiceSettings) -> Context:
        """*context* with another voice, which may be one of another language.

        What the script gives a speaker counts before what the step gives.
        """
        speaker = self.script.speakers.get(override.speaker or "")
        if speaker is not None:
            context = self._voiced_by(context, speaker.voice)
        return self._voiced_by(context, override)

    def _voiced_by(self, context: Context, override: VoiceSettings) -> Context:
        named = self.script.auto_voices.by_name.get(override.name or "")
        implied = language_of_voice(named[1] if named else override.name or "")
        voiced = replace(context, voice=override_voice(override, context.voice, implied))
        if voiced.voice.language == context.voice.language:
            return voiced
        return replace(voiced, values={**context.values, **self._own_values(voiced)})

    def _own_values(self, context: Context) -> Mapping[str, str]:
        """The program's own values in the language of *context*: sides and numbers of rounds."""
        sides, said = self._words(context).sides, context.values
        numbers = {name: said[f"{name}:"] for name in ("round", "rounds") if f"{name}:" in said}
        return {
            **{name: sides[said[f"{name}:"]] for name in TWO_FORM_VALUES if f"{name}:" in said},
            **{name: self._number(int(number), context) for name, number in numbers.items()},
        }

    def _words(self, context: Context) -> SpokenWords:
        """The words that the program adds to what is said in *context*."""
        return spoken_words(self.script, context.voice.language or self.script.language)

    def _word(self, name: str, word: str, mark: Mark, context: Context) -> str:
        """*word*; if it is empty, *name* is recorded as missing."""
        if not word:
            self.missing.setdefault((context.voice.language or "", name), mark)
        return word

    def _each_side(
        self, sides: tuple[str, ...], context: Context, mark: Mark
    ) -> Iterator[tuple[str, Context]]:
        if not sides:
            yield "", context
            return
        self.sided += 1
        slot = f"{context.slot}s{self.sided}"
        sides_words = self._words(context).sides
        sided, position, lines = self.sided, self.position, self.utterances.lines_passed
        for side in sides:
            # Each side counts from the same numbers, so that its slots carry the same names.
            self.sided, self.position = sided, position
            self.utterances.lines_passed, self.utterances.made_on_side = lines, 0
            other = "left" if side == "right" else "right"
            values = {
                **context.values,
                "side": self._word(side, sides_words[side], mark, context),
                "other_side": self._word(other, sides_words[other], mark, context),
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
                voiced = self._voiced(context, step.voice)
                for name in set(placeholders(text.words)) & set(TWO_FORM_VALUES):
                    if voiced.values.get(name) == "":
                        self._word(voiced.values[f"{name}:"], "", text.mark, voiced)
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
                        word = self._words(context).phases[phase.kind]
                        self._word(phase.kind, word, step.mark, context)
                yield planned_breathing(
                    replace(step, label=fill_values(step.label, context.values)),
                    self.stretch,
                    self._words(context),
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
            beat = (beat or utterance.slot) if self._is_count(sentence.text, context) else ""
            yield SpokenLine(replace(utterance, slot=beat or utterance.slot))
            if sentence.pause is not None:
                yield Silence("pause", sentence.pause)
            elif sentence is sentences[-1]:
                yield UsualPause(SAY_PAUSE)
            else:
                yield UsualPause(sentence_pause(utterance.rate))

    def _is_count(self, sentence: str, context: Context) -> bool:
        word = sentence.strip(" .!…").casefold()
        return word.isdecimal() or word in self._words(context).numbers

    def _hold(self, step: Hold, context: Context) -> Iterator[UnsettledItem]:
        pattern = step.pattern or self.script.breath
        breaths = 0 if step.breaths is None else self.stretch.number(step.breaths)
        length = breaths * pattern.length
        if step.length is not None:
            length = self.stretch.length(step.length)
        if step.ready is not None:
            ready = self._words(context).ready
            words = step.ready.words or self._word("ready", ready, step.ready.mark, context)
            if words:
                yield from self._say(Text(words, step.ready.mark), context, "reminder")
            yield Silence("pause", SETTLE)
        if step.halfway is not None and not step.halfway.words:
            halfway = self._words(context).halfway
            self._word("halfway", halfway, step.halfway.mark, context)
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
            self._words(context),
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
                "round": self._number(number + 1, context),
                "rounds": self._number(total, context),
                "round:": str(number + 1),
                "rounds:": str(total),
            }
            yield from self._steps(step.steps, replace(context, values=values, round=number))

    def _number(self, number: int, context: Context) -> str:
        numbers = self._words(context).numbers
        return numbers[number] if number < len(numbers) else str(number)
