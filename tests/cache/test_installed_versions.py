"""The versions of packages come from the cache, until a package is installed or updated."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
import json, os, sys
if sys.argv[1:]:
    os.rmdir(os.getcwd())
from psoas_audio.cache.installed_versions import installed_versions
versions = installed_versions()
print(json.dumps([versions, "importlib.metadata" in sys.modules]))
"""


def look_up(tmp_path: Path, *, in_removed_folder: bool = False) -> Any:
    """The versions as a new process finds them, and whether it had to look them up."""
    folders = os.pathsep.join([str(tmp_path / "packages"), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PSOAS_AUDIO_CACHE": str(tmp_path / "cache"), "PYTHONPATH": folders}
    command = [sys.executable, "-c", PROGRAM, *["gone"] * in_removed_folder]
    current = tmp_path / "gone" if in_removed_folder else tmp_path
    current.mkdir(exist_ok=True)
    done = subprocess.run(command, env=env, cwd=current, capture_output=True, check=True)
    return json.loads(done.stdout)


def install(tmp_path: Path, version: str) -> None:
    folder = tmp_path / "packages" / f"soxr-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: soxr\nVersion: {version}\n")


def test_versions_are_looked_up_once_until_a_package_changes(tmp_path: Path) -> None:
    install(tmp_path, "0.0.1")
    first, looked_up = look_up(tmp_path)
    assert looked_up
    assert first["soxr"] == "0.0.1"
    assert first.keys() >= {"numpy", "pedalboard", "mutagen"}
    (tmp_path / "session.mp3").touch()  # the current folder changes with every render
    assert look_up(tmp_path) == [first, False]

    shutil.rmtree(tmp_path / "packages" / "soxr-0.0.1.dist-info")
    install(tmp_path, "0.0.2")
    second, looked_up = look_up(tmp_path)
    assert looked_up
    assert second == {**first, "soxr": "0.0.2"}


def test_a_cache_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    install(tmp_path, "0.0.1")
    (tmp_path / "cache").touch()
    versions, _ = look_up(tmp_path)
    assert versions["soxr"] == "0.0.1"


@pytest.mark.skipif(os.name == "nt", reason="Windows doesn't remove the current folder")
def test_the_current_folder_may_be_gone(tmp_path: Path) -> None:
    install(tmp_path, "0.0.1")
    versions, _ = look_up(tmp_path, in_removed_folder=True)
    assert versions["soxr"] == "0.0.1"
