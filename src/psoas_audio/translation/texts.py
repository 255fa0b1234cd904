"""Every text of a script that a listener hears or reads, and a script with them replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from psoas_audio.errors import Mark
from psoas_audio.script.model import (
    Breathe,
    Chapter,
    Cue,
    Group,
    Hold,
    Move,
    Rest,
    Say,
    Script,
    Step,
    Text,
    Voice,
)
from psoas_audio.script.rebuild import rebuilt

Change = Callable[[str, Mark, str], str]
"""The words, their place and what they are (``spoken``, ``title`` …) to the words instead."""


def texts_changed(script: Script, language: str, change: Change) -> Script:
    """*script* in *language*, with every text of it as *change* gives it.

    Voices by name and the lexicon are left out: they belong to the language it was written in.
    """
    place = script.mark

    def words(each: tuple[str, ...], what: str) -> tuple[str, ...]:
        return tuple(change(word, place, what) for word in each)

    return replace(
        script,
        title=change(script.title, place, "title"),
        summary=change(script.summary, place, "summary") if script.summary else "",
        language=language,
        equipment=words(script.equipment, "equipment"),
        avoid=words(script.avoid, "who should not do it"),
        muscles=words(script.muscles, "muscle"),
        voice=_nameless(script.voice),
        lexicon={},
        chapters=tuple(_chapter(chapter, change) for chapter in script.chapters),
        values={name: change(text, place, f"value {name}") for name, text in script.values.items()},
    )


def _chapter(chapter: Chapter, change: Change) -> Chapter:
    return replace(
        chapter,
        title=_text(chapter.title, change, "title"),
        voice=_nameless(chapter.voice),
        steps=rebuilt(chapter.steps, lambda step: _step(step, change)),
    )


def _step(step: Step, change: Change) -> Step:
    def label(words: str) -> str:
        return change(words, step.mark, "label") if words else words

    match step:
        case Say(lines=lines, voice=voice):
            spoken = tuple(_text(line, change, "spoken") for line in lines)
            return replace(step, lines=spoken, voice=_nameless(voice))
        case Hold(ready=ready, during=during, halfway=halfway):
            return replace(
                step,
                label=label(step.label),
                ready=None if ready is None else _text(ready, change, "spoken"),
                during=tuple(_cue(cue, change) for cue in during),
                halfway=None if halfway is None else _text(halfway, change, "spoken"),
            )
        case Rest() | Breathe():
            return replace(step, label=label(step.label))
        case Move(say=Text() as say):
            return replace(step, say=_text(say, change, "spoken"))
        case Group(values=values, mark=mark):
            given = {name: change(text, mark, f"value {name}") for name, text in values.items()}
            return replace(step, values=given)
        case _:
            return step


def _cue(cue: Cue, change: Change) -> Cue:
    return cue if cue.say is None else replace(cue, say=_text(cue.say, change, "spoken"))


def _text(text: Text, change: Change, what: str) -> Text:
    # ``halfway: true`` and ``ready: true`` have no words of their own: the built-in ones are there.
    return Text(change(text.words, text.mark, what), text.mark) if text.words else text


def _nameless(voice: Voice) -> Voice:
    return replace(voice, name=None)
