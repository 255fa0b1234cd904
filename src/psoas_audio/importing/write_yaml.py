"""Events as a script: YAML with guesses and notes as comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from psoas_audio.importing.events import (
    BothSides,
    Chime,
    Event,
    ExerciseSets,
    Heading,
    Note,
    PacedBreath,
    Repetitions,
    Rounds,
    ScriptStep,
    Stay,
    Words,
    WorkAndRest,
)
from psoas_audio.importing.exercise_yaml import intervals_yaml, repetitions_yaml, sets_yaml
from psoas_audio.importing.guesses import flat
from psoas_audio.importing.two_sides import (
    can_be_filled,
    names_a_side,
    swapped,
    with_side_values,
)
from psoas_audio.importing.yaml_values import braces, count_yaml, quoted
from psoas_audio.script.directions import Length

_LONGEST_TIME = 24 * 3600.0
_LONGEST_TEXT = 10_000
_LONGEST_INLINE_PAUSE = 10.0
"""Seconds; a pause in the middle of a sentence up to this long is written inside its text."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)]*$")
_INDENT = "  "


@dataclass(slots=True)
class ScriptWriter:
    """Writes the events of one session."""

    title: str
    language: str
    kind: str = ""
    comments: dict[str, str] = field(default_factory=dict)
    """Comments beside keys of the top."""
    settings: dict[str, str] = field(default_factory=dict)
    """More keys of the top with their values, as YAML."""

    def script(self, events: Sequence[Event]) -> str:
        """The whole script."""
        lines = [self._key("title", quoted(braces(self.title)))]
        if self.language and self.language != "en-US":
            lines.append(self._key("language", self.language))
        if self.kind:
            lines.append(self._key("kind", self.kind))
        lines += [f"{key}: {value}" for key, value in self.settings.items()]
        chapters = _chapters(list(events), self.title)
        if len(chapters) == 1 and not chapters[0][0]:
            return "\n".join([*lines, "steps:", *self._steps(chapters[0][1], 1)]) + "\n"
        lines.append("chapters:")
        for title, steps in chapters:
            lines.append(f"{_INDENT}- title: {quoted(braces(title))}")
            lines.append(f"{_INDENT * 2}steps:")
            lines += self._steps(steps, 3)
        return "\n".join(lines) + "\n"

    def _key(self, key: str, value: str) -> str:
        return f"{key}: {value}" + _beside(self.comments.get(key, ""))

    def _steps(
        self, events: Sequence[Event], depth: int, order: tuple[str, str] | None = None
    ) -> list[str]:
        indent = _INDENT * depth
        lines: list[str] = []
        for event in _with_inline_pauses(events):
            for number, line in enumerate(self._step(event, depth, order)):
                del number
                lines.append(indent + line)
        return lines

    def _step(
        self, event: Event | list[Words | Stay], depth: int, order: tuple[str, str] | None
    ) -> Iterator[str]:
        match event:
            case list():
                yield from self._say(event, order)
            case Stay():
                yield f"- {event.action}: {_amount(event)}" + _beside(event.guess)
            case ScriptStep(step=step):
                yield f"- {{{step}}}"
            case PacedBreath():
                yield f"- breathe: {_breath(event)}" + _beside(event.guess)
            case Chime():
                yield from (
                    f"- bell: {event.sound}" + _beside(event.guess) for _ in range(event.times)
                )
            case Note(text=text, understood=understood):
                yield comment(text if understood else f"not understood: {text}")
            case Rounds(rounds=rounds, events=inner):
                yield f"- repeat: {count_yaml(rounds)}" + _beside(event.guess)
                if event.rest:
                    yield f"{_INDENT}rest: {event.rest.written()}"
                yield f"{_INDENT}steps:"
                yield from self._steps(inner, 2, order)
            case Repetitions():
                yield f"- reps: {repetitions_yaml(event)}" + _beside(event.guess)
            case WorkAndRest():
                yield from intervals_yaml(event, _beside(event.guess))
            case ExerciseSets(events=[(Stay(action="hold") | Repetitions()) as exercise]):
                yield from self._step(exercise, depth, order)
                yield f"{_INDENT}sets: {sets_yaml(event)}" + _beside(event.guess)
            case ExerciseSets(count=count, rest=rest, events=inner) if _has_holds(inner):
                yield from self._step(
                    Rounds(count, inner, guess=event.guess, rest=rest), depth, order
                )
            case ExerciseSets(events=inner):
                yield f"- sets: {sets_yaml(event)}" + _beside(event.guess)
                yield f"{_INDENT}steps:"
                yield from self._steps(inner, 2, order)
            case BothSides():
                yield from self._both_sides(event, depth)

    def _say(self, parts: list[Words | Stay], order: tuple[str, str] | None) -> Iterator[str]:
        guesses = [part.guess for part in parts if part.guess]
        text = " ".join(
            f"[pause {part.length.written()}]"
            if isinstance(part, Stay) and part.length
            else _text(part, order)
            for part in parts
        )
        covers = [point for part in parts if isinstance(part, Words) for point in part.covers]
        for piece in _pieces(text):
            yield f"- say: {quoted(piece)}" + _beside("; ".join(guesses))
            if covers:
                yield f"{_INDENT}covers: [{', '.join(covers)}]"

    def _both_sides(self, event: BothSides, depth: int) -> Iterator[str]:
        del depth
        if names_a_side(event.events) and not can_be_filled(event.events, self.language):
            yield from self._steps(event.events, 0)
            yield comment("the other side")
            yield from self._steps(swapped(event.events), 0)
            return
        sides = "both" if event.order == ("left", "right") else f"[{', '.join(event.order)}]"
        yield f"- sides: {sides}" + _beside(event.guess)
        yield f"{_INDENT}steps:"
        if event.announced and not names_a_side(event.events):
            yield f'{_INDENT * 2}- say: "{{side}}."'
        yield from self._steps(event.events, 2, event.order)


def _has_holds(events: Sequence[Event]) -> bool:
    return any(isinstance(event, Stay) for event in flat(list(events)))


def comment(text: str) -> str:
    """*text* as a comment of one line."""
    return "# " + " ".join(re.sub(r"[^\x20-\x7e\xa0-\ud7ff\uf900-\ufffd]", " ", text).split())


def _beside(guess: str) -> str:
    return f"  {comment('guessed: ' + guess)}" if guess else ""


def _chapters(events: list[Event], title: str) -> list[tuple[str, list[Event]]]:
    """The chapters with their steps; one without a title if there are no headings.

    A heading with nothing under it becomes a comment.
    """
    found: list[tuple[str, list[Event]]] = [("", [])]
    for event in events:
        if isinstance(event, Heading):
            found.append((event.title, []))
        else:
            found[-1][1].append(event)
    chapters: list[tuple[str, list[Event]]] = []
    carried: list[Event] = []
    for name, steps in found:
        if any(not isinstance(step, Note) for step in steps):
            chapters.append((name, [*carried, *steps]))
            carried = []
        elif chapters and not carried and not name:
            chapters[-1][1].extend(steps)
        else:
            carried += [Note(name)] if name else []
            carried += steps
    if carried and chapters:
        chapters[-1][1].extend(carried)
    if len(chapters) > 1 and not chapters[0][0]:
        first = chapters[0][1]
        if any(isinstance(step, Words) for step in first):
            chapters[0] = (title, first)
        else:
            chapters[1] = (chapters[1][0], [*first, *chapters[1][1]])
            del chapters[0]
    return chapters or [("", carried)]


def _with_inline_pauses(events: Sequence[Event]) -> Iterator[Event | list[Words | Stay]]:
    """*events*, with words and the short pauses inside their sentences as lists."""
    parts: list[Words | Stay] = []
    for index, event in enumerate(events):
        if isinstance(event, Words):
            if parts and isinstance(parts[-1], Words):
                yield parts
                parts = []
            parts.append(event)
        elif parts and isinstance(event, Stay) and _is_inline(parts[-1], event, events, index):
            parts.append(event)
        else:
            if parts:
                yield parts
                parts = []
            yield event
    if parts:
        yield parts


def _is_inline(before: Words | Stay, stay: Stay, events: Sequence[Event], index: int) -> bool:
    following = events[index + 1] if index + 1 < len(events) else None
    return (
        isinstance(before, Words)
        and isinstance(following, Words)
        and not following.covers
        and stay.action == "pause"
        and stay.length is not None
        and stay.length.shortest == stay.length.longest <= _LONGEST_INLINE_PAUSE
        and not stay.guess
        and not _SENTENCE_END.search(before.text)
    )


def _text(words: Words | Stay, order: tuple[str, str] | None) -> str:
    assert isinstance(words, Words)
    text = words.text if words.emphasis else words.text.replace("*", "")
    text = braces(text).replace("[", "(").replace("]", ")")
    text = with_side_values(text, order) if order else text
    return " ".join(text.split())


def _pieces(text: str) -> Iterator[str]:
    """*text* in pieces that a script's text may be as long as."""
    while len(text) > _LONGEST_TEXT:
        cut = text.rfind(" ", 0, _LONGEST_TEXT)
        cut = cut if cut > 0 else _LONGEST_TEXT
        yield text[:cut]
        text = text[cut:].strip()
    yield text


def _amount(stay: Stay) -> str:
    if stay.breaths:
        return f"{count_yaml(stay.breaths)} breaths"
    assert stay.length is not None
    shortest = min(_LONGEST_TIME, max(0.05, stay.length.shortest))
    longest = min(_LONGEST_TIME, max(shortest, stay.length.longest))
    return Length(round(shortest, 3), round(longest, 3)).written()


def _breath(breath: PacedBreath) -> str:
    amount = ""
    if breath.breaths:
        amount = f"breaths: {count_yaml(breath.breaths)}"
    elif breath.length:
        amount = f"time: {Length(breath.length.shortest, breath.length.longest).written()}"
    return f"{{pattern: {_pattern(breath.pattern)}, {amount}}}"


_NAMED_PATTERNS: dict[tuple[float, ...], str] = {
    (4, 4, 4, 4): "box",
    (4, 7, 8, 0): "4-7-8",
    (5.5, 0, 5.5, 0): "coherent",
    (4, 0, 6, 0): "belly",
}
"""The patterns of docs/script-language.md that have a name: in, hold, out, hold, in seconds."""


def _pattern(pattern: tuple[float, float, float, float]) -> str:
    if name := _NAMED_PATTERNS.get(pattern):
        return name
    breath_in, full, out, empty = pattern
    phases = pattern if empty else (breath_in, full, out) if full else (breath_in, out)
    return f"[{', '.join(f'{seconds:g}' for seconds in phases)}]"
