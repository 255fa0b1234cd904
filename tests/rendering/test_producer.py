"""What a producer gets, and the other formats: as long as planned, and the same sound."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC

import psoas_audio
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.errors import EncodeError, OutputError, PsoasError
from psoas_audio.master.limiter import Limiter
from psoas_audio.master.waveform import WAVEFORM_BIN
from psoas_audio.planning import Choices
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session
from psoas_audio.script.load import load_script
from psoas_audio.units import SAMPLE_RATE, samples_to_ms

SCRIPT = """
title: 'Short; soft = "slow"'
language: en-US
safety: none
bed: {sound: brown-noise, level: -30}
output: stereo
chapters:
  - title: Arrive
    steps:
      - say: Let the right knee soften.
      - hold: 4s
        end: small-bell
  - title: "Breathe; out"
    steps:
      - breathe: {pattern: [2, 3], breaths: 2}
      - say: Thank you.
"""
TRACKS = ("voice", "breath", "bells", "bed")
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg")


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("producer") / "short.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def produced(script: Path) -> Rendered:
    return psoas_audio.render(script, script.parent / "out", outputs=["timeline"], producer=True)


@pytest.fixture(scope="module")
def folder(produced: Rendered) -> Path:
    return produced.output.with_name("short.producer")


def test_the_stems_add_up_to_the_mix_before_limiting(
    produced: Rendered, folder: Path, script: Path
) -> None:
    length = produced.timeline.length
    total = np.zeros((length, 2))
    for track in TRACKS:
        info = soundfile.info(folder / "stems" / f"{track}.wav")
        assert (info.frames, info.channels, info.samplerate) == (length, 2, SAMPLE_RATE)
        assert info.subtype == "PCM_24"
        total += soundfile.read(folder / "stems" / f"{track}.wav")[0]
    session = Session(Draft(load_script(script), Choices(), Settings()))
    mix = session.mixer(session.speak()).read(0, length)
    assert np.abs(total - mix).max() < 4 * 2**-23  # half a step of rounding from each, and floats


def test_a_stem_holds_its_own_track_and_no_other(produced: Rendered, folder: Path) -> None:
    voice, _ = soundfile.read(folder / "stems" / "voice.wav")
    said = np.zeros(len(voice), bool)
    for clip in produced.timeline.track("voice").clips:
        said[clip.start : clip.end] = True
    assert np.abs(voice[~said]).max() == 0
    assert np.abs(voice[said]).max() > 0.05


def test_stems_too_loud_for_full_scale_are_lowered_together_and_say_so(tmp_path: Path) -> None:
    loud = tmp_path / "loud.yaml"
    loud.write_text(SCRIPT.replace("small-bell", "bang.wav"), encoding="utf-8")
    bang = np.sin(np.arange(SAMPLE_RATE) / 15) * np.hanning(SAMPLE_RATE)
    soundfile.write(tmp_path / "bang.wav", bang, SAMPLE_RATE)
    session = Session(
        Draft(
            load_script(loud), Choices(target=-14.0), Settings(tmp_path / "loud.mp3", producer=True)
        )
    )
    spoken = session.speak()
    mix = session.mixer(spoken).read(0, spoken.planned.timeline.length)
    assert np.abs(mix).max() > 1
    session.render()
    folder = tmp_path / "loud.producer"
    stems = [soundfile.read(folder / "stems" / f"{track}.wav")[0] for track in TRACKS]
    assert max(np.abs(stem).max() for stem in stems) < 1
    line = next(line for line in (folder / "loud.rpp").read_text().splitlines() if "VOLPAN" in line)
    assert np.abs(sum(stems) * float(line.split()[1]) - mix).max() < 1e-5


def test_the_review_page_holds_sound_waveforms_and_figures(
    produced: Rendered, folder: Path
) -> None:
    text = (folder / "review.html").read_text(encoding="utf-8")
    data = json.loads(text.split('id="session">')[1].split("</script>")[0])
    assert data["audio"].startswith("data:audio/mpeg;base64,")
    bins = -(-produced.timeline.length // WAVEFORM_BIN)
    assert {len(wave) for wave in data["waveforms"].values()} == {-(-bins // 3) * 4}
    assert data["remarks"] == []
    assert ["True peak", f"{produced.loudness.true_peak_dbtp:.1f} dBTP"] in data["figures"]


def test_the_timeline_has_a_digest_of_every_other_file(produced: Rendered) -> None:
    from psoas_audio.file_digest import digest

    root = produced.output.parent
    told = json.loads((root / "short.timeline.json").read_text())["made"]["files"]
    expected = {
        path.relative_to(root).as_posix(): digest(path)
        for path in produced.files
        if path.name != "short.timeline.json"
    }
    assert told == expected
    assert len(told) == 8


def test_producer_files_are_not_replaced_without_force(script: Path, produced: Rendered) -> None:
    with pytest.raises(OutputError, match="already exists"):
        psoas_audio.render(script, produced.output.parent, producer=True)


@pytest.mark.tools
def test_another_program_reads_the_reaper_project(folder: Path, produced: Rendered) -> None:
    rpp = pytest.importorskip("rpp")
    project = rpp.loads((folder / "short.rpp").read_text(encoding="utf-8"))
    tracks = project.findall(".//TRACK")
    assert [track.find("NAME")[1] for track in tracks] == list(TRACKS)
    for track in tracks:
        assert (folder / track.find(".//SOURCE").find("FILE")[1]).is_file()
    markers = [item for item in project if isinstance(item, list) and item[0] == "MARKER"]
    assert [marker[3] for marker in markers] == [m.title for m in produced.timeline.markers]


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_lossless_formats_hold_the_master_to_the_bit(
    form: str, script: Path, tmp_path: Path
) -> None:
    rendered = psoas_audio.render(script, tmp_path / f"short.{form}")
    samples, _ = soundfile.read(rendered.output)
    session = Session(Draft(load_script(script), Choices(), Settings()))
    length = rendered.timeline.length
    master = Limiter(session.mixer(session.speak()).read, length).read(0, length)
    assert samples.shape == master.shape
    assert np.abs(samples - master).max() <= 2**-23


def test_flac_has_texts_chapters_and_a_cover(script: Path, tmp_path: Path) -> None:
    rendered = psoas_audio.render(script, tmp_path, format="flac")
    flac = FLAC(rendered.output)
    assert flac["title"] == ['Short; soft = "slow"']
    assert flac["chapter001name"] == ["Breathe; out"]
    assert flac.pictures[0].data.startswith(b"\xff\xd8")


def probed(path: Path) -> Any:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.mark.tools
@needs_ffmpeg
@pytest.mark.parametrize("form", ["mp3", "wav", "flac", "m4a", "m4b", "opus"])
def test_ffprobe_reads_title_and_chapters_of_every_format(
    form: str, script: Path, tmp_path: Path
) -> None:
    rendered = psoas_audio.render(script, tmp_path, format=form, outputs=["page", "timeline"])
    assert rendered.output.suffix == f".{form}"
    told = probed(rendered.output)
    streams = told["format"].get("tags", {}) or {}
    if form == "opus":  # an Ogg stream's own comments
        command = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(rendered.output)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        streams = json.loads(done.stdout)["streams"][0]["tags"]
    titles = {key.lower(): value for key, value in streams.items()}
    assert titles["title"] == 'Short; soft = "slow"'
    starts = [round(float(c["start_time"]) * 1000) for c in told["chapters"]]
    assert [c["tags"]["title"] for c in told["chapters"]] == ["Arrive", "Breathe; out"]
    for ours, theirs in zip(rendered.timeline.markers, starts, strict=True):
        assert abs(samples_to_ms(ours.start) - theirs) <= 1


def test_a_format_that_needs_ffmpeg_says_so_before_anything_is_spoken(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EncodeError, match="needs ffmpeg") as caught:
        psoas_audio.render(script, tmp_path / "short.m4b")
    assert "mp3, flac or wav" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_contradicts_the_format_is_refused(script: Path, tmp_path: Path) -> None:
    with pytest.raises(PsoasError, match=r"ends in \.flac"):
        psoas_audio.render(script, tmp_path / "short.flac", format="wav")
