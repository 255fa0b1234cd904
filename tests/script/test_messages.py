"""Every fault of a script at once: file, line, column, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from script_texts import errors_of, problems_of, with_steps

from psoas_audio.errors import Problem, ScriptError
from psoas_audio.script.load import load_script

TEN = """\
titel: Ten mistakes
kind: self-massage
equipment: [mat]
equipment: [ball]
steps:
  - safety: before
  - say: To stop, roll off the ball.
    covers: [way-out]
  - hold: 1:75
  - breathe: boxx for 2m
  - bell: bowll
  - include: rise-slow
  - hold: 4m
  - say: Press the ball into the side of your throat.
  - say: This cures back pain.
  - say: Now the {sde} side.
  - hold: 30s
    during:
      - {at: 45s, say: Too late.}
  - bell: bowl
"""
"""One mistake of each of ten kinds, in lines 1, 4, 9, 10, 11, 12, 13, 14, 15 and 16; and one more
kind in line 19."""

PLACES = [
    (1, 1, "unknown-key"),
    (4, 1, "duplicate-key"),
    (9, 11, "bad-time"),
    (10, 14, "unknown-pattern"),
    (11, 11, "unknown-sound"),
    (12, 14, "unknown-block"),
    (13, 5, "dose-limit"),
    (14, 10, "throat"),
    (15, 10, "claim"),
    (16, 10, "unknown-value"),
    (19, 9, "outside-hold"),
]


def test_ten_mistakes_of_ten_kinds_are_all_named_in_order(tmp_path: Path) -> None:
    path = tmp_path / "ten.yaml"
    path.write_text(TEN)
    with pytest.raises(ScriptError) as error:
        load_script(path)
    errors = [p for p in error.value.problems if p.severity == "error"]
    assert [(p.mark.line, p.mark.column, p.rule) for p in errors] == PLACES
    assert all(line.startswith(f"{path}:") for line in error.value.report().splitlines())
    report = error.value.report()
    for near in ("'title'?", "'box'?", "'bowl'?", "'rise-slowly'?", "'sides:'"):
        assert near in report
    assert error.value.exit_code == 3


def test_a_misspelt_key_is_not_also_reported_as_missing() -> None:
    assert errors_of("titel: x\nsteps: [Hello.]\n") == [(1, 1, "unknown-key")]
    assert errors_of("title: x\nstep: [Hello.]\n") == [(2, 1, "unknown-key")]


SHAPES = {
    "- hold": "missing-colon",
    "- pause 3s": "missing-colon",
    "- {}": "unknown-step",
    "- [a]": "wrong-type",
    "- sya: Hello": "unknown-step",
    "- say: Hello\n  hold: 3s": "two-verbs",
    "- say: Hello\n  colour: red": "unknown-key",
    "- say:": "empty-text",
    "- say: '...'": "empty-text",
    "- say: []": "empty-list",
    "- say: Hi [puase 2s]": "bad-text",
    "- say: Hi [pause soon]": "bad-time",
    "- say: Hi {": "bad-text",
    "- say: Hi {two words}": "bad-text",
    "- say: Hi\n  guidance: fulll": "bad-choice",
    "- say: Hi\n  rate: 300": "bad-value",
    "- say: Hi\n  rate: '-100'": "bad-value",
    "- say: Hi\n  covers: [ask]": "bad-choice",
    "- pause: {a: b}": "wrong-type",
    "- hold: 0s": "bad-time",
    "- hold: -1": "bad-time",
    "- hold: .nan": "bad-time",
    "- hold: 1e999": "bad-time",
    "- hold: 25h": "bad-time",
    "- hold: {breaths: 0}": "bad-value",
    "- hold: {breath: 5}": "unknown-key",
    "- hold: 30s\n  during: [{at: soon, say: Hi.}]": "bad-time",
    "- hold: 30s\n  during: [{say: Hi.}]": "missing-key",
    "- hold: 30s\n  during: [{at: 3s}]": "missing-key",
    "- hold: 30s\n  during: [{at: 3s, say: Hi., bell: bowl}]": "too-many-keys",
    "- hold: 30s\n  countdown: 11": "bad-value",
    "- hold: 30s\n  interval: 1s": "bad-value",
    "- hold: 30s\n  fill: silence": "bad-choice",
    "- breathe: box for ever": "bad-time",
    "- breathe: box 4 times": "bad-value",
    "- breathe: [4]": "bad-pattern",
    "- breathe: [0, 4]": "bad-pattern",
    "- breathe: [0.5, 0.5]": "bad-pattern",
    "- breathe: [90, 4]": "bad-pattern",
    "- breathe: {time: 2m}": "missing-key",
    "- breathe: {pattern: box, time: 2m, breaths: 4}": "too-many-keys",
    "- breathe: box for 2m\n  time: 3m": "too-many-keys",
    "- breathe: belly\n  to: box": "bad-pattern",
    "- bell: [a]": "wrong-type",
    "- bell: ../bowl.wav": "unknown-sound",
    "- bell: /etc/passwd": "unknown-sound",
    "- move: upside-down": "bad-choice",
    "- repeat: 3": "missing-key",
    "- repeat: 0\n  steps: [Hi.]": "bad-value",
    "- sides: [left]\n  steps: [Hi.]": "bad-sides",
    "- sides: [left, left]\n  steps: [Hi.]": "bad-sides",
    "- sides: [left, down]\n  steps: [Hi.]": "bad-choice",
    "- safety: befor": "unknown-block",
    "- say: Hi {side}": "unknown-value",
    "- say: Hi {round}": "unknown-value",
}


@pytest.mark.parametrize("steps", SHAPES)
def test_each_mistake_has_one_message_with_its_place(steps: str) -> None:
    errors = [p for p in problems_of(with_steps(steps)) if p.severity == "error"]
    assert [p.rule for p in errors] == [SHAPES[steps]]
    (problem,) = errors
    assert problem.mark.line in (4, 5)
    assert 4 < problem.mark.column <= 5 + max(map(len, steps.splitlines()))
    _reads_well(problem)


HEADERS = {
    "title: ''": (1, 8, "empty-text"),
    "title: [a]": (1, 8, "wrong-type"),
    "title: x\nkind: self-masage": (2, 7, "bad-choice"),
    "title: x\nlanguage: english please": (2, 11, "bad-value"),
    "title: x\nbed: {sound: surf, level: -3}": (2, 27, "bad-value"),
    "title: x\nbed: {level: -30}": (2, 6, "missing-key"),
    "title: x\nlength: {min: 8m, max: 4m}": (2, 24, "bad-range"),
    "title: x\nvoice: fast": (2, 8, "wrong-type"),
    "title: x\nvoice: {rate: fast}": (2, 15, "bad-value"),
    "title: x\nvoice: {pitch: 101}": (2, 16, "bad-value"),
    "title: x\nlexicon: [a]": (2, 10, "wrong-type"),
    "title: x\nlexicon: {a: '-'}": (2, 14, "empty-text"),
    "title: x\nvalues: {side: x}": (2, 10, "bad-key"),
    "title: x\nvalues: {a b: x}": (2, 10, "bad-key"),
    "title: x\nkind: stretch\nsafety: none": (3, 9, "safety-off"),
    "title: x\noutput: surround": (2, 9, "bad-choice"),
    "title: x\nbreath: slow": (2, 9, "unknown-pattern"),
    "title: '{side}'": (1, 8, "unknown-value"),
    "title: x\nsummary: It heals your back.": (2, 10, "claim"),
    "title: x\nchapters: [{title: a, steps: [Hi.]}]": (3, 1, "too-many-keys"),
}


@pytest.mark.parametrize("header", HEADERS)
def test_mistakes_of_the_header(header: str) -> None:
    text = f"{header}\nsteps: [Hello.]\n"
    errors = [p for p in problems_of(text) if p.severity == "error"]
    assert [(p.mark.line, p.mark.column, p.rule) for p in errors] == [HEADERS[header]]
    _reads_well(errors[0])


def test_a_script_without_steps() -> None:
    assert errors_of("title: x\n") == [(1, 1, "missing-key")]
    assert errors_of("- a\n") == [(1, 1, "wrong-type")]
    assert errors_of("title: x\nsteps: []\n") == [(2, 8, "empty-list")]
    assert errors_of("title: x\nsteps: Hello\n") == [(2, 8, "wrong-type")]


def _reads_well(problem: Problem) -> None:
    """One style: no capital at the start, a full stop at the end, a hint that is a sentence."""
    assert not problem.message[0].isupper(), problem.message
    assert problem.message.endswith((".", "?")), problem.message
    assert not problem.hint or problem.hint.endswith((".", "?", "…'.")), problem.hint
    assert len(str(problem)) < 400
    for internal in ("Traceback", "None", "object at", "psoas_audio.script"):
        assert internal not in str(problem)
