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


def test_no_file_is_written_to_try_a_folder(tmp_path: Path) -> None:
    """``tempfile.gettempdir`` writes one, which a signal could leave there."""
    code = """
import sys, tempfile
from psoas_audio import temporary
tempfile._get_default_tempdir = None
print(temporary.make_temporary_folder())
temporary.remove_abandoned_folders()
"""
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).parent == tmp_path


@pytest.mark.parametrize("value", ["/nowhere/at/all", "file", ""])
def test_a_folder_that_cannot_be_used_is_passed_over(tmp_path: Path, value: str) -> None:
    (tmp_path / "file").touch()
    code = "from psoas_audio.temporary import make_temporary_folder as f; print(f())"
    env = {**os.environ, "TMPDIR": value, "TEMP": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).parent == tmp_path
