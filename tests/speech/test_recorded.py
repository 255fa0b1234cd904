"""Takes recorded by a person are used if the words are the same, and reported if they aren't."""

import numpy as np
import pytest
import soundfile
from speech_example import line

from psoas_audio.errors import SpeechError
from psoas_audio.speech.engines.recorded import recording_id
from psoas_audio.speech.takes import Takes

WORDS = "Let the right knee soften, and breathe."


def record(folder, text, seconds=2.0, suffix=".wav", channels=2):
    times = np.arange(int(44_100 * seconds)) / 44_100
    hum = 0.4 * np.sin(2 * np.pi * 150 * times)
    hum[: 44_100 // 2] = 0
    samples = np.repeat(hum[:, None], channels, axis=1)
    soundfile.write(folder / (recording_id(text) + suffix), samples, 44_100, subtype="PCM_24")


@pytest.mark.parametrize(("suffix", "channels"), [(".wav", 1), (".wav", 2), (".flac", 2)])
def test_a_recording_is_the_take(tmp_path, cache, suffix, channels):
    record(tmp_path, WORDS, suffix=suffix, channels=channels)
    takes = Takes(cache)
    facts = takes.make([line(WORDS, engine="recorded", voice=str(tmp_path))])[WORDS]
    # Its 10 ms and 40 ms of margin, which this recording doesn't have, are put around it.
    assert facts.length == pytest.approx(1.5 * 48_000 + 480 + 1920, abs=200)
    assert facts.peak == pytest.approx(0.4, abs=0.01)
    assert takes.warnings == []


def test_a_new_recording_of_the_same_words_is_a_new_take(tmp_path, cache):
    asked = line(WORDS, engine="recorded", voice=str(tmp_path))
    record(tmp_path, WORDS)
    Takes(cache).make([asked])
    record(tmp_path, WORDS, seconds=3.0)
    assert Takes(cache).known(asked) is None
    assert Takes(cache).make([asked])[WORDS].length > 2 * 48_000


def test_changed_words_are_spoken_by_the_fallback_with_a_warning(tmp_path, cache, fake_engine):
    record(tmp_path, WORDS)
    changed = WORDS.replace("right", "left")
    takes = Takes(cache, fallback="fake")
    lines = [
        line(text, engine="recorded", voice=str(tmp_path), row=row)
        for row, text in enumerate((WORDS, changed), 1)
    ]
    facts = takes.make(lines)
    assert facts[WORDS].voice == tmp_path.name
    assert facts[changed].voice == "low"
    assert len(takes.read(changed)) == facts[changed].length
    (warning,) = takes.warnings
    assert warning.startswith("session.yaml:2:3: 1 line has no recording")


def test_only_a_change_of_words_changes_the_name():
    assert recording_id("Let  the right\nknee soften AND breathe") == recording_id(WORDS)
    assert recording_id(WORDS).startswith("let-the-right-knee-soften-")
    assert recording_id(WORDS) != recording_id(WORDS + " Out.")


def test_a_folder_that_is_not_there_is_reported(cache):
    with pytest.raises(SpeechError, match="no folder of recordings") as caught:
        Takes(cache).make([line(WORDS, engine="recorded", voice="nowhere", row=4)])
    assert "session.yaml:4:3" in caught.value.report()


def test_a_file_that_is_no_sound_is_reported(tmp_path, cache):
    (tmp_path / (recording_id(WORDS) + ".wav")).write_bytes(b"#EXTM3U\nhttp://127.0.0.1/")
    with pytest.raises(SpeechError, match="can't be read"):
        Takes(cache).make([line(WORDS, engine="recorded", voice=str(tmp_path))])
