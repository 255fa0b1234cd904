"""Includes and safety blocks: found, filled, counted, and never endless."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from script_texts import HEAD, errors_of

from psoas_audio.script.block_loader import MAX_BLOCK_DEPTH
from psoas_audio.script.load import load_script, parse_script, read_script, read_source
from psoas_audio.script.model import Script
from psoas_audio.script.safety_words import REQUIRED_POINTS, missing_safety_points
from psoas_audio.script.steps import Group, Say

PLAIN = "title: T\nkind: {kind}\nsteps:\n  - Settle down now.\n  - hold: 45s\n  - bell: bowl\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


def included(folder: Path, step: str) -> Group:
    script = parse_script(HEAD + f"steps:\n  - {step}\n", folder=folder)
    (group,) = script.chapters[0].steps
    assert isinstance(group, Group)
    return group


def test_a_block_beside_the_script_brings_its_steps_and_values(tmp_path: Path) -> None:
    write(
        tmp_path,
        closing="covers: ask-first\nvalues: {wish: Good night}\nsteps: ['{wish}, {name}.']\n",
    )
    group = included(tmp_path, "include: closing\n    values: {name: all}")
    assert group.block == "closing"
    assert group.values == {"wish": "Good night", "name": "all"}
    assert group.covers == {"ask-first"}
    assert group.mark.line == 4
    (say,) = group.steps
    assert isinstance(say, Say)
    assert say.mark.path.endswith("closing.yaml")
    assert say.mark.line == 3


def test_values_may_use_the_sides_around_them(tmp_path: Path) -> None:
    write(tmp_path, press="steps: ['Rest on {place}.']\n")
    text = HEAD + (
        "steps:\n  - sides: both\n    steps:\n"
        '      - include: press\n        values: {place: "the {side} hip"}\n'
    )
    assert errors_of(text, tmp_path) == []
    assert errors_of(text.replace("{side}", "{round}"), tmp_path) == [(6, 9, "unknown-value")]


def test_an_unset_value_is_reported_in_the_block_and_an_unused_one_at_the_include(
    tmp_path: Path,
) -> None:
    write(tmp_path, press="steps: ['Rest on {place}.']\n")
    _, problems = read_source(HEAD + "steps:\n  - include: press\n", folder=tmp_path)
    assert [(Path(p.mark.path).name, p.mark.line, p.rule) for p in problems] == [
        ("press.yaml", 1, "unknown-value")
    ]
    text = HEAD + "steps:\n  - include: press\n    values: {place: a, plaze: b}\n"
    assert errors_of(text, tmp_path) == [(4, 5, "unknown-value")]


def test_mistakes_of_a_block_are_reported_once_with_its_own_place(tmp_path: Path) -> None:
    write(tmp_path, bad="steps:\n  - hold: 1:75\n")
    (tmp_path / "s.yaml").write_text(HEAD + "steps: [{include: bad}, {include: bad}]\n")
    script, problems = read_script(tmp_path / "s.yaml")
    assert script is None
    assert [(p.mark.path, p.mark.line, p.rule) for p in problems] == [
        (str(tmp_path / "bad.yaml"), 2, "bad-time")
    ]


def test_blocks_that_include_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a="steps: [{include: b}]\n", b="steps: [{include: a}]\n")
    _, problems = read_source(HEAD + "steps: [{include: a}]\n", folder=tmp_path)
    (problem,) = problems
    assert problem.rule == "include-loop"
    assert "a → b → a" in problem.message
    (tmp_path / "s.yaml").write_text(HEAD + "steps: [{include: s}]\n")
    assert read_script(tmp_path / "s.yaml")[0] is None


def test_blocks_are_not_nested_without_end(tmp_path: Path) -> None:
    for level in range(MAX_BLOCK_DEPTH):
        write(tmp_path, **{f"b{level}": f"steps: [{{include: b{level + 1}}}]\n"})
    write(tmp_path, **{f"b{MAX_BLOCK_DEPTH}": "steps: [Hello.]\n"})
    assert errors_of(HEAD + "steps: [{include: b1}]\n", tmp_path) == []
    rules = [p.rule for p in read_source(HEAD + "steps: [{include: b0}]\n", folder=tmp_path)[1]]
    assert rules == ["too-deep"]


def test_an_include_bomb_is_refused_quickly(tmp_path: Path) -> None:
    for level in range(7):
        many = ", ".join([f"{{include: b{level + 1}}}"] * 100)
        write(tmp_path, **{f"b{level}": f"steps: [{many}]\n"})
    write(tmp_path, b7="steps: [Hello.]\n")
    before = time.process_time()
    _, problems = read_source(HEAD + "steps: [{include: b0}]\n", folder=tmp_path)
    assert time.process_time() - before < 1
    assert {p.rule for p in problems} == {"too-large"}


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/passwd", "~/x", "sub/../../outside", "link", "absent", ".", ""]
)
def test_no_block_is_read_outside_the_folder(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    write(tmp_path, outside="steps: [Secret.]\n")
    (home / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    errors = errors_of(HEAD + f"steps: [{{include: '{name}'}}]\n", home)
    assert [rule for *_, rule in errors] in (["unknown-block"], ["wrong-type"])


def points(script: Script) -> list[str]:
    return [chapter.title.words for chapter in script.chapters]


@pytest.mark.parametrize("kind", REQUIRED_POINTS)
def test_each_kind_gets_the_safety_words_it_lacks(kind: str) -> None:
    script = parse_script(PLAIN.format(kind=kind))
    assert not missing_safety_points(script)
    assert points(script)[0].startswith("Before you")
    assert script.chapters[0].mark == script.mark
    has_after = {"side-effects", "seek-help"} & REQUIRED_POINTS[script.kind]
    assert len(script.chapters) == (3 if has_after else 2)


def test_a_part_that_the_script_says_is_not_added_again() -> None:
    steps = "- safety: before\n  - Settle down now.\n"
    script = parse_script(PLAIN.format(kind="stretch").replace("- Settle down now.\n", steps))
    assert points(script) == ["T", "Afterwards"]
    own = "- say: Roll off at any time.\n    covers: [way-out]\n  - Settle down now.\n"
    text = PLAIN.format(kind="self-massage")
    groups = parse_script(text).chapters[0].steps
    assert [g.block for g in groups if isinstance(g, Group)] == [
        "safety/self-massage-before",
        "safety/self-massage-way-out",
    ]
    groups = parse_script(text.replace("- Settle down now.\n", own)).chapters[0].steps
    assert [g.block for g in groups if isinstance(g, Group)] == ["safety/self-massage-before"]


def test_points_inside_rounds_and_blocks_count(tmp_path: Path) -> None:
    write(tmp_path, own="covers: [not-medical-advice]\nsteps: [This is not advice.]\n")
    text = "title: T\nkind: talk\nsteps:\n  - repeat: 2\n    steps: [{include: own}]\n"
    script = parse_script(text, folder=tmp_path)
    assert len(script.chapters) == 1


def test_pressure_before_the_way_out_is_an_error() -> None:
    late = "title: T\nkind: self-massage\nsteps:\n  - hold: 45s\n  - safety: way-out\n"
    assert errors_of(late + "  - bell: bowl\n") == [(4, 5, "way-out-late")]


def test_the_shipped_sessions_cover_their_points() -> None:
    script = load_script("supine-ball-release")
    assert script.kind == "self-massage"
    assert not missing_safety_points(script)
