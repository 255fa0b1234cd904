"""Replaces every text of a script that a listener hears or reads."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.script.every_step import rebuild_steps
from psoas_audio.script.model import Chapter, Script, TextChange


def change_texts(script: Script, language: str, change: TextChange) -> Script:
    """*script* in *language*, with *change* applied to each of its texts.

    Names of voices and the lexicon are left out: they belong to the language it was written in.
    """
    place = script.mark

    def words(each: tuple[str, ...], role: str) -> tuple[str, ...]:
        return tuple(change(word, place, role) for word in each)

    return replace(
        script,
        title=change(script.title, place, "title"),
        summary=change(script.summary, place, "summary") if script.summary else "",
        language=language,
        equipment=words(script.equipment, "equipment"),
        avoid=words(script.avoid, "who should not do it"),
        muscles=words(script.muscles, "muscle"),
        voice=script.voice.without_name(),
        speakers={
            key: replace(
                speaker,
                title=change(speaker.title, place, f"speaker {key}"),
                voice=speaker.voice.without_name(),
            )
            for key, speaker in script.speakers.items()
        },
        lexicon={},
        chapters=tuple(_chapter(chapter, change) for chapter in script.chapters),
        shown_safety=tuple(_chapter(chapter, change) for chapter in script.shown_safety),
        values={name: change(text, place, f"value {name}") for name, text in script.values.items()},
    )


def _chapter(chapter: Chapter, change: TextChange) -> Chapter:
    return replace(
        chapter,
        title=chapter.title.changed(change, "title"),
        voice=chapter.voice.without_name(),
        steps=rebuild_steps(chapter.steps, lambda step: step.with_texts(change)),
    )
