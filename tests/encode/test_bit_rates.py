"""Every bit rate gives the signal at its own level, in frames of its own size."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from mutagen.mp3 import MP3

from psoas_audio.encode.mp3_blocks import encode_mp3
from psoas_audio.encode.mp3_formats import FORMATS_BY_RATE
from psoas_audio.errors import PsoasError
from psoas_audio.rendering.session_formats import bit_rate

TIME = np.arange(48_000 * 12) / 48_000


@pytest.mark.parametrize(("channels", "kbps"), FORMATS_BY_RATE)
def test_level_length_and_rate_are_those_asked_for(channels: int, kbps: int) -> None:
    tone = 0.2 * np.sin(2 * np.pi * 440 * TIME).astype(np.float32)
    signal = np.stack([tone, tone * 0.5][:channels], axis=1)
    out = io.BytesIO()
    encode_mp3(lambda a, b: signal[a:b], len(signal), channels, out, kbps=kbps)
    out.seek(0)
    assert MP3(out).info.bitrate == kbps * 1000
    out.seek(0)
    heard, _ = soundfile.read(out, dtype="float32", always_2d=True)
    assert heard.shape == signal.shape
    inside = slice(4800, -4800)
    level = 20 * np.log10(np.std(heard[inside, 0]) / np.std(signal[inside, 0]))
    assert abs(level) < 0.02


def test_a_cached_block_is_only_used_at_its_own_rate() -> None:
    signal = 0.1 * np.sin(TIME * 2000).astype(np.float32)[:, None]

    class Kept(dict):  # type: ignore[type-arg]
        put = dict.__setitem__
        get_local = dict.get

    def encoded(kbps: int, cache: Kept) -> bytes:
        out = io.BytesIO()
        encode_mp3(
            lambda a, b: signal[a:b], len(signal), 1, out,
            kbps=kbps, cache=cache, key=lambda a, b: f"{a} {b}",
        )  # fmt: skip
        return out.getvalue()

    shared = Kept()
    for kbps in (96, 128, 96):
        assert encoded(kbps, shared) == encoded(kbps, Kept())


def test_a_format_without_a_bit_rate_refuses_one() -> None:
    assert bit_rate(128, "mp3") == 128
    assert bit_rate(None, "wav") is None
    with pytest.raises(PsoasError, match="no bit rate"):
        bit_rate(128, "wav")
    with pytest.raises(PsoasError, match="100 isn't a bit rate"):
        bit_rate(100, "mp3")
