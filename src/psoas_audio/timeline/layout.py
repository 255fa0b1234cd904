"""Lays out a plan as a timeline, from the lengths of its media."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import assert_never

from psoas_audio.errors import Problem, Severity
from psoas_audio.planning.model import (
    CUE_CLEARANCE,
    ChapterStart,
    Item,
    PhaseCue,
    Plan,
    PlannedBedLevel,
    PlannedBreathing,
    PlannedHold,
    Ring,
    Silence,
    SpokenLine,
    Utterance,
    on_grid,
)
from psoas_audio.planning.timed_steps.hold_filling import TICK
from psoas_audio.timeline.model import (
    BedSound,
    Breath,
    Clip,
    Gap,
    Marker,
    Sound,
    Take,
    Timeline,
    Track,
)
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples, to_frame_grid


def lay_out(plan: Plan, lengths: Mapping[str, int]) -> Timeline:
    """The timeline of *plan*.

    *lengths* maps media ids of takes and names of sounds to samples. Items begin on the 24 ms grid
    of MP3 frames, so that an edit shifts what follows it by whole frames. Silences, bells and
    everything inside a hold or a breath cycle are exact to the sample. Utterances that share a
    slot get the time of the longest, so that two sides are equally long.
    """
    return _Layout(plan, lengths, _slot_lengths(plan, lengths)).run()


def laid_out_length(plan: Plan, lengths: Mapping[str, int]) -> int:
    """Samples of the timeline that :func:`lay_out` would give, without making it."""
    slots, now = _slot_lengths(plan, lengths), 0
    for before, item in pairwise((None, *_with_rung_out_bells(plan.items, lengths))):
        assert item is not None
        if on_grid(item, before):
            now = to_frame_grid(now)
        now += item.duration(slots)
    return now


LONGEST_RUNG_OUT = seconds_to_samples(4)
"""Samples of the longest bell that words wait for; they begin under the ring of a longer one."""
RUNG_OUT_PAUSE = seconds_to_samples(0.3)
"""Samples of silence between the end of such a bell and the words after it."""


def _with_rung_out_bells(items: Sequence[Item], lengths: Mapping[str, int]) -> Iterator[Item]:
    """*items* with bells that last until words after them may begin."""
    for place, item in enumerate(items, start=1):
        yield _rung_out(item, items[place:], lengths) if isinstance(item, Ring) else item


def _rung_out(ring: Ring, after: Iterable[Item], lengths: Mapping[str, int]) -> Ring:
    """*ring*, longer if its bell still sounds where the first words among the items *after* begin.

    So there is silence between a short bell and the words, and either can be moved without the
    other. Stays that follow a bell begin under its ring, to the sample.
    """
    if not ring.length or lengths[ring.sound] > LONGEST_RUNG_OUT:
        return ring
    missing = lengths[ring.sound] + RUNG_OUT_PAUSE - ring.length
    for item in after:
        if isinstance(item, SpokenLine):
            return replace(ring, length=ring.length + max(0, missing))
        if not isinstance(item, Silence | ChapterStart):
            break
        missing -= item.duration({})
    return ring


def _slot_lengths(plan: Plan, lengths: Mapping[str, int]) -> dict[str, int]:
    """Slot to the samples of its longest utterance."""
    slots: dict[str, int] = {}
    for utterance in plan.utterances():
        slots[utterance.slot] = max(lengths[utterance.take], slots.get(utterance.slot, 0))
    return slots


def overruns(
    plan: Plan, lengths: Mapping[str, int], *, possible: bool = False
) -> tuple[Problem, ...]:
    """Cues that don't fit in their hold, or that begin before the cue before them has ended.

    They are errors; where *lengths* are only *possible* ones, warnings.
    """
    would = "might" if possible else "would"
    severity: Severity = "warning" if possible else "error"
    problems: list[Problem] = []
    for item in plan.items:
        spoken_until = 0
        for cue, room in item.hold_cues():
            utterance = cue.utterance
            end = cue.at + (lengths[utterance.take] if utterance is not None else 0)
            if cue.at < 0 or end > cue.at + room:
                problems.append(
                    Problem(
                        cue.mark,
                        "hold-too-short",
                        f"this cue {would} start {_seconds(-cue.at)} before the hold begins."
                        if cue.at < 0
                        else f"this cue {would} end at {_seconds(end)}, but the hold lasts only"
                        f" {_seconds(cue.at + room)}.",
                        "Make the hold longer, or say it earlier or in fewer words.",
                        severity,
                    )
                )
            elif utterance is not None and cue.at < spoken_until:
                problems.append(
                    Problem(
                        cue.mark,
                        "hold-overlap",
                        f"this cue {would} start {_seconds(spoken_until - cue.at)} before the"
                        " previous one has ended.",
                        "Say it later, or make the previous cue shorter.",
                        severity,
                    )
                )
            if utterance is not None:
                spoken_until = max(spoken_until, end)
    return tuple(dict.fromkeys(problems))


def left_out_cues(plan: Plan, lengths: Mapping[str, int]) -> tuple[Problem, ...]:
    """A warning for each breath cue that isn't spoken, since no alternative fits its phase."""
    problems = (
        Problem(
            cue.alternatives[0].mark,
            "cue-left-out",
            f"the breath cue {cue.alternatives[0].text!r} doesn't fit its phase and is not spoken.",
            "Give the pattern longer phases, or write 'cues: tones'.",
            "warning",
        )
        for item in plan.items
        for cue, chosen, _ in _choose_alternatives(item, lengths)
        if chosen is None
    )
    return tuple(dict.fromkeys(problems))


_PlacedCue = tuple[PhaseCue, Utterance | None, int]
"""A cue, the alternative that is spoken, and its start in samples after that of the item."""


def _choose_alternatives(item: Item, lengths: Mapping[str, int]) -> Iterator[_PlacedCue]:
    """Each cue with the first alternative that ends before the next cue, or ``None``."""
    for cue, at, until_next in item.phase_cues():
        room = until_next - CUE_CLEARANCE
        yield cue, next((u for u in cue.alternatives if lengths[u.take] <= room), None), at


def _seconds(samples: int) -> str:
    return f"{samples / SAMPLE_RATE:.1f} s"


@dataclass(slots=True)
class _Layout:
    """Walks through a plan in order and puts clips on the tracks."""

    plan: Plan
    lengths: Mapping[str, int]
    slots: Mapping[str, int]
    """Slot to the samples of its longest utterance."""
    now: int = 0
    """Samples laid out so far."""
    voice: list[Clip] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    breath: list[Clip] = field(default_factory=list)
    bells: list[Clip] = field(default_factory=list)
    beds: list[tuple[int, PlannedBedLevel | None]] = field(default_factory=list)
    """Where the level of the bed is another one, and which."""
    markers: list[Marker] = field(default_factory=list)

    def run(self) -> Timeline:
        items = _with_rung_out_bells(self.plan.items, self.lengths)
        for before, item in pairwise((None, *items)):
            assert item is not None
            if on_grid(item, before):
                self.now = to_frame_grid(self.now)
            self._place(item)
        length = self.now
        markers = self._markers_with_lengths(length)
        bed = self.plan.bed
        return Timeline(
            name=self.plan.name,
            title=self.plan.title,
            language=self.plan.language,
            channels=self.plan.channels,
            length=length,
            tracks=(
                Track("voice", _by_start(self.voice), tuple(self.gaps)),
                Track("breath", _by_start(self.breath)),
                Track("bells", tuple(_cut_at(c, length) for c in _by_start(self.bells))),
                Track("bed", tuple(self._bed(length)), level=0.0 if bed is None else bed.level),
            ),
            markers=markers,
        )

    def _place(self, item: Item) -> None:
        match item:
            case ChapterStart(title, side, position, figure=figure, bed=bed, step=step):
                start = self.now if self.markers else 0
                self.beds.append((start, bed))
                name = f"ch{len(self.markers) + 1}"
                self.markers.append(Marker(name, title, start, 0, side, position, figure, step))
            case SpokenLine(utterance):
                self._speak(utterance, self.now, item)
                self.now += self.slots[utterance.slot]
            case Silence(kind, length, label):
                self._gap(kind, length, label, item.step, item.figure)
            case Ring(sound, length):
                self._ring(sound, self.now, item.step)
                self._gap("bell", length, "", item.step)
            case PlannedHold():
                self._breathe(item, soft=item.soft)
                for cue in item.cues:
                    at = self.now + cue.at
                    if cue.utterance is not None:
                        self._speak(cue.utterance, at, item)
                    if cue.bell is not None:
                        self._ring(cue.bell, at, item.step)
                self._gap(item.kind, item.length, item.label, item.step, item.figure)
            case PlannedBreathing():
                for _, chosen, at in _choose_alternatives(item, self.lengths):
                    if chosen is not None:
                        self._speak(chosen, self.now + at, item)
                self._breathe(item, soft=False)
                self._gap("breathe", item.length, item.label, item.step, item.figure)
            case _:
                assert_never(item)

    def _gap(self, kind: str, length: int, label: str, step: str, figure: str = "") -> None:
        if length > 0:
            self.gaps.append(Gap(self.now, length, kind, label, step, figure))
        self.now += length

    def _speak(
        self, utterance: Utterance, at: int, item: SpokenLine | PlannedHold | PlannedBreathing
    ) -> None:
        if not utterance.audible:
            return
        media = Take(
            utterance.take,
            utterance.text,
            utterance.engine,
            utterance.voice or "",
            utterance.rate,
            utterance.mark.line,
            utterance.treatment,
            utterance.language if utterance.language != self.plan.language else "",
            utterance.speaker,
        )
        length = self.lengths[utterance.take]
        self.voice.append(
            Clip(
                utterance.id,
                at,
                length,
                media,
                utterance.level,
                item.step,
                item.figure,
                utterance.safety,
            )
        )

    def _ring(self, sound: str, at: int, step: str) -> None:
        name = f"s{len(self.bells) + 1:04}"
        self.bells.append(Clip(name, at, self.lengths[sound], Sound(sound), step=step))

    def _breathe(self, item: PlannedHold | PlannedBreathing, soft: bool) -> None:
        at = self.now
        for phase in item.phases:
            name = f"b{len(self.breath) + 1:05}"
            media = Breath(phase.kind, phase.timbre, phase.cycle, soft, phase.variant)
            self.breath.append(Clip(name, at, phase.length, media, step=item.step))
            at += phase.length

    def _bed(self, length: int) -> Iterator[Clip]:
        """The bed: a clip for each stretch of chapters in which it is equally loud."""
        bed = self.plan.bed
        if bed is None:
            return
        end = length
        if bed.until == "last-bell":
            bells = (c for c in self.bells if isinstance(c.media, Sound) and c.media.name != TICK)
            end = max((clip.start for clip in bells), default=0) or length
        starts = [(start, now) for start, now in self.beds if start < end] or [(0, None)]
        sections = [
            section
            for before, section in zip([None, *starts], starts, strict=False)
            if before is None or before[1] != section[1]
        ]
        for number, (start, level) in enumerate(sections, start=1):
            stop = sections[number][0] if number < len(sections) else end
            now = level or PlannedBedLevel(bed.level, bed.rise)
            media = BedSound(bed.sound, now.rise, bed.fade_in, bed.fade_out)
            name = "bed" if number == 1 else f"bed{number}"
            first = 0 if number == 1 else start
            yield Clip(name, first, stop - first, media, now.level - bed.level)

    def _markers_with_lengths(self, length: int) -> tuple[Marker, ...]:
        """The markers, each as long as the time to the next; *length* is that of the session."""
        ends = [marker.start for marker in self.markers[1:]] + [length]
        return tuple(
            replace(m, length=end - m.start) for m, end in zip(self.markers, ends, strict=True)
        )


def _by_start(clips: list[Clip]) -> tuple[Clip, ...]:
    return tuple(sorted(clips, key=lambda clip: clip.start))


def _cut_at(clip: Clip, length: int) -> Clip:
    """*clip*, cut where the session ends (the mix fades it out there)."""
    if clip.end <= length:
        return clip
    return replace(clip, length=length - clip.start)
