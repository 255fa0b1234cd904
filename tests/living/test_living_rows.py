"""Each row of a living session has the frames that a render of its choices writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from living_example import SCRIPT

from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.encode.mp3_formats import MP3_FORMATS
from psoas_audio.encode.mp3_frames import id3v2_size
from psoas_audio.errors import LengthError
from psoas_audio.library import find_script, script_names
from psoas_audio.living.rows import living_rows
from psoas_audio.planning import Choices
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script, parse_script
from psoas_audio.script.model import Script
from psoas_audio.units import MP3_FRAME, seconds_to_samples


def rendered(script: Script, choices: Choices, folder: Path) -> bytes:
    """What a render of *choices* has after its Info frame, with nothing but takes in its cache."""
    for block in (folder / "cache").glob("??/*.entry"):
        if block.read_bytes()[56:58] == b"\xff\xfb":
            block.unlink()
    settings = Settings(folder, overwrite=True, cache=folder / "cache")
    made = Session(Draft(script, choices, settings)).render()
    data = made.output.read_bytes()
    return data[id3v2_size(data[:10]) + MP3_FORMATS[script.channels].size :]


def check(script: Script, choices: Sequence[Choices], folder: Path) -> None:
    seen: dict[bytes, bytes] = {}
    settings = Settings(folder, cache=folder / "cache")
    for asked, row in zip(choices, living_rows(script, choices, settings), strict=True):
        assert row.choices == asked
        assert b"".join(row.frames) == rendered(script, asked, folder), asked
        assert all(seen.setdefault(block, block) is block for block in row.frames)
        assert row.samples == row.timeline.length == (asked.length or row.samples)


def minutes(*numbers: float) -> list[int]:
    return [seconds_to_samples(60 * number) for number in numbers]


@pytest.mark.parametrize("channels", [1, 2])
def test_rows_have_the_frames_of_renders(tmp_path: Path, channels: int) -> None:
    script = replace(parse_script(SCRIPT, name="ball"), channels=channels)
    five, seven = minutes(5.5, 7)
    choices = [
        Choices(length=five, bed="none"),
        Choices(length=seven, bed="apart", start_side="left"),
        Choices(length=seven, bed="none", guidance="bells", start_side="right"),
        Choices(length=five, bed="apart", guidance="reminder", start_side="left"),
        Choices(length=five, bed="soft-rain"),
    ]
    check(script, choices, tmp_path)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("bird-dog", {"bed": "none", "guidance": "reminder", "start_side": "left"}),
        ("diaphragmatic-breathing", {"bed": "apart"}),
        ("warrior-variations", {"bed": "none", "guidance": "bells"}),
    ],
)
def test_a_row_of_a_shipped_session_has_the_frames_of_its_render(
    tmp_path: Path, name: str, choices: dict[str, str]
) -> None:
    script = load_script(find_script(name))
    check(script, [Choices(**choices)], tmp_path)  # type: ignore[arg-type]


def test_a_length_that_no_row_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LengthError):
        list(living_rows(parse_script(SCRIPT), [Choices(length=1)], Settings(tmp_path)))


@pytest.mark.slow
@pytest.mark.parametrize("name", script_names())
def test_every_row_of_every_shipped_session(tmp_path: Path, name: str) -> None:
    script = load_script(find_script(name))
    default = Draft(script, Choices(), Settings(tmp_path)).plan().fitted
    step = 60 * 1000 * 48
    lengths = range(-(-default.shortest // step) * step, default.longest + 1, 5 * step)
    sides = ("left", "right") if any(chapter.sides for chapter in script.chapters) else (None,)
    choices = [
        Choices(length=length, guidance=guidance, start_side=side, bed=bed)  # type: ignore[arg-type]
        for length in (None, *lengths)
        for guidance in ("full", "reminder", "bells")
        for side in sides
        for bed in ("none", "apart")
    ]
    check(script, choices[:: max(1, len(choices) // 12)], tmp_path)


def test_a_row_is_whole_frames_of_its_length(tmp_path: Path) -> None:
    script = parse_script(SCRIPT)
    settings = Settings(tmp_path, cache=tmp_path)
    (row,) = living_rows(script, [Choices(length=minutes(6)[0])], settings)
    size = MP3_FORMATS[1].size
    count = sum(len(block) // size for block in row.frames)
    assert row.samples <= count * MP3_FRAME <= row.samples + 3 * MP3_FRAME
