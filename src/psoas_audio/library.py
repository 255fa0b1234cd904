"""Finds the shipped scripts, blocks and sounds, and blocks and sounds beside a script.

A block or a sound is never looked up outside its folder: names with ``..``, absolute paths and
links that lead out of the folder are rejected before anything is opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from psoas_audio.errors import PsoasError

SOUND_KINDS = (".flac", ".ogg", ".wav")
"""Suffixes of shipped sounds, in order of preference."""

OWN_SOUND_KINDS = (
    *(*SOUND_KINDS, ".mp3", ".opus", ".aif", ".aiff"),
    *(".m4a", ".mp4", ".aac", ".wma", ".mka", ".webm"),
)
"""Suffixes of sounds beside a script; ffmpeg decodes those on the second line."""

YAML_SUFFIXES = (".yaml", ".yml")
"""Suffixes of scripts, blocks and programmes."""
CATALOGUES_FOLDER = "locale"
"""The folder beside a script with a folder for each language, of its translation catalogues."""

SOUND_SHORT_NAMES = {"bell": "small-bell"}
"""Short name of a sound in scripts to the name of the shipped sound."""


@cache
def root() -> Path:
    """The folder with ``scripts/`` and ``sounds/``: in the wheel, or the root of a checkout."""
    here = Path(__file__).resolve().parent
    shipped = here / "shipped"
    return shipped if shipped.is_dir() else here.parents[1]


def script_names() -> list[str]:
    """Names of the shipped scripts, sorted."""
    return stems(root() / "scripts", ".yaml")


def programme_names() -> list[str]:
    """Names of the shipped programmes, sorted."""
    return stems(root() / "scripts" / "programmes", ".yaml")


def stems(folder: Path, suffix: str) -> list[str]:
    """Names of the files in *folder* without their *suffix*, sorted.

    Raises ``OSError`` if the folder can't be listed (``Path.glob`` would find nothing).
    """
    return sorted(
        name.removesuffix(suffix)
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith(suffix)
    )


def find_script(name_or_path: str | Path) -> Path:
    """The path of the script at a path, or of the shipped script with that name.

    Raises ``PsoasError`` if there is none; its hint has a similar name if there is one.
    """
    path = Path(name_or_path)
    named = os.fspath(name_or_path)
    fault = _path_fault(path)
    if not fault:
        return path
    shipped = root() / "scripts" / f"{named}.yaml"
    if os.sep not in named and "/" not in named and not _path_fault(shipped):
        return shipped
    if path.suffix.lower() in YAML_SUFFIXES or len(path.parts) > 1 or fault == "is a folder":
        raise PsoasError(
            f"the script {_quoted(named)} {fault}.",
            hint=did_you_mean(path.stem, script_names())
            or "Give the path of a .yaml file, or the name of a shipped script"
            " ('psoas-audio list' shows them).",
        )
    if named in programme_names():
        raise PsoasError(
            f"{_quoted(named)} is a programme, and no script.",
            hint=f"'psoas-audio programme show {named}' shows it, 'programme render' makes it.",
        )
    raise PsoasError(
        f"there is no script called {_quoted(named)}.",
        hint=did_you_mean(named, script_names()) or "'psoas-audio list' shows the shipped ones.",
    )


def find_block(name: str, beside: Path | None) -> Path | None:
    """The file of the block *name*: a shipped one, or else one in the folder *beside*.

    A name with its ending, such as ``closing.yaml``, is that of a file in *beside* first.
    """
    shipped = inside(root() / "scripts" / "blocks", yaml_names(name)[0])
    own = None if beside is None else yaml_inside(beside, name)
    return own or shipped if name.lower().endswith(YAML_SUFFIXES) else shipped or own


def yaml_inside(folder: Path, name: str) -> Path | None:
    """The YAML file *name* in *folder*, whose ending may be left out; ``None`` without one."""
    found = (inside(folder, relative) for relative in yaml_names(name))
    return next((path for path in found if path is not None), None)


def yaml_names(name: str) -> tuple[str, ...]:
    """The names that the YAML file *name* may have, whose ending may be left out."""
    if name.lower().endswith(YAML_SUFFIXES):
        return (name,)
    return tuple(name + suffix for suffix in YAML_SUFFIXES)


def block_names() -> list[str]:
    """Names of the shipped blocks, sorted, with ``/`` between folders."""
    top = root() / "scripts" / "blocks"
    return sorted(path.relative_to(top).with_suffix("").as_posix() for path in top.rglob("*.yaml"))


@cache
def sound_names() -> dict[str, Path]:
    """Name of each shipped sound (the stem of its file) to its path."""
    found: dict[str, Path] = {}
    for folder in ("bells", "beds"):
        for suffix in reversed(SOUND_KINDS):
            for name in stems(root() / "sounds" / folder, suffix):
                found[name] = root() / "sounds" / folder / f"{name}{suffix}"
    return dict(sorted(found.items()))


def find_sound(name: str, beside: Path | None = None) -> Path | None:
    """The file of the sound *name*: a shipped one, or else a file in the folder *beside*."""
    shipped = sound_names().get(SOUND_SHORT_NAMES.get(name, name))
    if shipped is not None or beside is None or Path(name).suffix.lower() not in OWN_SOUND_KINDS:
        return shipped
    return inside(beside, name)


def inside(folder: Path, relative: str) -> Path | None:
    """The regular file *relative* to *folder*; ``None`` if it is missing or outside the folder."""
    found = _within(folder, relative)
    return found if found is not None and found.is_file() else None


def why_unusable(folder: Path | None, name: str, suffixes: Sequence[str] = ()) -> str:
    """Why the file *name* can't be used by a script in *folder*, as a message says it.

    Empty if there is no such file. *suffixes* are those that it may have; by default any. Nothing
    outside the folder is looked for.
    """
    if _leads_out(name):
        return "only files in the script's folder can be used"
    try:
        if folder is None or not os.path.lexists(folder / name):
            return ""
        if _within(folder, name) is None:
            return "it is a link that leads out of the script's folder, or nowhere"
        if not (folder / name).is_file():
            return "it is a folder" if (folder / name).is_dir() else "it isn't a regular file"
    except (OSError, ValueError):
        return ""
    if suffixes and Path(name).suffix.lower() not in suffixes:
        return f"the kinds that can be used are {', '.join(suffixes)}"
    return ""


def folder_inside(folder: Path, relative: str) -> Path | None:
    """The folder *relative* to *folder*; ``None`` if it is missing or outside the folder."""
    found = _within(folder, relative)
    return found if found is not None and found.is_dir() else None


def _leads_out(relative: str) -> bool:
    parts = relative.replace("\\", "/").split("/")
    return relative.startswith(("/", "~")) or ".." in parts or ":" in relative or "\0" in relative


def _within(folder: Path, relative: str) -> Path | None:
    if _leads_out(relative):
        return None
    try:
        top = folder.resolve(strict=True)
        real = (top / relative).resolve(strict=True)
        return real if real.is_relative_to(top) else None
    except (OSError, ValueError, RuntimeError):  # missing, a loop of links, too long
        return None


def nearest(word: str, words: list[str]) -> str:
    """The one of *words* that is most similar to *word*, in any case; empty if none is similar."""
    by_key = {each.casefold(): each for each in reversed(words)}
    near = get_close_matches(word[:80].casefold(), list(by_key), n=1, cutoff=0.6)
    return by_key[near[0]] if near else ""


def did_you_mean(word: str, words: list[str]) -> str:
    """``Did you mean 'x'?`` with the most similar of *words*; empty if none is similar."""
    near = nearest(word, words)
    return f"Did you mean '{near}'?" if near else ""


def _path_fault(path: Path) -> str:
    """Why *path* can't be a script, as a message says it after the name; empty if it can."""
    try:
        return "is a folder" if stat.S_ISDIR(path.stat().st_mode) else ""
    except PermissionError:
        return "can't be read: permission denied"
    except (OSError, ValueError):  # missing, a loop of links, too long, with a NUL
        is_link = os.path.islink(path)  # noqa: PTH114 - Path.is_symlink raises for a long name
        return "is a link that leads nowhere" if is_link else "doesn't exist"


def _quoted(name: str) -> str:
    """*name* in quotes, truncated to 80 characters."""
    return repr(name if len(name) <= 80 else name[:79] + "…")
