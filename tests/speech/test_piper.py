"""Piper with a real voice: the same bytes again, word times, and takes that can be trusted."""

from functools import cache

import numpy as np
import pytest
from real_voices import JOE, folder_of_joe
from speech_example import line, shipped_lines

from psoas_audio.master.loudness import energies, integrated
from psoas_audio.speech.engine import Request, Speech
from psoas_audio.speech.engines.piper import Piper
from psoas_audio.speech.neural.duration_checks import find_take_faults
from psoas_audio.speech.takes import Takes

pytest.importorskip("piper")
from psoas_audio.speech.engines._piper_voice import LoadedVoice, PiperSpeech

TEXT = "Close your eyes, and it is on the way."


@pytest.fixture(autouse=True)
def joe(monkeypatch) -> None:
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(folder_of_joe()))


def speak(text: str, rate: float = 140.0) -> Speech:
    return Piper().speak(Request(text, JOE, rate, 50, "en-US"))


def test_the_same_line_is_the_same_bytes():
    assert speak(TEXT) == speak(TEXT)


def test_piper_knows_where_its_words_are():
    speech = speak(TEXT)
    assert [TEXT[w.text_position :][: w.text_length] for w in speech.words] == [
        "Close", "your", "eyes", "and", "it", "is", "on", "the", "way",
    ]  # fmt: skip
    starts = [word.start for word in speech.words]
    assert starts == sorted(set(starts))
    # “and” follows the pause at the comma: it is heard where it is said to begin.
    loud = np.abs(np.frombuffer(speech.pcm, "<i2")) > 300
    comma = starts[3]
    assert not loud[comma - speech.sample_rate // 20 : comma - speech.sample_rate // 50].any()
    assert loud[comma : comma + speech.sample_rate // 20].any()


def test_a_good_take_has_no_faults():
    speech = speak(TEXT)
    assert speech.complete
    assert speech.faults == ()


def test_all_lines_are_about_equally_loud(cache):
    """Left alone, joe's differ by 4 dB and more."""
    texts = [text for text in shipped_lines() if len(text.split()) > 4][::40]
    asked = [line(text, engine="piper", voice=JOE) for text in texts]
    found = [integrated(facts.energies) for facts in Takes(cache).make(asked).values()]
    assert len(found) > 10
    assert np.ptp(found) < 1.5
    alone = [integrated(energies(samples_of(speak(text)), 22_050)) for text in texts]
    assert np.ptp(alone) > 2.5


def samples_of(speech: Speech) -> np.ndarray:
    samples = np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768
    return samples.reshape(-1, 1)


@cache
def takes() -> tuple[PiperSpeech, ...]:
    """Raw takes of every fourth line of the shipped sessions at three paces."""
    voice = LoadedVoice(folder_of_joe() / f"{JOE}.onnx", folder_of_joe())
    lines = shipped_lines()[::4]
    return tuple(
        voice.say(text, voice.phonemes(request(text)), None, (1.0, 1.4, 1.9)[number % 3])
        for number, text in enumerate(lines)
    )


def request(text: str) -> Request:
    return Request(text, None, 100, 50, "en-US")


def faults_of(take: PiperSpeech, samples: np.ndarray) -> set[str]:
    found = find_take_faults(samples, take.sample_rate, take.text, take.words, take.expected)
    return {fault.kind for fault in found}


def test_a_line_longer_than_the_model_should_say_at_once_is_whole():
    text = "the leg grows heavy and the hip answers to your breath and then " * 10 + "you rest."
    speech = speak(text, 200.0)
    assert speech.complete
    assert speech.faults == ()
    assert len(speech.words) == len(text.split())


@pytest.mark.slow
def test_good_takes_give_no_alarm():
    assert len(takes()) > 100
    assert [take.text for take in takes() if take.faults()] == []


@pytest.mark.slow
def test_all_planted_faults_are_found():
    noise = np.random.default_rng(16)
    planted = 0
    for take in takes():
        samples, words = take.samples, take.words
        peak = np.abs(samples).max()
        for word in (words[-1], words[len(words) // 2]):
            silenced = samples.copy()
            silenced[word.start : word.end] = 0
            assert "missing-word" in faults_of(take, silenced), take.text
        assert "length" in faults_of(take, samples[: words[-1].start]), take.text
        noisy = samples.copy()
        tail = noisy[words[-1].end :]
        tail += peak * 10 ** (-20 / 20) * noise.uniform(-1, 1, len(tail)).astype(np.float32)
        assert "after-the-end" in faults_of(take, noisy), take.text
        planted += 4
    assert planted > 240
