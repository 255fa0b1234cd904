"""Mistakes that people make are answered with what to write."""

from __future__ import annotations

import pytest
from bench import Bench

from psoas_audio.script.load import read_source


def test_a_comma_in_braces_is_explained_once(bench: Bench) -> None:
    name = bench.script(
        "steps:\n  - hold: 30s\n    during:\n"
        "      - {at: 0s, say: Walk, slowly, to the wall.}\n  - bell: bowl\n"
    )
    done = bench.run("check", name)
    errors = [line for line in done.out.splitlines() if "error" in line]
    assert len(errors) == 1
    assert "quot" in errors[0]
    assert "comma" in errors[0]


@pytest.mark.parametrize("value", ["-5s", "", "soon", "-1", "∞", "5 parsecs", "'  '"])
@pytest.mark.parametrize("verb", ["rest", "hold", "pause"])
def test_messages_quote_what_was_written(bench: Bench, verb: str, value: str) -> None:
    name = bench.script(f"steps:\n  - {verb}: {value}\n  - bell: bowl\n")
    done = bench.run("check", name)
    assert done.status == 3
    shown = value.strip("' ")
    assert (f"'{shown}'" in done.out) if shown else ("nothing" in done.out or "empty" in done.out)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("wait", "pause"), ("silence", "pause"), ("speak", "say"), ("sound", "bell"),
     ("text", "say"), ("gong", "bell"), ("breath", "breathe"), ("stay", "hold")],
)  # fmt: skip
def test_a_common_wrong_verb_is_answered_with_the_right_one(
    bench: Bench, written: str, meant: str
) -> None:
    name = bench.script(f"steps:\n  - {written}: 5s\n  - bell: bowl\n")
    assert f"'{meant}'" in bench.run("check", name).out


@pytest.mark.parametrize(
    ("written", "meant"),
    [("music", "bed"), ("background", "bed"), ("voices", "voice")],
)
def test_a_common_wrong_key_is_answered_with_the_right_one(
    bench: Bench, written: str, meant: str
) -> None:
    name = bench.script(f"{written}: surf\nsteps:\n  - say: Hello.\n  - bell: bowl\n")
    assert f"'{meant}'" in bench.run("check", name).out


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("steps:\n\u00a0\u00a0- say: Hello.\n", "U+00A0 can't be used to indent. Use spaces"),
        ("steps:\n\u3000- say: Hello.\n", "U+3000 can't be used to indent"),
        ("steps:\n\u200b  - say: Hello.\n", "U+200B can't be used to indent"),
        ("steps:\n\t- say: Hello.\n", "a tab can't be used to indent"),
        ("steps:\n  - say Hello\n", "Write 'say: …'"),
        ("steps:\n  - Say: Hello.\n", "Did you mean 'say'?"),
        ("steps:\n  - say: Remember: breathe.\n", "Put the whole text in quotes"),
        ("steps:\n  - say: @home\n", "Put the whole text in quotes"),
        ("steps:\n  - say: %50 more\n", "Put the whole text in quotes"),
        ("steps:\n  - say: *gently*\n", "Put the whole text in quotes"),
        ("steps:\n  - say: [pause 2s] go\n", "Put the whole text in quotes"),
        ("steps:\n  - say: Hello.\n    hold: 30s\n", "Begin a new step"),
        ("steps:\n  say: Hello.\n", "Begin each line with '- '"),
        ("steps: []\n", "the list is empty"),
        ("steps: Hello\n", "Begin each line with '- '"),
        ("steps:\n  - say: A.\nsteps:\n  - say: B.\n", "Keep one of the two"),
        ("steps:\n  - repeat: many\n    steps: [{say: A.}]\n", "Write 5, or 4-8 for a range"),
        ("steps:\n  - repeat: 3\n", "the key 'steps' is missing"),
        ("steps:\n  - breathe: box 4 times\n", "'box for 6 breaths'"),
        ("chapters:\n  - {title: A, sides: left, steps: [{say: A.}]}\n", "Write both."),
        ("length: {min: 10m, max: 5m}\nsteps:\n  - say: A.\n", "Order them: min, default, max"),
        ("voice: female\nsteps:\n  - say: A.\n", "expected keys such as engine, name"),
        ("language: german\nsteps:\n  - say: A.\n", "Write en-US, de"),
    ],
)
def test_a_slip_of_a_beginner_is_answered_with_its_cure(text: str, cure: str) -> None:
    assert cure in told_of(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("inhale", "breathe"), ("exhale", "breathe"), ("speech", "say"), ("voiceover", "say"),
     ("delay", "pause"), ("timer", "hold"), ("stretch", "hold"), ("round", "repeat"),
     ("times", "repeat"), ("exercise", "reps"), ("circuit", "intervals")],
)  # fmt: skip
def test_a_related_verb_is_answered_with_the_nearest_one(written: str, meant: str) -> None:
    told = told_of(f"steps:\n  - {written}: 5s\n")
    assert f"'{written}' isn't a step. Did you mean '{meant}'?" in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [("speed", "voice"), ("pitch", "voice"), ("engine", "voice"), ("rate", "voice"),
     ("image", "cover"), ("date", "year"), ("genre", "kind"), ("needs", "equipment"),
     ("pronunciations", "lexicon"), ("variables", "values")],
)  # fmt: skip
def test_a_related_key_is_answered_with_the_nearest_one(written: str, meant: str) -> None:
    told = told_of(f"{written}: x\nsteps:\n  - say: Hello.\n")
    assert f"unknown key '{written}'. Did you mean '{meant}'?" in told


def test_related_keys_are_answered_where_they_stand() -> None:
    told = told_of("steps:\n  - hold: 20s\n    cues:\n      - {at: 5s, say: Soften.}\n")
    assert "unknown key 'cues'. Did you mean 'during'?" in told
    assert "Did you mean 'rate'?" in told_of("steps:\n  - say: Hi.\n    speed: 90\n")


@pytest.mark.parametrize("key", ["author", "artist", "album", "equipment", "avoid", "muscles"])
def test_values_are_refused_where_they_would_stand_literally(key: str) -> None:
    told = told_of(f"{key}: 'The {{prop}}'\nvalues: {{prop: ball}}\nsteps:\n  - say: Hi.\n")
    assert ":3:" in told
    assert "{prop} can't be used here" in told


def test_a_value_within_a_value_is_explained() -> None:
    told = told_of("values: {a: 'x {b}', b: y}\nsummary: '{a}'\nsteps:\n  - say: Hi.\n")
    assert "Values can't contain other values" in told


def test_a_countdown_longer_than_an_interval_is_explained() -> None:
    told = told_of("steps:\n  - intervals: {work: 9s, rest: 1s, rounds: 3, stations: [March]}\n")
    assert "a countdown of 3 seconds is outside a work or rest of only 1 second" in told


def test_a_page_of_text_is_answered_with_the_way_to_import_it(bench: Bench) -> None:
    (bench.folder / "page.md").write_text("# Evening\n\nLie down. Rest now.\n", "utf-8")
    done = bench.run("check", "page.md")
    assert done.status == 3
    assert "page.md:3:1: error: expected a script, but this is 'Lie down. Rest now.'" in done.out
    assert "psoas-audio import FILE" in done.out


def told_of(text: str) -> str:
    """What is told of a script with *text* below its head."""
    _, problems = read_source(f"title: T\nsafety: none\n{text}")
    return "\n".join(map(str, problems))
