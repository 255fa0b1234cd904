"""Publishing: all files of a session take their names, or what was there stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from psoas_audio.atomic_files import Publication, remove_stale_parts
from psoas_audio.errors import OutputError

NAMES = ("a.mp3", "b.json", "c.html")


def publish(folder: Path) -> None:
    with Publication(overwrite=True) as publication:
        for name in NAMES:
            publication.reserve(folder / name)
            publication.write(folder / name, b"new")
        publication.publish()


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("nth", range(3))
def test_a_failed_rename_leaves_every_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int, links: bool
) -> None:
    (tmp_path / "a.mp3").write_bytes(b"old")
    before = found(tmp_path)
    target = tmp_path / NAMES[nth]
    replace = Path.replace

    def failing(self: Path, other: Path) -> Path:
        if other == target and self.read_bytes() == b"new":
            raise PermissionError(13, "Permission denied")
        return replace(self, other)

    def unlinked(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(Path, "replace", failing)
    if not links:
        monkeypatch.setattr(os, "link", unlinked)
    with pytest.raises(OutputError, match="permission denied"):
        publish(tmp_path)
    assert found(tmp_path) == before
    monkeypatch.setattr(Path, "replace", replace)
    publish(tmp_path)
    assert found(tmp_path) == dict.fromkeys(NAMES, b"new")


def test_a_folder_a_pipe_and_a_name_too_long_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").mkdir()
    with pytest.raises(OutputError, match="not a regular file"):
        publish(tmp_path)
    with Publication(overwrite=True) as publication:
        for name in ("x" * 300 + ".mp3", "nul\0.mp3"):
            with pytest.raises(OutputError, match="could not be written"):
                publication.reserve(tmp_path / name)
        (tmp_path / "file").touch()
        with pytest.raises(OutputError, match="could not be written"):
            publication.reserve(tmp_path / "file" / "a.mp3")


def test_old_leftovers_are_swept_and_young_ones_and_other_files_stay(tmp_path: Path) -> None:
    hour, year = 3600, 365 * 86400
    for name, age in (("old", 2 * hour), ("young", 60), ("ahead", -year), ("behind", year)):
        path = tmp_path / f".psoas-audio-{name}.part"
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    (tmp_path / "mine.part").touch()
    os.utime(tmp_path / "mine.part", (1, 1))
    assert remove_stale_parts(tmp_path) == 3
    assert set(found(tmp_path)) == {".psoas-audio-young.part", "mine.part"}
    assert remove_stale_parts(tmp_path / "nowhere") == 0
