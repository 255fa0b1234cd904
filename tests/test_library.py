"""Shipped scripts, blocks and sounds are found; nothing outside a script's folder is."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas_audio import library
from psoas_audio.errors import PsoasError


def test_the_shipped_library_is_found() -> None:
    assert "supine-ball-release" in library.script_names()
    assert {"bowl", "small-bell", "soft-rain"} <= library.sound_names().keys()
    assert library.find_script("supine-ball-release").is_file()
    assert library.find_block("safety/before", None) is not None
    assert library.find_sound("bell") == library.find_sound("small-bell")


def test_a_wrong_name_gets_the_nearest() -> None:
    with pytest.raises(PsoasError) as error:
        library.find_script("supine-ball-relaese")
    assert error.value.hint == "Did you mean 'supine-ball-release'?"


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "~/x", "no such"])
def test_odd_names_are_not_scripts(name: str) -> None:
    with pytest.raises(PsoasError):
        library.find_script(name)


def test_only_files_inside_the_folder_are_found(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    (home / "sub").mkdir(parents=True)
    outside.mkdir()
    for folder in (home, home / "sub", outside):
        (folder / "x.wav").write_bytes(b"x")
        (folder / "x.yaml").write_text("steps: [Hello.]")
    (home / "link.wav").symlink_to(outside / "x.wav")
    (home / "near.wav").symlink_to(home / "x.wav")
    (home / "away").symlink_to(outside)
    (home / "loop.wav").symlink_to(home / "loop.wav")
    (home / "folder.wav").mkdir()
    assert library.find_sound("x.wav", home) == (home / "x.wav").resolve()
    assert library.find_sound("sub/x.wav", home) is not None
    assert library.find_sound("near.wav", home) is not None
    assert library.find_block("sub/x", home) is not None
    for name in (
        "../outside/x.wav", "sub/../x.wav", str(outside / "x.wav"), "link.wav", "away/x.wav",
        "loop.wav", "folder.wav", "~/x.wav", "..\\outside\\x.wav", "http://h/x.wav", "x.yaml", "",
        "concat:x.wav", "x.wav\0", "absent.wav",
    ):  # fmt: skip
        assert library.find_sound(name, home) is None, name
        assert library.find_block(name.replace(".wav", ""), home) is None or name == "x.yaml"


def test_a_shipped_block_is_never_shadowed(tmp_path: Path) -> None:
    (tmp_path / "safety").mkdir()
    (tmp_path / "safety" / "before.yaml").write_text("steps: [Hello.]")
    found = library.find_block("safety/before", tmp_path)
    assert found is not None
    assert not found.is_relative_to(tmp_path)
