"""The bit rate and the cover that a script or its user asks for are those of the files."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from PIL import Image

from psoas_audio.cli.main import cli

SCRIPT = """title: Small
safety: none
{more}
steps:
  - say: Let go.
  - hold: 3s
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


def write(folder: Path, more: str = "") -> Path:
    path = folder / "small.yaml"
    path.write_text(SCRIPT.format(more=more), encoding="utf-8")
    return path


def picture(path: Path, size: tuple[int, int], mode: str = "RGB") -> None:
    Image.new(mode, size, "teal").save(path)


def test_the_script_sets_the_bit_rate_and_an_option_overrides_it(tmp_path: Path) -> None:
    script = write(tmp_path, "bitrate: 128")
    out = tmp_path / "small.mp3"
    assert run("render", script, "-o", out).exit_code == 0
    assert MP3(out).info.bitrate == 128_000
    assert run("render", script, "-o", out, "-f", "--bitrate", "192").exit_code == 0
    assert MP3(out).info.bitrate == 192_000
    assert run("qc", out).exit_code == 0


def test_an_invalid_bit_rate_is_reported_with_the_valid_ones(tmp_path: Path) -> None:
    told = run("check", write(tmp_path, "bitrate: 100"))
    assert told.exit_code == 3
    assert "'100' isn't a bit rate." in told.output
    refused = run("render", write(tmp_path), "--format", "wav", "--bitrate", "128").exception
    assert "no bit rate" in str(refused)


def test_a_batch_with_another_bit_rate_makes_its_sessions_again(tmp_path: Path) -> None:
    script = write(tmp_path)

    def rendered(*more: str) -> str:
        return run("batch", script, "-o", tmp_path / "out", *more).output

    assert "1 rendered, 0 kept" in rendered()
    assert "0 rendered, 1 kept" in rendered()
    assert "1 rendered, 0 kept" in rendered("--bitrate", "160")
    assert MP3(tmp_path / "out" / "small.mp3").info.bitrate == 160_000


def test_an_own_cover_is_in_the_tag_and_beside_the_session(tmp_path: Path) -> None:
    script = write(tmp_path, "cover: mine.png")
    picture(tmp_path / "mine.png", (3600, 3600), "RGBA")
    assert run("render", script, "-o", tmp_path / "small.mp3", "--with", "cover").exit_code == 0
    beside = (tmp_path / "small.jpg").read_bytes()
    assert ID3(tmp_path / "small.mp3").getall("APIC")[0].data == beside
    with Image.open(BytesIO(beside)) as made:
        assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (3000, 3000))
        assert made.getpixel((9, 9)) == pytest.approx((0, 128, 128), abs=4)


def test_another_picture_makes_the_session_again(tmp_path: Path) -> None:
    write(tmp_path, "cover: mine.jpg")
    picture(tmp_path / "mine.jpg", (1400, 1400))

    def rendered() -> int:
        told = run("publish", tmp_path, "--base-url", "https://example.org/", "--json").output
        return len(json.loads(told)["rendered"])

    assert [rendered(), rendered()] == [1, 0]
    picture(tmp_path / "mine.jpg", (1500, 1500))
    assert [rendered(), rendered()] == [1, 0]


@pytest.mark.parametrize(
    ("size", "why"),
    [((1399, 1399), "too few"), ((1600, 1400), "isn't square"), ((9000, 9000), "too many")],
)
def test_an_unsuitable_cover_is_reported_at_its_line(
    size: tuple[int, int], why: str, tmp_path: Path
) -> None:
    script = write(tmp_path, "cover: mine.png")
    picture(tmp_path / "mine.png", size, "L")
    told = run("check", script)
    assert told.exit_code == 3
    assert "small.yaml:3:" in told.output
    assert why in told.output


@pytest.mark.parametrize("name", ["missing.jpg", "../outside.png", "/etc/hostname", "small.yaml"])
def test_only_a_picture_beside_the_script_is_read(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    picture(tmp_path / "outside.png", (1400, 1400))
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    for each in (name, "link.png"):
        told = run("check", write(folder, f"cover: {each}"))
        assert told.exit_code == 3
        assert "can't be used" in told.output
