"""The front door: makes a script from files, with remarks on what was guessed or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from psoas_audio.errors import Problem, PsoasError
from psoas_audio.files import FileKind
from psoas_audio.importing.events import (
    BothSides,
    Chime,
    Event,
    ExerciseSets,
    Heading,
    Note,
    Outline,
    PacedBreath,
    Repetitions,
    Rounds,
    Stay,
    Words,
    WorkAndRest,
)
from psoas_audio.importing.guesses import flat, guess_kind, guess_language
from psoas_audio.importing.prose.exercises.work_and_rest import written_out
from psoas_audio.importing.readers.formats import read_outline
from psoas_audio.importing.write_yaml import ScriptWriter
from psoas_audio.script.load import examine_source

SOURCE_FILE = FileKind(
    "file to import",
    5_000_000,
    "Check that the file exists, and that you may read it.",
    "Split it into several files, one for each session.",
)
"""A page of text, or a Word document with pictures, has no more bytes than that."""


@dataclass(frozen=True, slots=True)
class ImportRemark:
    """Something that was guessed or not understood."""

    place: str
    """The file, and the line, paragraph or cue in it."""
    guess: str
    """What was guessed; empty for what was not understood."""
    text: str
    """The words it is about."""


@dataclass(frozen=True, slots=True)
class ImportedScript:
    """A script made of other people's text."""

    text: str
    """YAML."""
    remarks: tuple[ImportRemark, ...]
    problems: tuple[Problem, ...]
    """What ``check`` says of it."""


def import_sources(
    sources: Sequence[tuple[str, bytes]], name: str, *, intervals: bool = False
) -> ImportedScript:
    """One script of all *sources*, names with contents, to be called *name*.

    Each file after the first begins a chapter. With *intervals* a circuit of several exercises
    becomes ``intervals``, which say what comes next; otherwise its holds and rests are written out.
    Raises ``PsoasError`` where a file can't be read,
    or has nothing to speak and nothing to do.
    """
    outlines = [(source, read_outline(data, source)) for source, data in sources]
    first = outlines[0][1]
    events = list(first.events)
    for source, outline in outlines[1:]:
        events.append(Heading(outline.title or _title_from(source)))
        events += outline.events
    if not intervals:
        events = _circuits_written_out(events)
    if all(isinstance(event, Note | Heading) for event in flat(events)):
        raise PsoasError(
            "it contains nothing to speak.",
            where=sources[0][0],
            hint="Check that it is the right file; 'psoas-audio import --help' lists the formats.",
        )
    writer, guesses = _writer(first, tuple(events), sources[0][0])
    text = writer.script(events)
    problems = examine_source(text, name).problems
    if writer.kind and any(problem.severity == "error" for problem in problems):
        writer.kind = ""
        other = writer.script(events)
        others = examine_source(other, name).problems
        if sum(p.severity == "error" for p in others) < sum(
            p.severity == "error" for p in problems
        ):
            text, problems = other, others
            guesses = [guess for guess in guesses if "kind" not in guess.text]
    remarks = [*guesses, *_remarks(events, sources[0][0])]
    return ImportedScript(text, tuple(remarks), problems)


def _circuits_written_out(events: Sequence[Event]) -> list[Event]:
    found: list[Event] = []
    for event in events:
        if isinstance(event, WorkAndRest) and len(event.exercises) > 1:
            found += written_out(event)
        else:
            found.append(event)
    return found


def _writer(
    outline: Outline, events: tuple[Event, ...], source: str
) -> tuple[ScriptWriter, list[ImportRemark]]:
    """The writer of a session, with its title, language and kind, and what of these is a guess."""
    comments: dict[str, str] = {}
    title = outline.title
    if not title:
        title, comments["title"] = _title_from(source), "from the file's name"
    texts = [event.text for event in flat(events) if isinstance(event, Words)]
    language = _known_language(outline.language)
    if not language:
        language = guess_language([*texts, outline.title])
        comments["language"] = "from its words"
    settings = dict(outline.settings)
    kind = settings.pop("kind", "")
    if not kind and "kind" not in settings:
        kind = guess_kind(events, title)
        comments["kind"] = "from the exercises"
    writer = ScriptWriter(title, language, kind, comments, settings)
    said = {"title": title, "language": language if language != "en-US" else "", "kind": kind}
    return writer, [
        ImportRemark(source, guess, f"{key}: {said[key]}")
        for key, guess in comments.items()
        if said[key]
    ]


def _known_language(tag: str) -> str:
    tag = tag.strip().replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?", tag) else ""


def _title_from(source: str) -> str:
    """A title from a file's name: ``my-evening_rest.txt`` is *My evening rest*."""
    stem = PurePath(source).name.partition(".")[0]
    words = " ".join(re.split(r"[-_\s]+", stem)).strip()
    return (words[:1].upper() + words[1:]) or "Imported session"


def _remarks(events: Sequence[Event], source: str) -> Iterator[ImportRemark]:
    for event in flat(list(events)):
        place = f"{source}:{getattr(event, 'place', 0)}"
        if isinstance(event, Note):
            if not event.understood:
                yield ImportRemark(place, "", event.text)
        elif guess := getattr(event, "guess", ""):
            yield ImportRemark(place, guess, _about(event))


def _about(event: Event) -> str:
    match event:
        case Stay(length=length) if length:
            return f"{event.action}: {length.written()}"
        case Repetitions(count=(first, last)):
            return f"reps: {first}" if first == last else f"reps: {first}-{last}"
        case Rounds(rounds=(first, _)):
            return f"repeat: {first}"
        case WorkAndRest():
            return "intervals"
        case ExerciseSets():
            return "sets"
        case PacedBreath():
            return "breathe"
        case BothSides(order=order):
            return "sides: both" if order == ("left", "right") else f"sides: {', '.join(order)}"
        case Chime(sound=sound):
            return f"bell: {sound}"
        case Stay(action=action, breaths=(first, last)):
            return f"{action}: {first if first == last else f'{first}-{last}'} breaths"
        case Stay(action=action):
            return action
        case Words(text=text):
            return f"say: {text}"
    return ""
