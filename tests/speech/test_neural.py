"""Where words lie by a model's durations, and the faults that these reveal."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from psoas_audio.speech.neural.duration_checks import Expected, find_take_faults
from psoas_audio.speech.neural.long_sentences import divide_sentence
from psoas_audio.speech.neural.onnx_outputs import has_tensor, with_output
from psoas_audio.speech.neural.word_frames import (
    WordFrames,
    frames_of_words,
    phonemes_of_words,
    words_in,
)
from speech.tiny_voice import graph

ALONE = {
    "It": "ˈɪt", "is": "ˈɪz", "on": "ˈɔn", "the": "ðˈə", "way": "wˈeɪ", "and": "ˈænd",
    "well-known": "wˈɛl nˈoʊn", "this": "ðˈɪs", "one": "wˌʌn", "30": "θˈɜːɾi",
}  # fmt: skip


def said_by_word(phonemes: str, text: str) -> dict[str, str]:
    words = [text[start : start + length] for start, length in words_in(text)]
    ranges = phonemes_of_words(phonemes, words, ALONE.__getitem__)
    return {word: phonemes[slice(*found)] for word, found in zip(words, ranges, strict=True)}


def test_each_word_has_its_phonemes():
    assert said_by_word("ɪt ɪz ðə wˈeɪ.", "It is the way.") == {
        "It": "ɪt",
        "is": "ɪz",
        "the": "ðə",
        "way": "wˈeɪ",
    }


def test_words_said_as_one_are_told_apart():
    assert said_by_word("ɪɾ ɪz ɔnðə wˈeɪ, ænd ðˈɪswˌʌn.", "It is on the way, and this one.") == {
        "It": "ɪɾ",
        "is": "ɪz",
        "on": "ɔn",
        "the": "ðə",
        "way": "wˈeɪ",
        "and": "ænd",
        "this": "ðˈɪs",
        "one": "wˌʌn",
    }


def test_a_word_said_as_two_stays_one():
    assert said_by_word("ɪt ɪz wˈɛl nˈoʊn.", "It is well-known.")["well-known"] == "wˈɛl nˈoʊn"


def test_a_dash_is_not_a_word():
    text = "On the way — and “the one”, 30."
    assert [text[at : at + length] for at, length in words_in(text)] == [
        "On", "the", "way", "and", "the", "one", "30",
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text("ab ,.", max_size=300), st.integers(5, 60))
@example("aaaaaaaaaa  aaaa", 5)  # a piece of nothing but spaces
def test_a_long_sentence_is_divided_between_words(sentence, longest):
    parts = ["".join(part) for part in divide_sentence(sentence, longest)]
    assert all(part and len(part) <= longest for part in parts)
    assert "".join(parts).replace(" ", "") == sentence.replace(" ", "")


def test_a_long_sentence_is_divided_where_a_reader_breathes():
    assert list(divide_sentence("one two, three four. five six seven eight", 22)) == [
        "one two, three four.",
        "five six seven eight",
    ]
    assert list(divide_sentence("one two, three four five", 18)) == ["one two,", "three four five"]
    assert list(divide_sentence("one two three four five", 12)) == ["one two", "three four", "five"]


def test_frames_come_from_the_edges_of_phonemes():
    assert frames_of_words([(0, 2), (3, 3)], [(0, 2), (3, 5)], [10, 20, 30, 40, 50, 60]) == (
        WordFrames(0, 2, 10, 30),
        WordFrames(3, 3, 40, 60),
    )


RATE = 16_000
TEXT = "one two three four five six"
WORDS = tuple(
    WordFrames(at, length, 2000 + 4000 * n, 6000 + 4000 * n)
    for n, (at, length) in enumerate(words_in(TEXT))
)
EXPECTED = Expected(30_000, sounds=21, sounds_per_second=14.0)


def take() -> np.ndarray:
    sound = 0.5 * np.sin(np.arange(30_000) / 5)
    sound[:2000] = sound[26_000:] = 0
    return sound


def kinds(samples: np.ndarray, expected: Expected = EXPECTED) -> list[str]:
    return [fault.kind for fault in find_take_faults(samples, RATE, TEXT, WORDS, expected)]


def test_a_good_take_has_no_fault():
    assert kinds(take()) == []


@pytest.mark.parametrize("word", [0, 2, 5])
def test_a_silent_word_is_found(word):
    bad = take()
    bad[WORDS[word].start : WORDS[word].end] *= 0.001
    (fault,) = find_take_faults(bad, RATE, TEXT, WORDS, EXPECTED)
    assert fault.kind == "missing-word"
    assert fault.start == WORDS[word].start
    assert fault.sentence.startswith(f"“{TEXT.split()[word]}” can't be heard, ")


def test_sound_after_the_last_word_is_found():
    bad = take()
    bad[28_000:29_000] = 0.05
    assert kinds(bad) == ["after-the-end"]


def test_a_take_of_another_length_is_found():
    assert kinds(take()[:29_000]) == ["length"]
    assert kinds(take()[:18_000]) == ["length", "missing-word", "missing-word"]


def test_a_take_too_fast_or_too_slow_is_found():
    assert kinds(take(), Expected(30_000, 40, 14.0)) == ["pace"]
    assert kinds(take(), Expected(30_000, 10, 14.0)) == ["pace"]


def test_samples_that_are_not_numbers_are_found():
    bad = take()
    bad[7] = np.nan
    assert kinds(bad) == ["not-a-sound"]
    bad[7] = 1.5
    assert kinds(bad) == ["too-loud"]


def test_a_hidden_tensor_becomes_an_output():
    onnxruntime = pytest.importorskip("onnxruntime")
    model = graph()
    assert has_tensor(model, "samples")
    assert not has_tensor(model, "sample")
    session = onnxruntime.InferenceSession(with_output(model, "samples"))
    assert [output.name for output in session.get_outputs()] == ["output", "samples"]
    given = {
        "input": np.ones((1, 3), np.int64),
        "input_lengths": np.array([3]),
        "scales": np.array([0, 2, 0], np.float32),
    }
    audio, samples = session.run(None, given)
    assert audio.size == samples == 3600
