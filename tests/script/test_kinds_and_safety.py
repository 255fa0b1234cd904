"""Kinds with their doses, short safety words, and warnings that a script acknowledges."""

from __future__ import annotations

from pathlib import Path

import pytest
from script_texts import problems_of

from psoas_audio.api import plan
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.planning import Choices
from psoas_audio.script.load import parse_script
from psoas_audio.script.safety_words import REQUIRED_POINTS, missing_safety_points
from psoas_audio.units import SAMPLE_RATE


def rules(text: str) -> list[str]:
    return [problem.rule for problem in problems_of(text)]


def test_yoga_has_holds_of_three_to_ten_minutes_without_a_warning() -> None:
    for minutes in (1, 3, 10):
        steps = f"steps: [{{hold: {minutes}m}}, {{bell: bowl}}]\n"
        assert rules(f"title: Yin\nkind: yoga\nbed: surf\n{steps}") == []
    assert rules("title: Yin\nkind: yoga\nsteps: [{hold: 11m}, {bell: bowl}]\n") == ["dose-limit"]


def test_intervals_are_cardio() -> None:
    text = (
        "title: Run\nkind: cardio\nposition: standing\nsteps:\n"
        "  - intervals: {work: 1m, rest: 1m, rounds: 12, stations: [run]}\n"
        "  - rest: 20s\n    end: bowl\n"
    )
    assert rules(text) == []
    assert "dose-limit" in rules(text.replace("work: 1m", "work: 11m"))


@pytest.mark.parametrize("kind", ["stretch", "yoga", "strength", "cardio", "breathing", "talk"])
def test_short_safety_words_make_every_point_in_about_twenty_seconds(kind: str) -> None:
    text = f"title: T\nkind: {kind}\nsafety: short\nsteps: [Begin., {{bell: bowl}}]\n"
    script = parse_script(text)
    assert not missing_safety_points(script)
    assert len(script.chapters) == 2
    full = parse_script(text.replace("safety: short\n", ""))
    saved = plan(full).timeline.length - plan(script).timeline.length
    before = plan(script).timeline.markers[0]
    assert before.length <= 28 * SAMPLE_RATE
    assert saved > 0


@pytest.mark.parametrize("language", ["de", "es", "fr"])
@pytest.mark.parametrize("kind", ["yoga", "cardio", "breathing", "relaxation"])
def test_new_safety_words_are_translated(kind: str, language: str) -> None:
    for safety in ("short", "auto"):
        text = (
            f"title: T\nkind: {kind}\nlanguage: {language}\nsafety: {safety}\n"
            "steps: [Uno., {bell: bowl}]\n"
        )
        planned = plan(parse_script(text))
        assert not [w for w in planned.warnings if w.rule == "no-safety-words"]
        assert len(planned.timeline.markers) >= 2


def test_the_full_words_are_on_the_page_and_in_the_notes() -> None:
    text = "title: T\nkind: strength\nsafety: short\nsteps: [Begin., {bell: bowl}]\n"
    draft = Draft(parse_script(text), Choices(), Settings())
    timeline = draft.plan().timeline
    details = draft.details(timeline)
    for words in ("high blood pressure", "If pain stays for more than a few days"):
        assert words in details.notes
        assert words in listener_page(timeline, details, b"")


def test_who_must_not_press_is_always_said() -> None:
    text = "title: T\nkind: self-massage\nsafety: short\nsteps: [Begin., {bell: bowl}]\n"
    assert "safety-short" in rules(text)


def test_a_warning_is_acknowledged_with_a_reason() -> None:
    text = "title: T\nkind: strength\nsteps: [{hold: 90s}, {bell: bowl}]\n"
    assert rules(text) == ["dose-unusual"]
    assert rules(f"{text}allow: {{dose: for the trained}}\n") == []
    assert rules(f"{text}allow: {{dose-unusual: for the trained}}\n") == []
    assert rules(f"{text}allow: {{dose: }}\n") != []


def test_an_error_cannot_be_acknowledged() -> None:
    text = "title: T\nkind: strength\nsteps: [{hold: 6m}, {bell: bowl}]\n"
    assert rules(f"{text}allow: {{dose-limit: I am strong}}\n") == ["dose-limit"]


def test_every_kind_has_its_points(tmp_path: Path) -> None:
    for kind in REQUIRED_POINTS:
        assert "safety-point-missing" not in rules(f"title: T\nkind: {kind}\nsteps: [Hello.]\n")
