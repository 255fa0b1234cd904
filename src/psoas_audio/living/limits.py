"""What a listener may change while a session plays: what may be left out, longer or repeated.

Everything follows from the script: what covers a safety point is heard, a stay isn't longer than
its range, and a side doesn't come more often than the doses of the script's kind allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from psoas_audio.deliver.web.steps import group_of
from psoas_audio.living.document import StepRules
from psoas_audio.planning.step_ids import steps_within
from psoas_audio.script.every_step import all_steps
from psoas_audio.script.model import Position, Script
from psoas_audio.script.rules.timing import DOSES, MAX_CYCLES_478, MAX_SILENCE
from psoas_audio.script.safety_words import SAFETY_PARTS
from psoas_audio.script.steps import Step
from psoas_audio.script.times import MAX_COUNT, MAX_TIME
from psoas_audio.timeline import Breath, Timeline
from psoas_audio.units import MP3_FRAME

_WAY_OUT, _AFTER = SAFETY_PARTS["way-out"], SAFETY_PARTS["after"]
_USUAL_REPEATS = 1
"""How often a side without holds, or of a kind without doses, may come again."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A step of the script with its surroundings."""

    step: Step
    chapter: int
    """From 1."""
    covers: frozenset[str]
    """The safety points of the words that it is part of."""
    before: Position
    """The listener's position before the step."""
    after: Position


def rules_of(script: Script, timeline: Timeline) -> tuple[dict[str, StepRules], dict[str, int]]:
    """The rules of each step in *timeline*, by its id, and how often each side may come again.

    *script* is the one that *timeline* was planned from, with its choices applied. Sides are named
    by :func:`~psoas_audio.deliver.web.steps.group_of`.
    """
    places = {f"{chapter}.{step}": place for chapter, step, place in _places(script)}
    heard = _Heard.of(timeline)
    dosed = _dosed_chapters(script)
    exits = _Exits(script, places, heard)
    rules = {
        name: StepRules(
            keep=bool(place.covers) or place.before != place.after,
            skip=exits.may_be_skipped(place),
            group=group_of(name),
            exit=exits.of(place),
            grow=_growth(place, heard.of_step(name), script, dosed) // MP3_FRAME,
        )
        for name in heard.steps
        if (place := places.get(_written(name))) is not None
    }
    return rules, _repeats(script, places, heard)


def _written(step: str) -> str:
    """Chapter and number of the step with the id *step*: ``3.2`` of ``3.2.left.1``."""
    return ".".join(step.split(".")[:2])


def _places(script: Script) -> Iterator[tuple[int, int, _Place]]:
    """Number of the chapter, number in it, and place of every step of *script*."""
    position = script.position

    def walk(
        steps: tuple[Step, ...], chapter: int, number: int, covers: frozenset[str]
    ) -> Iterator[tuple[int, int, _Place]]:
        nonlocal position
        for step in steps:
            before, here = position, covers | step.safety_points
            position = step.position_after(before)
            yield chapter, number, _Place(step, chapter, here, before, position)
            yield from walk(step.inner_steps, chapter, number + 1, here)
            number += steps_within(step)

    for number, chapter in enumerate(script.chapters, start=1):
        yield from walk(chapter.steps, number, 1, frozenset())


@dataclass(frozen=True, slots=True)
class _HeardStep:
    """What a timeline has of a step."""

    stay: int
    """Samples that it is held or rested in."""
    silence: int
    """Samples of all its gaps, with the pauses after it."""
    breaths: int
    """How many breath cycles or repetitions lead through it."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a timeline has of each step."""

    steps: tuple[str, ...]
    """Ids in the order in which they are heard first."""
    stays: Mapping[str, int]
    silence: Mapping[str, int]
    breaths: Mapping[str, int]

    @classmethod
    def of(cls, timeline: Timeline) -> _Heard:
        silence: Counter[str] = Counter()
        stays: Counter[str] = Counter()
        cycles: dict[str, set[int]] = {}
        starts: list[tuple[int, str]] = []
        for track in timeline.tracks:
            for gap in track.gaps:
                starts.append((gap.start, gap.step))
                silence[gap.step] += gap.length
                stays[gap.step] += gap.length * (gap.kind in ("hold", "rest"))
            for clip in track.clips:
                starts.append((clip.start, clip.step))
                if isinstance(clip.media, Breath):
                    cycles.setdefault(clip.step, set()).add(clip.media.cycle)
        steps = dict.fromkeys(step for _, step in sorted(starts) if step)
        breaths = {step: len(found) for step, found in cycles.items()}
        return cls(tuple(steps), stays, silence, breaths)

    def of_step(self, step: str) -> _HeardStep:
        counts = (self.stays, self.silence, self.breaths)
        return _HeardStep(*(count.get(step, 0) for count in counts))


class _Exits:
    """Where a listener goes when something hurts."""

    def __init__(self, script: Script, places: Mapping[str, _Place], heard: _Heard) -> None:
        self._rise = _first_of_rise(script, places)
        self._begins = _first_of_practice(places)
        self._heard = [
            (name, place) for name in heard.steps if (place := places.get(_written(name)))
        ]

    def of(self, place: _Place) -> tuple[str, ...]:
        """The ids of the steps that lead from *place* to a safe end, in their order.

        They are the words on how to get out of the position, getting up if the script ends with it,
        and what to know afterwards. What belongs to another position is left out. Before the first
        chapter in which anything is done there is nothing to get out of.
        """
        if place.chapter < self._begins:
            return ()
        return tuple(name for name, step in self._heard if self._leads_out(step, place))

    def may_be_skipped(self, place: _Place) -> bool:
        """Whether the step at *place* is a stay, breathing or movement before the getting up.

        Words and moves aren't: they also say how to undo what was skipped, such as setting the ball
        aside.
        """
        is_stay = place.step.is_practice and place.before == place.after
        return is_stay and not place.covers and place.chapter < self._rise.chapter

    def _leads_out(self, step: _Place, place: _Place) -> bool:
        if step.covers & _WAY_OUT:
            is_before = step.chapter < self._rise.chapter and place.chapter < self._rise.chapter
            return is_before and step.before == place.after
        if step.chapter <= place.chapter:
            return False
        if step.chapter >= self._rise.chapter:
            return bool(step.covers & _AFTER) or self._rise.position == place.after
        return False


@dataclass(frozen=True, slots=True)
class _Rise:
    """The end of a session, in which the listener gets up."""

    chapter: int
    """The first chapter of it, from 1."""
    position: Position
    """The position that it begins in."""


def _first_of_rise(script: Script, places: Mapping[str, _Place]) -> _Rise:
    """Where the last chapters begin that have no practice and in which the listener gets up.

    Without getting up: those with the words for afterwards; else the last chapter.
    """
    found = [p for p in places.values() if p.step.is_practice and not p.step.is_ease]
    practised = max((place.chapter for place in found), default=0)
    ends = [place for place in places.values() if place.chapter > practised]
    moves = [place.chapter for place in ends if place.before != place.after]
    after = [place.chapter for place in ends if place.covers & _AFTER]
    chapter = max(moves) if moves else min(after) if after else len(script.chapters)
    return _Rise(chapter, next(p.before for p in places.values() if p.chapter == chapter))


def _first_of_practice(places: Mapping[str, _Place]) -> int:
    """The first chapter in which the listener does anything but listen; 1 if there is none."""
    done = (p.chapter for p in places.values() if p.step.is_practice or p.step.is_ease)
    return min(done, default=1)


def _dosed_chapters(script: Script) -> frozenset[int]:
    """The numbers of the chapters whose stays have a dose."""
    return frozenset(
        number
        for number, chapter in enumerate(script.chapters, start=1)
        if script.kind in DOSES
        and any(any(step.stays(script.breath)) for step in all_steps(chapter.steps))
    )


def _growth(place: _Place, heard: _HeardStep, script: Script, dosed: frozenset[int]) -> int:
    """By how many samples the step at *place* may be longer than it is *heard*.

    Stays, breaths and repetitions keep to their range. Other steps may have a minute of silence;
    what is said in a chapter with a dose, perhaps with the weight on, no more than a short stay.
    """
    step, dose = place.step, DOSES.get(script.kind)
    is_478 = any(pattern.name == "4-7-8" for pattern in step.paced_patterns)
    own = step.room_to_grow(
        heard.stay,
        heard.breaths,
        script.breath,
        most_stay=MAX_TIME if dose is None else dose.limit,
        most_cycles=MAX_CYCLES_478 if is_478 else MAX_COUNT,
    )
    if own is not None:
        return own
    most = MAX_SILENCE
    if dose is not None and place.chapter in dosed and not step.is_ease:
        most = dose.shortest
    span = step.span(script.breath)
    longest = max(most, span.longest if span is not None else 0)
    return max(0, longest - (heard.stay or heard.silence))


def _repeats(script: Script, places: Mapping[str, _Place], heard: _Heard) -> dict[str, int]:
    """How often each side may come again, so that no stay comes in more rounds than is usual."""
    dose = DOSES.get(script.kind)
    rounds: dict[str, Counter[str]] = {}
    for name in heard.steps:
        if group := group_of(name):
            counted = rounds.setdefault(group, Counter())
            place = places.get(_written(name))
            if place is not None and any(place.step.stays(script.breath)):
                counted[_written(name)] += 1
    return {
        group: _USUAL_REPEATS
        if dose is None or not counted
        else max(0, dose.rounds // max(counted.values()) - 1)
        for group, counted in rounds.items()
    }
