"""The walls of the house: which room may import which (docs/architecture.md has the picture)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import psoas_audio

PACKAGE = Path(psoas_audio.__file__).parent

ROOMS: dict[str, set[str]] = {
    "cli": {"watch", "batch", "programme", "rendering", "qc", "deliver", "speech", "script",
            "timeline", "translation", "store", "library", "allocator", "units", "errors"},
    "watch": {"rendering", "mix", "deliver", "timeline", "planning", "script", "library", "units",
              "errors"},
    "batch": {"rendering", "planning", "script", "allocator", "processors", "units", "errors"},
    "programme": {"rendering", "deliver", "timeline", "translation", "planning", "script",
                  "library", "units", "errors"},
    "rendering": {"qc", "mix", "deliver", "encode", "master", "sound", "speech", "timeline",
                  "translation", "planning", "script", "remote", "store", "library", "allocator",
                  "installed",
                  "units", "errors"},
    "mix": {"timeline", "sound", "units"},
    "qc": {"timeline", "master", "sound", "encode", "units", "errors"},
    "deliver": {"timeline", "units", "errors"},
    "timeline": {"planning", "units", "errors"},
    "translation": {"planning", "script", "units", "errors"},
    "planning": {"script", "units", "errors"},
    "speech": {"store", "sound", "master", "installed", "processors", "errors", "units"},
    "encode": {"store", "installed", "processors", "errors", "units"},
    "sound": {"weighting", "units", "errors"},
    "master": {"weighting", "units"},
    "script": {"library", "errors", "units"},
    "remote": {"store", "errors"},
    "weighting": set(),
    "store": {"errors"},
    "library": {"errors"},
    "allocator": set(),
    "processors": set(),
    "installed": set(),
    "units": set(),
    "errors": set(),
    "frozen": set(),
}  # fmt: skip
"""Each room, and the rooms it may import from besides ``frozen``, which is everybody's; the order
is that of the floors."""

FORBIDDEN: dict[str, set[str]] = {
    "cli": {"numpy", "mutagen"},
    "watch": {"click", "numpy"},
    "batch": {"click", "numpy"},
    "programme": {"click", "numpy"},
    "rendering": {"click"},
    "mix": {"click", "soundfile"},
    "planning": {"yaml", "numpy"},
    "timeline": {"yaml", "numpy", "soundfile"},
    "store": {"numpy"},
    "units": {"numpy", "click"},
    "errors": {"numpy", "click"},
    "script": {"numpy", "soundfile"},
}
"""Libraries that a room must not know."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            if node.module == "psoas_audio":
                yield from (f"psoas_audio.{alias.name}" for alias in node.names)
            else:
                yield node.module


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_from_the_rooms_it_may(path: Path) -> None:
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    allowed = ROOMS[room] | {room, "frozen", "__version__"}
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "psoas_audio":
            assert len(parts) > 1, f"{path.name} imports the whole package"
            assert parts[1] in allowed, f"{room} may not import from {parts[1]}"
        else:
            assert parts[0] not in FORBIDDEN.get(room, set()), f"{room} must not know {parts[0]}"


def test_each_room_imports_from_below_only() -> None:
    floors = list(ROOMS)
    for room, below in ROOMS.items():
        assert all(floors.index(other) > floors.index(room) for other in below), room


SOUND = {"numpy", "soxr", "concurrent", "subprocess"}
"""What speaks, and reads what was spoken."""
FINISH = {"soundfile", "pedalboard", "mutagen", "jinja2", "PIL", "polib", "pyttsx3", "pydub",
          "rich", "email", "difflib"}  # fmt: skip
"""What encodes, checks and dresses a session, or shows how far it is."""


@pytest.mark.parametrize(
    ("command", "spared"),
    [
        ("--help", {"yaml", *SOUND, *FINISH}),
        ("check supine-ball-release", SOUND | FINISH),
        ("list", SOUND | FINISH),
        ("plan about-the-psoas --engine espeak", FINISH),
    ],
)
def test_a_command_starts_without_the_heavy_libraries(
    command: str, spared: set[str], tmp_path: Path
) -> None:
    import os
    import subprocess
    import sys

    code = (
        "import contextlib, sys; from psoas_audio.cli import main\n"
        f"with contextlib.suppress(SystemExit): main.cli({command.split()})\n"
        f"print('loaded', *sorted({spared!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PSOAS_AUDIO_CACHE": str(tmp_path)},
    )
    assert done.stderr.splitlines()[-1] == "loaded"


def test_every_module_says_what_it_owns() -> None:
    for path in modules():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
