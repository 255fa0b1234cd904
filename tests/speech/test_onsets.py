"""Lines are heard in the finished file where the timeline has them, counts evenly, ends clean."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from real_voices import JOE, folder_of_joe

import psoas_audio
from psoas_audio.script.load import parse_script
from psoas_audio.speech.engines.kokoro.engine import is_ready
from psoas_audio.timeline import Timeline
from psoas_audio.units import ms_to_samples

STEPS = [
    {"say": "In. Out. Left. Hold. Five. Four. Three. Two. One. Breathe out. Slowly let go."},
    {"say": "Both feet rest. The ball drops. Both arms rest. Feel the heel. The hip. Fingers."},
    {"hold": "20s", "countdown": 5},
]
HEARD = 10 ** (-40 / 20)
"""Relative to a line's loudest: where it begins to be heard. “Both” is murmured before."""
TOLERANCE = ms_to_samples(20)
Heard = tuple[np.ndarray, Timeline]


@pytest.fixture(params=["espeak", "piper", "kokoro"])
def heard(request, tmp_path, monkeypatch) -> Heard:
    """The decoded session, float32 ``(n,)``, and its timeline."""
    voice = None
    if request.param == "piper":
        monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(folder_of_joe()))
        voice = JOE
    elif request.param == "kokoro" and not is_ready("en"):
        pytest.skip("Kokoro is not installed")
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
        first = before + int(np.argmax(line > line.max() * HEARD))
        assert abs(first - clip.start) <= TOLERANCE, clip.media
        onsets[clip.id] = first
    counts = list(onsets.values())[4:9]
    assert np.ptp(np.diff(counts)) <= TOLERANCE
    countdown = list(onsets.values())[-5:]
    assert np.ptp(np.diff(countdown)) <= TOLERANCE


def test_lines_end_in_silence(heard):
    sound, timeline = heard
    for clip in timeline.track("voice").clips:
        assert sound[clip.end - ms_to_samples(10) : clip.end + ms_to_samples(100)].max() < 0.001
