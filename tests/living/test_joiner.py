"""What the page joins from its pool is the MP3 that ``render`` writes, to the byte."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from node_scripts import needs_node, run_in_node

from psoas_audio.encode.mp3_blocks import encode_mp3
from psoas_audio.encode.mp3_formats import FORMATS_BY_RATE, Mp3Format
from psoas_audio.living.pool import SILENT_FRAME, FramePool, frames_of, runs_of, silent_frame
from psoas_audio.units import SAMPLE_RATE

FORMS = [pytest.param(form, id=f"{form.kbps}-{form.channels}") for form in FORMATS_BY_RATE.values()]


def stream(length: int, form: Mp3Format, seed: int) -> bytes:
    """An MP3 of noise between silences."""
    noise = np.random.default_rng(seed).normal(0, 0.1, (length, form.channels)).astype(np.float32)
    noise[length // 3 : length * 2 // 3] = 0
    out = BytesIO()
    encode_mp3(lambda a, b: noise[a:b], length, form.channels, out, kbps=form.kbps)
    return out.getvalue()


@given(st.lists(st.integers(0, 5), max_size=60))
def test_runs_stand_for_the_same_frames(numbers: list[int]) -> None:
    assert frames_of(runs_of(numbers)).tolist() == numbers


def test_consecutive_frames_and_repeated_ones_are_one_run_each() -> None:
    assert runs_of([7, 8, 9, 0, 0, 0, 0, 3]) == (7, 3, 0, -4, 3, 1)


@needs_node
@pytest.mark.parametrize("form", FORMS)
def test_joined_frames_are_the_stream_they_come_from(form, tmp_path: Path) -> None:
    pool = FramePool(form)
    made = []
    for number, length in enumerate((SAMPLE_RATE * 3 + 7, SAMPLE_RATE * 2, 1, 1152 * 40 - 1)):
        mp3 = stream(length, form, number)
        runs = runs_of(pool.add([mp3[form.size :]]))
        made.append({"runs": runs, "samples": length, "name": f"{number}.mp3"})
        (tmp_path / f"{number}.expected").write_bytes(mp3)
    (tmp_path / "pool.bin").write_bytes(pool.data())
    shape = {"header": form.header.hex(), "size": form.size, "kbps": form.kbps,
             "channels": form.channels, "lowpass": form.lowpass}  # fmt: skip
    run_in_node(
        ("joiner.js",),
        "const pool = readFile('pool.bin');\n"
        "for (const { name, runs, samples } of made)"
        " writeFile(name, joinMp3(form, pool, runs, samples));",
        tmp_path,
        form=shape,
        made=made,
    )
    for number in range(len(made)):
        joined = (tmp_path / f"{number}.mp3").read_bytes()
        assert joined == (tmp_path / f"{number}.expected").read_bytes()


@needs_node
def test_runs_of_another_length_are_refused(tmp_path: Path) -> None:
    code = (
        "try { joinMp3({ size: 288 }, new Uint8Array(288), [0, -5], 48000); }"
        " catch (e) { return e.message; }"
    )
    assert "length" in run_in_node(("joiner.js",), code, tmp_path)


@pytest.mark.parametrize("form", FORMS)
def test_silence_is_one_frame(form) -> None:
    out = BytesIO()
    length = SAMPLE_RATE * 20
    silence = np.zeros((length, form.channels), np.float32)
    encode_mp3(lambda a, b: silence[a:b], length, form.channels, out, kbps=form.kbps)
    pool = FramePool(form)
    frames = pool.add([out.getvalue()[form.size :]])
    assert frames.tolist() == [SILENT_FRAME] * len(frames)
    assert pool.data() == silent_frame(form)
