"""From a script to a flat plan: sides, rounds and blocks written out, elastic parts chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from psoas_audio.errors import Mark
from psoas_audio.locale.languages import SpokenWords, load_language
from psoas_audio.planning import model
from psoas_audio.planning.breathing import breathing
from psoas_audio.planning.choices import (
    DEFAULT_ENGINE,
    DEFAULT_PITCH,
    DEFAULT_RATE,
    Choices,
    Stretch,
)
from psoas_audio.planning.filling import filling
from psoas_audio.planning.moves import move_length
from psoas_audio.planning.pauses import (
    CHAPTER_PAUSE,
    SAY_PAUSE,
    SENTENCE_PAUSE,
    Loose,
    UsualPause,
    settled,
)
from psoas_audio.planning.ramp import level_at, lines_in, rate_at, speaks
from psoas_audio.planning.text import pieces
from psoas_audio.planning.voicing import media_id, over
from psoas_audio.script import model as script
from psoas_audio.script.texts import fill
from psoas_audio.units import SAMPLE_RATE, seconds_to_samples

RING = seconds_to_samples(3)
"""What a bell is given before the voice goes on; its tail rings under it."""
SETTLE = seconds_to_samples(3)
"""Between the words that tell to get ready and the hold."""
LEAD_IN = seconds_to_samples(2)
"""Before the first word, for the bed to come up and the listener to put the phone down."""
LEAD_OUT = seconds_to_samples(6)
"""After the last word, for the bed to go down."""
_AUDIBLE = {"full": ("full", "reminder", "bells"), "reminder": ("reminder", "bells"),
            "bells": ("bells",)}  # fmt: skip


def expand(source: script.Script, choices: Choices, stretch: Stretch) -> model.Plan:
    """The plan of *source* with every elastic part where *stretch* says."""
    expansion = _Expansion(source, choices, stretch)
    items = tuple(settled(expansion.session()))
    bed = source.bed
    return model.Plan(
        name=source.name,
        title=source.title,
        language=source.language,
        channels=source.channels,
        bed=None if bed is None else model.BedChoice(bed.sound, bed.level),
        items=items,
    )


@dataclass(frozen=True, slots=True)
class _Context:
    """What is in force at a step."""

    values: Mapping[str, str]
    voice: script.Voice
    round: int = 0
    """From 0."""
    slot: str = ""
    """The name of the sides the step is in; empty outside."""
    always: bool = False
    """Whether its words are spoken at every guidance: safety words are."""


@dataclass(slots=True)
class _Expansion:
    """The way through a script, and what has been counted on it."""

    source: script.Script
    choices: Choices
    stretch: Stretch
    position: str = ""
    spoken: int = 0
    """Utterances so far."""
    sided: int = 0
    """Steps and chapters with sides so far."""
    paired: int = 0
    """Utterances so far on this side."""
    passed: int = 0
    """Steps so far that speak, as they are written: rounds and sides count once."""
    lines: int = field(init=False)
    """Steps that speak, as they are written."""
    words: SpokenWords = field(init=False)
    bedded: bool = field(init=False)
    """Whether a bed lies under the session."""

    def __post_init__(self) -> None:
        self.position = self.source.position
        self.words = load_language(self.source.language).spoken
        self.bedded = self.source.bed is not None
        self.lines = sum(lines_in(chapter.steps) for chapter in self.source.chapters)

    def session(self) -> Iterator[Loose]:
        context = _Context(
            values=dict(self.source.values),
            voice=over(self.choices.voice, self.source.voice),
        )
        yield model.Silence("lead-in", LEAD_IN)
        first = True
        for chapter, passed in self._kept():
            self.passed = passed
            for side, inner in self._sides(chapter.sides, context):
                if not first:
                    yield UsualPause(CHAPTER_PAUSE)
                first = False
                inner = replace(inner, voice=over(chapter.voice, inner.voice))
                title = fill(chapter.title.words, inner.values)
                yield model.ChapterStart(title, side, self.position, chapter.mark, chapter.figure)
                yield from self._steps(chapter.steps, inner)
        yield model.Silence("lead-out", LEAD_OUT)

    def _kept(self) -> Iterator[tuple[script.Chapter, int]]:
        """The chapters, each with the steps before it that speak."""
        dropped, passed = self.stretch.dropped(self.source.chapters), 0
        for number, chapter in enumerate(self.source.chapters):
            if number not in dropped:
                yield chapter, passed
            passed += lines_in(chapter.steps)

    def _sides(self, sides: tuple[str, ...], context: _Context) -> Iterator[tuple[str, _Context]]:
        if not sides:
            yield "", context
            return
        self.sided += 1
        slot = f"{context.slot}s{self.sided}"
        sided, position, passed = self.sided, self.position, self.passed
        for side in sides:
            # Each side counts alike, so that its slots carry the same names.
            self.paired, self.sided, self.position, self.passed = 0, sided, position, passed
            other = "left" if side == "right" else "right"
            values = {
                **context.values,
                "side": self.words.sides[side],
                "other_side": self.words.sides[other],
                "side:": side,
                "other_side:": other,
            }
            yield side, replace(context, values=values, slot=slot)

    def _steps(self, steps: Iterable[script.Step], context: _Context) -> Iterator[Loose]:
        for step in steps:
            yield from self._step(step, context)
            self.passed += speaks(step)

    def _step(self, step: script.Step, context: _Context) -> Iterator[Loose]:
        match step:
            case script.Say():
                voice = over(step.voice, context.voice)
                voiced = context if voice is context.voice else replace(context, voice=voice)
                text = step.lines[context.round % len(step.lines)]
                yield from self._say(text, voiced, step.guidance)
            case script.Pause(length):
                yield model.Silence("pause", self.stretch.length(length))
            case script.Hold():
                yield from self._hold(step, context)
            case script.Rest(length, label, end, wish, mark):
                chosen = self.stretch.length(length)
                how = filling(wish, chosen, mark, bed=self.bedded, pattern=self.source.breath)
                yield model.Hold(chosen, label, 0, how.ticks, how.sound, how.phases, mark, "rest")
                yield from self._end(end, mark)
            case script.Breathe():
                speak = lambda text: self._utterance(text, context, "full", step.mark)  # noqa: E731
                yield breathing(step, self.stretch, self.words, speak)
                yield UsualPause(SAY_PAUSE)
            case script.Bell(sound, mark):
                yield model.Ring(sound, RING, mark)
            case script.Move(position, say, span, _):
                if say is not None:
                    yield from self._say(say, context, "full")
                usual = move_length(self.position, position)
                allowed = usual if span is None else self.stretch.length(span)
                yield model.Silence("move", allowed, position)
                self.position = position
            case script.Repeat(rounds, steps, _):
                total, passed = self.stretch.number(rounds), self.passed
                for number in range(total):
                    self.passed = passed
                    values = {
                        **context.values,
                        "round": self._number(number + 1),
                        "rounds": self._number(total),
                    }
                    yield from self._steps(steps, replace(context, values=values, round=number))
            case script.Sides(order, steps, _):
                for _side, inner in self._sides(order, context):
                    yield from self._steps(steps, inner)
            case script.Group():
                values = {
                    **context.values,
                    **{name: fill(text, context.values) for name, text in step.values.items()},
                }
                always = context.always or bool(step.covers)
                yield from self._steps(step.steps, replace(context, values=values, always=always))

    def _say(self, text: script.Text, context: _Context, level: str) -> Iterator[Loose]:
        cut = pieces(fill(text.words, context.values))
        for piece in cut:
            yield model.Speak(self._utterance(piece.text, context, level, text.mark))
            if piece.pause is not None:
                yield model.Silence("pause", piece.pause)
            else:
                yield UsualPause(SAY_PAUSE if piece is cut[-1] else SENTENCE_PAUSE)

    def _hold(self, step: script.Hold, context: _Context) -> Iterator[Loose]:
        pattern = step.pattern or self.source.breath
        breaths = 0
        if step.breaths is not None:
            breaths = self.stretch.number(step.breaths)
            length = breaths * pattern.length
        else:
            assert step.length is not None
            length = self.stretch.length(step.length)
        if step.ready is not None:
            usual = script.Text(self.words.ready, step.ready.mark)
            yield from self._say(step.ready if step.ready.words else usual, context, "reminder")
            yield model.Silence("pause", SETTLE)
        how = filling(
            step.fill, length, step.mark, bed=self.bedded, pattern=pattern, breaths=breaths
        )
        inside = [*how.ticks]

        def speak(text: str, level: str, mark: Mark) -> model.Utterance:
            return self._utterance(text, context, level, mark)

        for cue in step.during:
            anchor = {"start": 0, "half": length // 2, "end": length}[cue.at.anchor]
            said = None
            if cue.say is not None:
                text = " ".join(p.text for p in pieces(fill(cue.say.words, context.values)))
                said = speak(text, cue.guidance, cue.say.mark)
            inside.append(model.Inside(anchor + cue.at.offset, said, cue.bell, cue.mark))
        if step.halfway is not None:
            text = fill(step.halfway.words, context.values) or self.words.halfway
            said = speak(text, "reminder", step.halfway.mark)
            inside.append(model.Inside(length // 2, said, None, step.mark))
        for second in range(step.countdown, 0, -1):
            said = speak(self._counted(second), "bells", step.mark)
            inside.append(model.Inside(length - second * SAMPLE_RATE, said, None, step.mark))
        if step.interval:
            inside.extend(
                model.Inside(at, None, "small-bell", step.mark)
                for at in range(step.interval, length, step.interval)
            )
        inside.sort(key=lambda i: i.at)
        yield model.Hold(
            length, step.label, breaths, tuple(inside), how.sound, how.phases, step.mark
        )
        yield from self._end(step.end, step.mark)

    def _end(self, sound: str | None, mark: Mark) -> Iterator[Loose]:
        if sound is None:
            yield UsualPause(SENTENCE_PAUSE)
        else:
            yield model.Ring(sound, RING, mark)

    def _utterance(self, text: str, context: _Context, level: str, mark: Mark) -> model.Utterance:
        self.spoken += 1
        self.paired += 1
        name = f"u{self.spoken:04}"
        voice = context.voice
        engine = voice.engine or DEFAULT_ENGINE
        share = self.passed / max(1, self.lines - 1)
        rate = rate_at(voice.rate or DEFAULT_RATE, share)
        pitch = DEFAULT_PITCH if voice.pitch is None else voice.pitch
        treatment = voice.treatment or "plain"
        language = self.source.language
        return model.Utterance(
            id=name,
            take=media_id(engine, voice.name, rate, pitch, language, text, treatment=treatment),
            text=text,
            engine=engine,
            voice=voice.name,
            rate=rate,
            pitch=pitch,
            language=language,
            audible=context.always or level in _AUDIBLE[self.choices.guidance],
            slot=f"{context.slot}u{self.paired}" if context.slot else name,
            mark=mark,
            treatment=treatment,
            level=level_at(voice.level or 0.0, share),
        )

    def _counted(self, number: int) -> str:
        return self.words.numbers[number].capitalize() + "."

    def _number(self, number: int) -> str:
        numbers = self.words.numbers
        return numbers[number] if number < len(numbers) else str(number)
