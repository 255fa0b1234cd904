"""Mistakes that people make are answered with what to write."""

from __future__ import annotations

import pytest
from bench import Bench


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
