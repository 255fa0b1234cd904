"""Effective words per minute to an engine's own rate, and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.errors import SpeechError
from psoas_audio.pace import sentence_pause
from psoas_audio.speech import calibration
from psoas_audio.units import SAMPLE_RATE

RATES = (60, 80, 100, 120, 150, 200)


def voice(rate: float) -> float:
    """Seconds of the passage by a voice that is slower than its scale, and no faster from 150."""
    return calibration.words_per_minute(1.0) / (0.8 * min(rate, 150) + 4)


def heard(wpm: float, rates=RATES, speaks=voice) -> dict[float, float]:
    """What is read of a voice to know its own rate for *wpm*."""
    readings: dict[float, float] = {}
    while missing := calibration.rates_to_read(rates, readings, wpm):
        readings |= {rate: speaks(rate) for rate in missing}
    return readings


ALL = {rate: voice(rate) for rate in RATES}


@settings(deadline=None)
@given(st.floats(52.1, 123.9))
def test_a_rate_within_the_measured_range_is_met(wpm):
    readings = heard(wpm)
    own = calibration.own_rate(RATES, readings, wpm)
    assert calibration.words_per_minute(voice(own)) == pytest.approx(wpm)
    assert calibration.is_reachable(RATES, readings, wpm)
    assert len(readings) <= 4


@settings(deadline=None)
@given(st.floats(20, 300), st.sets(st.sampled_from(RATES)))
def test_measurements_at_other_rates_make_no_difference(wpm, others):
    readings = heard(wpm)
    more = readings | {rate: voice(rate) for rate in others}
    assert calibration.own_rate(RATES, more, wpm) == calibration.own_rate(RATES, readings, wpm)


def test_beyond_the_measured_range_the_nearest_rate_is_used():
    assert calibration.own_rate(RATES, heard(1), 1) == 60
    assert calibration.own_rate(RATES, heard(1000), 1000) == 150  # faster ones change nothing
    assert not calibration.is_reachable(RATES, heard(40), 40)
    assert calibration.is_reachable(RATES, heard(50), 50)


@settings(deadline=None)
@given(st.floats(20, 300), st.floats(20, 300))
def test_faster_is_never_slower(one, other):
    slow, fast = sorted((one, other))
    assert calibration.own_rate(RATES, ALL, slow) <= calibration.own_rate(RATES, ALL, fast)


@settings(deadline=None)
@given(st.lists(st.floats(5, 60), min_size=6, max_size=6), st.floats(20, 300))
def test_every_request_has_a_rate_on_the_voices_scale(seconds, wpm):
    odd = dict(zip(RATES, seconds, strict=True))
    readings = heard(wpm, speaks=odd.__getitem__)
    if len(set(seconds)) > 1:
        assert RATES[0] <= calibration.own_rate(RATES, readings, wpm) <= RATES[-1]


def test_the_pauses_of_a_session_are_part_of_the_rate():
    lines = [[len(text.split()) for text in line] for line in calibration.PASSAGE]
    seconds = 15.0
    rate = calibration.words_per_minute(seconds)
    pauses = sum(sentence_pause(round(rate), words) for line in lines for words in line[:-1])
    heard_seconds = seconds + pauses / SAMPLE_RATE
    assert 60 * sum(map(sum, lines)) / heard_seconds == pytest.approx(rate, rel=0.005)


def test_a_reading_is_stored_as_it_is():
    assert calibration.unpack_reading(calibration.pack_reading(23.456, -21.5)) == (23.456, -21.5)


@pytest.mark.parametrize("rates", [(80, 100), (80,)])
def test_a_voice_with_only_one_rate_is_reported(rates):
    readings = heard(120, rates, lambda rate: 30.0)
    with pytest.raises(SpeechError, match="the same rate"):
        calibration.own_rate(rates, readings, 120)
