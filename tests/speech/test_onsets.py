"""Lines are heard in the finished file where the timeline has them, counts evenly, ends clean."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from real_voices import JOE, folder_of_joe

import psoas_audio
from psoas_audio.script.load import parse_script
from psoas_audio.timeline import Timeline
from psoas_audio.units import ms_to_samples

STEPS = [
    {"say": "In. Out. Left. Hold. Five. Four. Three. Two. One. Breathe out. Slowly let go."},
    {"hold": "20s", "countdown": 5},
]
LEAD = ms_to_samples(10)
"""Samples that every take has before its sound."""
TOLERANCE = ms_to_samples(20)
Heard = tuple[np.ndarray, Timeline]


@pytest.fixture(params=["espeak", "piper"])
def heard(request, tmp_path, monkeypatch) -> Heard:
    """The decoded session, float32 ``(n,)``, and its timeline."""
    voice = None
    if request.param == "piper":
        monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(folder_of_joe()))
        voice = JOE
    monkeypatch.setenv("PSOAS_AUDIO_CACHE", str(tmp_path / "cache"))
    script = parse_script({"title": "T", "safety": "none", "steps": STEPS}, name="t")
    rendered = psoas_audio.render(script, Path(tmp_path), engine=request.param, voice=voice)
    samples = soundfile.read(rendered.output, dtype="float32", always_2d=True)[0]
    return np.abs(samples[:, 0]), rendered.timeline


def test_sound_begins_where_the_timeline_says(heard):
    sound, timeline = heard
    onsets = {}
    for clip in timeline.track("voice").clips:
        before = clip.start - 5 * TOLERANCE
        line = sound[before : clip.end]
        first = before + int(np.argmax(line > line.max() * 10 ** (-48 / 20)))
        assert abs(first - clip.start - LEAD) <= TOLERANCE, clip.media
        onsets[clip.id] = first
    counts = list(onsets.values())[4:9]
    assert np.ptp(np.diff(counts)) <= TOLERANCE
    countdown = list(onsets.values())[-5:]
    assert np.ptp(np.diff(countdown)) <= TOLERANCE


def test_lines_end_in_silence(heard):
    sound, timeline = heard
    for clip in timeline.track("voice").clips:
        assert sound[clip.end - ms_to_samples(10) : clip.end + 10 * LEAD].max() < 0.001, clip.media
