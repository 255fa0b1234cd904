"""When written words are heard, from the times of the words that were said."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.speech.engine import Word
from psoas_audio.speech.neural.word_frames import words_in
from psoas_audio.speech.written_words import written_starts


def starts(written: str, spoken: str) -> tuple[int, ...]:
    """Where each word of *written* is heard, if each word of *spoken* begins 100 samples later."""
    places = words_in(spoken)
    words = [Word(at, length, 100 * number) for number, (at, length) in enumerate(places)]
    return written_starts(written, spoken, words)


def test_words_that_are_said_as_written_have_their_times():
    assert starts("Lie down, and rest.", "Lie down, and rest.") == (0, 100, 200, 300)


def test_figures_and_units_begin_with_their_first_word():
    assert starts("Hold for 30 s. Rest.", "Hold for thirty seconds. Rest.") == (
        0, 100, 200, 300, 400,
    )  # fmt: skip
    assert starts("Hold 30-60s now.", "Hold thirty to sixty seconds now.") == (0, 100, 500)


def test_a_sign_that_is_not_said_begins_with_the_next_word():
    assert starts("Stop — and rest", "Stop, and rest") == (0, 100, 100, 200)
    assert starts("Rest —", "Rest") == (0, 0)


def test_a_respelled_word_is_the_word_that_is_written():
    assert starts("Let the psoas go.", "Let the sowus go.") == (0, 100, 200, 300)


def test_without_times_from_the_engine_there_are_none():
    assert written_starts("Rest here.", "Rest here.", ()) == ()
    assert written_starts("—", "", ()) == ()


@given(st.text("ab 3,—", max_size=60), st.text("ab 3,—", max_size=60))
def test_times_never_go_back(written, spoken):
    found = starts(written, spoken)
    assert len(found) in (0, len(written.split()))
    assert all(one <= other for one, other in itertools.pairwise(found))
