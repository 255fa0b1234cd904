"""``check`` shows every problem at once, also those that only the plan and the engines find."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas_audio.drafting.check import script_problems

HEAD = "title: T\nlanguage: en-US\nsafety: none\n"


def found(tmp_path: Path, text: str) -> list[tuple[str, int, int]]:
    path = tmp_path / "script.yaml"
    path.write_text(text, encoding="utf-8")
    return [(p.rule, p.mark.line, p.mark.column) for p in script_problems(str(path))]


def test_problems_of_every_kind_are_reported_together(tmp_path: Path) -> None:
    text = (
        HEAD + "voice: {engine: pytsx3}\nsteps:\n  - brethe: box\n"
        "  - say: This cures back pain.\n  - hold: 20s\n"
        "    during: [{at: 17s, say: A line far too long for the three seconds that are left.}]\n"
        "  - bell: bowl\n"
    )
    assert found(tmp_path, text) == [
        ("unknown-engine", 4, 8),
        ("unknown-step", 6, 5),
        ("claim", 7, 10),
        ("hold-too-short", 9, 14),
    ]


def test_an_unknown_voice_is_reported(tmp_path: Path) -> None:
    text = HEAD + "voice: {engine: espeak, name: nobody}\nsteps: [{say: Rest.}, {bell: bowl}]\n"
    assert [rule for rule, *_ in found(tmp_path, text)] == ["unknown-voice"]
    for name in ("en-gb", "english-us", "en-us+f3"):
        assert found(tmp_path, text.replace("nobody", name)) == []


def test_coaching_must_fit_the_hold_at_its_shortest(tmp_path: Path) -> None:
    text = (
        HEAD + "steps:\n  - hold: {}\n    during: [{{at: 5s, say: Let the jaw and brow soften.}}]\n"
    )
    ends = text + "  - bell: bowl\n"
    assert [r for r, *_ in found(tmp_path, ends.format("6-60s"))] == ["hold-too-short"]
    assert found(tmp_path, ends.format("30-60s")) == []


def test_an_impossible_length_is_reported_at_its_line(tmp_path: Path) -> None:
    text = HEAD + "length: {default: 10m}\nsteps: [{hold: 30-60s}, {bell: bowl}]\n"
    ((rule, line, _),) = found(tmp_path, text)
    assert (rule, line) == ("length-out-of-reach", 4)


def test_cues_that_do_not_fit_their_phase_are_a_warning(tmp_path: Path) -> None:
    text = (
        HEAD + "steps: [{breathe: {pattern: [0.4, 2], breaths: 4, cues: spoken}}, {bell: bowl}]\n"
    )
    assert "cue-left-out" in {rule for rule, *_ in found(tmp_path, text)}


@pytest.mark.parametrize("name", ["supine-ball-release", "diaphragmatic-breathing"])
def test_the_first_sessions_have_no_fault(name: str) -> None:
    assert script_problems(name) == ()


@pytest.mark.parametrize("name", ["nope", "hard-word", "dose-limit"])
def test_allowing_what_never_occurs_is_a_warning(tmp_path: Path, name: str) -> None:
    steps = "steps: [{hold: 90s}, {bell: bowl}]\n"
    allowed = f"{HEAD}kind: strength\nallow: {{dose: for the trained, {name}: why}}\n{steps}"
    ((rule, line, _),) = found(tmp_path, allowed.replace("safety: none\n", ""))
    assert (rule, line) == ("nothing-to-allow", 4)


def test_a_warning_of_the_plan_can_be_allowed_too(tmp_path: Path) -> None:
    breath = "{breathe: {pattern: [0.4, 2], breaths: 4, cues: spoken}}"
    allowed = f"{HEAD}allow: {{cue-left-out: on purpose}}\nsteps: [{breath}, {{bell: bowl}}]\n"
    assert found(tmp_path, allowed) == []
