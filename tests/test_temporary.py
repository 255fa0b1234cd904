"""What a killed process left in the folder of temporary files goes; all else stays."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from psoas_audio.temporary import make_temporary_folder, remove_abandoned_folders, temporary_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes can't be asked for")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def age(path: Path, seconds: float = 7200) -> Path:
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def test_the_folder_of_a_dead_process_is_removed_after_an_hour(folder: Path) -> None:
    code = "from psoas_audio.temporary import make_temporary_folder as f; print(f())"
    env = {**os.environ, "TMPDIR": str(folder)}
    made = [
        Path(subprocess.run([sys.executable, "-c", code], env=env, stdout=-1).stdout.decode()[:-1])
        for _ in range(2)
    ]
    age(made[0]).joinpath("file").touch()
    age(made[0])
    assert remove_abandoned_folders() == 1
    assert [path for path in made if path.exists()] == made[1:]


def test_other_folders_stay(folder: Path) -> None:
    own = age(Path(make_temporary_folder()))
    for name in ("psoas-audio-notes", "psoas-audio-1-x y", "psoas-audio-", "other-99999999-abcdef"):
        age_of = folder / name
        age_of.mkdir()
        age(age_of)
    (folder / "psoas-audio-99999999-link").symlink_to(own)
    (folder / "psoas-audio-99999999-plain").touch()
    age(folder / "psoas-audio-99999999-plain")
    before = sorted(folder.iterdir())
    assert remove_abandoned_folders() == 0
    assert sorted(folder.iterdir()) == before
    with temporary_folder() as name:
        assert Path(name).parent == folder
