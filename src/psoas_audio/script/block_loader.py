"""Loads blocks: the files of steps that scripts include, among them the safety blocks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from psoas_audio.errors import Mark
from psoas_audio.library import (
    block_names,
    did_you_mean,
    find_block,
    why_unusable,
    yaml_inside,
    yaml_names,
)
from psoas_audio.script.fields.keys import FieldValues, read_table
from psoas_audio.script.fields.reading import INVALID, Invalid, NodeReader, shorten
from psoas_audio.script.header import BLOCK_TABLE
from psoas_audio.script.source.events import ScalarNode, parse_yaml
from psoas_audio.script.source.files import read_bytes
from psoas_audio.script.steps import Step
from psoas_audio.script.steps.group import Group
from psoas_audio.script.texts import placeholders

MAX_BLOCK_DEPTH = 8
"""Levels of blocks that include blocks."""
MAX_INCLUDED_STEPS = 20_000
"""Steps that all includes of a script may add up to."""


class Block(NamedTuple):
    """A block as it is in its file."""

    title: str
    """Empty if it has none."""
    steps: tuple[Step, ...]
    values: Mapping[str, str]
    """Value to the words that it has by default."""
    covers: frozenset[str]
    """The safety points that its words cover."""
    used_values: frozenset[str]
    """Values used in its texts, or in those of the blocks that it includes."""
    size: int
    """Steps in it and in the blocks that it includes."""


@dataclass(slots=True)
class _OpenBlock:
    """A block that is being read, with what was found so far in the blocks that it includes."""

    path: Path
    size: int = 0
    """Steps of the included blocks."""
    used_values: set[str] = field(default_factory=set)
    """Values that they use without a default."""


@dataclass(slots=True)
class BlockLoader:
    """Loads the blocks of one script, each file once."""

    kind: str
    """The script's kind, which its safety blocks depend on."""
    folder: Path | None
    """The script's folder, which may have blocks too."""
    short: bool = False
    """Whether safety blocks are the short ones, where the kind has them."""
    loaded: dict[Path, Block | Invalid] = field(default_factory=dict)
    open: list[_OpenBlock] = field(default_factory=list)
    """The blocks that are being read, each included by the one before it."""
    size: int = 0
    """Steps of all includes so far."""

    def include(
        self, name: ScalarNode, values: Mapping[str, str], mark: Mark, reader: NodeReader
    ) -> Group | Invalid:
        """The steps of the block *name*, with *values* for its texts."""
        path = find_block(name.text, self.folder)
        if path is None:
            reasons = (why_unusable(self.folder, file) for file in yaml_names(name.text))
            why = next(filter(None, reasons), "")
            return reader.error(
                name.mark,
                "unknown-block",
                f"there is no block called '{shorten(name.text)}'{why and f': {why}'}.",
                did_you_mean(name.text, block_names())
                or "Use the name of a shipped block, or of a .yaml file in the script's folder.",
            )
        self._tell_of_shadowed(name, path, reader)
        block = self._block(path, name, reader)
        if isinstance(block, Invalid):
            return INVALID
        for value in values:
            if value not in block.used_values | block.values.keys():
                reader.error(
                    mark,
                    "unknown-value",
                    f"the block '{name.text}' has no value '{value}'.",
                    did_you_mean(value, sorted(block.used_values | block.values.keys())),
                )
        return Group(name.text, block.steps, {**block.values, **values}, block.covers, mark)

    def safety(self, part: ScalarNode, mark: Mark, reader: NodeReader) -> Group | Invalid:
        """The safety block of the script's kind for *part*."""
        short = (f"safety/{self.kind}-short-{part.text}", f"safety/short-{part.text}")
        full = (f"safety/{self.kind}-{part.text}", f"safety/{part.text}")
        for name in (*(short if self.short else ()), *full):
            if find_block(name, None) is not None:
                return self.include(ScalarNode(name, part.mark), {}, mark, reader)
        parts = sorted(
            {
                name.removeprefix("safety/").removeprefix(f"{self.kind}-")
                for name in block_names()
                if name.startswith("safety/") and "short-" not in name
            }
        )
        return reader.error(
            part.mark,
            "unknown-block",
            f"there is no safety block '{shorten(part.text)}' for the kind {self.kind}.",
            did_you_mean(part.text, parts) or "The parts are before, way-out and after.",
        )

    def title(self, group: Group) -> str:
        """The title of the block that *group* was made from; empty if it has none."""
        path = find_block(group.block, self.folder)
        block = self.loaded.get(path) if path else None
        return block.title if isinstance(block, Block) else ""

    def _tell_of_shadowed(self, name: ScalarNode, path: Path, reader: NodeReader) -> None:
        """Warn of a file beside the script that a shipped block of its name takes the place of."""
        own = None if self.folder is None or self.open else yaml_inside(self.folder, name.text)
        if own is not None and own != path:
            reader.warning(
                name.mark,
                "shipped-block",
                f"the shipped block '{shorten(name.text)}' is included, and not your {own.name}.",
                f"Write 'include: {name.text}{own.suffix}' for yours, or give it another name.",
            )

    def _block(self, path: Path, name: ScalarNode, reader: NodeReader) -> Block | Invalid:
        if any(each.path == path for each in self.open):
            chain = " → ".join(each.path.stem for each in [*self.open, _OpenBlock(path)])
            return reader.error(
                name.mark, "include-loop", f"these blocks include each other in a circle: {chain}."
            )
        if len(self.open) >= MAX_BLOCK_DEPTH:
            return reader.error(
                name.mark, "too-deep", f"blocks are nested deeper than {MAX_BLOCK_DEPTH} levels."
            )
        if path not in self.loaded:
            self.loaded[path] = self._read(path, reader)
        block = self.loaded[path]
        if isinstance(block, Invalid):
            return INVALID
        self.size += block.size
        if self.open:
            self.open[-1].size += block.size
            self.open[-1].used_values |= block.used_values - block.values.keys()
        if self.size > MAX_INCLUDED_STEPS:
            return reader.error(
                name.mark,
                "too-large",
                f"the included blocks have more than {MAX_INCLUDED_STEPS:,} steps.",
            )
        return block

    def _read(self, path: Path, reader: NodeReader) -> Block | Invalid:
        shown = _display_path(path)
        node = parse_yaml(read_bytes(path, shown), shown, reader.problems)
        if node is None:
            return INVALID
        opened = _OpenBlock(path)
        self.open.append(opened)
        before, counted = len(reader.spoken), self.size
        fields = read_table(BLOCK_TABLE, node, reader)
        self.open.pop()
        self.size = counted  # _block counts what it includes together with it
        if not isinstance(fields, FieldValues):
            return INVALID
        names = {name for text in reader.spoken[before:] for name in placeholders(text.words)}
        return Block(
            fields["title"].words if fields["title"] else "",
            fields["steps"],
            fields["values"],
            frozenset(fields["covers"]),
            frozenset(names | opened.used_values),
            sum(step.size for step in fields["steps"]) + opened.size,
        )


def _display_path(path: Path) -> str:
    """*path* relative to the working directory, if it is below it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative
