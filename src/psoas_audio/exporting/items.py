"""What is written of a session, in order: its chapters, its words, and what is done between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from psoas_audio.errors import Mark
from psoas_audio.exporting.exercise_steps import (
    intervals_step,
    needs_no_other_values,
    quoted_text,
    reps_step,
    rounds_of,
)
from psoas_audio.pace import USUAL_WORDS, sentence_pause
from psoas_audio.planning import model
from psoas_audio.planning.pauses import CHAPTER_PAUSE, HOLD_PAUSE, SAY_PAUSE
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import Pattern, Script
from psoas_audio.script.steps import Step
from psoas_audio.script.steps.breathe import Breathe
from psoas_audio.script.steps.intervals import TimedIntervals
from psoas_audio.script.steps.reps import Reps
from psoas_audio.script.times import written_time
from psoas_audio.units import SAMPLE_RATE

_USUAL_PAUSES = (SAY_PAUSE, CHAPTER_PAUSE, HOLD_PAUSE)


@dataclass(frozen=True, slots=True)
class ExportedChapter:
    """A chapter begins."""

    title: str


@dataclass(frozen=True, slots=True)
class ExportedWords:
    """A paragraph of words."""

    text: str
    covers: tuple[str, ...] = ()
    """The safety points that they make."""


@dataclass(frozen=True, slots=True)
class ExportedStep:
    """A silence, a hold, a breath, a bell or a move."""

    step: str
    """As a script has it, on one line: ``hold: 45s, label: sink``."""
    length: int
    """Samples."""
    cues: tuple[tuple[int, str], ...] = ()
    """What is said inside it, each with its place in samples."""
    bell: str = ""
    """The sound that it is, if it is one."""


ExportedItem = ExportedChapter | ExportedWords | ExportedStep


def exported_items(script: Script, plan: model.Plan) -> list[ExportedItem]:
    """Everything of *plan*, which was made of *script*, with sides and rounds written out."""
    return list(_Items(script, plan).items())


@dataclass(frozen=True, slots=True)
class _Intervals:
    """The stays of one step of intervals."""

    step: TimedIntervals
    rounds: int
    stays: tuple[model.PlannedHold, ...]

    @property
    def length(self) -> int:
        return sum(stay.length for stay in self.stays)

    def said(self) -> Iterator[tuple[int, str]]:
        """What is said in them, each with its place in samples."""
        start = 0
        for stay in self.stays:
            yield from ((start + at, text) for at, text in _said(stay))
            start += stay.length


class _Items:
    """Goes through a plan."""

    def __init__(self, script: Script, plan: model.Plan) -> None:
        self._plan = plan
        self._steps = {
            step.mark: step
            for chapter in script.chapters
            for step in all_steps(chapter.steps)
            if isinstance(step, Breathe | Reps | TimedIntervals)
        }
        self._values = script.values
        self._covers = _covered_lines(script)
        self._covered: set[tuple[str, ...]] = set()

    def items(self) -> Iterator[ExportedItem]:
        sentences: list[model.Utterance] = []
        for item in self._with_intervals_as_one():
            if isinstance(item, model.SpokenLine):
                if sentences and item.utterance.mark != sentences[-1].mark:
                    yield from self._words(sentences)
                    sentences = []
                if item.utterance.audible:
                    sentences.append(item.utterance)
                continue
            if isinstance(item, model.Silence) and item.kind == "pause":
                last = sentences[-1] if sentences else None
                if _is_usual(item.length, last):
                    continue
            yield from self._words(sentences)
            sentences = []
            yield from self._other(item)
        yield from self._words(sentences)

    def _with_intervals_as_one(self) -> Iterator[model.Item | _Intervals]:
        """The items of the plan; those of one step of intervals, with their chapters, as one.

        The chapter that the intervals interrupt begins again behind them by itself.
        """
        chapter: model.ChapterStart | None = None
        for mark, group in groupby(self._plan.items, self._mark_of_intervals):
            items = list(group)
            if mark is not None:
                yield from self._runs(self._steps[mark], items)
                continue
            for item in items:
                if isinstance(item, model.ChapterStart):
                    if chapter and replace(item, position=chapter.position) == chapter:
                        continue
                    chapter = item
                yield item

    def _mark_of_intervals(self, item: model.Item) -> Mark | None:
        mark = getattr(item, "mark", None)
        step = self._steps.get(mark) if mark is not None else None
        alone = isinstance(step, TimedIntervals) and needs_no_other_values(step, self._values)
        return mark if alone and isinstance(item, model.ChapterStart | model.PlannedHold) else None

    def _runs(self, step: Step, items: Sequence[model.Item]) -> Iterator[model.Item | _Intervals]:
        assert isinstance(step, TimedIntervals)
        stays = [item for item in items if isinstance(item, model.PlannedHold)]
        runs = rounds_of(step, stays)
        if not runs:
            yield from items
        size = len(stays) // len(runs) if runs else 0
        for number, rounds in enumerate(runs):
            yield _Intervals(step, rounds, tuple(stays[number * size : (number + 1) * size]))

    def _words(self, sentences: Sequence[model.Utterance]) -> Iterator[ExportedWords]:
        if sentences:
            covers = self._covers.get(sentences[0].mark, ())
            yield ExportedWords(" ".join(line.text for line in sentences), covers)

    def _other(self, item: model.Item | _Intervals) -> Iterator[ExportedItem]:
        match item:
            case _Intervals():
                written = intervals_step(item.step, item.rounds, self._values)
                yield ExportedStep(written, item.length, tuple(item.said()))
            case model.ChapterStart(title=title):
                yield ExportedChapter(title)
            case model.Silence(kind="pause", length=length):
                yield ExportedStep(f"pause: {written_time(length)}", length)
            case model.Silence(kind="move", length=length, label=position):
                yield ExportedStep(f"move: {position}, time: {written_time(length)}", length)
            case model.Ring(sound=sound, length=length):
                yield ExportedStep(f"bell: {sound}", length, bell=sound)
            case model.PlannedHold():
                reps = self._steps.get(item.mark)
                if isinstance(reps, Reps) and item.kind == "hold":  # and not the rest of its sets
                    yield ExportedStep(reps_step(reps, item), item.length, tuple(_said(item)))
                else:
                    yield _hold(item)
            case model.PlannedBreathing():
                yield self._breathing(item)

    def _breathing(self, item: model.PlannedBreathing) -> ExportedStep:
        step = self._steps.get(item.mark)
        cycles = item.phases[-1].cycle + 1
        if isinstance(step, Breathe):
            parts = [f"pattern: {_pattern(step.pattern)}", f"breaths: {cycles}"]
            if step.ramp_to is not None:
                parts.append(f"to: {_pattern(step.ramp_to)}")
            parts += [f"cues: {step.cues}", f"sound: {step.timbre}"]
            if item.label:
                parts.append(f"label: {quoted_text(item.label)}")
            return ExportedStep(f"breathe: {{{', '.join(parts)}}}", item.length)
        return ExportedStep(f"hold: {written_time(item.length)}", item.length)


def _covered_lines(script: Script) -> dict[Mark, tuple[str, ...]]:
    """The place of each line that makes safety points, with these."""
    found: dict[Mark, tuple[str, ...]] = {}
    for chapter in script.chapters:
        for step in all_steps(chapter.steps):
            covers: frozenset[str] = getattr(step, "covers", frozenset())
            if not covers:
                continue
            first = next(_spoken_marks(step), None)
            if first is not None:
                found[first] = tuple(sorted({*found.get(first, ()), *covers}))
    return found


def _spoken_marks(step: Step) -> Iterator[Mark]:
    for inner in all_steps((step,)):
        for text in inner.spoken_texts:
            yield text.mark


def _is_usual(length: int, before: model.Utterance | None) -> bool:
    """Whether a silence comes by itself: after a sentence, a line, a hold or a chapter."""
    if length in _USUAL_PAUSES:
        return True
    if before is None:
        return False
    words = (USUAL_WORDS, len(before.text.split()))
    return length in [sentence_pause(before.rate, number) for number in words]


def _said(item: model.PlannedHold) -> Iterator[tuple[int, str]]:
    for cue in item.cues:
        if cue.utterance is not None and cue.utterance.audible:
            yield cue.at, cue.utterance.text


def _hold(item: model.PlannedHold) -> ExportedStep:
    countdown = _countdown(item)
    cues: list[str] = []
    said: list[tuple[int, str]] = []
    for cue in item.cues:
        if cue.at >= item.length - countdown * SAMPLE_RATE:
            continue
        at = written_time(cue.at)
        if cue.utterance is not None and cue.utterance.audible:
            cues.append(f"{{at: {at}, say: {quoted_text(cue.utterance.text)}}}")
            said.append((cue.at, cue.utterance.text))
        elif cue.bell and item.fill != "tick":
            cues.append(f"{{at: {at}, bell: {quoted_text(cue.bell)}}}")
    kind = "hold" if cues or countdown else item.kind
    parts = [f"{kind}: {written_time(item.length)}"]
    if item.label:
        parts.append(f"label: {quoted_text(item.label)}")
    if cues:
        parts.append(f"during: [{', '.join(cues)}]")
    if countdown:
        parts.append(f"countdown: {countdown}")
    if item.fill == "breath" or (item.fill == "tick" and not said):
        parts.append(f"fill: {item.fill}")
    return ExportedStep(", ".join(parts), item.length, tuple(said))


def _countdown(item: model.PlannedHold) -> int:
    """How many of its last seconds are counted."""
    counted = {
        item.length - cue.at
        for cue in item.cues
        if cue.utterance is not None and cue.mark == item.mark
    }
    number = 0
    while number < 10 and (number + 1) * SAMPLE_RATE in counted:
        number += 1
    return number


def _pattern(pattern: Pattern) -> str:
    phases = (f"{phase.kind}: {written_time(phase.length)}" for phase in pattern.phases)
    return f"{{{', '.join(phases)}}}"


def header(script: Script) -> dict[str, str]:
    """Keys of the script's top with their values, as YAML, that change what a session holds."""
    found = {
        "title": script.title,
        "language": script.language,
        "kind": script.kind,
        "position": script.position,
        "intensity": script.intensity,
    }
    if script.kind in ("talk", "relaxation"):
        found["safety"] = "none"
    if script.level:
        found["level"] = script.level
    if script.bed is not None:
        found["bed"] = f"{{sound: {script.bed.sound}, level: {script.bed.level:g}}}"
    for key, words in (
        ("equipment", script.equipment),
        ("avoid", script.avoid),
        ("muscles", script.muscles),
    ):
        if words:
            found[key] = f"[{', '.join(quoted_text(word) for word in words)}]"
    found["breath"] = _pattern(script.breath)
    return found
