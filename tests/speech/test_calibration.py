"""Effective words per minute to an engine's own rate, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.errors import SpeechError
from psoas_audio.speech import calibration

CURVE = calibration.curve_of([(80, 40.0), (90, 40.0), (100, 30.0), (150, 20.0), (200, 21.0)])


def test_rates_that_make_a_voice_no_faster_are_left_out():
    assert [own for _, own in CURVE] == [80, 100, 150]


def test_a_measured_rate_is_met_and_others_lie_between():
    assert [calibration.own_rate(CURVE, wpm) for wpm, _ in CURVE] == [80, 100, 150]
    assert 80 < calibration.own_rate(CURVE, CURVE[0][0] + 5) < 100


def test_beyond_the_ends_the_nearest_is_taken():
    assert calibration.own_rate(CURVE, 1) == 80
    assert calibration.own_rate(CURVE, 1000) == 150
    assert not calibration.reaches(CURVE, 60)
    assert calibration.reaches(CURVE, 100)


@given(st.floats(50, 300), st.floats(50, 300))
def test_faster_is_never_slower(one, other):
    slow, fast = sorted((one, other))
    assert calibration.own_rate(CURVE, slow) <= calibration.own_rate(CURVE, fast)


def test_a_curve_is_stored_as_it_is():
    assert list(calibration.unpack(calibration.pack(CURVE))) == list(CURVE)


def test_a_voice_with_one_rate_only_is_told():
    with pytest.raises(SpeechError, match="one rate only"):
        calibration.curve_of([(80, 30.0), (100, 30.0)])
