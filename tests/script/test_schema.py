"""The JSON Schema says what the loader accepts, and the reference shows the same tables."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from script_texts import HEAD

from psoas_audio import library
from psoas_audio.script.load import read_source
from psoas_audio.script.schema import json_schema
from psoas_audio.script.source.events import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml
from psoas_audio.script.steps import VERBS

TOP = Path(__file__).parents[2]
REFERENCE = TOP / "docs" / "script-language.md"
TABLES = runpy.run_path(str(TOP / "docs" / "tables.py"))


@pytest.mark.parametrize("page", TABLES["PAGES"], ids=lambda page: page.name)
def test_every_page_with_tables_is_up_to_date(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "<!-- table " in text
    assert TABLES["reference"](text) == text, "run: python docs/tables.py"


def test_the_schema_file_is_up_to_date() -> None:
    assert TABLES["SCHEMA"].read_text("utf-8") == TABLES["schema"](), "run: python docs/tables.py"


def test_every_table_is_in_the_reference() -> None:
    shown = set(re.findall(r"<!-- table (\S+) -->", REFERENCE.read_text("utf-8")))
    assert set(VERBS) | {"script", "chapter", "voice", "bed", "length", "cue", "block"} <= shown


SNIPPETS = re.findall(r"^```yaml\n(.*?)^```", REFERENCE.read_text("utf-8"), re.M | re.S)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda text: text.splitlines()[0][:40])
def test_every_example_of_the_reference_loads_without_a_problem(snippet: str) -> None:
    if snippet.startswith("- title:"):
        snippet = f"{HEAD}chapters:\n{snippet}"
    elif snippet.startswith("-"):
        snippet = f"{HEAD}bed: surf\nsteps:\n{snippet}"
    # An example may end without a bell, and its {round} stands alone.
    found = [p for p in read_source(snippet)[1] if p.rule != "no-end-bell"]
    assert [str(problem) for problem in found] == []


def test_every_reference_inside_the_schema_is_there() -> None:
    text = json.dumps(json_schema())
    names = set(re.findall(r"#/\$defs/([\w-]+)", text))
    assert names <= json_schema()["$defs"].keys()
    assert set(VERBS) <= names


def plain(node: Node) -> Any:
    """What an editor's YAML 1.2 parser makes of a node."""
    match node:
        case ScalarNode(text, _, quoted):
            if not quoted and re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
                return int(text)
            if not quoted and re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
                return float(text)
            return {"true": True, "false": False}.get(text, text) if not quoted else text
        case SequenceNode(items):
            return [plain(item) for item in items]
        case MappingNode(pairs):
            return {key.text: plain(value) for key, value in pairs}
    raise AssertionError(node)


def data(text: str) -> Any:
    problems: list[Any] = []
    node = parse_yaml(text, "x.yaml", problems)
    assert node is not None
    assert not problems
    return plain(node)


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(json_schema())
    return jsonschema.Draft202012Validator(json_schema())


@pytest.mark.parametrize("name", library.script_names())
def test_shipped_scripts_satisfy_the_schema(name: str, validator: Any) -> None:
    text = library.find_script(name).read_text("utf-8")
    assert [e.message for e in validator.iter_errors(data(text))] == []


@pytest.mark.parametrize("name", library.block_names())
def test_shipped_blocks_satisfy_the_schema(name: str, validator: Any) -> None:
    path = library.find_block(name, None)
    assert path is not None
    block = validator.evolve(schema={**json_schema(), **json_schema()["$defs"]["block"]})
    assert [e.message for e in block.iter_errors(data(path.read_text("utf-8")))] == []


def test_the_examples_in_the_tables_satisfy_their_own_schema(validator: Any) -> None:
    schema = json_schema()
    for table in (schema, *schema["$defs"].values()):
        for value in table.get("properties", {}).values():
            for example in value.get("examples", ()):
                part = validator.evolve(schema={**value, "$defs": schema["$defs"]})
                assert list(part.iter_errors(example)) == [], example


@pytest.mark.parametrize(
    "text",
    ["titel: x\nsteps: [a]", "title: x", "title: x\nsteps: [{sya: a}]",
     "title: x\nkind: y\nsteps: [a]", "title: x\nsteps: [{say: a, hold: 3s}]",
     "title: x\nsteps: [a]\nchapters: []"],
)  # fmt: skip
def test_mistakes_do_not_satisfy_the_schema(text: str, validator: Any) -> None:
    assert list(validator.iter_errors(data(text)))
