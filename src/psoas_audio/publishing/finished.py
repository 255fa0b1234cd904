"""Finished sessions of a folder, copied to the folder of the site."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from psoas_audio.atomic_files import Publication
from psoas_audio.rendering.outputs import OUTPUTS
from psoas_audio.rendering.session_formats import SESSION_FORMATS
from psoas_audio.timeline.file import TIMELINE_SUFFIX


def copy_finished(folder: Path, output: Path, rendered: Collection[str]) -> list[Path]:
    """Copy every finished session in *folder*, with its outputs, to *output*.

    A finished session is a sound with a timeline beside it. *rendered* are the names of sounds that
    were rendered from scripts, which stay. Returns the new and changed files; raises
    :class:`~psoas_audio.errors.OutputError`.
    """
    if output.resolve() == folder.resolve():
        return []
    with Publication(overwrite=True) as publication:
        for source in _finished(folder, rendered):
            path = output / source.name
            if not path.is_file() or not filecmp.cmp(source, path, shallow=False):
                publication.reserve(path)
                with publication.open(path) as file, source.open("rb") as data:
                    shutil.copyfileobj(data, file)
        return list(publication.publish())


def _finished(folder: Path, rendered: Collection[str]) -> Iterator[Path]:
    """The files of the finished sessions in *folder*."""
    suffixes = [row.suffix for row in OUTPUTS.values() if row.on_site]
    for timeline in sorted(folder.glob(f"*{TIMELINE_SUFFIX}")):
        name = timeline.name.removesuffix(TIMELINE_SUFFIX)
        sounds = [folder / f"{name}.{form}" for form in SESSION_FORMATS]
        sound = next((path for path in sounds if path.is_file()), None)
        if sound is not None and sound.name not in rendered:
            outputs = {timeline, *(folder / f"{name}{suffix}" for suffix in suffixes)}
            yield from (path for path in (sound, *sorted(outputs)) if path.is_file())
