"""A script from a mapping is the script that its YAML would be, faults and all."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import psoas_audio
from psoas_audio import library
from psoas_audio.errors import Mark, ScriptError
from psoas_audio.script.load import parse_script, read_source
from psoas_audio.script.source.limits import MAX_NESTING, MAX_NODES

GOOD = {
    "title": "From a program",
    "safety": "none",
    "bed": {"sound": "surf", "level": -26.5},
    "length": {"default": "2m", "min": 60},
    "steps": [
        "Welcome.",
        {"hold": 30, "halfway": True, "ready": False, "end": "bell"},
        {"rest": "10-90s"},
        {"breathe": {"pattern": [4, 0, 6.5], "breaths": 4}},
    ],
}


def without_marks(value: Any) -> Any:
    """*value* with nothing of where it was written."""
    if isinstance(value, tuple | list):
        return [without_marks(each) for each in value]
    if is_dataclass(value) and not isinstance(value, Mark):
        names = [field.name for field in fields(value) if field.name not in ("mark", "digest")]
        return [type(value).__name__, *(without_marks(getattr(value, name)) for name in names)]
    return value


def test_a_mapping_gives_the_script_of_its_yaml() -> None:
    text = yaml.safe_dump(GOOD, sort_keys=False)
    assert without_marks(parse_script(GOOD)) == without_marks(parse_script(text))


@pytest.mark.parametrize("name", library.script_names())
def test_a_shipped_script_read_by_another_yaml_reader_is_the_same(name: str) -> None:
    path = library.find_script(name)
    text = path.read_text(encoding="utf-8")
    values = yaml.load(text, yaml.BaseLoader)
    mapping, problems = read_source(values, name, path.parent)
    assert [p for p in problems if p.severity == "error"] == []
    assert without_marks(mapping) == without_marks(read_source(text, name, path.parent)[0])


def test_each_problem_names_the_keys_that_lead_to_it() -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(
            {"title": "T", "equipmnt": ["mat"], "steps": [{"hold": "1:75"}, {"rest": object()}]},
            name="made",
        )
    places = [(str(p.mark), p.rule) for p in caught.value.problems if p.severity == "error"]
    assert places == [
        ("made.yaml: equipmnt", "unknown-key"),
        ("made.yaml: steps[0].hold", "bad-time"),
        ("made.yaml: steps[1].rest", "wrong-type"),
    ]


def test_endless_nesting_is_refused() -> None:
    inside: list[object] = []
    inside.append(inside)
    wide = [["x"] * 1000] * (MAX_NODES // 1000 + 1)
    for steps, rule in ((inside, "too-deep"), (wide, "too-large"), ("a\0b", "control-character")):
        _, problems = read_source({"title": "T", "steps": steps})
        assert rule in {p.rule for p in problems}, MAX_NESTING


def test_a_folder_is_where_its_own_files_are_looked_for(tmp_path: Path) -> None:
    (tmp_path / "close.yaml").write_text("title: Close\nsteps: [Good night.]\n")
    script = parse_script({"title": "T", "steps": [{"include": "close"}]}, folder=tmp_path)
    assert script.path == str(tmp_path / "script.yaml")


@pytest.mark.parametrize("folder", [None, ".", "own", Path("own")])
def test_without_a_folder_they_are_looked_for_in_the_working_directory(
    folder: str | Path | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = Path(folder or "")
    place.mkdir(exist_ok=True)
    (place / "close.yaml").write_text("title: Close\nsteps: [Good night.]\n")
    steps = {"steps": [{"include": "close"}]}
    script = parse_script({"title": "T", "safety": "none", **steps}, folder=folder)
    assert script.path == str(place / "script.yaml")
    source = "title: T\nsafety: none\nkind: talk\nsteps: [{include: close}]\n"
    assert psoas_audio.check_source(source, folder=folder) == ()
