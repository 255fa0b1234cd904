"""Whatever a stranger's file holds: a script, or the project's own problems, soon and in bounds."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from psoas_audio import library
from psoas_audio.errors import ScriptError
from psoas_audio.script.load import parse_script, read_source
from psoas_audio.script.steps import VERBS

ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
    for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
MERGE_BOMB = "a: &a {k: v}\n" + "".join(
    f"{b}: &{b} {{<<: [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]}}\n"
    for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
BOMBS = {
    "alias": ALIAS_BOMB,
    "merge": MERGE_BOMB,
    "brackets": "[" * 60_000,
    "braces": "{a: " * 20_000,
    "dashes": "- " * 60_000,
    "questions": "? " * 60_000,
    "indents": "".join(" " * i + "a:\n" for i in range(1000)),
    "anchors": "steps: [" + "&a " * 20_000,
    "tags": "!" * 60_000,
    "directives": "%TAG !a! b\n" * 20_000 + "---\na: b",
    "quote": "title: '" + "x" * 900_000,
    "scalar": "title: " + "x " * 400_000,
    "nodes": "steps: [" + "a," * 200_000 + "]",
    "keys": "\n".join(f"k{i}: v" for i in range(50_000)),
    "braces in a text": "title: x\nsteps: ['" + "{" * 19_000 + "']",
    "brackets in a text": "title: x\nsteps: ['" + "[pause 1s]" * 1_900 + "']",
    "stars in a text": "title: x\nsteps: ['a" + "*a " * 6_000 + "']",
    "one long word": "title: x\nsteps: [" + "ae" * 9_900 + "]",
    "no end of a sentence": "title: x\nsteps: ['" + "press that heals and " * 900 + "']",
    "many words": "title: x\nsteps:\n" + "  - Press, treat and heal it.\n" * 5_000,
    "many rounds": "title: x\nsteps: " + "[{repeat: 2000, steps: " * 14 + "[Hi]" + "}]" * 14,
    "long name": "title: x\nkind: " + "y" * 19_000 + "\nsteps: [a]",
}


def run(text: str | bytes) -> tuple[float, int]:
    """Seconds of processor time and bytes at the peak that checking *text* takes."""
    tracemalloc.start()  # makes it about three times as slow
    before = time.process_time()
    read_source(text)
    seconds = time.process_time() - before
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak


@pytest.mark.parametrize("name", ["alias", "merge", "brackets"])
def test_known_yaml_bombs_cost_next_to_nothing(name: str) -> None:
    script, problems = read_source(BOMBS[name])
    assert script is None
    assert problems
    assert problems[0].mark.line >= 1
    seconds = min(run(BOMBS[name])[0] for _ in range(3))
    assert seconds < 0.05
    assert run(BOMBS[name])[1] < 50 * 2**20


@pytest.mark.parametrize("name", BOMBS)
def test_every_yaml_bomb_is_refused_within_bounds(name: str) -> None:
    seconds, peak = run(BOMBS[name])
    assert seconds < 6
    assert peak < 200 * 2**20


def test_an_eight_hour_script_is_read_in_a_moment() -> None:
    text = "title: x\nsteps:\n" + "  - say: Let the breath be slow.\n  - rest: 12s\n" * 2_400
    before = time.process_time()
    assert parse_script(text).chapters
    assert time.process_time() - before < 4
    peak = run(text)[1]
    assert peak < 100 * 2**20


SHIPPED = library.find_script("supine-ball-release").read_bytes()
TOKENS = [
    *(f"- {verb}: " for verb in VERBS), "title: x\n", "steps:\n", "chapters:\n", "\n", "  ", "    ",
    "[", "]", "{", "}", ": ", ", ", "'", '"', "|", ">", "&a ", "*a ", "!t ", "<<: ", "---\n",
    "...\n", "#", "%", "@", "\t", "\r", "\0", "\x85", "\ufeff", "\ud800", "٣", "1:30", "30-60s",
    "-5s",
    ".inf", "1e999", "0x10", "~", "null", "yes", "{side}", "[pause 2s]", "*a*", "at: half",
    "breaths: 5",
    "during:\n", "values: {a: b}", "both", "[right, left]", "box for 6 breaths", "safety: none\n",
]  # fmt: skip


def holds(text: str | bytes) -> None:
    """Nothing but a script or problems, each with a place and a sentence."""
    script, problems = read_source(text)
    errors = [p for p in problems if p.severity == "error"]
    assert script is not None or errors
    lines = len(text.splitlines()) if isinstance(text, str) else text.count(b"\n") + 1
    for problem in problems:
        assert problem.message
        if problem.mark.path == "script.yaml":
            assert 1 <= problem.mark.line <= lines + 2
            assert problem.mark.column >= 1
    assert list(problems) == sorted(
        problems, key=lambda p: (p.mark.path != "script.yaml", p.mark, p.rule)
    )


LIGHT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@LIGHT
@given(st.lists(st.sampled_from(TOKENS), max_size=30).map("".join))
@example("title: x\nsteps:\n- say: {side}")
def test_any_sequence_of_tokens_is_read_or_refused(text: str) -> None:
    holds(text)


@LIGHT
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    holds(data)


@LIGHT
@given(
    st.lists(
        st.tuples(st.integers(0, len(SHIPPED)), st.integers(0, 3), st.binary(max_size=3)),
        min_size=1,
        max_size=4,
    )
)
def test_a_shipped_script_with_changed_bytes_is_read_or_refused(
    changes: list[tuple[int, int, bytes]],
) -> None:
    data = SHIPPED
    for place, cut, new in changes:
        data = data[:place] + new + data[place + cut :]
    holds(data)


VALUES = st.recursive(
    st.sampled_from([
        "Hello.", "3", "-1", "30s", "30-60s", "half", "box", "both", "bowl", "supine", "true",
        "none", "'{side}'", "''", "[right, left]", "[4, 4]", "{in: 4, out: 6}", "x: y", "surf",
        "-24", "before",
    ]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
        st.dictionaries(
            st.sampled_from([*VERBS, "at", "during", "steps", "time", "breaths", "title", "end"]),
            inner,
            max_size=3,
        ).map(lambda each: "{" + ", ".join(f"{k}: {v}" for k, v in each.items()) + "}"),
    ),
    max_leaves=12,
)  # fmt: skip


@LIGHT
@given(st.dictionaries(
    st.sampled_from(
        ["title", "kind", "voice", "bed", "length", "breath", "values", "lexicon", "steps",
         "chapters", "safety", "sides", "output"]
    ),
    VALUES, min_size=1, max_size=5,
))  # fmt: skip
def test_a_script_of_any_shape_is_read_or_refused(script: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in script.items())
    holds(text)
    with suppress(ScriptError):
        parse_script(text)


def test_checking_needs_nothing_heavy() -> None:
    code = (
        "import sys, psoas_audio.script.load, psoas_audio.script.schema as s; s.json_schema();"
        "psoas_audio.script.load.read_script('supine-ball-release');"
        "heavy = {'numpy', 'soundfile', 'rich', 'click', 'pydantic', 'num2words'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
