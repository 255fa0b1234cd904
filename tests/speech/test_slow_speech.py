"""How a neural voice is slowed down: pauses where it pauses, and between phrases."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.speech.engine import Pronunciation, Request
from psoas_audio.speech.engines._piper_pace import piper_pace
from psoas_audio.speech.engines.piper import Piper
from psoas_audio.speech.neural.pauses import (
    InsertedSilence,
    PausePlace,
    moved,
    put_pauses,
    share_silence,
)
from psoas_audio.speech.neural.phrase_breaks import breaks_before, with_commas
from speech.real_voices import JOE, folder_of_joe

RATE = 16_000
SOUND, QUIET = np.ones(8000, np.float32), np.zeros(2000, np.float32)


def request(text: str, *said: Pronunciation) -> Request:
    return Request(text, None, 100, 50, "en-US", pronunciations=said)


def test_silence_is_put_into_the_pause_and_after_the_end():
    samples = np.concatenate([SOUND, QUIET, SOUND])
    pauses, after = share_silence(samples, RATE, [PausePlace(7000, 11_000, 1.0)], 2.5, 9.0)
    assert [8000 < pause.position < 10_000 for pause in pauses] == [True]
    assert (pauses[0].length, after) == (RATE, RATE * 3 // 2)
    slow = put_pauses(samples, RATE, pauses)
    assert len(slow) == len(samples) + RATE
    assert np.array_equal(slow[:8000], SOUND)
    assert moved(0, pauses) == 0
    assert slow[moved(10_000, pauses)] == 1


def test_silence_is_never_put_into_sound():
    pauses, after = share_silence(np.ones(18_000), RATE, [PausePlace(7000, 11_000, 1.0)], 2.5, 9.0)
    assert not pauses
    assert after == 2.5 * RATE


def test_no_pause_is_longer_than_allowed_and_a_fast_line_has_none():
    samples = np.concatenate([SOUND, QUIET, SOUND])
    places = [PausePlace(7000, 11_000, 1.0)]
    pauses, after = share_silence(samples, RATE, places, 60.0, 0.5)
    assert (pauses[0].length, after) == (RATE // 2, RATE * 3 // 4)
    assert share_silence(samples, RATE, places, -0.1, 0.5) == ((), 0)


def test_sound_at_a_pause_fades():
    hum = np.full(8000, 0.01, np.float32)
    slow = put_pauses(hum, RATE, [InsertedSilence(4000, 100)])
    assert abs(slow[3999]) < 1e-5
    assert abs(slow[4100]) < 1e-5
    assert slow[3000] == hum[0]


def test_a_long_phrase_is_divided_and_pronunciations_move_along():
    text = "Let the right leg sink down and feel the psoas soften with every breath"
    said = Pronunciation(text.index("psoas"), 5, "sˈoʊəs", "sowus")
    found = with_commas(request(text, said), breaks_before("en-GB"))
    assert found.text == (
        "Let the right leg sink down, and feel the psoas soften, with every breath"
    )
    (moved_along,) = found.pronunciations
    assert found.text[moved_along.text_position :].startswith("psoas soften")
    assert with_commas(request("Rest, and breathe with me"), {"and", "with"}).text.count(",") == 1


@given(st.lists(st.sampled_from(["and", "rest", "with", "so", "legs", "the,", "-"]), max_size=30))
def test_dividing_changes_nothing_but_commas(words):
    text = " ".join(words)
    assert with_commas(request(text), breaks_before("en")).text.replace(",", "") == (
        text.replace(",", "")
    )


def test_slower_is_never_faster_and_the_voice_never_slower_than_0_7():
    paces = [piper_pace(rate) for rate in range(50, 380)]
    for slower, faster in itertools.pairwise(paces):
        assert slower.length_scale >= faster.length_scale
        assert slower.longest_pause >= faster.longest_pause
        assert slower.divides("short phrase") >= faster.divides("short phrase")
    assert max(pace.length_scale for pace in paces) == pytest.approx(1 / 0.7)


def test_a_slow_voice_says_its_words_no_slower(monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(folder_of_joe()))
    text = "As you breathe out, let your legs grow heavy, and sink into the floor."
    usual, slow = (Piper().speak(Request(text, JOE, rate, 50, "en-US")) for rate in (140.0, 80.0))
    sounding = [np.abs(np.frombuffer(one.pcm, "<i2").astype(float)) > 100 for one in (usual, slow)]
    assert sounding[1].sum() == pytest.approx(sounding[0].sum(), rel=0.03)
    lengths = [len(one.pcm) // 2 + one.silence_after for one in (usual, slow)]
    assert lengths[1] > 1.5 * lengths[0]
    gaps = np.diff([word.start for word in slow.words])
    assert sorted(np.argsort(gaps)[-2:]) == [3, 8]
