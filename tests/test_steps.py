"""A step kind has one place, its file, and no other module asks which kind a step is."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

import psoas_audio
from psoas_audio.planning.model import Item
from psoas_audio.script.steps import Step

TOP = Path(__file__).parents[1]
PACKAGE = Path(psoas_audio.__file__).parent
KINDS = {kind.__name__ for kind in (*get_args(Step), *get_args(Item))}
WALKS = {"planning/expand.py", "timeline/layout.py"}
"""The modules that match the kinds of steps, and the items of a plan."""
WRITERS = {"exporting/items.py"}
"""Modules that write an item as a script has it; a kind they don't know is a plain hold there."""


def kinds_asked(tree: ast.AST) -> set[str]:
    """The kinds of steps and items that a module matches or gives to ``isinstance``."""
    asked: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.MatchClass(cls=kind):
                asked.add(ast.unparse(kind).split(".")[-1])
            case ast.Call(func=ast.Name("isinstance"), args=[_, kinds]):
                for inner in ast.walk(kinds):
                    match inner:
                        case ast.Name(id=name) | ast.Attribute(attr=name):
                            asked.add(name)
    return asked & KINDS


def test_only_two_modules_ask_which_kind_a_step_is() -> None:
    asked = {
        path.relative_to(PACKAGE).as_posix(): kinds
        for path in sorted(PACKAGE.rglob("*.py"))
        if (kinds := kinds_asked(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert asked.keys() == WALKS | WRITERS, asked


@pytest.mark.parametrize("module", sorted(WALKS))
def test_both_matches_name_every_kind(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    (match,) = (node for node in ast.walk(tree) if isinstance(node, ast.Match))
    assert ast.unparse(match.cases[-1].pattern) == "_"
    assert ast.unparse(match.cases[-1].body[0]).startswith("assert_never(")


SCAN = '''\
"""``scan``: attention goes through the body, one part after the other."""

from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.reading import INVALID
from psoas_audio.script.fields.keys import Field, Table, Verb
from psoas_audio.script.model import Span, Text, VoiceSettings
from psoas_audio.script.steps.group import Group
from psoas_audio.script.steps.pause import Pause
from psoas_audio.script.steps.say import Say

PAUSE = Span(96_000, 96_000)


def _build(fields):
    if fields.invalid:
        return INVALID
    mark = fields.mark
    steps = []
    for part in fields["scan"]:
        words = Text(f"Notice your {part}.", mark)
        steps += [Say((words,), VoiceSettings(), "full", mark), Pause(fields["pause"], mark)]
    return Group("", tuple(steps), {}, frozenset(), mark)


VERB = Verb(
    Table(
        "scan",
        "A body scan.",
        (
            Field("scan", value_types.WORDS, "Parts of the body.", True, example=["feet"]),
            Field("pause", value_types.PAUSE_LENGTH, "For each part.", default=PAUSE, example="8s"),
        ),
    ),
    _build,
)
'''
SCRIPT = """\
title: A scan
kind: relaxation
safety: none
voice: {engine: espeak}
steps:
  - Lie down.
  - scan: [feet, knees]
    pause: 20-40s
  - bell: bowl
"""
PROGRAM = """
import json, sys
sys.path.insert(0, "docs")
from pathlib import Path
import psoas_audio, tables
from psoas_audio.deliver.text.captions import captions, vtt
from psoas_audio.script.load import read_script, read_source
from psoas_audio.script.schema import json_schema
from psoas_audio.translation.update import script_catalogue_updates

script, problems = read_script("scan.yaml")
planned = psoas_audio.plan("scan.yaml", length="1m5s")
print(json.dumps({
    "package": psoas_audio.__file__,
    "verbs": [option.get("$ref") for option in json_schema()["$defs"]["step"]["anyOf"]],
    "schema": json_schema()["$defs"]["scan"]["required"],
    "problems": [str(problem) for problem in problems],
    "typo": [p.hint for p in read_source("title: T\\nsafety: none\\nsteps: [{scann: a}]")[1]],
    "key": [p.hint for p in read_source("title: T\\nsteps: [{scan: a, paus: 1}]")[1]],
    "lines": [u.text for u in planned.fitted.plan.utterances()],
    "pauses": [g.length for g in planned.timeline.track("voice").gaps if g.kind == "pause"],
    "captions": vtt(captions(planned.timeline)),
    "catalogue": script_catalogue_updates(script, "de")[0].text,
    "reference": tables.table("scan"),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a package with one more file in ``script/steps`` makes of a script with the new step."""
    folder = tmp_path_factory.mktemp("scan")
    shutil.copytree(PACKAGE, folder / "src" / "psoas_audio")
    shutil.copytree(TOP / "scripts", folder / "scripts")
    shutil.copytree(TOP / "sounds", folder / "sounds")
    (folder / "docs").mkdir()
    shutil.copy(TOP / "docs" / "tables.py", folder / "docs")
    new = folder / "src" / "psoas_audio" / "script" / "steps" / "scan.py"
    new.write_text(SCAN, encoding="utf-8")
    (folder / "scan.yaml").write_text(SCRIPT, encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder / "src"),
        "PSOAS_AUDIO_CACHE": str(folder / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True, text=True, cwd=folder, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert Path(found["package"]).is_relative_to(folder)
    return found


def test_a_new_kind_is_read_and_checked(seen: dict[str, Any]) -> None:
    assert seen["problems"] == []
    assert seen["typo"] == ["Did you mean 'scan'?"]
    assert seen["key"] == ["Did you mean 'pause'?"]


def test_a_new_kind_is_in_the_schema_after_those_that_were_there(seen: dict[str, Any]) -> None:
    assert seen["verbs"].index("#/$defs/scan") > seen["verbs"].index("#/$defs/safety")
    assert seen["schema"] == ["scan"]


def test_a_new_kind_is_planned_and_fitted(seen: dict[str, Any]) -> None:
    assert seen["lines"] == ["Lie down.", "Notice your feet.", "Notice your knees."]
    first, *_, last = (length for length in seen["pauses"] if length > 19 * 48_000)
    assert 20 * 48_000 < first == last < 40 * 48_000


def test_a_new_kind_is_in_captions_and_catalogues(seen: dict[str, Any]) -> None:
    assert "Notice your knees." in seen["captions"]
    assert 'msgid "Notice your knees."' in seen["catalogue"]


def test_a_new_kind_is_in_the_reference(seen: dict[str, Any]) -> None:
    assert "| `scan` * | Parts of the body. | `[feet]` | required |" in seen["reference"]
