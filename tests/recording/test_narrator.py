"""A human narrator: a sheet to record from, recordings made into takes, a session with them."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

import psoas_audio
from psoas_audio.cli.main import cli
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import SoundError
from psoas_audio.planning import Choices
from psoas_audio.recording.cutting import (
    TAKE_LUFS,
    loudness_of,
    read_mono,
    split_lines,
    trim_silence,
)
from psoas_audio.recording.sheet import import_recordings, sheet_lines
from psoas_audio.script.load import load_script
from psoas_audio.timeline import Take

SAYINGS = (
    "Let the right knee soften, and feel the floor.",
    "Breathe in.",
    "Now let the weight of the whole leg go down into the floor, slowly.",
    "Thank you.",
)
RATE = 44_100


def voiced(seconds: float, level: float = 0.2, seed: int = 0) -> np.ndarray:
    """Something like speech: syllables of a hum at 44.1 kHz, peaks at about *level*."""
    times = np.arange(int(seconds * RATE)) / RATE
    hum = np.sign(np.sin(2 * np.pi * (110 + 10 * seed) * times)) * np.sin(700 * times)
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * times - np.pi / 2)
    return level * hum * syllables


def room(seconds: float) -> np.ndarray:
    """The floor of a quiet room: -60 dBFS."""
    return np.random.default_rng(5).normal(0, 10**-3, int(seconds * RATE))


@pytest.fixture
def script(tmp_path):
    steps = "\n".join(f"  - say: {text}\n  - pause: 1s" for text in (*SAYINGS, SAYINGS[1]))
    path = tmp_path / "told.yaml"
    path.write_text(f"title: Told\nlanguage: en-US\nsafety: none\noutput: mono\nsteps:\n{steps}\n")
    return path


@pytest.fixture
def lines(script):
    return sheet_lines(Draft(load_script(script), Choices(), Settings()).plan().fitted.plan)


def record(folder, lines, **levels):
    folder.mkdir()
    for number, line in enumerate(lines):
        sound = voiced(line.length / 48_000, levels.get(f"line{number}", 0.1), number)
        track = np.concatenate((np.zeros(RATE), sound, np.zeros(RATE)))
        noisy = track + room(len(track) / RATE + 1)[: len(track)]
        soundfile.write(folder / f"{line.id}.wav", noisy, RATE, subtype="PCM_24")


def whole(lines, pause=2.0):
    parts = [room(1.5)]
    for number, line in enumerate(lines):
        half = line.length / 48_000 / 2
        parts += [voiced(half, 0.1, number), room(0.4), voiced(half, 0.1, number), room(pause)]
    return np.concatenate(parts)


def test_the_sheet_has_every_line_once_with_what_is_around_it(script, lines):
    assert [line.text for line in lines] == list(SAYINGS)
    assert (lines[1].before, lines[1].after) == (SAYINGS[0], SAYINGS[2])
    done = CliRunner().invoke(cli, ["takes", "sheet", str(script), "--csv"])
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["id"] for row in rows] == [line.id for line in lines]
    assert 2 < float(rows[0]["seconds"]) < 6
    written = CliRunner().invoke(cli, ["takes", "sheet", str(script)]).stdout
    assert all(f"`{line.id}`" in written and line.text in written for line in lines)


def test_files_named_by_line_become_trimmed_takes_of_equal_loudness(tmp_path, lines):
    record(tmp_path / "raw", lines, line2=0.02)
    done = import_recordings(lines, tmp_path / "raw", tmp_path / "takes", overwrite=False)
    assert (len(done.takes), done.faults) == (4, ())
    takes = [read_mono(path) for path in done.takes]
    for take, line in zip(takes, lines, strict=True):
        assert len(take) == pytest.approx(line.length + 0.15 * 48_000, abs=0.15 * 48_000)
    assert loudness_of(takes) == pytest.approx(TAKE_LUFS, abs=1)
    each = [loudness_of([take]) for take in takes]
    assert max(each) - min(each) < 4.1  # recorded 14 dB apart
    assert each[2] == min(each)  # the soft one stays the softest


def test_one_long_recording_is_cut_at_its_silences_in_order(tmp_path, lines):
    soundfile.write(tmp_path / "all.flac", whole(lines), RATE)
    done = import_recordings(lines, tmp_path / "all.flac", tmp_path / "takes", overwrite=False)
    assert done.faults == ()
    for path, line in zip(done.takes, lines, strict=True):
        assert path.stem == line.id
        assert len(read_mono(path)) == pytest.approx(line.length + 0.6 * 48_000, abs=9_600)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: whole(lines[:2] + lines[3:]), "can't be split"),
        (lambda lines: whole(lines, pause=0.4), "about as long"),
        (lambda lines: whole(lines[:1], pause=0.1), "too few pauses"),
        (lambda lines: np.zeros(RATE), "too few pauses"),
    ],
)
def test_a_recording_that_does_not_fit_its_lines_is_refused(tmp_path, lines, change, told):
    soundfile.write(tmp_path / "all.wav", change(lines), RATE)
    with pytest.raises(SoundError, match=told):
        import_recordings(lines, tmp_path / "all.wav", tmp_path / "takes", overwrite=False)
    assert not (tmp_path / "takes").exists()


def test_missing_long_quiet_and_outdated_recordings_are_reported(tmp_path, script, lines):
    raw = tmp_path / "raw"
    record(raw, lines, line0=0.0005)
    (raw / f"{lines[1].id}.wav").rename(raw / "breathe-out-0123abcd.wav")
    soundfile.write(raw / f"{lines[3].id}.wav", voiced(6), RATE)
    args = ["takes", "import", str(script), str(raw), "-o", str(tmp_path / "takes")]
    done = CliRunner().invoke(cli, args)
    assert done.exit_code == 1
    told = done.stderr.splitlines()
    for name, fault in (
        ("breathe-out-0123abcd", "no longer has"),
        (lines[0].id, "too quiet"),
        (lines[1].id, "missing"),
        (lines[3].id, "too long, 6.0 s"),
    ):
        assert any(name in row and fault in row for row in told), (name, told)
    assert len(told) == 4
    assert len(list((tmp_path / "takes").iterdir())) == 2


def test_recording_a_line_again_replaces_only_that_line_and_only_with_force(tmp_path, lines):
    record(tmp_path / "raw", lines)
    import_recordings(lines, tmp_path / "raw", tmp_path / "takes", overwrite=False)
    record(tmp_path / "again", lines[:1], line0=0.3)
    with pytest.raises(psoas_audio.errors.OutputError, match="already exists"):
        import_recordings(lines, tmp_path / "again", tmp_path / "takes", overwrite=False)
    done = import_recordings(lines, tmp_path / "again", tmp_path / "takes", overwrite=True)
    assert (len(done.takes), done.faults) == (1, ())


def test_a_session_is_rendered_with_the_takes(tmp_path, script, lines):
    record(tmp_path / "raw", lines)
    import_recordings(lines, tmp_path / "raw", tmp_path / "takes", overwrite=False)
    voice = f"recorded:{tmp_path / 'takes'}"
    rendered = psoas_audio.render(script, tmp_path / "out.mp3", voice=voice)
    assert rendered.warnings == ()
    takes = [clip.media for clip in rendered.timeline.track("voice").clips]
    assert {take.voice for take in takes if isinstance(take, Take)} == {"takes"}


def test_silence_is_trimmed_to_nothing():
    assert len(trim_silence(np.zeros(48_000, np.float32))) == 0
    assert [len(p) > 0 for p in split_lines(trim_silence(np.float32(voiced(2.0))), [48_000])] == [
        True
    ]
