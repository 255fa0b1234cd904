"""Finding shipped scripts, blocks and sounds, and the ones beside a script.

Nothing is found outside its folder: names with ``..``, absolute paths and links
that lead out are refused (sounds, blocks) before anything is opened.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from psoas_audio.errors import PsoasError

SOUND_KINDS = (".flac", ".ogg", ".wav")
"""Suffixes of shipped sounds, the preferred first."""

OWN_SOUND_KINDS = (
    *(*SOUND_KINDS, ".mp3", ".opus", ".aif", ".aiff"),
    *(".m4a", ".mp4", ".aac", ".wma", ".mka", ".webm"),
)
"""Suffixes of producers' own sounds; those of the second line are read by ffmpeg."""

SOUND_SHORT_NAMES = {"bell": "small-bell"}
"""What a script may write for a shipped sound."""


@cache
def root() -> Path:
    """The folder that holds ``scripts/`` and ``sounds/``: in the wheel, else the checkout's top."""
    here = Path(__file__).resolve().parent
    shipped = here / "shipped"
    return shipped if shipped.is_dir() else here.parents[1]


def script_names() -> list[str]:
    """Names of the shipped scripts, sorted."""
    return sorted(path.stem for path in (root() / "scripts").glob("*.yaml"))


def find_script(name_or_path: str | Path) -> Path:
    """The file a user means: a path, or the name of a shipped script.

    Raises ``PsoasError`` where there is none, with the nearest shipped name.
    """
    path = Path(name_or_path)
    named = os.fspath(name_or_path)
    shipped = root() / "scripts" / f"{named}.yaml"
    try:
        if path.exists() and not path.is_dir():
            return path
        if os.sep not in named and "/" not in named and shipped.is_file():
            return shipped
    except (OSError, ValueError):  # too long a name, a NUL in it
        pass
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        what = "is a folder" if _is_dir(path) else "isn't there"
        raise PsoasError(
            f"the script {_shown(named)} {what}.",
            hint=did_you_mean(path.stem, script_names())
            or "Give the path of a .yaml file or a shipped script's name; "
            "'psoas-audio list' shows them.",
        )
    raise PsoasError(
        f"there is no script called {_shown(named)}.",
        hint=did_you_mean(named, script_names()) or "'psoas-audio list' shows the shipped ones.",
    )


def find_block(name: str, beside: Path | None) -> Path | None:
    """The file of the block *name*: a shipped one first, then one in the folder *beside*."""
    relative = name if name.endswith(".yaml") else f"{name}.yaml"
    folders = [root() / "scripts" / "blocks"] + ([beside] if beside is not None else [])
    for folder in folders:
        if (found := inside(folder, relative)) is not None:
            return found
    return None


def block_names() -> list[str]:
    """Names of the shipped blocks, sorted; ``/`` between folders."""
    top = root() / "scripts" / "blocks"
    return sorted(path.relative_to(top).with_suffix("").as_posix() for path in top.rglob("*.yaml"))


@cache
def sound_names() -> dict[str, Path]:
    """Every shipped sound by its name (the file's stem)."""
    found: dict[str, Path] = {}
    for folder in ("bells", "beds"):
        for suffix in reversed(SOUND_KINDS):
            for path in sorted((root() / "sounds" / folder).glob(f"*{suffix}")):
                found[path.stem] = path
    return dict(sorted(found.items()))


def find_sound(name: str, beside: Path | None = None) -> Path | None:
    """The file of the sound *name*: a shipped one, or a file in the folder *beside* a script."""
    shipped = sound_names().get(SOUND_SHORT_NAMES.get(name, name))
    if shipped is not None or beside is None or Path(name).suffix.lower() not in OWN_SOUND_KINDS:
        return shipped
    return inside(beside, name)


def inside(folder: Path, relative: str) -> Path | None:
    """The regular file *relative* to *folder*; ``None`` if it isn't there or leads outside."""
    found = _within(folder, relative)
    return found if found is not None and found.is_file() else None


def folder_inside(folder: Path, relative: str) -> Path | None:
    """The folder *relative* to *folder*; ``None`` if it isn't there or leads outside."""
    found = _within(folder, relative)
    return found if found is not None and found.is_dir() else None


def _within(folder: Path, relative: str) -> Path | None:
    parts = relative.replace("\\", "/").split("/")
    if relative.startswith(("/", "~")) or ".." in parts or ":" in relative or "\0" in relative:
        return None
    try:
        top = folder.resolve(strict=True)
        real = (top / relative).resolve(strict=True)
        return real if real.is_relative_to(top) else None
    except (OSError, ValueError, RuntimeError):  # missing, a loop of links, too long
        return None


def nearest(word: str, words: list[str]) -> str:
    """The one of *words* most like *word*; empty if none is like it."""

    return next(iter(get_close_matches(word[:80], words, n=1, cutoff=0.6)), "")


def did_you_mean(word: str, words: list[str]) -> str:
    """``Did you mean 'x'?`` for the one of *words* most like *word*; else empty."""
    near = nearest(word, words)
    return f"Did you mean '{near}'?" if near else ""


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _shown(name: str) -> str:
    """*name* in quotes, cut to a readable length."""
    return repr(name if len(name) <= 80 else name[:79] + "…")
