"""The meter against EBU Tech 3341 and 3342, plain arithmetic, and ffmpeg."""

from __future__ import annotations

import math
import re
import shutil
import subprocess

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.master.loudness import Meter, energies, integrated, loudness_range, momentary_max


def tones(*parts, channels=2):
    """1 kHz sines of (dBFS, seconds) one after the other, the same in all channels."""
    level = np.concatenate(
        [np.full(round(seconds * 48_000), 10 ** (db / 20)) for db, seconds in parts]
    )
    signal = level * np.sin(2 * np.pi * 1000 / 48_000 * np.arange(len(level)))
    return np.repeat(signal[:, None], channels, axis=1).astype(np.float32)


@pytest.mark.parametrize(
    "parts",
    [
        [(-23, 20)],
        [(-36, 10), (-23, 60), (-36, 10)],
        [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)],
        [(-26, 20), (-20, 20.1), (-26, 20)],
    ],
    ids=["case 1", "case 3", "case 4", "case 5"],
)
def test_tech_3341_reads_minus_23(parts):
    assert integrated(energies(tones(*parts))) == pytest.approx(-23.0, abs=0.1)


def test_tech_3341_case_2_reads_minus_33():
    assert integrated(energies(tones((-33, 20)))) == pytest.approx(-33.0, abs=0.1)


def test_tech_3341_case_6_five_channels():
    """The surround channels weigh 1.41; a session has none, so they are summed here."""
    front = energies(np.hstack([tones((-28, 20)), tones((-24, 20), channels=1)]))
    surround = energies(tones((-30, 20)))
    assert integrated(front + 1.41 * surround) == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize(
    ("parts", "range_"),
    [
        ([(-20, 20), (-30, 20)], 10),
        ([(-20, 20), (-15, 20)], 5),
        ([(-40, 20), (-20, 20)], 20),
        ([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15),
    ],
    ids=["case 1", "case 2", "case 3", "case 4"],
)
def test_tech_3342_loudness_range(parts, range_):
    assert loudness_range(energies(tones(*parts))) == pytest.approx(range_, abs=1.0)


def test_one_channel_reads_3_lu_less_than_the_same_in_two():
    one, two = (energies(tones((-20, 5), channels=count)) for count in (1, 2))
    assert integrated(two) - integrated(one) == pytest.approx(10 * math.log10(2), abs=1e-3)


def by_recursion(signal):
    """Energies worked out sample by sample, as BS.1770 draws the filter."""
    shelf = (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (-1.69065929318241, 0.73248077421585),
    )
    high_pass = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
    values = [float(value) for value in signal]
    for (b0, b1, b2), (a1, a2) in (shelf, high_pass):
        x1 = x2 = y1 = y2 = 0.0
        heard = []
        for value in values:
            out = b0 * value + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x2, x1, y2, y1 = x1, value, y1, out
            heard.append(out)
        values = heard
    return np.square(values).reshape(-1, 4800).mean(axis=1)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000])
def test_a_signal_has_the_same_energies_at_a_lower_sample_rate(rate):
    def sound(rate):
        seconds = np.arange(2 * rate) / rate
        parts = [np.sin(2 * np.pi * f * seconds + f) for f in (110, 470, 1900, 6800)]
        return (0.1 * sum(parts)).astype(np.float32)[:, None]

    low, usual = energies(sound(rate), rate), energies(sound(48_000))
    assert len(low) == len(usual) == 20
    assert low[1:] == pytest.approx(usual[1:], rel=1e-3)


def test_energies_are_those_of_the_filter():
    signal = np.random.default_rng(1).standard_normal(48_000).astype(np.float32) * 0.1
    signal[20_000:30_000] = 0
    assert energies(signal[:, None]) == pytest.approx(by_recursion(signal), rel=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 60_000), max_size=8), st.integers(1, 2))
def test_a_stream_reads_the_same_in_any_blocks(sizes, channels):
    length = sum(sizes)
    random = np.random.default_rng(length)
    signal = random.standard_normal((length, channels)).astype(np.float32)
    meter = Meter(channels)
    at = 0
    for size in sizes:
        meter.add(signal[at : at + size])
        at += size
    assert len(meter.energies()) == -(-length // 4800)
    assert meter.energies() == pytest.approx(energies(signal), rel=1e-4, abs=1e-9)


def test_silence_and_next_to_nothing_have_no_loudness():
    assert integrated(energies(np.zeros((96_000, 1), np.float32))) == -math.inf
    assert integrated(energies(tones((-10, 0.3)))) == -math.inf
    assert integrated(energies(tones((-75, 5)))) == -math.inf
    assert integrated(np.zeros(0)) == momentary_max(np.zeros(0)) == -math.inf
    assert loudness_range(np.zeros(100)) == 0.0


def test_the_loudest_moment():
    signal = tones((-40, 3), (-20, 0.4), (-40, 3))
    assert momentary_max(energies(signal)) == pytest.approx(-20.0, abs=0.1)


@pytest.mark.tools
@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")
def test_ffmpeg_reads_the_same(tmp_path):
    random = np.random.default_rng(5)
    level = np.repeat(10 ** (random.uniform(-50, -12, 40) / 20), 48_000)
    signal = (random.standard_normal((len(level), 2)) * 0.3 * level[:, None]).astype(np.float32)
    soundfile.write(tmp_path / "a.wav", signal, 48_000, "FLOAT")
    said = subprocess.run(
        ["ffmpeg", "-nostats", "-i", "a.wav", "-af", "ebur128", "-f", "null", "-"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stderr  # fmt: skip
    summary = said[said.rindex("Summary:") :]
    read = {name: float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "LRA")}
    assert integrated(energies(signal)) == pytest.approx(read["I"], abs=0.1)
    assert loudness_range(energies(signal)) == pytest.approx(read["LRA"], abs=0.2)
