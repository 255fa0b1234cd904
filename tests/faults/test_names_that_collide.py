"""Commands that write several files look for equal names before they write any."""

from __future__ import annotations

import pytest
from bench import Bench

STEPS = "steps:\n  - say: {words}\n  - bell: bowl\n"


@pytest.mark.parametrize("second", ["sub/Foo.yaml", "sub/foo.yaml", "sub/FOO.yaml"])
def test_render_refuses_scripts_whose_files_have_one_name(bench: Bench, second: str) -> None:
    first = bench.script(STEPS.format(words="One."), "Foo.yaml")
    bench.script(STEPS.format(words="Two."), second)
    done = bench.run("render", first, second, "-o", "d", "-f", "--engine", "espeak")
    assert done.status != 0
    assert f"{first} and {second} would both be written to this file" in done.err
    assert not list(bench.folder.glob("d/*.mp3"))


def test_batch_refuses_scripts_whose_files_have_one_name(bench: Bench) -> None:
    first = bench.script(STEPS.format(words="One."), "Foo.yaml")
    second = bench.script(STEPS.format(words="Two."), "sub/foo.yaml")
    done = bench.run("batch", first, second, "-o", "d", "--engine", "espeak")
    assert done.status != 0
    assert second in done.text
    assert not list(bench.folder.glob("d/*.mp3"))


def test_a_site_refuses_sessions_whose_files_have_one_name(bench: Bench) -> None:
    bench.script(STEPS.format(words="One."), "site/Foo.yaml")
    bench.script(STEPS.format(words="Two."), "site/foo.yml")
    done = bench.run("publish", "site", "--base-url", "https://example.org/")
    assert done.status != 0
    assert "foo" in done.text.lower()
