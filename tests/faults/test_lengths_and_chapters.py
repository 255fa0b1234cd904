"""A longer wish never keeps fewer chapters; sessions may have 24 hours."""

from __future__ import annotations

import json

import pytest
from bench import Bench


def test_chapters_never_fall_as_the_length_grows(bench: Bench) -> None:
    name = bench.script(
        "length: {default: 4m, min: 2m, max: 5m}\nchapters:\n"
        "  - title: A\n    steps: [{say: Arrive.}, {hold: 40-70s}]\n"
        "  - title: B\n    priority: 3\n"
        "    steps: [{breathe: {pattern: box, breaths: 2-4}}, {hold: 20-30s}]\n"
        "  - title: C\n    priority: 3\n"
        "    steps: [{repeat: 2-3, steps: [{hold: 15s}, {rest: 5s}]}]\n"
        "  - title: D\n    steps: [{hold: 40-70s}, {bell: bowl}]\n"
    )
    before = 0
    for seconds in range(100, 311, 10):
        done = bench.run("plan", name, "--length", f"{seconds}s", "--json")
        if done.status == 0:
            count = len(json.loads(done.out)["chapters"])
            assert count >= before, seconds
            before = count
    assert before == 4


@pytest.mark.parametrize("length", ["8h", "23h59m"])
def test_a_session_may_have_a_day(bench: Bench, length: str) -> None:
    name = bench.script(
        f"length: {{default: {length}}}\n"
        "steps:\n  - say: Sleep.\n  - hold: 10m-24h\n  - bell: bowl\n"
    )
    assert bench.run("check", name).status == 0
    assert bench.run("plan", name, "--length", "8h").status == 0
    assert bench.run("plan", name, "--length", "25h").status != 0


@pytest.mark.parametrize("rule", ["one", "several"])
def test_if_every_chapter_is_optional_the_last_one_stays(bench: Bench, rule: str) -> None:
    chapters = "".join(
        f"  - title: {letter}\n    priority: {number}\n    steps: [{{say: One.}}, {{hold: 10s}}]\n"
        for number, letter in enumerate("A" if rule == "one" else "ABC", start=1)
    )
    name = bench.script(f"chapters:\n{chapters}")
    for command in ("check", "plan"):
        done = bench.run(command, name)
        assert done.status in (0, 3)
        if done.status == 3:
            assert "priority" in done.text


def test_a_chapter_without_time_is_reported(bench: Bench) -> None:
    name = bench.script(
        "chapters:\n  - title: Arrive\n    steps: [{say: Arrive.}, {hold: 30-60s}]\n"
        "  - title: More\n    priority: 1\n    steps: [{say: More.}, {hold: 30-60s}]\n"
        "  - title: End\n    steps: [{hold: 10-60s}, {bell: bowl}]\n"
    )
    for command in (("plan", name), ("render", name, "--engine", "espeak", "-o", "s.mp3")):
        done = bench.run(*command, "--length", "1m15s")
        assert done.status == 0
        assert "'More'" in done.err
        assert "left out" in done.err
