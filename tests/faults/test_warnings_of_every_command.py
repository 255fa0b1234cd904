"""Every command that makes or plays a session gives the warnings that ``check`` gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench import Bench

from psoas_audio import api
from psoas_audio.drafting.parse_choices import choose
from psoas_audio.studio.preview import Preview

SCRIPT = """kind: stretch
voice: {engine: espeak, rate: 170}
bed: {sound: soft-rain, level: -8}
steps:
  - say: Rest now. (pause 30 seconds)
  - hold: 3m
  - breathe: {pattern: [1, 0.5, 1], breaths: 2, cues: counted}
"""
RULES = {"fast-speech", "bed-too-loud", "direction", "dose-unusual", "cue-left-out", "no-end-bell"}
WEEK = "title: A week\nweeks:\n  - days:\n      - {day: 1, session: s}\n"


def warned(bench: Bench) -> list[str]:
    """The messages of ``check``."""
    bench.folder.joinpath("s.yaml").write_text(f"title: T\n{SCRIPT}", encoding="utf-8")
    done = bench.run("check", "s.yaml", "--json")
    problems = json.loads(done.out)
    assert {problem["rule"] for problem in problems} == RULES
    return [problem["message"] for problem in problems]


@pytest.mark.parametrize(
    "command",
    [
        "plan s.yaml",
        "render s.yaml -o a.mp3",
        "render s.yaml -o -",
        "batch s.yaml -o out",
        "living s.yaml -o l.html",
        "publish . --base-url https://example.org/",
        "programme render week.yaml -o week",
    ],
)
def test_a_session_is_made_with_the_warnings_of_check(bench: Bench, command: str) -> None:
    messages = warned(bench)
    (bench.folder / "week.yaml").write_text(WEEK, encoding="utf-8")
    done = bench.run(*command.split())
    assert done.status == 0, done.err
    lines = [line for line in done.err.splitlines() if "warning: " in line]
    for message in messages:
        assert sum(message in line for line in lines) == 1, message
    others = [line for line in lines if not any(message in line for message in messages)]
    assert not others, "a warning that check doesn't give"


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("living s.yaml -o l.html --json", "warnings"),
        ("publish . --base-url https://example.org/ --json", "warnings"),
        ("programme render week.yaml -o week --json", "warnings"),
        ("render s.yaml -o a.mp3 --json", "warnings"),
    ],
)
def test_the_warnings_are_in_the_json_too(bench: Bench, command: str, key: str) -> None:
    messages = warned(bench)
    (bench.folder / "week.yaml").write_text(WEEK, encoding="utf-8")
    told = json.loads(bench.run(*command.split()).out)[key]
    for message in messages:
        assert sum(message in line for line in told) == 1, message


def test_the_library_gives_the_same_list(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = warned(bench)
    monkeypatch.chdir(bench.folder)
    assert [problem.message for problem in api.check("s.yaml")] == messages
    planned = [problem.message for problem in api.plan(Path("s.yaml")).warnings]
    assert sorted(planned) == sorted(messages)
    rendered = api.render("s.yaml", "a.mp3").warnings
    for message in messages:
        assert sum(message in line for line in rendered) == 1, message


def previewed(name: str, **options: object) -> tuple[list[str], tuple[str, ...]]:
    """The messages of the remarks that ``watch`` shows, and its problems."""
    preview = Preview(name, choose(**options))  # type: ignore[arg-type]
    preview.start()
    try:
        state = preview.state(0, 60)
        while state.busy:
            state = preview.state(state.serial, 60)
        version = preview.version(state.version)
        return [r.message for r in version.remarks] if version else [], state.problems
    finally:
        preview.stop()


def test_watch_shows_the_same_list(bench: Bench) -> None:
    messages = warned(bench)
    shown, problems = previewed(str(bench.folder / "s.yaml"))
    assert not problems
    assert len(shown) == len(messages)
    for message in messages:
        assert sum(message in line for line in shown) == 1, message


def test_watch_shows_what_a_choice_leaves_out(bench: Bench) -> None:
    path = bench.folder / "s.yaml"
    path.write_text(
        "title: For {name}\nsafety: none\nvoice: {engine: espeak}\nchapters:\n"
        "  - {title: One, steps: ['Hello, {name}.', {rest: 5-60s}, {bell: bowl}]}\n"
        "  - {title: Two, priority: 3, steps: [{hold: 60s}, {bell: bowl}]}\n",
        encoding="utf-8",
    )
    words = ("--length", "40s", "--value", "name=Anna")
    done = bench.run("plan", str(path), *words)
    assert "the chapter 'Two' is left out" in done.err
    shown, problems = previewed(str(path), length="40s", values=["name=Anna"])
    assert not problems
    assert len(shown) == 1
    assert "the chapter 'Two' is left out" in shown[0]


CUE = "voice: {engine: espeak}\nsteps:\n  - hold: 10s\n    during:\n      - {at: 2s, say: %s}\n"


@pytest.mark.parametrize("words", range(8, 32, 2))
def test_words_that_a_render_refuses_were_warned_of(bench: Bench, words: int) -> None:
    """Before they are spoken, it can't be known for certain that they don't fit."""
    name = bench.script(CUE % " ".join(["belly", "knees"] * (words // 2)))
    warned = [bench.run(command, name).text for command in ("check", "plan")]
    done = bench.render(name)
    if done.status:
        assert "before the" in done.err or "the hold lasts only" in done.err
        assert all("the hold lasts only" in text for text in warned)
    elif words == 8:
        assert not any("hold" in text and "might" in text for text in warned)
