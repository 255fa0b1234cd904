"""What ffmpeg writes for us says exactly how long it is."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess

import numpy as np
import pytest

from psoas_audio.encode.ffmpeg import encode_ffmpeg


def knows_timescale() -> bool:
    program = shutil.which("ffmpeg")
    asked = [program or "", "-v", "error", "-h", "muxer=ipod"]
    return bool(program) and b"movie_timescale" in subprocess.run(asked, capture_output=True).stdout


@pytest.mark.tools
@pytest.mark.skipif(not knows_timescale(), reason="needs ffmpeg 5 or later")
@pytest.mark.parametrize("length", [1024, 1025, 100_001])
def test_an_edit_list_says_to_the_sample_where_aac_ends(length: int) -> None:
    out = io.BytesIO()
    tone = 0.3 * np.sin(np.arange(length) / 20).astype(np.float32).reshape(-1, 1)
    encode_ffmpeg(
        lambda start, stop: tone[start:stop], length, 1, out, "m4a", lambda _: None,
        metadata=";FFMETADATA1\n", cover=None,
    )  # fmt: skip
    made = out.getvalue()
    at = made.index(b"elst") + 8
    count, duration, skipped = struct.unpack(">IIi", made[at : at + 12])
    assert (count, duration) == (1, length)
    assert skipped in (1024, 2048)  # the encoder's own delay, which players leave out
