"""Intervals as planned: work and rest in turn, the next station said and shown in each rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from psoas_audio.locale.languages import SpokenWords
from psoas_audio.planning.model import ChapterStart, HoldCue, PlannedHold
from psoas_audio.planning.timed_steps.hold import Speak, countdown, one_line
from psoas_audio.planning.timed_steps.hold_filling import Filling
from psoas_audio.script.steps.intervals import Station, TimedIntervals
from psoas_audio.script.texts import fill_sentence, fill_values
from psoas_audio.units import seconds_to_samples

ANNOUNCED_AFTER = seconds_to_samples(1)
"""Samples between the bell of a boundary and the words that say what comes next."""


def planned_intervals(
    step: TimedIntervals,
    rounds: int,
    values: Callable[[int, str], Mapping[str, str]],
    words: SpokenWords,
    shown: Mapping[str, str],
    fill: Callable[[int], Filling],
    speak: Speak,
) -> Iterator[PlannedHold | ChapterStart]:
    """So many *rounds* of *step*: the time to get ready, then work and rest in turn.

    *values* gives the values of a round, from 0, on a side; *words* are those that are said, and
    *shown* those of captions and chapters. *fill* fills the silence of so many samples.
    """
    names = _Names(values, words, shown)
    periods = [
        (number, *period) for number in range(rounds) for period in step.periods(number, rounds)
    ]

    def stay(
        kind: Literal["hold", "rest"], length: int, label: str, said: str, *, bell: bool = True
    ) -> PlannedHold:
        filling = fill(length)
        cues = [*filling.ticks, *countdown(step.countdown, length, words, speak, step.mark)]
        if bell and step.bell is not None:
            cues.append(HoldCue(0, None, step.bell, step.mark))
        if said:
            line = speak(said, "reminder", step.mark)
            cues.append(HoldCue(ANNOUNCED_AFTER if bell else 0, line, None, step.mark))
        cues.sort(key=lambda cue: cue.at)
        filled = (filling.kind, filling.phases, step.mark, kind)
        return PlannedHold(length, label, 0, tuple(cues), *filled)

    def rest(length: int, *following: Any, bell: bool) -> Iterator[PlannedHold | ChapterStart]:
        label = names.shown_as_next(*following)
        if step.chapters:
            yield ChapterStart(label, "", "", step.mark, inside=bell)
        said = names.said_as_next(*following) if step.announce else ""
        yield stay("rest", length, label, said, bell=bell)

    if step.get_ready:
        yield from rest(step.get_ready, *periods[0][:3], bell=False)
    for place, (number, station, side, work, rest_after) in enumerate(periods, start=1):
        name = names.shown(number, station, side)
        if step.chapters:
            inside = step.get_ready > 0 or place > 1
            title = name[:1].upper() + name[1:]
            yield ChapterStart(title, side, "", step.mark, inside=inside)
        yield stay("hold", work, name, "")
        if rest_after:
            yield from rest(rest_after, *periods[place][:3], bell=True)


class _Names:
    """What stations are called."""

    def __init__(
        self,
        values: Callable[[int, str], Mapping[str, str]],
        words: SpokenWords,
        shown: Mapping[str, str],
    ) -> None:
        self._values = values
        self._words = words
        self._shown = shown

    def shown(self, number: int, station: Station, side: str) -> str:
        """The name of *station* in the round *number*, from 0, with its side."""
        return self._named(number, station, side, self._shown.get(f"side-{side}", side))

    def shown_as_next(self, number: int, station: Station, side: str) -> str:
        """The same as what comes next; empty for a station without a name."""
        name = self.shown(number, station, side)
        return self._shown["next-station"].format(name=name) if name else ""

    def said_as_next(self, number: int, station: Station, side: str) -> str:
        """What is said of *station* before it; empty where there is nothing to say."""
        name = self._named(number, station, side, self._words.sides.get(side, side))
        said = [(self._words.next or "{name}.").format(name=name)] if name else []
        if station.say is not None:
            said.append(
                fill_sentence(station.say.in_round(number).words, self._values(number, side))
            )
        return one_line(" ".join(said))

    def _named(self, number: int, station: Station, side: str, side_word: str) -> str:
        name = station.name.in_round(number).words
        filled = fill_values(name, self._values(number, side))
        named = "{side" in name or not side
        return filled if named else f"{filled}, {side_word}"
