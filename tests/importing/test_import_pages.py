"""Pages in all the forms that teachers write, and what a session of each holds.

Each file of the folder ``pages`` is a page, and behind ``==== expected ====`` what is to become of
it: what is said, and every pause, hold, breath and bell in order. What isn't listed, such as keys,
notes and page numbers, must not be spoken.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from psoas_audio.importing.convert import import_sources

PAGES = Path(__file__).parent / "pages"
_SPLIT = b"==== expected ====\n"
_SIDES = {
    "en": ("left", "right"),
    "de": ("links", "rechts"),
    "es": ("izquierda", "derecha"),
    "fr": ("gauche", "droite"),
}


def outline(text: str) -> list[str]:
    """What a script holds, a step a line; texts that follow each other are one."""
    document = yaml.load(text, Loader=yaml.BaseLoader)
    language = document.get("language", "en")[:2]
    lines = [f"title {document['title']}"]
    for chapter in document.get("chapters", [document]):
        if chapter is not document and chapter["title"] != document["title"]:
            lines.append(f"chapter {chapter['title']}")
        lines += _steps(chapter["steps"], language)
    return merged(lines)


def _steps(steps: list[Any], language: str, sides: tuple[str, ...] = ()) -> list[str]:
    found: list[str] = []
    for step in steps:
        match step:
            case {"say": words}:
                found += _said(words, language, sides)
            case {"repeat": rounds, "steps": inner, **rest}:
                between = f" rest {rest['rest']}" if rest else ""
                found.append(f"repeat {rounds}{between}: {_joined(inner, language, sides)}")
            case {"sets": sets, "steps": inner}:
                found.append(f"sets {_counted(sets)}: {_joined(inner, language, sides)}")
            case {"sets": sets, **rest}:
                found.append(f"sets {_counted(sets)}: {_joined([rest], language, sides)}")
            case {"sides": order, "steps": inner}:
                both = ("left", "right") if order == "both" else tuple(order)
                found.append(f"sides {' '.join(both)}: {_joined(inner, language, both)}")
            case {"breathe": {"pattern": pattern, **rest}}:
                found.append(f"breathe {_pattern(pattern)} {_amount(rest)}")
            case {"bell": _}:
                found.append("bell")
            case _:
                [(key, value)] = step.items()
                found.append(f"{key} {value}")
    return found


def _joined(steps: list[Any], language: str, sides: tuple[str, ...]) -> str:
    return ", ".join(merged(_steps(steps, language, sides)))


def _said(words: str, language: str, sides: tuple[str, ...]) -> list[str]:
    if words == "{side}.":
        return []
    names = dict(zip(("left", "right"), _SIDES[language], strict=True))
    if sides:
        words = words.replace("{side}", names[sides[0]]).replace("{other_side}", names[sides[1]])
    words = words.replace("*", "").replace("{{", "{").replace("}}", "}")
    parts = re.split(r"\s*\[(pause [^\]]+)\]\s*", words)
    return [part if n % 2 else f"say {part}" for n, part in enumerate(parts) if part]


def _counted(sets: Any) -> str:
    return f"{sets['count']} rest {sets['rest']}" if isinstance(sets, dict) else str(sets)


def _pattern(pattern: Any) -> str:
    named = {"box": "4-4-4-4", "4-7-8": "4-7-8-0", "coherent": "5.5-0-5.5-0", "belly": "4-0-6-0"}
    if isinstance(pattern, str):
        return named[pattern]
    phases = [pattern[0], "0", pattern[1], "0"] if len(pattern) == 2 else [*pattern, "0"][:4]
    return "-".join(phases)


def _amount(rest: dict[str, str]) -> str:
    return f"x{rest['breaths']}" if "breaths" in rest else rest["time"]


def merged(lines: list[str]) -> list[str]:
    """*lines* with texts that follow each other as one."""
    found: list[str] = []
    for line in lines:
        if line.startswith("say ") and found and found[-1].startswith("say "):
            found[-1] += line.removeprefix("say")
        else:
            found.append(line)
    return found


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda path: path.name)
def test_a_page_becomes_what_it_asks_for(page: Path) -> None:
    written, _, expected = page.read_bytes().partition(_SPLIT)
    imported = import_sources([(page.name, written)], page.stem)
    assert outline(imported.text) == merged(expected.decode().splitlines())


@pytest.mark.parametrize("page", sorted(PAGES.iterdir()), ids=lambda path: path.name)
def test_check_accepts_what_was_imported(page: Path) -> None:
    written = page.read_bytes().partition(_SPLIT)[0]
    problems = import_sources([(page.name, written)], page.stem).problems
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
