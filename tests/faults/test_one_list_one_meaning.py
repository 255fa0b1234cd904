"""check, plan, render and batch agree: an error stops, a warning doesn't."""

from __future__ import annotations

import json

import pytest
from bench import Bench

LENGTHS = [
    "{default: 3m}",
    "{default: 3m30s, min: 1m}",
    "{default: 3m30s, max: 20m}",
    "{min: 5m}",
]


@pytest.mark.parametrize("length", LENGTHS)
def test_an_impossible_length_stops_every_command(bench: Bench, length: str) -> None:
    name = bench.script(f"length: {length}\nsteps:\n  - say: Rest.\n  - hold: 3m\n  - bell: bowl\n")
    for command in (
        ("check", name),
        ("plan", name),
        ("render", name, "--engine", "espeak"),
        ("batch", name, "-o", "out", "--engine", "espeak"),
    ):
        done = bench.run(*command)
        assert done.status == 3, (command, done.text)
        assert "length" in done.text
    assert not list(bench.folder.rglob("*.mp3"))


@pytest.mark.parametrize(
    "command",
    [
        "plan here/s.yaml",
        "render here/s.yaml --dry-run",
        "living here/s.yaml -o page.html",
        "publish here --base-url https://example.org/",
        "publish here --base-url https://example.org/ --dry-run",
        "programme show here/programmes/p.yaml",
        "programme render here/programmes/p.yaml -o out",
    ],
)
def test_every_command_with_the_json_option_gives_problems_as_json(
    bench: Bench, command: str
) -> None:
    bench.script("steps:\n  - hold: forever\n", "here/s.yaml")
    bench.script("steps:\n  - hold: forever\n", "here/programmes/s.yaml")
    programme = bench.folder / "here" / "programmes" / "p.yaml"
    programme.write_text(
        "title: P\nweeks:\n  - days:\n      - {day: 1, session: s}\n", encoding="utf-8"
    )
    done = bench.run(*command.split(), "--json")
    assert done.status == 3
    assert [problem["rule"] for problem in json.loads(done.out)["problems"]] == ["bad-time"]
    assert done.err == ""


@pytest.mark.parametrize("engine", ["espeak", "kokoro"])
@pytest.mark.parametrize("command", ["render", "render --dry-run", "plan"])
def test_an_invalid_option_is_named_in_the_error(bench: Bench, command: str, engine: str) -> None:
    name = bench.script("steps:\n  - say: Rest.\n  - bell: bowl\n")
    done = bench.run(*command.split(), name, "--voice", "zorblax", "--engine", engine)
    if (command, engine) != ("plan", "espeak"):  # only speaking shows that eSpeak has no such voice
        assert "error: --voice: " in done.text
    assert "s.yaml:4" not in done.text


def test_a_problem_in_an_included_block_is_reported_at_the_include(bench: Bench) -> None:
    name = bench.script("steps:\n  - say: A word.\n  - bell: bowl\n  - include: rise-slowly\n")
    done = bench.run("check", name)
    assert "s.yaml:6" in done.text
    assert "blocks/rise-slowly" not in done.text


def test_a_hold_too_short_for_its_countdown_is_reported_once(bench: Bench) -> None:
    name = bench.script("steps:\n  - hold: 2s\n    countdown: 5\n  - bell: bowl\n")
    done = bench.run("check", name)
    assert done.out.count("error:") == 1
    assert "a countdown of 5 seconds is outside a hold that may last only 2 seconds" in done.out


EVERY_COMMAND = (
    "check {}",
    "plan {}",
    "render {} --dry-run",
    "render {} --engine espeak",
    "batch {} -o out --engine espeak",
)
"""Those that stop where a script has errors."""


def test_words_that_run_into_each_other_stop_every_command(bench: Bench) -> None:
    name = bench.script(
        "steps:\n  - hold: 60s\n    halfway: true\n    during:\n"
        "      - {at: half, say: Four five six.}\n  - bell: tick\n"
    )
    for command in EVERY_COMMAND:
        done = bench.run(*command.format(name).split())
        assert done.status == 3, (command, done.text)
        assert "before the previous one has ended" in done.text


@pytest.mark.parametrize("cover", ["missing.jpg", "cover.txt"])
def test_a_cover_that_cannot_be_used_stops_every_command(bench: Bench, cover: str) -> None:
    (bench.folder / "cover.txt").write_text("no picture", "utf-8")
    name = bench.script(f"cover: {cover}\nsteps:\n  - say: Rest.\n  - bell: bowl\n")
    for command in EVERY_COMMAND:
        done = bench.run(*command.format(name).split())
        assert done.status == 3, (command, done.text)
        assert f"the cover '{cover}' can't be used" in done.text
    assert not list(bench.folder.rglob("*.mp3"))
