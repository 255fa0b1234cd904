"""The folder that a site is made of: its scripts and programmes, and what is left over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from psoas_audio.errors import PsoasError
from psoas_audio.library import CATALOGUES_FOLDER, YAML_SUFFIXES, find_block
from psoas_audio.programme.load import PROGRAMMES_FOLDER, is_programme
from psoas_audio.script.source.events import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml
from psoas_audio.script.source.files import read_bytes


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """What a folder has for a site."""

    path: Path
    scripts: tuple[Path, ...]
    programmes: tuple[Path, ...]
    """Those in the folder, then those in its folder ``programmes``."""
    blocks: tuple[Path, ...]
    """Files that scripts of the folder include; they are no sessions of their own."""
    texts: frozenset[str]
    """Every value in its scripts, blocks and programmes, in which they name other files."""


def read_folder(path: Path) -> SiteFolder:
    """What the folder *path* has; raises :class:`PsoasError` if it or a script can't be read."""
    files = _yaml_files(path)
    both = [*files, *_yaml_files(path / PROGRAMMES_FOLDER)]
    programmes = tuple(file for file in both if is_programme(str(file)))
    values = [pair for file in both for pair in _values_of(file)]
    included = {find_block(text, path) for key, text in values if key == "include"}
    others = [file for file in files if file not in programmes]
    return SiteFolder(
        path,
        tuple(file for file in others if file.resolve() not in included),
        programmes,
        tuple(file for file in others if file.resolve() in included),
        frozenset(text for _, text in values),
    )


def left_over(
    folder: SiteFolder, is_made: Callable[[Path], bool], languages: Collection[str]
) -> tuple[Path, ...]:
    """The files and folders in *folder* that nothing is made of, sorted.

    *is_made* says which ones belong to the site or to its sessions, *languages* which languages
    these have: a folder with the translations of another one is left over. Hidden ones don't count.
    """
    used = {*folder.scripts, *folder.programmes, *folder.blocks}

    def is_used(path: Path) -> bool:
        if path in used or is_made(path):
            return True
        names = {path.name, path.stem} if path.suffix.lower() in YAML_SUFFIXES else {path.name}
        return not names.isdisjoint(folder.texts) or any(
            text.startswith(f"{path.name}/") for text in folder.texts
        )

    shown = _entries(folder.path)
    programmes, catalogues = folder.path / PROGRAMMES_FOLDER, folder.path / CATALOGUES_FOLDER
    if any(file.parent == programmes for file in folder.programmes):
        shown = [path for path in shown if path != programmes] + _entries(programmes)
    if catalogues in shown and any((catalogues / language).is_dir() for language in languages):
        others = [path for path in _entries(catalogues) if path.name not in languages]
        shown = [path for path in shown if path != catalogues] + others
    return tuple(sorted(path for path in shown if not is_used(path)))


def _entries(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _yaml_files(folder: Path) -> list[Path]:
    """The YAML files in *folder*, sorted; none if there is no such folder."""
    try:
        entries = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        reason = (error.strerror or "it can't be listed").lower()
        raise PsoasError(
            f"the folder can't be read: {reason}.",
            where=str(folder),
            hint="Check that you may list it.",
        ) from error
    return [e for e in entries if e.suffix.lower() in YAML_SUFFIXES and not e.is_dir()]


def _values_of(file: Path) -> Iterator[tuple[str, str]]:
    """Each key and value in *file*, as far as it can be read; items of a list have its key."""
    node = parse_yaml(read_bytes(file, str(file)), str(file), [])
    yield from () if node is None else _pairs("", node)


def _pairs(key: str, node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case ScalarNode(text=text):
            yield key, text
        case SequenceNode(items=items):
            yield from _flat(_pairs(key, item) for item in items)
        case MappingNode(pairs=pairs):
            yield from _flat(_pairs(inner.text, value) for inner, value in pairs)


def _flat(parts: Iterable[Iterator[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    for part in parts:
        yield from part
