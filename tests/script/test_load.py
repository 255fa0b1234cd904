"""Every step and header of the language, from YAML to typed values."""

from __future__ import annotations

from pathlib import Path

import pytest
from script_texts import HEAD, errors_of, only_step, script_of

from psoas_audio import library
from psoas_audio.errors import Mark, PsoasError, ScriptError
from psoas_audio.script.load import examine_script, load_script, parse_script, read_script
from psoas_audio.script.model import (
    Count,
    CueTime,
    Pattern,
    PatternPhase,
    Span,
    Text,
    VoiceSettings,
)
from psoas_audio.script.steps import (
    Bell,
    Breathe,
    Group,
    Hold,
    Move,
    Pause,
    Repeat,
    Rest,
    Say,
    Sides,
)
from psoas_audio.units import SAMPLE_RATE

S = SAMPLE_RATE


def span(shortest: float, longest: float | None = None) -> Span:
    return Span(round(shortest * S), round((longest or shortest) * S))


def phases(**seconds: float) -> tuple[PatternPhase, ...]:
    return tuple(PatternPhase(kind.strip("_"), round(s * S)) for kind, s in seconds.items())  # type: ignore[arg-type]


def test_the_shortest_script_is_three_lines() -> None:
    script = parse_script("title: A slow breath\nsteps:\n  - breathe: coherent for 2m\n")
    assert script.title == "A slow breath"
    assert script.kind == "relaxation"
    assert script.position == "sitting"
    assert script.language == "en-US"
    assert script.channels == 1
    assert script.bed is None
    assert script.breath.name == "coherent"
    own = [c for c in script.chapters if c.title.words == "A slow breath"]
    (breathe,) = own[0].steps
    assert isinstance(breathe, Breathe)
    assert breathe.pattern.phases == phases(in_=5.5, out=5.5)
    assert breathe.length == span(120)
    assert breathe.mark == Mark("script.yaml", 3, 5)


def test_a_whole_header() -> None:
    script = parse_script(
        """
title: 2024
summary: Quiet   minutes.
language: no
kind: talk
position: supine
equipment: mat
intensity: strong
level: some experience
avoid: [pregnancy, fever]
muscles: [psoas]
voice: {engine: pyttsx3, name: english-us, rate: 115, pitch: 40}
bed: {sound: soft-rain, level: -30.5}
breath: [4, 0, 6]
output: stereo
length: {default: 12m, min: 8m, max: 25m}
lexicon: {ASIS: A.S.I.S.}
values: {prop: the ball}
safety: none
steps: ["Take {prop}."]
"""
    )
    assert script.title == "2024"
    assert script.summary == "Quiet minutes."
    assert script.language == "no"
    assert script.equipment == ("mat",)
    assert script.avoid == ("pregnancy", "fever")
    assert script.level == "some experience"
    assert script.voice == VoiceSettings("pyttsx3", "english-us", 115, 40)
    assert script.bed is not None
    assert (script.bed.sound, script.bed.level) == ("soft-rain", -30.5)
    assert script.breath.phases == phases(in_=4, out=6)
    assert script.channels == 2
    assert script.length is not None
    assert (script.length.shortest, script.length.longest) == (480 * S, 1500 * S)
    assert script.lexicon == {"ASIS": "A.S.I.S."}
    assert script.values == {"prop": "the ball"}


def test_short_forms_of_the_header() -> None:
    script = parse_script(HEAD + "bed: surf\nlength: 5m\nsteps: [Hello.]\n")
    assert script.bed is not None
    assert script.bed.level == -24
    assert script.length is not None
    assert (script.length.default, script.length.shortest) == (300 * S, None)
    assert parse_script(HEAD + "bed: none\nsteps: [Hello.]\n").bed is None


def test_say_in_all_its_forms() -> None:
    mark = Mark("script.yaml", 4, 5)
    assert only_step("- Hello there") == Say(
        (Text("Hello there", mark),), VoiceSettings(), "full", mark
    )
    step = only_step("- say: One\n  guidance: bells\n  rate: 100\n  voice: {pitch: 40}")
    assert isinstance(step, Say)
    assert step.guidance == "bells"
    assert step.voice == VoiceSettings(rate=100, pitch=40)
    assert step.lines == (Text("One", Mark("script.yaml", 4, 10)),)
    step = only_step("- say:\n    - One\n    - Two, [pause 2s] *slowly*")
    assert isinstance(step, Say)
    assert [line.words for line in step.lines] == ["One", "Two, [pause 2s] *slowly*"]
    assert step.lines[1].mark == Mark("script.yaml", 6, 9)
    step = only_step("- say: >\n    One line\n    and the next.\n\n    And more.")
    assert isinstance(step, Say)
    assert step.lines[0].words == "One line and the next. And more."


def test_points_claimed_by_a_say_are_a_group() -> None:
    step = only_step("- say: Not advice.\n  covers: [not-medical-advice, ask-first]")
    assert isinstance(step, Group)
    assert step.covers == {"not-medical-advice", "ask-first"}
    assert isinstance(step.steps[0], Say)


def test_hold_in_all_its_forms() -> None:
    step = only_step(
        """
        - hold: 30-60s
          label: sink
          during:
            - {at: 10s, say: Slow.}
            - {at: half, bell: bowl, guidance: bells}
            - {at: -5s, say: Soon.}
          halfway: true
          countdown: 3
          interval: 10s
          end: bell
          fill: tick
        """
    )
    assert isinstance(step, Hold)
    assert step.length == span(30, 60)
    assert step.label == "sink"
    assert [cue.at for cue in step.during] == [
        CueTime("start", 10 * S),
        CueTime("half"),
        CueTime("end", -5 * S),
    ]
    assert step.during[1].bell == "bowl"
    assert step.during[1].guidance == "bells"
    assert step.halfway == Text("", Mark("script.yaml", 10, 14))
    assert (step.countdown, step.interval, step.end, step.fill) == (3, 10 * S, "bell", "tick")
    breaths = only_step("- hold: {breaths: 4-8, pattern: box}\n  countdown: 3 seconds")
    assert isinstance(breaths, Hold)
    assert breaths.breaths == Count(4, 8)
    assert breaths.length is None
    assert breaths.pattern is not None
    assert breaths.countdown == 3
    assert isinstance(short := only_step("- hold: 5 breaths"), Hold)
    assert short.breaths == Count(5, 5)
    assert isinstance(told := only_step("- hold: 30s\n  halfway: Half of it."), Hold)
    assert told.halfway is not None
    assert told.halfway.words == "Half of it."
    assert isinstance(quiet := only_step("- hold: 30s\n  halfway: false"), Hold)
    assert quiet.halfway is None


@pytest.mark.parametrize(
    ("written", "name", "expected"),
    [
        ("box", "box", {"in_": 4, "full": 4, "out": 4, "empty": 4}),
        ("4-7-8", "4-7-8", {"in_": 4, "full": 7, "out": 8}),
        ("cyclic-sigh", "cyclic-sigh", {"in_": 2, "sip": 1, "out": 6}),
        ("[4, 6]", "own", {"in_": 4, "out": 6}),
        ("[4, 7, 8]", "own", {"in_": 4, "full": 7, "out": 8}),
        ("[5.5, 0, 5.5, 0]", "own", {"in_": 5.5, "out": 5.5}),
        ("{pattern: {in: 2s, sip: 1, out: 0:06}}", "own", {"in_": 2, "sip": 1, "out": 6}),
    ],
)
def test_breath_patterns(written: str, name: str, expected: dict[str, float]) -> None:
    step = only_step(f"- breathe: {written}")
    assert isinstance(step, Breathe)
    assert step.pattern == Pattern(name, phases(**expected))
    assert step.length == span(120)


def test_breathe_options_may_stand_inside_or_beside() -> None:
    inside = only_step("- breathe: {pattern: box, breaths: 6, cues: counted, sound: hum, label: b}")
    beside = only_step("- breathe: box\n  breaths: 6\n  cues: counted\n  sound: hum\n  label: b")
    sentence = only_step("- breathe: box for 6 breaths\n  cues: counted\n  sound: hum\n  label: b")
    assert inside == beside == sentence
    assert isinstance(inside, Breathe)
    assert (inside.breaths, inside.length, inside.cues, inside.timbre) == (
        Count(6, 6),
        None,
        "counted",
        "hum",
    )
    ramp = only_step("- breathe: belly for 2-4m\n  to: [5, 0, 7, 0]")
    assert isinstance(ramp, Breathe)
    assert ramp.length == span(120, 240)
    assert ramp.ramp_to is not None
    assert ramp.ramp_to.phases == phases(in_=5, out=7)


def test_the_other_steps() -> None:
    mark = Mark("script.yaml", 4, 5)
    assert only_step("- pause: 0") == Pause(Span(0, 0), mark)
    assert only_step("- rest: 1-2m\n  fill: silent\n  end: bowl\n  label: r") == Rest(
        span(60, 120), "r", "bowl", "silent", mark
    )
    assert only_step("- bell: bowl") == Bell("bowl", mark)
    move = only_step("- move: supine\n  say: Lie down.\n  time: 20s")
    assert isinstance(move, Move)
    assert (move.position, move.length) == ("supine", span(20))
    assert move.say is not None
    repeat = only_step("- repeat: 2-4\n  steps:\n    - say: Round {round} of {rounds}.")
    assert isinstance(repeat, Repeat)
    assert repeat.rounds == Count(2, 4)
    sides = only_step("- sides: both\n  steps:\n    - say: The {side}, not the {other_side}.")
    assert isinstance(sides, Sides)
    assert sides.order == ("left", "right")


def test_chapters_with_sides_and_priority() -> None:
    script = parse_script(
        HEAD
        + 'chapters:\n  - title: "{side} hip"\n    sides: [right, left]\n    priority: 2\n'
        + "    voice: {rate: 100}\n    steps: [Hello.]\n"
    )
    (chapter,) = script.chapters
    assert chapter.sides == ("right", "left")
    assert chapter.priority == 2
    assert chapter.voice == VoiceSettings(rate=100)
    assert chapter.title == Text("{side} hip", Mark("script.yaml", 4, 12))


def test_every_shipped_script_is_without_a_problem() -> None:
    for name in library.script_names():
        script, problems = read_script(name)
        assert [str(problem) for problem in problems] == []
        assert script is not None
        assert script.name == name


def test_a_path_is_shown_as_the_user_named_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.yaml").write_text("titel: x\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScriptError) as error:
        load_script("x.yaml")
    assert error.value.report().startswith("x.yaml:1:1: error: ")
    assert error.value.exit_code == 3


def test_a_file_that_is_not_yaml_is_reported_at_once(tmp_path: Path) -> None:
    import os

    with pytest.raises(PsoasError, match="doesn't exist"):
        load_script(tmp_path / "absent.yaml")
    with pytest.raises(PsoasError, match="supine-ball-release"):
        load_script("supine-bal-release")
    with pytest.raises(PsoasError, match="folder"):
        load_script(tmp_path)
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(PsoasError, match="isn't a file"):
        load_script(tmp_path / "pipe.yaml")
    (tmp_path / "big.yaml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(PsoasError, match="at most"):
        load_script(tmp_path / "big.yaml")


def test_a_script_with_only_content_errors_is_still_returned(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + "steps:\n  - This cures back pain.\n")
    script, problems = read_script(path)
    assert script is not None
    assert [p.rule for p in problems] == ["claim"]
    path.write_text(HEAD + "colour: red\nsteps:\n  - Hello.\n  - hold: 1:75\n  - Bye.\n")
    assert read_script(path)[0] is None
    examined = examine_script(path)
    assert examined.script is not None
    assert not examined.complete
    assert len(examined.script.chapters[0].steps) == 2
    path.write_text(HEAD + "colour: red\nsteps:\n  - Hello.\n")
    assert examine_script(path).complete


def test_every_voice_is_returned_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + "voice: {engine: nope}\nsteps:\n  - say: Hi.\n    voice: {name: x}\n")
    voices = examine_script(path).voices
    assert [(voice.engine, voice.name, mark.line) for voice, mark in voices] == [
        ("nope", None, 3),
        (None, "x", 6),
    ]


def test_only_places_of_the_faulty_parts_are_reported() -> None:
    assert errors_of(HEAD + "steps:\n  - hold: {breaths: x}\n    countdown: 99\n") == [
        (4, 21, "bad-value"),
        (5, 16, "bad-value"),
    ]
    assert script_of("- Hello.").chapters[0].title.words == "A test"


@pytest.mark.parametrize("first", ["#!/usr/bin/env -S psoas-audio render", "#! Ana's own", "# !"])
def test_a_comment_that_a_system_runs_scripts_by_is_a_comment(first: str) -> None:
    assert parse_script(f"{first}\n{HEAD}steps: [Hello.]\n").title == "A test"
