"""The order in which sessions are given out."""

from __future__ import annotations

from psoas_audio.batch.model import Job, PlannedJob
from psoas_audio.batch.order import in_dispatch_order
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices


def planned(script: str, length: int | None, language: str | None = None) -> PlannedJob:
    return PlannedJob(Job(script, Choices(length=9, language=language), Settings()), length=length)


def test_different_scripts_go_longest_first() -> None:
    work = [planned(name, length) for name, length in zip("abcd", (3, 7, None, 7), strict=True)]
    assert [each.job.script for each in in_dispatch_order(work)] == ["c", "b", "d", "a"]


def test_variants_with_the_same_words_are_far_apart() -> None:
    work = [
        *(planned("a", length) for length in (5, 6, 7)),
        planned("b", 1),
        planned("a", 4, "de"),
    ]
    found = [
        (each.job.script, each.job.choices.language, each.length)
        for each in in_dispatch_order(work)
    ]
    assert found == [("a", None, 7), ("a", "de", 4), ("b", None, 1), ("a", None, 6), ("a", None, 5)]
