"""Loads a programme from its file, and reports all its problems at once."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

from psoas_audio.errors import Problem, PsoasError, ScriptError
from psoas_audio.library import (
    YAML_SUFFIXES,
    did_you_mean,
    inside,
    programme_names,
    root,
    script_names,
    yaml_names,
)
from psoas_audio.planning import Choices
from psoas_audio.programme.model import Programme, ProgrammeEntry, Week
from psoas_audio.script.block_loader import BlockLoader
from psoas_audio.script.fields import value_types
from psoas_audio.script.fields.keys import Field, FieldValues, Table, mapping, read_table
from psoas_audio.script.fields.reading import NodeReader, list_of
from psoas_audio.script.settings import LANGUAGE_TYPE
from psoas_audio.script.source.events import MappingNode, parse_yaml
from psoas_audio.script.source.file_kinds import has_weeks, is_script
from psoas_audio.script.source.files import SCRIPT_FILE

MAX_WEEKS = 104
PROGRAMMES_FOLDER = "programmes"
"""A programme in a folder of this name finds its sessions beside that folder, too."""
_PROGRAMME_FILE = replace(SCRIPT_FILE, noun="programme")


def _entry(fields: FieldValues) -> Any:
    choices = Choices(length=fields["length"], guidance=fields["guidance"])
    return ProgrammeEntry(fields["day"] or 1, fields["session"] or "", choices, fields.mark)


ENTRY = Table(
    "programme-day",
    "One session on one day.",
    (
        Field(
            "day",
            value_types.whole_number("a day", 1, 7),
            "Day of the week, 1 to 7.",
            required=True,
            example=1,
        ),
        Field(
            "session",
            value_types.PLAIN_TEXT,
            "A script beside the programme or its folder 'programmes', or a shipped session.",
            required=True,
            example="supine-ball-release",
        ),
        Field("length", value_types.TIME, "Its length on that day.", example="10m"),
        Field(
            "guidance",
            value_types.GUIDANCE,
            "How much is said.",
            default="full",
            example="reminder",
        ),
    ),
)


def _week(fields: FieldValues) -> Any:
    entries = tuple(sorted(fields["days"], key=lambda entry: entry.day))
    title = fields["title"]
    return Week(title.words if title else "", entries, title.mark if title else fields.mark)


WEEK = Table(
    "programme-week",
    "Seven days.",
    (
        Field("title", value_types.TITLE, "The purpose of this week.", example="Settling in"),
        Field(
            "days",
            list_of(mapping(ENTRY, _entry), "a list of days", min_items=1),
            "The sessions of each day.",
            required=True,
            default=(),
        ),
    ),
)
PROGRAMME = Table(
    "programme",
    "Sessions over weeks.",
    (
        Field("title", value_types.TITLE, "Its name.", required=True, example="A first week"),
        Field(
            "summary", value_types.SUMMARY, "One or two sentences.", example="A gentle beginning."
        ),
        Field(
            "language", LANGUAGE_TYPE, "Language of these texts.", default="en-US", example="en-US"
        ),
        Field(
            "weeks",
            list_of(mapping(WEEK, _week), "a list of weeks", min_items=1),
            "The weeks in order.",
            required=True,
            default=(),
        ),
    ),
)


def load_programme(name: str | Path) -> Programme:
    """The programme in the file *name*, or the shipped programme of that name.

    Raises ``ScriptError`` with every problem and its place, and ``PsoasError`` if there is no
    such programme.
    """
    path = _find(name)
    shown = str(name) if Path(name) == path else str(path)
    problems: list[Problem] = []
    node = parse_yaml(_PROGRAMME_FILE.read(path, shown=shown), shown, problems)
    reader = NodeReader(problems, BlockLoader("relaxation", None))
    if isinstance(node, MappingNode) and is_script(node):
        reader.error(
            node.mark,
            "script",
            "this is a script, and no programme.",
            f"'psoas-audio check {shlex.quote(shown)}' and 'psoas-audio render' take it.",
        )
        raise ScriptError(problems)
    fields = None if node is None else read_table(PROGRAMME, node, reader)
    if not isinstance(fields, FieldValues):
        raise ScriptError(problems)
    weeks: tuple[Week, ...] = tuple(
        replace(week, entries=tuple(_resolve(entry, path, reader) for entry in week.entries))
        for week in fields["weeks"]
    )
    if len(weeks) > MAX_WEEKS:
        reader.error(
            fields.marks["weeks"], "too-large", f"a programme has at most {MAX_WEEKS} weeks."
        )
    if problems:
        raise ScriptError(problems)
    summary = fields["summary"].words if fields["summary"] else ""
    return Programme(
        shown,
        path.stem,
        fields["language"],
        fields["title"].words,
        summary,
        weeks,
        fields["title"].mark,
    )


def is_programme(name: str) -> bool:
    """Whether *name* is a shipped programme or a file that contains one."""
    if Path(name).suffix.lower() not in YAML_SUFFIXES or not Path(name).is_file():
        return name in programme_names()
    node = parse_yaml(_PROGRAMME_FILE.read(Path(name)), name, [])
    return isinstance(node, MappingNode) and has_weeks(node)


def _find(name: str | Path) -> Path:
    path = Path(name)
    if path.suffix.lower() in YAML_SUFFIXES:
        return path
    names = programme_names()
    if str(name) in names:
        return root() / "scripts" / "programmes" / f"{name}.yaml"
    raise PsoasError(
        f"there is no programme called '{name}'.",
        hint=did_you_mean(str(name), names) or f"The programmes are {', '.join(names)}.",
    )


def _resolve(entry: ProgrammeEntry, path: Path, reader: NodeReader) -> ProgrammeEntry:
    """*entry* of the programme *path* with the path of its session's file, if it is an own one."""
    if not entry.session:
        return entry
    folders = [path.parent]
    if path.absolute().parent.name == PROGRAMMES_FOLDER:
        folders.append(path.parent.parent if path.parent.name else Path(".."))
    for folder in folders:
        for name in yaml_names(entry.session):
            if inside(folder, name) is not None:
                return replace(entry, session=str(folder / name))
    if entry.session not in script_names():
        own = [e.name for folder in folders for e in folder.iterdir() if e != path]
        stems = [Path(name).stem for name in own if name.lower().endswith(YAML_SUFFIXES)]
        reader.error(
            entry.mark,
            "unknown-session",
            f"there is no session called '{entry.session[:60]}'.",
            did_you_mean(entry.session, [*sorted(stems), *script_names()])
            or "Name a script beside the programme, or a shipped one ('psoas-audio list').",
        )
    return entry
