"""Scripts, blocks and programmes are found by their names as people write them; an error says what
a file is if it is given in place of another kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import Bench

STEPS = "steps:\n  - say: Rest.\n  - rest: 5-300s\n  - bell: bowl\n"
PROGRAMME = "title: A week\nweeks:\n  - days:\n      - {{day: 1, session: {}}}\n"


def programme(bench: Bench, session: str, name: str = "week.yaml") -> str:
    path = bench.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(PROGRAMME.format(session), encoding="utf-8")
    return name


@pytest.mark.parametrize("session", ["two", "two.yml", "sub/three", "sub/three.yaml", "a b'c", "é"])
@pytest.mark.parametrize("name", ["week.yaml", "week.yml", "programmes/week.yaml"])
def test_a_programme_finds_its_sessions(bench: Bench, name: str, session: str) -> None:
    for script in ("two.yml", "sub/three.yaml", "a b'c.yaml", "é.yaml"):
        bench.script(STEPS, script)
    done = bench.run("programme", "show", programme(bench, session, name))
    assert done.status == 0, done.text
    assert Path(session).stem in done.out


@pytest.mark.parametrize(
    ("session", "hint"),
    [("ONE", "Did you mean 'one'?"), ("noe", "Did you mean 'one'?"), ("Plank", "mean 'plank'?"),
     ("zzz", "Name a script beside the programme"), ("../one", "Did you mean 'one'?")],
)  # fmt: skip
def test_an_unknown_session_is_answered_with_a_known_one(
    bench: Bench, session: str, hint: str
) -> None:
    bench.script(STEPS, "one.yaml")
    done = bench.run("check", programme(bench, session))
    assert done.status == 3
    assert f"there is no session called '{session}'" in done.out
    assert hint in done.out


def test_check_says_which_length_of_a_programme_is_impossible(bench: Bench) -> None:
    bench.script(STEPS, "one.yaml")
    name = programme(bench, "one, length: 2h")
    done = bench.run("check", name)
    assert done.status == 3
    assert f"{name}:4:9: error: the session can't be 2:00:00 long" in done.out
    assert bench.run("check", programme(bench, "one"), "one.yaml", "first-week").status == 0


@pytest.mark.parametrize(
    "command",
    ["plan", "render", "batch -o b", "living", "export --to text", "takes sheet", "plot", "play"],
)
@pytest.mark.parametrize("named", ["week.yaml", "first-week"])
def test_a_programme_in_place_of_a_script_is_called_one(
    bench: Bench, command: str, named: str
) -> None:
    bench.script(STEPS, "one.yaml")
    programme(bench, "one")
    done = bench.run(*command.split(), named)
    assert done.status in (1, 3)
    assert "is a programme, and no script" in done.text
    assert f"psoas-audio programme show {named}" in done.text
    assert "unknown key" not in done.text


@pytest.mark.parametrize("command", ["show", "render"])
def test_a_script_in_place_of_a_programme_is_called_one(bench: Bench, command: str) -> None:
    done = bench.run("programme", command, bench.script(STEPS))
    assert done.status == 3
    assert "this is a script, and no programme" in done.text
    assert "psoas-audio check s.yaml" in done.text


@pytest.mark.parametrize("written", ["closing", "closing.yml"])
def test_a_block_may_end_in_yml(bench: Bench, written: str) -> None:
    (bench.folder / "closing.yml").write_text("steps:\n  - say: Thank you.\n", encoding="utf-8")
    done = bench.run("plan", bench.script(f"{STEPS}  - include: {written}\n"))
    assert "Thank you." in done.out


def test_an_own_block_of_a_shipped_name_is_never_passed_over_in_silence(bench: Bench) -> None:
    (bench.folder / "rise-slowly.yaml").write_text("steps:\n  - Up now.\n", encoding="utf-8")
    name = bench.script(f"{STEPS}  - include: rise-slowly\n")
    told = "the shipped block 'rise-slowly' is included, and not your rise-slowly.yaml"
    for command in ("check", "plan"):
        done = bench.run(command, name)
        assert told in done.text
        assert "Write 'include: rise-slowly.yaml' for yours" in done.text
    name = bench.script(f"{STEPS}  - include: rise-slowly.yaml\n")
    done = bench.run("plan", name)
    assert "Up now." in done.out
    assert told not in done.text


def test_a_link_that_leads_nowhere_is_called_one(bench: Bench) -> None:
    (bench.folder / "a.yaml").symlink_to("b.yaml")
    (bench.folder / "b.yaml").symlink_to("a.yaml")
    done = bench.run("check", "a.yaml")
    assert "the script 'a.yaml' is a link that leads nowhere" in done.err


@pytest.mark.parametrize(
    ("line", "hint"),
    [("Summary: x", "Did you mean 'summary'"), ("steps: [{Bell: bowl}]", "Did you mean 'bell'"),
     ("steps: [{bell: Bowl}]", "Did you mean 'bowl'"), ("kind: Yoga", "Did you mean 'yoga'")],
)  # fmt: skip
def test_a_word_in_another_case_is_answered_with_it(bench: Bench, line: str, hint: str) -> None:
    done = bench.run("check", bench.script(f"{line}\n"))
    assert done.status == 3
    assert hint in done.out
