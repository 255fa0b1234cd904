"""Every option has its effect, or an error says why it can't."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from bench import Bench

from psoas_audio import plan

STEPS = "voice: {engine: espeak}\nsteps:\n  - say: Rest.\n  - hold: 5s\n  - bell: bowl\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("plan s.yaml --breath box", "no breath that could be replaced"),
        ("plan s.yaml --start-side left", "no sides to start with"),
        ("plan s.yaml --skip Nothing", "no chapter 'Nothing'"),
        ("plan s.yaml --value x=1", "no value 'x'"),
        ("render s.yaml --model tiny", "--model goes with --listen"),
        ("qc s.mp3 --model tiny", "--model goes with --words"),
        ("say --explain Hello -o a.wav", "--explain speaks nothing"),
        ("say Hello --json", "--json needs --explain"),
        ("check s.yaml --dry-run", "--dry-run can only be used with --fix"),
        ("figures --language xx", "no descriptions in 'xx'"),
        ("voices --language english", "no such voice for the language 'english'"),
        ("render s.yaml -o a.wav --bitrate 128", "no bit rate to choose"),
    ],
)
def test_an_option_without_effect_is_reported(bench: Bench, words: str, told: str) -> None:
    bench.script(STEPS)
    (bench.folder / "s.mp3").write_bytes(b"x")
    done = bench.run(*words.split())
    assert told in done.err
    assert not (bench.folder / "a.wav").exists()


@pytest.mark.parametrize(
    "step",
    ["hold: 3 breaths", "breathe: coherent for 30s", "rest: 30s\n    fill: breath",
     "sides: both\n    steps: [{hold: 2 breaths}]"],
)  # fmt: skip
def test_a_breath_is_replaced_wherever_the_script_has_one(bench: Bench, step: str) -> None:
    path = bench.folder / bench.script(f"steps:\n  - {step}\n")
    usual, slow = (plan(path, breath=breath).timeline for breath in (None, "9,9"))
    assert usual != slow


@pytest.mark.parametrize(
    "command",
    ["batch s.yaml", "living s.yaml", "programme render first-week", "figures", "render s.yaml",
     "takes import s.yaml in", "publish . --base-url https://example.org/"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["out.ogg", "out.MP4", "out.png", "out.yaml"])
def test_no_folder_gets_the_name_of_a_file(bench: Bench, command: str, name: str) -> None:
    bench.script(STEPS)
    (bench.folder / "in").mkdir()
    if name == "out.MP4" and not command.startswith(("living", "render")):
        name = "out.M4A"
    done = bench.run(*command.split(), "-o", name)
    assert done.status in (1, 2)
    assert name[3:].lower() in done.err.lower()
    assert not (bench.folder / name).exists()


def test_a_folder_may_have_a_dot_in_its_name(bench: Bench) -> None:
    bench.script(STEPS, "in/s.yaml")
    words = ("publish", "in", "--base-url", "https://example.org/", "-o", "www.example.org")
    assert bench.run(*words).status == 0
    assert (bench.folder / "www.example.org" / "index.html").is_file()


def seconds(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


@pytest.mark.parametrize("command", ["say", "voices try en-us --text"])
def test_a_line_keeps_its_pauses_and_does_not_read_them_out(bench: Bench, command: str) -> None:
    saved = []
    for number, text in enumerate(("Rest.", "Rest. [pause 4s]", "[long pause] *Rest.*")):
        path = bench.folder / f"{number}.wav"
        engine = ("--engine", "espeak") if command == "say" else ()
        done = bench.run(*command.split(), text, *engine, "-o", path.name)
        assert done.status == 0, done.text
        saved.append(seconds(path))
    plain, before, after = saved
    assert before == pytest.approx(plain + 4, abs=0.01)
    assert after == pytest.approx(plain + 15, abs=0.01)
    explained = bench.run("say", "--explain", "Rest. [pause 4s] Go.").out
    assert "4s" not in explained
    assert "four" not in explained


@pytest.mark.parametrize(
    ("text", "told"), [("[pause 3s]", "nothing to speak"), ("Rest. [pause soon]", "isn't a time")]
)
def test_a_line_that_cannot_be_spoken_is_reported(bench: Bench, text: str, told: str) -> None:
    done = bench.run("say", text, "--engine", "espeak", "-o", "a.wav")
    assert done.status in (1, 3)
    assert told in done.err
    assert not (bench.folder / "a.wav").exists()
