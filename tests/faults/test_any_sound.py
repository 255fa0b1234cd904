"""Sounds of one's own, however odd: used as a person would want, or refused by name and place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from bench import Bench

from psoas_audio.speech.engines.recorded import recording_id

RATE = 48_000
NOISE = np.random.default_rng(1)


def sine(frequency: float, seconds: float = 1.0) -> np.ndarray:
    return np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)


def burst(seconds: float) -> np.ndarray:
    time = np.arange(int(seconds * RATE))
    return np.exp(-time / 200) * np.sin(time * 0.5)


BELLS = {
    "clipped": np.clip(3 * sine(300), -1, 1),
    "square": np.sign(sine(220)),
    "sawtooth": 2 * ((np.arange(RATE) * 330 / RATE) % 1) - 1,
    "white noise": NOISE.standard_normal(RATE).clip(-1, 1),
    "15 kHz": 0.99 * sine(15_000),
    "19 kHz": sine(19_000),
    "impulses": np.where(np.arange(RATE) % 4800 == 0, 1.0, 0.0),
    "alternating": np.where(np.arange(RATE) % 2, 1.0, -1.0),
    "two samples": np.array([0.9, -0.9]),
    "one sample": np.array([1.0]),
    "20 ms": burst(0.02),
    "rim shot": burst(0.045),
    "offset": 0.3 + 0.2 * sine(440),
    "large offset": 0.7 + 0.2 * sine(440),
    "anti-phase": np.stack([0.5 * sine(440), -0.5 * sine(440)], 1),
}


def decoded(path: Path) -> np.ndarray:
    samples, rate = soundfile.read(path, always_2d=True)
    assert rate == RATE
    return samples


@pytest.mark.parametrize("kind", BELLS)
def test_any_bell_is_published_without_overshoot_click_or_offset(bench: Bench, kind: str) -> None:
    soundfile.write(bench.folder / "own.wav", BELLS[kind], RATE, subtype="FLOAT")
    name = bench.script("steps:\n  - say: Rest here.\n  - hold: 5s\n  - bell: own.wav\n")
    done = bench.render(name, "--with", "timeline")
    assert done.status == 0, done.text
    samples = decoded(bench.folder / "s.mp3")
    assert np.abs(samples).max() <= 10 ** (-1 / 20) + 1e-3
    assert abs(samples.mean()) < 1e-3
    checked = bench.run("qc", "s.mp3")
    assert checked.status == 0, checked.out


@pytest.mark.tools
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
@pytest.mark.parametrize("form", ["m4a", "opus"])
@pytest.mark.parametrize("kind", ["square", "white noise"])
def test_peaks_that_ffmpeg_raises_are_limited_again(bench: Bench, kind: str, form: str) -> None:
    soundfile.write(bench.folder / "own.wav", BELLS[kind], RATE, subtype="FLOAT")
    name = bench.script("steps:\n  - say: Rest here.\n  - hold: 5s\n  - bell: own.wav\n")
    done = bench.run("render", name, "--engine", "espeak", "--target", "-14", "-o", f"s.{form}")
    assert done.status == 0, done.text
    checked = json.loads(bench.run("qc", f"s.{form}", "--json").out)
    assert checked["figures"]["true_peak_dbtp"] <= -1


@pytest.mark.parametrize("form", ["mp3", "flac", "m4a", "opus"])
def test_a_recording_of_very_high_peaks_is_published_with_a_warning(
    bench: Bench, form: str
) -> None:
    if form in ("m4a", "opus") and shutil.which("ffmpeg") is None:
        pytest.skip("needs ffmpeg")
    words = "Rest here for a while."
    voice = 0.02 * sine(300, 3) * (1 + sine(4, 3))
    voice[:: RATE // 20] = 0.95  # knocks, 20 each second
    (bench.folder / "takes").mkdir()
    file = bench.folder / "takes" / f"{recording_id(words)}.wav"
    soundfile.write(file, voice, RATE, subtype="FLOAT")
    name = bench.script(f"voice: {{engine: recorded, name: takes}}\nsteps:\n  - say: {words}\n")
    done = bench.run("render", name, "--target", "-14", "-o", f"s.{form}")
    assert done.status == 0, done.text
    assert "instead of -14: its peaks are too high" in done.text
    assert "report" not in done.text


def test_a_damaged_mp3_shows_none_of_its_decoders_notes(bench: Bench) -> None:
    soundfile.write(bench.folder / "own.mp3", 0.3 * sine(440, 4), RATE)
    content = bytearray((bench.folder / "own.mp3").read_bytes())
    for start in range(2_000, len(content) - 500, 3_000):
        content[start : start + 400] = NOISE.integers(0, 256, 400, np.uint8).tobytes()
    (bench.folder / "own.mp3").write_bytes(content)
    name = bench.script("steps:\n  - say: Rest.\n  - bell: own.mp3\n")
    for command in (("check", name), ("qc", "own.mp3")):
        assert "Note:" not in bench.run(*command).err


def test_a_bell_too_quiet_to_be_heard_is_refused_by_name_and_place(bench: Bench) -> None:
    soundfile.write(bench.folder / "own.wav", 1e-5 * sine(440), RATE, subtype="FLOAT")
    name = bench.script("steps:\n  - say: Rest here.\n  - bell: own.wav\n")
    for command in (("check", name), ("render", name, "--engine", "espeak")):
        done = bench.run(*command)
        assert done.status in (1, 3)
        assert "own.wav" in done.text
        assert "s.yaml:5" in done.text


BEDS = {
    "zeros": np.zeros((3 * RATE, 2)),
    "anti-phase": (lambda x: np.stack([x, -x], 1))(0.3 * NOISE.standard_normal(4 * RATE)),
    "nearly anti-phase": (lambda x: np.stack([x, -x * (1 - 1e-4)], 1))(
        (0.3 * NOISE.standard_normal(4 * RATE)).clip(-1, 1)
    ),
    "very quiet": 1e-6 * NOISE.standard_normal(4 * RATE),
    "offset": 0.3 + 0.05 * NOISE.standard_normal(4 * RATE),
    "offset alone": np.full(4 * RATE, 0.5),
    "one impulse": np.where(np.arange(4 * RATE) == 1000, 1.0, 0.0),
}


INAUDIBLE = ("zeros", "very quiet", "offset alone")


@pytest.mark.parametrize("output", ["mono", "stereo"])
@pytest.mark.parametrize("subtype", ["FLOAT", "PCM_16"])
@pytest.mark.parametrize("kind", BEDS)
def test_any_bed_leaves_the_voice_as_it_is_or_is_refused(
    bench: Bench, kind: str, subtype: str, output: str
) -> None:
    soundfile.write(bench.folder / "own.wav", BEDS[kind].clip(-1, 1), RATE, subtype=subtype)
    steps = f"output: {output}\nsteps:\n  - say: Rest here.\n  - hold: 6s\n  - bell: bowl\n"
    bench.script("bed: {sound: own.wav, level: -24}\n" + steps)
    done = bench.render("s.yaml", "--with", "timeline")
    if kind in INAUDIBLE:
        assert "'own.wav' can't be used: this sound is silent, or too quiet" in done.text
        assert not (bench.folder / "s.mp3").exists()
        return
    assert done.status == 0, done.text
    samples = decoded(bench.folder / "s.mp3")
    bench.script(steps)
    assert bench.run("render", "s.yaml", "--engine", "espeak", "-o", "plain.mp3").status == 0
    plain = decoded(bench.folder / "plain.mp3")
    assert np.isfinite(samples).all()
    spoken = slice(2 * RATE, 3 * RATE)
    loud = lambda x: 10 * np.log10(np.mean(x[spoken] ** 2) + 1e-12)  # noqa: E731
    assert loud(samples) == pytest.approx(loud(plain), abs=1)
    between = slice(5 * RATE, 7 * RATE)
    assert np.abs(samples[between]).max() < 10 ** (-20 / 20)  # the bed lies far under the voice


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("empty", b""),
        ("garbage", b"xyz" * 99),
        ("text", b"title: T\n"),
        ("RIFF", b"RIFF\0\0\0\0WAVE"),
    ],
)
@pytest.mark.parametrize("step", ["- bell: own.wav", "- hold: 9s\n    end: own.wav"])
def test_a_file_that_is_no_sound_is_reported_at_its_step(
    bench: Bench, what: str, content: bytes, step: str
) -> None:
    (bench.folder / "own.wav").write_bytes(content)
    name = bench.script(f"steps:\n  - say: Rest.\n  {step}\n")
    lines = range(5, 6 + step.count("\n"))  # of the step
    for command in (("check", name), ("plan", name), ("render", name, "--engine", "espeak")):
        done = bench.run(*command)
        assert done.status in (1, 3), command
        assert "own.wav" in done.text
        assert any(f"s.yaml:{line}:" in done.text for line in lines), done.text


def test_six_channels_are_mixed_down_or_refused_by_name_and_place(bench: Bench) -> None:
    soundfile.write(bench.folder / "own.wav", 0.1 * NOISE.standard_normal((RATE, 6)), RATE)
    name = bench.script("steps:\n  - say: Rest.\n  - bell: own.wav\n")
    done = bench.run("check", name)
    assert done.status == 3
    assert "own.wav" in done.text
    assert "s.yaml:5" in done.text
    assert "6 channels" in done.text
