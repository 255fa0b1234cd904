"""Expands a script into a flat plan: sides, rounds and blocks written out, lengths chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from psoas_audio.errors import Mark
from psoas_audio.locale.languages import load_language
from psoas_audio.pace import USUAL_WORDS, sentence_pause
from psoas_audio.planning.built_in_values import BuiltInValues
from psoas_audio.planning.choices import Choices, Stretch
from psoas_audio.planning.figures import figure_out_of, with_eased_figures
from psoas_audio.planning.model import (
    BedChoice,
    ChapterStart,
    Plan,
    PlannedBedLevel,
    PlannedHold,
    Ring,
    Silence,
    SpokenLine,
)
from psoas_audio.planning.moves import move_length
from psoas_audio.planning.pauses import (
    BELL_PAUSE,
    CHAPTER_PAUSE,
    HOLD_PAUSE,
    LEAD_IN,
    LEAD_OUT,
    READY_PAUSE,
    SAY_PAUSE,
    DefaultPause,
    ItemOrPause,
    resolve_pauses,
    varied_pause,
)
from psoas_audio.planning.sentences import split_sentences
from psoas_audio.planning.step_ids import StepPlace, steps_within
from psoas_audio.planning.timed_steps.breathing import planned_breathing
from psoas_audio.planning.timed_steps.hold import Speak, planned_hold
from psoas_audio.planning.timed_steps.hold_filling import Filling, fill_hold
from psoas_audio.planning.timed_steps.intervals import planned_intervals
from psoas_audio.planning.timed_steps.reps import planned_reps
from psoas_audio.planning.utterances import Context, Utterances
from psoas_audio.planning.voice_languages import language_of_voice
from psoas_audio.planning.voicing import override_voice
from psoas_audio.script.model import Chapter, Guidance, Script, Text, VoiceSettings
from psoas_audio.script.safety_words import SAFETY_PARTS
from psoas_audio.script.steps import (
    Bell,
    Breathe,
    Group,
    Hold,
    Move,
    Pause,
    Repeat,
    Reps,
    Rest,
    Say,
    ShowFigure,
    Sides,
    Step,
    TimedIntervals,
)
from psoas_audio.script.steps.base import LabelledStep
from psoas_audio.script.texts import TWO_FORM_VALUES, fill_sentence, fill_values, placeholders


def expand(script: Script, choices: Choices, stretch: Stretch) -> Plan:
    """The plan of *script*, with every elastic part as long as *stretch* makes it."""
    bed = script.bed
    expansion = _Expansion(script, choices, stretch)
    return Plan(
        name=script.name,
        title=script.title,
        language=script.language,
        channels=script.channels,
        bed=None
        if bed is None
        else BedChoice(bed.sound, bed.level, bed.rise, bed.fade_in, bed.fade_out, bed.until),
        items=tuple(with_eased_figures(resolve_pauses(expansion.session()))),
        missing_words=dict(expansion.built_in.missing),
    )


@dataclass(slots=True)
class _Expansion:
    """Walks through a script once, in order, with the state that later steps depend on."""

    script: Script
    choices: Choices
    stretch: Stretch
    position: str = field(init=False)
    """The listener's position at the present step."""
    utterances: Utterances = field(init=False)
    built_in: BuiltInValues = field(init=False)
    chapter: ChapterStart | None = None
    """The chapter that is being written out."""
    resumed: ChapterStart | None = None
    """The chapter that what follows belongs to, after stations that were chapters of their own."""
    sides_count: int = 0
    """Steps and chapters with sides so far; part of the names of their slots."""

    def __post_init__(self) -> None:
        script = self.script
        self.position = script.position
        self.built_in = BuiltInValues(script)
        lines = sum(step.line_count for chapter in script.chapters for step in chapter.steps)
        speakers = {key: speaker.title for key, speaker in script.speakers.items()}
        self.utterances = Utterances(self.choices.guidance, lines, script.auto_voices, speakers)

    def session(self) -> Iterator[ItemOrPause]:
        voice = override_voice(self.choices.voice, self.script.voice)
        voice = replace(voice, language=self.script.language)
        whole = Context(dict(self.script.values), voice, StepPlace(0))
        yield Silence("lead-in", LEAD_IN)
        first = True
        for place, chapter, lines_before in self._included_chapters():
            voiced = replace(self._voiced(whole, chapter.voice), place=place)
            for around in self._chapter_rounds(chapter, voiced):
                self.utterances.lines_passed = lines_before
                sides = self._each_side(chapter.sides, around, chapter.mark)
                for number, (side, inner) in enumerate(sides):
                    if not first:
                        yield DefaultPause(CHAPTER_PAUSE)
                    first = False
                    text = chapter.title.in_round(number if chapter.rounds is None else inner.round)
                    title = fill_sentence(text.words, inner.values)
                    self.chapter = ChapterStart(
                        title,
                        side,
                        self.position,
                        chapter.mark,
                        chapter.figure,
                        self._bed(chapter),
                        step=inner.place.id,
                    )
                    self.resumed = None
                    yield self.chapter
                    yield from self._steps(chapter.steps, inner)
        yield Silence("lead-out", LEAD_OUT)

    def _chapter_rounds(self, chapter: Chapter, context: Context) -> Iterator[Context]:
        """What is in force in each round of *chapter*."""
        if chapter.rounds is None:
            yield context
        else:
            yield from self.built_in.each_round(
                "round", self.stretch.number(chapter.rounds, chapter.mark), context
            )

    def _bed(self, chapter: Chapter) -> PlannedBedLevel | None:
        bed = self.script.bed
        if bed is None:
            return None
        if chapter.bed is not None:
            bed = chapter.bed.applied_to(bed)
        return PlannedBedLevel(bed.level, bed.rise)

    def _included_chapters(self) -> Iterator[tuple[StepPlace, Chapter, int]]:
        """The chapters that *stretch* doesn't drop, each with how many lines come before it."""
        dropped, lines = self.stretch.dropped(self.script.chapters), 0
        for number, chapter in enumerate(self.script.chapters):
            if number not in dropped:
                yield StepPlace(number + 1), chapter, lines
            lines += sum(step.line_count for step in chapter.steps)

    def _voiced(self, context: Context, override: VoiceSettings) -> Context:
        """*context* with the settings of *override*, whose voice may speak another language.

        The settings that the script has for a speaker come first, then those of the step.
        """
        speaker = self.script.speakers.get(override.speaker or "")
        if speaker is not None:
            context = self._with_voice(context, speaker.voice)
        return self._with_voice(context, override)

    def _with_voice(self, context: Context, override: VoiceSettings) -> Context:
        named = self.script.auto_voices.by_name.get(override.name or "")
        implied = language_of_voice(named[1] if named else override.name or "")
        voiced = replace(context, voice=override_voice(override, context.voice, implied))
        if voiced.voice.language == context.voice.language:
            return voiced
        return replace(voiced, values=self.built_in.in_language(voiced))

    def _each_side(
        self, sides: tuple[str, ...], context: Context, mark: Mark
    ) -> Iterator[tuple[str, Context]]:
        if not sides:
            yield "", context
            return
        self.sides_count += 1
        slot = f"{context.slot}s{self.sides_count}"
        count, position, lines = self.sides_count, self.position, self.utterances.lines_passed
        for side in sides:
            # Each side starts from the same numbers, so that slots have the same names on both.
            self.sides_count, self.position = count, position
            self.utterances.lines_passed, self.utterances.count_on_side = lines, 0
            values = {**context.values, **self.built_in.on_side(side, mark, context)}
            yield side, replace(context, values=values, slot=slot, place=context.place.on(side))

    def _steps(self, steps: Iterable[Step], context: Context) -> Iterator[ItemOrPause]:
        number = context.place.step
        for step in steps:
            if isinstance(step, ShowFigure):
                context = replace(context, figure=step.figure)
            if self.resumed is not None:
                yield replace(self.resumed, position=self.position)
                self.resumed = None
            here = context.place.at(number + 1)
            step_id = here.id
            for item in self._step(step, context.at(here)):
                yield _placed(item, step_id, context.figure)
            number += steps_within(step)
            self.utterances.lines_passed += step.speaks

    def _step(self, step: Step, context: Context) -> Iterator[ItemOrPause]:
        match step:
            case Say():
                text = step.lines[context.round % len(step.lines)]
                voiced = self._voiced(context, step.voice)
                for name in set(placeholders(text.words)) & set(TWO_FORM_VALUES):
                    if voiced.values.get(name) == "":
                        self.built_in.require(voiced.values[f"{name}:"], "", text.mark, voiced)
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
                        word = self.built_in.words(context).phases[phase.kind]
                        self.built_in.require(phase.kind, word, step.mark, context)
                yield planned_breathing(
                    replace(step, label=self._label(step, context)),
                    self.stretch,
                    self.built_in.words(context),
                    lambda text: self.utterances.new(text, context, "full", step.mark),
                )
                yield DefaultPause(SAY_PAUSE)
            case Bell():
                yield Ring(step.sound, 0 if step.overlaps else BELL_PAUSE, step.mark)
            case Reps():
                yield self._reps(step, context)
                yield from self._end(step.end, step.mark, step.end_overlaps)
            case TimedIntervals():
                yield from self._intervals(step, context)
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
                if step.covers & SAFETY_PARTS["way-out"]:
                    inner = replace(inner, figure=self._figure_out(context), safety="way-out")
                elif step.covers & SAFETY_PARTS["after"]:
                    inner = replace(inner, safety="after")
                yield from self._steps(step.steps, inner)
            case ShowFigure():
                pass
            case _:
                assert_never(step)

    def _figure_out(self, context: Context) -> str:
        """The picture of the way out of what is shown."""
        chapter = self.chapter.figure if self.chapter is not None else ""
        return figure_out_of(context.figure or chapter)

    def _say(self, text: Text, context: Context, guidance: Guidance) -> Iterator[ItemOrPause]:
        sentences = split_sentences(fill_sentence(text.words, context.values))
        count_slot = ""
        for number, sentence in enumerate(sentences):
            if not sentence.text:
                yield Silence("pause", sentence.pause or 0)
                continue
            utterance = self.utterances.new(sentence.text, context, guidance, text.mark)
            # "One. Two. Three." share a slot: each takes as long as the longest, so they are even.
            counts = self._is_count(sentence.text, context)
            count_slot = (count_slot or utterance.slot) if counts else ""
            if count_slot and count_slot != utterance.slot:
                utterance = replace(utterance, slot=count_slot)
            yield SpokenLine(utterance)
            if sentence.pause is not None:
                yield Silence("pause", sentence.pause)
                continue
            if sentence is sentences[-1]:
                pause = SAY_PAUSE
            else:
                words = USUAL_WORDS if counts else len(sentence.text.split())
                pause = sentence_pause(utterance.rate, words)
            if not counts:
                # From the text as written, so that it is the same on both sides.
                pause = varied_pause(pause, f"{text.words} {number}")
            yield DefaultPause(pause)

    def _is_count(self, sentence: str, context: Context) -> bool:
        word = sentence.strip(" .!…").casefold()
        return word.isdecimal() or word in self.built_in.words(context).numbers

    def _hold(self, step: Hold, context: Context) -> Iterator[ItemOrPause]:
        pattern = step.pattern or self.script.breath
        breaths = 0 if step.breaths is None else self.stretch.number(step.breaths, step.mark)
        length = breaths * pattern.length
        if step.length is not None:
            length = self.stretch.length(step.length)
        if step.ready is not None:
            ready = self.built_in.words(context).ready
            given = step.ready.in_round(context.round).words
            words = given or self.built_in.require("ready", ready, step.ready.mark, context)
            if words:
                yield from self._say(Text(words, step.ready.mark), context, "reminder")
            yield Silence("pause", READY_PAUSE)
        if step.halfway is not None and not step.halfway.words:
            halfway = self.built_in.words(context).halfway
            self.built_in.require("halfway", halfway, step.halfway.mark, context)
        has_bed = self.script.has_bed
        filled = fill_hold(
            step.fill or self.script.fill,
            length,
            step.mark,
            has_bed=has_bed,
            pattern=pattern,
            breaths=breaths,
        )
        yield planned_hold(
            step,
            length,
            breaths,
            filled,
            context,
            self.built_in.words(context),
            self._speak(context),
        )
        yield from self._end(step.end, step.mark, step.end_overlaps)

    def _speak(self, context: Context) -> Speak:
        return lambda text, guidance, mark: self.utterances.new(text, context, guidance, mark)

    def _label(self, step: LabelledStep, context: Context) -> str:
        return fill_values(step.label_in(context.round), context.values)

    def _rest(self, step: Rest, context: Context) -> Iterator[ItemOrPause]:
        length = self.stretch.length(step.length)
        filled = fill_hold(
            step.fill or self.script.fill,
            length,
            step.mark,
            has_bed=self.script.has_bed,
            pattern=self.script.breath,
        )
        yield PlannedHold(
            length,
            self._label(step, context),
            0,
            filled.ticks,
            filled.kind,
            filled.phases,
            step.mark,
            "rest",
        )
        yield from self._end(step.end, step.mark, step.end_overlaps)

    def _end(self, sound: str | None, mark: Mark, overlaps: bool) -> Iterator[ItemOrPause]:
        """The sound that ends a stay; where it *overlaps*, what follows begins with it."""
        if sound is not None:
            yield Ring(sound, 0 if overlaps else BELL_PAUSE, mark)
        if sound is None or overlaps:
            yield DefaultPause(HOLD_PAUSE)

    def _reps(self, step: Reps, context: Context) -> PlannedHold:
        total = self.stretch.number(step.count, step.mark)
        shown = load_language(context.voice.language or self.script.language).interface
        label = self._label(step, context) or shown["repetitions"].format(count=total)
        words, speak = self.built_in.words(context), self._speak(context)
        return planned_reps(step, total, label, context.values, words, speak)

    def _intervals(self, step: TimedIntervals, context: Context) -> Iterator[ItemOrPause]:
        words = self.built_in.words(context)
        if step.announce and any(station.name.words for station in step.stations):
            self.built_in.require("next", words.next, step.mark, context)
        total = self.stretch.number(step.rounds, step.mark)
        rounds = [each.values for each in self.built_in.each_round("round", total, context)]

        def values(number: int, side: str) -> Mapping[str, str]:
            sides = self.built_in.on_side(side, step.mark, context) if side else {}
            return {**rounds[number], **sides}

        def fill(length: int) -> Filling:
            has_bed, clock = self.script.has_bed, self.script.breath
            chosen = step.fill or self.script.fill
            return fill_hold(chosen, length, step.mark, has_bed=has_bed, pattern=clock)

        shown = load_language(context.voice.language or self.script.language).interface
        speak = self._speak(context)
        stays = 0
        for item in planned_intervals(step, total, values, words, shown, fill, speak):
            place = context.place.in_round(stays + 1).id
            if isinstance(item, ChapterStart):
                self.resumed = self.chapter
                bed = None if self.chapter is None else self.chapter.bed
                yield replace(item, position=self.position, bed=bed, step=place)
            else:
                yield replace(item, step=place).showing(context.figure)
                stays += 1
        yield DefaultPause(HOLD_PAUSE)

    def _move(self, step: Move, context: Context) -> Iterator[ItemOrPause]:
        if step.say is not None:
            yield from self._say(step.say.in_round(context.round), context, "full")
        length = move_length(self.position, step.position)
        if step.length is not None:
            length = self.stretch.length(step.length)
        yield Silence("move", length, step.position)
        self.position = step.position

    def _rounds(self, step: Repeat, context: Context) -> Iterator[ItemOrPause]:
        total, lines = self.stretch.number(step.rounds, step.mark), self.utterances.lines_passed
        for inner in self.built_in.each_round(step.counter, total, context):
            self.utterances.lines_passed = lines
            is_last = inner.round + 1 == total
            yield from self._steps(step.steps if is_last else step.inner_steps, inner)


def _placed(item: ItemOrPause, step: str, figure: str) -> ItemOrPause:
    """*item* with the id of its *step* and its *figure*, unless a step inside has set them."""
    if isinstance(item, DefaultPause) or item.step:
        return item
    placed = replace(item, step=step)
    return placed.showing(figure) if figure else placed
