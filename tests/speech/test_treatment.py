"""Treatments: each does what it says, none changes how loud a voice is, plain changes nothing."""

import functools
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from speech_example import line

from psoas_audio.cache.local import Cache, default_folder, key_of
from psoas_audio.master.gain import voice_lufs
from psoas_audio.master.loudness import energies
from psoas_audio.planning import estimated_length
from psoas_audio.planning.model import Utterance
from psoas_audio.script.model import TreatmentName
from psoas_audio.speech.line import PLAIN
from psoas_audio.speech.takes import Takes
from psoas_audio.speech.treatment import TREATMENTS, treated

NAMES = sorted(TREATMENTS)
TEXTS = (
    "Lie on your back with both knees bent, and your feet flat on the floor.",
    "Slowly release the sides; sense stillness as the sitting bones sink.",
    "Halfway. Soften the jaw.",
    "Rest.",
)
HISSING = TEXTS[1]
VOICES = (None, "en-us+f3")


@functools.cache
def spoken(text: str, voice: str | None = None) -> np.ndarray:
    """What eSpeak NG really says."""
    takes = Takes(Cache(default_folder()))
    takes.make([line(text, engine="espeak", voice=voice, rate=105)])
    return takes.read(text)


@functools.cache
def made(text: str, name: str, voice: str | None = None) -> np.ndarray:
    return treated(spoken(text, voice), name)


def lufs(samples: np.ndarray) -> float:
    return voice_lufs([energies(samples)])


def level(samples: np.ndarray, low: float, high: float) -> float:
    """dB of what lies between two frequencies."""
    spectrum = np.abs(np.fft.rfft(samples[:, 0], 1 << 19)) ** 2
    hertz = np.fft.rfftfreq(1 << 19, 1 / 48_000)
    return float(10 * np.log10(spectrum[(hertz >= low) & (hertz < high)].sum()))


def gained(text: str, name: str, low: float, high: float) -> float:
    """dB by which the treatment raises a band."""
    return level(made(text, name), low, high) - level(spoken(text), low, high)


def test_a_script_knows_every_treatment():
    assert set(get_args(TreatmentName)) == {PLAIN, *TREATMENTS}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("text", TEXTS)
def test_speech_stays_as_loud(text, voice, name):
    before = spoken(text, voice)
    assert lufs(made(text, name, voice)) == pytest.approx(lufs(before), abs=0.3)


@pytest.mark.parametrize("name", NAMES)
def test_a_session_of_many_takes_stays_as_loud(name):
    said = [(text, voice) for text in TEXTS for voice in VOICES]
    before = voice_lufs(energies(spoken(*one)) for one in said)
    after = voice_lufs(energies(made(text, name, voice)) for text, voice in said)
    assert after == pytest.approx(before, abs=0.3)


@pytest.mark.parametrize("name", NAMES)
def test_a_treatment_sounds_the_same_however_loud_the_engine_speaks(name):
    loud = spoken(HISSING)
    soft = treated(loud * np.float32(0.1), name)
    np.testing.assert_allclose(soft * 10, made(HISSING, name), atol=0.003)


def test_plain_is_the_take_itself():
    before = spoken(HISSING)
    assert treated(before, PLAIN) is before


@pytest.mark.parametrize("name", NAMES)
def test_rumble_is_cut(name):
    assert gained(TEXTS[0], name, 10, 50) < -4


@pytest.mark.parametrize("name", NAMES)
def test_sibilance_is_lowered_more_than_the_voice(name):
    assert gained(HISSING, name, 5_000, 10_000) < gained(HISSING, name, 500, 3_000) - 4


def test_warm_has_more_below_and_less_above():
    assert gained(TEXTS[0], "warm", 150, 400) > gained(TEXTS[0], "warm", 500, 3_000) + 0.7
    assert gained(TEXTS[0], "warm", 5_000, 12_000) < -3


def test_close_has_more_below_and_more_presence_than_warm():
    assert gained(TEXTS[0], "close", 60, 200) > 0.5
    assert gained(TEXTS[0], "close", 2_000, 4_000) > gained(TEXTS[0], "warm", 2_000, 4_000) + 0.5


@pytest.mark.parametrize("name", ["warm", "close"])
def test_compression_brings_loud_and_soft_together(name):
    def span(samples):
        loud = np.sqrt(np.square(samples[: len(samples) // 480 * 480]).reshape(-1, 480).mean(1))
        return np.percentile(loud[loud > 1e-3], 95) / np.percentile(loud[loud > 1e-3], 50)

    assert span(made(TEXTS[0], name)) < span(spoken(TEXTS[0])) * 0.95


def test_a_hall_rings_on_and_dies_away():
    before = spoken(TEXTS[0])
    sound = made(TEXTS[0], "hall")
    tail = sound[len(before) :]
    assert len(tail) == 600 * 48
    steps = 10 * np.log10(np.square(tail).reshape(6, -1).mean(axis=1) + 1e-15)
    speech = 10 * np.log10(np.square(before).mean())
    assert -35 < steps[0] - speech < -15  # a room, not a cave
    assert (np.diff(steps) < -2).all()
    assert steps[-1] - speech < -60  # nothing of it is cut off


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", TEXTS)
def test_a_treated_take_begins_and_ends_in_silence_and_has_no_click(text, name):
    before, sound = spoken(text), made(text, name)
    peak = np.abs(sound).max()
    assert np.abs(sound[:24]).max() < peak * 1e-3
    assert np.abs(sound[-24:]).max() < peak * 1e-3
    # A click is a bend that the words themselves don't have: a step in the second difference.
    bend = [np.abs(np.diff(s[:, 0], 2)).max() / np.abs(s).max() for s in (before, sound)]
    assert bend[1] < bend[0] * 1.1


@pytest.mark.parametrize("name", NAMES)
def test_words_stay_in_their_places(name):
    before = spoken(TEXTS[0])[:, 0]
    after = made(TEXTS[0], name)[: len(before), 0]
    both = np.fft.rfft(after, 1 << 19) * np.conj(np.fft.rfft(before, 1 << 19))
    shift = int(np.argmax(np.fft.irfft(both)))
    assert min(shift, (1 << 19) - shift) < 48  # 1 ms


def test_silence_is_left_alone():
    silence = np.zeros((48_000, 1), np.float32)
    for name in NAMES:
        assert not treated(silence, name).any()


# Takes.


@pytest.fixture
def plain(cache) -> tuple:
    """A line said by an engine, in an otherwise empty cache."""
    said = line("Let the right knee soften.", engine="espeak")
    Takes(cache).make([said])
    return said, cache


def test_a_line_is_spoken_once_for_all_treatments(plain):
    said, cache = plain
    takes = Takes(cache)
    facts = takes.make([replace(said, id=name, treatment=name) for name in NAMES])
    assert (takes.made, takes.reused) == (0, len(NAMES))
    assert len({facts[name].length for name in NAMES}) == 2  # the hall's is longer
    assert len({takes.identity(name) for name in NAMES}) == len(NAMES)
    for name in NAMES:
        assert facts[name].length == len(takes.read(name))
        assert facts[name].words == Takes(cache).known(said).words
        assert facts[name].energies == pytest.approx(energies(takes.read(name)), rel=1e-3, abs=1e-9)


def test_a_treated_line_that_is_new_is_spoken_once(cache):
    takes = Takes(cache, workers=2)
    said = line("Rest.", engine="espeak")
    takes.make([said, *(replace(said, id=name, treatment=name) for name in NAMES)])
    assert takes.made == 1


def test_a_plain_take_has_nothing_of_treatments_in_its_key(fake_engine, cache):
    takes = Takes(cache)
    takes.make([line("Rest.")])
    assert takes.identity("Rest.") == key_of(
        {"kind": "take", "schema": 4, "engine": "fake", "made by": "fake 1", "text": "Rest.",
         "voice": None, "rate": 115, "pitch": 50, "language": "en-US"}
    )  # fmt: skip


@pytest.mark.parametrize("name", [PLAIN, *NAMES])
def test_an_estimate_includes_the_tail_of_a_hall(name):
    said = Utterance(
        "u1", "t1", "Rest.", "espeak", None, 115, 50, "en-US", True, "u1", line("x").mark, name
    )
    tail = estimated_length(said) - estimated_length(replace(said, treatment=PLAIN))
    assert tail == len(treated(spoken("Rest."), name)) - len(spoken("Rest."))
