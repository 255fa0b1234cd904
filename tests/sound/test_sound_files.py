"""Sounds of every format come in right, and nothing that a stranger's file claims is believed."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from psoas_audio.errors import SoundError
from psoas_audio.sound.read_sound import MAX_FRAMES, read_sound, sound_length
from psoas_audio.sound.stream import SoundStream
from psoas_audio.units import SAMPLE_RATE


def tone(rate: int, channels: int = 1, seconds: float = 1.0) -> np.ndarray:
    """A sine at 440 Hz, peak 0.5 left and 0.25 right, float32 (frames, channels)."""
    place = np.arange(round(seconds * rate)) / rate
    wave = 0.5 * np.sin(2 * np.pi * 440 * place)
    return np.stack([wave, wave / 2], axis=1)[:, :channels].astype(np.float32)


def refusal(path: Path, **options: object) -> str:
    """What a reader of *path* is told; it takes less than a second of processor time."""
    began = time.process_time()
    with pytest.raises(SoundError) as told:
        read_sound(path, channels=2, **options)  # type: ignore[arg-type]
    assert time.process_time() - began < 1.0
    assert str(told.value.where) == str(path)
    return told.value.report()


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
def test_every_format_and_rate_is_read_at_48_khz(tmp_path: Path, kind: str, rate: int) -> None:
    path = tmp_path / f"tone.{kind}"
    soundfile.write(path, tone(rate, 2, 1.4), rate)
    samples = read_sound(path, channels=2)
    assert samples.dtype == np.float32
    assert samples.shape == (sound_length(path), 2)
    assert len(samples) == round(1.4 * SAMPLE_RATE)
    middle = samples[SAMPLE_RATE // 4 :][:SAMPLE_RATE]
    assert np.argmax(np.abs(np.fft.rfft(middle[:, 0]))) == 440
    level = np.sqrt(2 * np.mean(np.square(middle), axis=0))
    np.testing.assert_allclose(level, [0.5, 0.25], rtol=0.03)


def test_an_mp3_is_the_same_read_in_any_blocks(tmp_path: Path) -> None:
    """Each block goes on where the last one ended: no click, not a sample's difference."""
    path = tmp_path / "tone.mp3"
    soundfile.write(path, tone(44_100, 2), 44_100)
    whole, _ = soundfile.read(path, dtype="float32", always_2d=True)
    for frames in (999, 4096, 65_536):
        with SoundStream(path) as file:
            np.testing.assert_array_equal(np.concatenate(list(file.onward(frames))), whole)


def test_mono_is_copied_and_stereo_averaged(tmp_path: Path) -> None:
    mono, stereo = tmp_path / "mono.wav", tmp_path / "stereo.wav"
    soundfile.write(mono, tone(48_000), 48_000, "FLOAT")
    soundfile.write(stereo, tone(48_000, 2), 48_000, "FLOAT")
    np.testing.assert_array_equal(read_sound(mono, channels=2), np.repeat(tone(48_000), 2, 1))
    np.testing.assert_allclose(read_sound(stereo, channels=1), tone(48_000) * 0.75, atol=1e-6)


def test_a_loop_is_cut_where_its_comment_says_or_made_seamless(tmp_path: Path) -> None:
    told, plain = tmp_path / "told.ogg", tmp_path / "plain.wav"
    with soundfile.SoundFile(told, "w", 24_000, 1, "VORBIS", format="OGG") as file:
        file.comment = "LOOPSTART=1200 LOOPLENGTH=12000"
        file.write(tone(24_000))
    loop = read_sound(told, channels=1)
    assert len(loop) == sound_length(told) == 24_000
    np.testing.assert_array_equal(loop, read_sound(told, channels=1, looped=True))
    assert np.abs(np.diff(np.concatenate([loop, loop]), axis=0)).max() < 0.03
    soundfile.write(plain, tone(48_000, seconds=9), 48_000)
    assert len(read_sound(plain, channels=1, looped=True)) < 9 * SAMPLE_RATE


def test_anything_but_a_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "missing.wav")
    assert "isn't a file" in refusal(tmp_path) or "can't be read" in refusal(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.wav")
        assert "isn't a file" in refusal(tmp_path / "pipe.wav")
    if Path("/dev/zero").exists():
        assert "isn't a file" in refusal(Path("/dev/zero"))
    assert "can't be read" in refusal(Path("a\0b.wav"))


def test_nothing_outside_the_folder_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    outside, link = tmp_path / "secret.wav", folder / "link.wav"
    soundfile.write(outside, tone(48_000), 48_000)
    link.symlink_to(outside)
    for path in (outside, link, folder / ".." / "secret.wav"):
        assert "outside the folder" in refusal(path, inside=folder)
        with pytest.raises(SoundError, match="outside the folder"):
            sound_length(path, inside=folder)
    within = folder / "within.wav"
    within.symlink_to(shutil.copy(outside, folder / "real.wav"))
    assert len(read_sound(within, channels=1, inside=folder)) == SAMPLE_RATE


def test_an_absurd_frame_count_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.flac"
    soundfile.write(path, tone(48_000), 48_000)
    content = bytearray(path.read_bytes())
    content[21] = (content[21] & 0xF0) | 0x0F  # the 36 bits of STREAMINFO's total samples
    content[22:26] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    tracemalloc.start()
    told = refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "68,719,476,735 frames" in told
    assert peak < 1 << 20


def test_a_file_shorter_than_its_header_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.flac"
    soundfile.write(path, tone(48_000), 48_000)
    content = bytearray(path.read_bytes())
    content[22:26] = struct.pack(">I", MAX_FRAMES)
    path.write_bytes(content)
    told = refusal(path)
    assert "contains 48,000" in told or "reading it failed" in told


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_samples_that_are_not_numbers_are_refused(tmp_path: Path, bad: float) -> None:
    samples = tone(48_000, seconds=3)
    samples[100_000] = bad
    soundfile.write(tmp_path / "bad.wav", samples, 48_000, "FLOAT")
    assert "not numbers" in refusal(tmp_path / "bad.wav")


def test_samples_far_beyond_full_scale_are_refused(tmp_path: Path) -> None:
    samples = tone(48_000)
    samples[1000] = 3e38
    soundfile.write(tmp_path / "bad.wav", samples, 48_000, "FLOAT")
    assert "beyond full scale" in refusal(tmp_path / "bad.wav")


def test_rates_channels_and_lengths_out_of_range_are_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.wav"
    for rate in (1, 384_000):
        soundfile.write(path, tone(48_000), rate)
        assert f"sample rate is {rate:,} Hz" in refusal(path)
    soundfile.write(path, np.zeros((100, 6)), 48_000)
    assert "has 6 channels" in refusal(path)
    soundfile.write(path, np.zeros((0, 1)), 48_000)
    assert "no sound" in refusal(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n",
        b"ffconcat version 1.0\nfile /etc/hostname\n",
        b"RIFF\xff\xff\xff\xffWAVEfmt ",
        b"\0" * 4096,
        b"ID3\x03\0\0\0\0\0\0" + b"not sound at all" * 50,
    ],
)
def test_a_file_that_only_has_the_name_of_a_sound_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    for name in ("list.wav", "list.mp3", "list.flac"):
        (tmp_path / name).write_bytes(content)
        assert refusal(tmp_path / name).count("error:") == 1


@pytest.mark.parametrize("name", ["http://127.0.0.1/a.wav", "concat:a.wav|b.wav", "subfile,,:a"])
def test_names_are_only_ever_files(name: str) -> None:
    assert "no such file" in refusal(Path(name))


def test_damaged_files_never_crash(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(3)
    for kind in ("wav", "flac", "ogg", "mp3"):
        path = tmp_path / f"tone.{kind}"
        soundfile.write(path, tone(48_000, 2, 0.3), 48_000)
        good = path.read_bytes()
        for _ in range(25):
            content = bytearray(good)
            for place in rng.integers(0, min(len(good), 400), 3):
                content[place] = rng.integers(256)
            path.write_bytes(content[: rng.integers(1, len(good) + 1)])
            try:
                samples = read_sound(path, channels=2)
            except SoundError:
                continue
            assert np.isfinite(samples).all()
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.tools
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
def test_m4a_is_decoded_by_ffmpeg(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(44_100, 2), 44_100)
    path = tmp_path / "tone.m4a"
    made = ["ffmpeg", "-v", "error", "-i", str(tmp_path / "tone.wav"), str(path)]
    subprocess.run(made, check=True)
    samples = read_sound(path, channels=1)
    assert samples.shape == (sound_length(path), 1)
    assert len(samples) == pytest.approx(SAMPLE_RATE, abs=2400)
    assert np.sqrt(2 * np.mean(np.square(samples))) == pytest.approx(0.375, rel=0.05)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(SoundError, match="ffmpeg could not read"):
        read_sound(path, channels=1)


def test_without_ffmpeg_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "song.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + b"\0" * 100)
    assert "Install ffmpeg" in refusal(tmp_path / "song.m4a")
