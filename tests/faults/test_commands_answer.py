"""A command that is used wrongly says what to write instead."""

from __future__ import annotations

import json

import pytest
from bench import Bench


@pytest.mark.parametrize("voice", ["en-gb", "fr-fr", "en-gb+f3"])
def test_voices_try_accepts_the_names_that_scripts_accept(bench: Bench, voice: str) -> None:
    done = bench.run("voices", "try", voice, "-o", "v.wav")
    assert done.status == 0, done.text


def test_suggestions_are_not_doubled(bench: Bench) -> None:
    done = bench.run("voices", "try", "en-gbx", "-o", "v.wav")
    assert done.status == 1
    names = done.err.rpartition("mean ")[2].rstrip("?\n").replace(",", " ").split(" or ")
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("output", "word"), [("q.ogg", ".ogg"), ("q.aac", ".aac"), ("q.txt", ".txt")]
)
def test_a_name_of_another_format_is_refused(bench: Bench, output: str, word: str) -> None:
    name = bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    done = bench.run("render", name, "--engine", "espeak", "-o", output)
    assert done.status != 0
    assert word in done.text
    assert "mp3" in done.text
    assert not (bench.folder / output).exists()


def test_standard_output_gets_the_sound_alone(bench: Bench) -> None:
    name = bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    done = bench.run("render", name, "--engine", "espeak", "-o", "-")
    assert not (bench.folder / "-").exists()
    assert done.status == 0
    assert done.out.startswith("ID3")


def test_new_gives_advice_that_works(bench: Bench) -> None:
    done = bench.run("new", "Evening Walk")
    assert "'Evening Walk.yaml'" in done.out or '"Evening Walk.yaml"' in done.out
    again = bench.run("new", "Evening Walk")
    assert again.status == 1
    assert "--output" not in again.text
    assert "--force" in again.text


def test_qc_works_on_what_render_made(bench: Bench) -> None:
    name = bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    assert bench.render(name).status == 0
    done = bench.run("qc", "s.mp3", "--json")
    assert done.status == 0, done.text
    assert done.err == ""
    assert json.loads(done.out)["figures"]["true_peak_dbtp"] < 0


FAULTY = "steps:\n  - hold: soon\n  - sing: la\n  - say: Écoute.\n"


@pytest.mark.parametrize(
    "command", ["render {} -f --engine espeak", "render {} --dry-run", "plan {}"]
)
def test_the_problems_of_a_script_are_json_where_json_is_asked_for(
    bench: Bench, command: str
) -> None:
    name = bench.script(FAULTY)
    checked = json.loads(bench.run("check", name, "--json").out)
    done = bench.run(*command.format(name).split(), "--json")
    assert done.status == 3
    assert json.loads(done.out) == {"problems": [p for p in checked if p["severity"] == "error"]}


def test_the_problems_of_a_programme_are_json_too(bench: Bench) -> None:
    (bench.folder / "p.yaml").write_text("title: P\nweeks: [{days: [{day: 9}]}]\n", "utf-8")
    for command in ("show", "render"):
        done = bench.run("programme", command, "p.yaml", "--json")
        assert done.status == 3
        assert {problem["line"] for problem in json.loads(done.out)["problems"]} == {2}


@pytest.mark.parametrize(
    "command",
    ["say Hello -o -", "voices try en-us -o -", "plot plank --no-sound -o -", "figures -o -",
     "batch plank -o -", "publish . --base-url https://example.org/ -o -",
     "programme render first-week -o -", "takes import plank . -o -"],
)  # fmt: skip
def test_no_command_makes_a_file_called_dash(bench: Bench, command: str) -> None:
    done = bench.run(*command.split())
    assert done.status == 2
    assert "standard output" in done.err
    assert not (bench.folder / "-").exists()


def test_a_folder_with_a_dot_in_its_name_is_written_to_where_it_exists(bench: Bench) -> None:
    name = bench.script("steps:\n  - say: Hello.\n  - bell: bowl\n")
    (bench.folder / "v1.2").mkdir()
    assert bench.run("render", name, "--engine", "espeak", "-o", "v1.2").status == 0
    assert (bench.folder / "v1.2" / "s-espeak.mp3").exists()


@pytest.mark.parametrize(
    "name",
    [
        "a\\b",
        'say "hi"',
        "two\nlines",
        "{prop}",
        "\udcff",
        "yes",
        "007",
        "# note",
        "a: b",
        "'",
        "é",
    ],
)
def test_a_new_script_has_no_fault_whatever_its_name(bench: Bench, name: str) -> None:
    assert bench.run("new", name).status == 0
    done = bench.run("check", f"{name}.yaml")
    assert done.status == 0, done.text
    assert "0 errors and 0 warnings" in done.text
