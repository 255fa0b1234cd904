"""Each kind of fault is planted, and found; a good file has none."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest
import specimen
from mutagen.id3 import ID3
from specimen import LENGTH, SECOND

from psoas_audio.encode.mp3_blocks import encode_mp3
from psoas_audio.encode.mp3_formats import MP3_FORMATS
from psoas_audio.encode.mp3_frames import info_frame
from psoas_audio.qc import examine
from psoas_audio.qc.clicks import ClickFinder
from psoas_audio.timeline.model import Gap

PLAN = specimen.timeline()
SIZE = MP3_FORMATS[1].size


@pytest.fixture(scope="module")
def sound():
    signal = specimen.mix()
    signal.setflags(write=False)
    return signal


@pytest.fixture(scope="module")
def good(sound, tmp_path_factory):
    return specimen.write(tmp_path_factory.mktemp("qc") / "good.mp3", PLAN, sound)


@pytest.fixture
def faults_of(tmp_path, sound):
    """Names of the faults of the session with its sound or its bytes spoiled."""

    def faults(change=None, *, spoil=None, plan=PLAN, **options):
        signal = sound.copy()
        changed = change(signal) if change else None
        signal = signal if changed is None else changed
        path = specimen.write(tmp_path / "bad.mp3", plan, signal.astype(np.float32), spoil)
        return examine(path, plan, **options).faults

    return faults


def names(faults):
    return {fault.name for fault in faults}


# A good file


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("bed", [True, False])
def test_a_good_file_has_no_fault(channels, bed, tmp_path):
    plan = specimen.timeline(channels, bed=bed)
    path = specimen.write(tmp_path / "a.mp3", plan, specimen.mix(channels, bed=bed))
    report = examine(path, plan, deep=True)
    assert report.faults == ()
    assert report.ok
    figures = report.figures
    assert figures["length_samples"] == LENGTH
    assert figures["onsets_measured"] == 3
    assert abs(figures["onset_worst_ms"]) <= 40
    assert figures["true_peak_dbtp"] == pytest.approx(-7, abs=2)
    assert ("bed_below_voice_lu" in figures) == bed


def test_mono_and_stereo_read_alike(tmp_path):
    """What two channels play: a mono file is heard from both sides."""
    read = []
    for channels in (1, 2):
        plan = specimen.timeline(channels)
        path = specimen.write(tmp_path / f"{channels}.mp3", plan, specimen.mix(channels))
        read.append(examine(path, plan).figures)
    for name in ("integrated_lufs", "voice_lufs", "bed_below_voice_lu"):
        assert read[0][name] == pytest.approx(read[1][name], abs=0.1)


def test_the_figures_are_those_of_the_sound(good):
    figures = examine(good, PLAN).figures
    assert figures["voice_lufs"] == pytest.approx(specimen.VOICE_LUFS, abs=0.2)
    assert figures["bed_below_voice_lu"] > 20
    assert figures["frames"] == -(-(LENGTH + 1152) // 1152)


def test_without_sound_checks_nothing_is_decoded(good):
    report = examine(good, PLAN, sound=False)
    assert report.ok
    assert "true_peak_dbtp" not in report.figures


# Faults of the file


def test_a_cut_file(faults_of):
    assert {"structure", "checksum"} <= names(faults_of(spoil=lambda d, at: d[: -100 * SIZE]))
    assert "structure" in names(faults_of(spoil=lambda d, at: d[:-7]))


def test_a_missing_frame(faults_of):
    def spoil(data, at):
        del data[at + 200 * SIZE : at + 201 * SIZE]
        return data

    assert {"structure", "length"} <= names(faults_of(spoil=spoil))


def test_a_frame_with_a_wrong_header(faults_of):
    def spoil(data, at):
        data[at + 201 * SIZE + 2] ^= 0x80
        return data

    [fault] = [f for f in faults_of(spoil=spoil, sound=False) if f.name == "frame"]
    assert fault.at_samples == 200 * 1152


def test_a_changed_byte(faults_of):
    def spoil(data, at):
        data[at + 700 * SIZE + 150] ^= 1
        return data

    assert names(faults_of(spoil=spoil, sound=False)) == {"checksum"}


@pytest.mark.parametrize("offset", [30, 142])
def test_a_damaged_info_frame(faults_of, offset):
    def spoil(data, at):
        data[at + offset] ^= 0x10
        return data

    assert "structure" in names(faults_of(spoil=spoil, sound=False))


def test_a_stream_without_an_info_frame(faults_of):
    spoiled = faults_of(spoil=lambda data, at: data[:at] + data[at + SIZE :])
    assert {"structure", "length"} <= names(spoiled)


def test_an_info_frame_that_promises_another_length(faults_of):
    def spoil(data, at):
        info = info_frame(MP3_FORMATS[1].header, 20_500, LENGTH + 1, 0)
        data[at : at + SIZE] = info
        return data

    assert {"length", "checksum"} <= names(faults_of(spoil=spoil))


def test_a_longer_or_shorter_session(faults_of):
    assert names(faults_of(lambda s: s[:-1])) == {"length"}
    assert "length" in names(faults_of(lambda s: np.vstack([s, s[:10_000]])))


def test_the_wrong_kind_of_mp3(faults_of):
    assert names(faults_of(lambda s: np.repeat(s, 2, axis=1))) == {"format"}


def test_a_file_that_is_no_mp3(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(b"not a sound " * 1000)
    assert not examine(path, PLAN).ok
    path.write_bytes(b"")
    assert not examine(path, PLAN).ok
    assert [fault.name for fault in examine(tmp_path / "none.mp3", PLAN).faults] == ["unreadable"]


def test_tags(tmp_path, sound):
    path = specimen.write(tmp_path / "a.mp3", PLAN, sound)
    tag = ID3(path)
    tag.getall("CHAP")[1].start_time += 5
    tag.save(path, v2_version=3)
    assert [(f.name, f.at_samples) for f in examine(path, PLAN).faults] == [
        ("chapters", 14 * SECOND)
    ]
    tag.delall("CHAP")
    tag.delall("TIT2")
    tag.save(path, v2_version=3)
    assert names(examine(path, PLAN, sound=False).faults) == {"tags", "chapters"}
    out = io.BytesIO()
    encode_mp3(lambda a, b: sound[a:b], LENGTH, 1, out)
    path.write_bytes(out.getvalue())
    assert names(examine(path, PLAN, sound=False).faults) == {"tags"}


def test_sides_that_are_not_equal(good):
    def sided(second):
        left, right = (
            dataclasses.replace(marker, side=side)
            for marker, side in zip(PLAN.markers, ("left", "right"), strict=True)
        )
        gaps = (Gap(SECOND, SECOND, "hold"), Gap(18 * SECOND, second, "hold"))
        voice, *others = PLAN.tracks
        tracks = (dataclasses.replace(voice, gaps=gaps), *others)
        return dataclasses.replace(PLAN, tracks=tracks, markers=(left, right))

    assert examine(good, sided(SECOND), sound=False).ok
    (fault,) = examine(good, sided(SECOND + 1), sound=False).faults
    assert str(fault) == "the left side is held 0.02 ms shorter than the right. [sides]"


# Faults of the sound


def test_a_peak_above_the_ceiling_and_clipping(faults_of):
    def loud(signal):
        signal[5 * SECOND : 5 * SECOND + 400] *= 0.92 / np.abs(signal).max() * 3
        return np.clip(signal, -0.95, 0.95)

    assert names(faults_of(loud)) == {"true-peak"}

    def louder(signal):
        signal[9 * SECOND : 9 * SECOND + 4800] *= 5

    faults = {fault.name: fault for fault in faults_of(louder)}
    assert set(faults) >= {"true-peak", "clipping"}
    assert faults["clipping"].at_samples == pytest.approx(9 * SECOND, abs=4800)


def test_a_dc_offset(faults_of):
    assert names(faults_of(lambda s: s + 0.02)) == {"dc"}


def test_a_line_that_is_not_there(faults_of):
    def change(_):
        signal = specimen.mix(bed=False)
        signal[8 * SECOND : 11 * SECOND] = 0
        return signal

    plan = specimen.timeline(bed=False)
    [fault] = faults_of(change, plan=plan)
    assert (fault.name, fault.at_samples) == ("missing", 8 * SECOND)
    assert "Line at 8 seconds." in fault.message


def test_a_line_that_only_the_bed_covers(faults_of):
    def change(signal):
        line, bed = (slice(at * SECOND, (at + 3) * SECOND) for at in (8, 11))
        signal[line] = signal[bed]

    assert ("missing", 8 * SECOND) in [(f.name, f.at_samples) for f in faults_of(change)]


@pytest.mark.parametrize("ms", [50, 2000])
def test_a_bed_that_drops_out(faults_of, ms):
    def change(signal):
        signal[11 * SECOND : 11 * SECOND + 48 * ms] = 0

    faults = [f for f in faults_of(change) if f.name == "drop-out"]
    assert len(faults) == 1
    assert faults[0].at_samples == pytest.approx(11 * SECOND, abs=2500)


def test_a_bed_as_loud_as_the_voice(faults_of):
    def change(signal):
        signal += np.random.default_rng(1).standard_normal(signal.shape) * 0.03

    assert "bed-level" in names(faults_of(change))


def test_a_voice_away_from_its_target(faults_of):
    assert names(faults_of(target=-23.0)) == {"voice-level"}
    assert names(faults_of(target=specimen.VOICE_LUFS)) == set()


def test_a_session_louder_than_its_voice(faults_of):
    def change(signal):
        place = slice(12 * SECOND, 14 * SECOND)
        signal[place] = 0.6 * np.sin(np.arange(2 * SECOND) / 10)[:, None]
        signal[22 * SECOND + 24_000 : 25 * SECOND] = 0.6

    assert "loudness" in names(faults_of(change))


def test_a_voice_that_ranges_from_a_whisper_to_a_shout(faults_of):
    def change(signal):
        for clip, db in zip(specimen.VOICE, (-22, -22, 0), strict=True):
            signal[clip.start : clip.end] *= 10 ** (db / 20)

    assert names(faults_of(change)) >= {"voice-range"}


def test_a_breath_tone_that_drops_out(faults_of):
    plan = specimen.timeline(bed=False)

    def change(_):
        signal = specimen.mix(bed=False)
        signal[14 * SECOND + 33_000 : 14 * SECOND + 63_000] = 0
        return signal

    [fault] = faults_of(change, plan=plan)
    assert fault.name == "drop-out"
    assert "breath tone (in)" in fault.message


def test_a_line_that_falls_silent_for_too_long(faults_of):
    """Ten seconds that should be words, six of them digital silence."""
    line = dataclasses.replace(specimen.VOICE[1], length=11 * SECOND)
    plan = specimen.timeline(bed=False)
    voice, *_ = plan.tracks
    tracks = (dataclasses.replace(voice, clips=(specimen.VOICE[0], line)), *plan.tracks[1:])
    plan = dataclasses.replace(plan, tracks=tracks)

    def change(_):
        signal = specimen.mix(bed=False)
        signal[10 * SECOND : 16 * SECOND + 24_000] = 0
        signal[17 * SECOND :] = 0.05 * np.sin(np.arange(len(signal) - 17 * SECOND) / 20)[:, None]
        return signal

    found = [f for f in faults_of(change, plan=plan) if f.name == "drop-out"]
    assert [f.at_samples // SECOND for f in found if "Line at" in f.message] in ([9], [10])


@pytest.mark.parametrize("ms", [-400, -100, 200])
def test_a_line_at_the_wrong_time(faults_of, ms):
    def change(signal):
        clip = specimen.VOICE[2]
        line = signal[clip.start : clip.end].copy()
        signal[clip.start : clip.end] = signal[11 * SECOND : 11 * SECOND + clip.length]
        signal[clip.start + 48 * ms : clip.end + 48 * ms] = line

    [fault] = [f for f in faults_of(change) if f.name == "onset"]
    assert fault.at_samples == 20 * SECOND


@pytest.mark.parametrize("at", [15.0, 12.3])
def test_a_click_at_a_join(faults_of, at):
    """A step of 0.1 in a breathing tone, and one in the soft bed alone."""

    def change(signal):
        place = round(at * SECOND)
        signal[place : place + 4800, 0] += np.linspace(0.1, 0, 4800)

    faults = faults_of(change, deep=True)
    assert names(faults) == {"click"}
    assert faults[0].at_samples == pytest.approx(at * SECOND, abs=500)


def test_a_plosive_after_a_silence_is_not_a_click():
    """A natural voice's burst is as sudden as a click, but not made of one difference."""
    sound = np.zeros((SECOND, 1), np.float32)
    burst = 0.08 * np.sin(np.arange(90) * np.pi / 9) * np.exp(-np.arange(90) / 20)
    sound[24_000:24_090, 0] = burst
    finder = ClickFinder(1)
    finder.add(sound)
    assert not finder.found()
    sound[24_000:24_090, 0] = np.linspace(0.08, 0, 90)
    finder = ClickFinder(1)
    finder.add(sound)
    assert [place // 480 for place in finder.found()] == [50]
