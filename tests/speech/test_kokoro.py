"""The Kokoro engine: signs, cut, pauses, blends, and files that are missing or damaged."""

import importlib
import itertools
import random
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_example import shipped_lines

from psoas_audio.errors import SpeechError
from psoas_audio.speech.calibration import SENTENCES
from psoas_audio.speech.engine import Pronunciation, Request
from psoas_audio.speech.engines.kokoro import engine, files, readings, voices
from psoas_audio.speech.engines.kokoro.alphabet import NUMBERS, model_signs
from psoas_audio.speech.engines.kokoro.pace import Pace, find_pauses, pace_of
from psoas_audio.speech.engines.kokoro.phonemes import Phonemes, split_phonemes, to_phonemes
from psoas_audio.speech.neural.word_frames import count_sounds
from psoas_audio.speech.take import sounding_range

TEXT = "Close your eyes, and let the weight of your legs sink down with every breath."
installed = pytest.mark.skipif(not engine.is_ready("en"), reason="Kokoro is not installed")


def spelt(words: str) -> str:
    """Instead of eSpeak NG: every word is its letters, as IPA."""
    letters = re.sub(r"[^a-z ]", "", words.lower())
    return letters.replace("r", "ɹ").replace("g", "ɡ")


def said(text: str, *known: Pronunciation, **more) -> str:
    return to_phonemes(text, known, "en-US", more.pop("phonemize", spelt), **more).signs


def pronounced(text: str, word: str, ipa: str) -> Pronunciation:
    return Pronunciation(text.index(word), len(word), ipa, "")


def test_marks_stay_and_the_last_one_is_a_stop():
    assert (
        said("Rest here, then go: now – or never… Yes") == "ɹest heɹe, then ɡo: now— oɹ neveɹ… yes."
    )
    assert said("(Slowly,) “rest”.") == "slowly, ɹest."
    assert said("🙂") == ""


def test_each_word_knows_its_signs():
    found = to_phonemes(TEXT, (), "en-US", spelt)
    for word in found.words:
        written = TEXT[word.text_position : word.text_position + word.text_length]
        assert found.signs[word.start : word.end] == spelt(written)
    assert len(found.words) == len(TEXT.split())


def test_a_pronunciation_is_what_is_spoken():
    text = "Rest the psoas, and the psoas's edge."
    known = pronounced(text, "psoas", "ˈsoʊ.æs")
    again = Pronunciation(text.rindex("psoas"), 5, "ˈsoʊ.æs", "")
    assert said(text, known, again) == "ɹest the ˈsOæs, and the ˈsOæsɪz edɡe."
    several = pronounced("Use rectus femoris now", "rectus femoris", "ˈɹɛk")
    assert said("Use rectus femoris now", several) == "use ˈɹɛk now."


def test_a_pronunciation_survives_words_that_run_together():
    def glued(words: str) -> str:
        return spelt(words).replace("on the", "onthe")

    text = "Lie on the psoas now"
    known = pronounced(text, "psoas", "ˈsoʊ.æs")
    assert said(text, known, phonemize=glued) == "lie onthe ˈsOæs now."
    found = to_phonemes("Lie on the mat", (), "en-US", glued)
    assert found.signs == "lie onthe mat."
    assert [word.text_position for word in found.words] == [0, 4, 7, 11]
    assert found.words[-1].start == len("lie onthe ")


def test_a_slow_phrase_is_divided_before_its_small_words():
    text = "Lie on your back with both knees bent"
    assert said(text, breaks_before={"with": "phrase"}) == "lie on youɹ back, with both knees bent."
    assert "," not in said("Rest with me", breaks_before={"with": "phrase"})


def test_sounds_without_a_sign_are_reported():
    assert model_signs("ˈt͡ʃiːz", "en-US") == ("ˈʧiz", frozenset())
    signs, lost = model_signs("xǃa", "en-US")
    assert (signs, lost) == ("xa", frozenset("ǃ"))


@given(st.text(max_size=300))
def test_any_text_becomes_signs(text):
    found = to_phonemes(text, (), "en-US", spelt)
    assert set(found.signs) <= NUMBERS.keys()
    parts = list(split_phonemes(found, 40))
    assert "".join(part.signs for part in parts) == found.signs
    assert all(len(part.signs) <= 40 for part in parts)
    assert sum(len(part.words) for part in parts) == len(found.words)


def test_slower_is_never_faster_and_pauses_no_less():
    paces = [pace_of(rate) for rate in range(40, 280)]
    for slower, faster in itertools.pairwise(paces):
        assert slower.speed <= faster.speed
        assert slower.fastest <= faster.fastest
        assert slower.longest_pause >= faster.longest_pause
        assert slower.divides("short phrase") >= faster.divides("short phrase")
    assert min(pace.speed for pace in paces) == 0.7
    assert all(pace.speed <= pace.fastest for pace in paces)


def test_a_sentence_that_takes_too_long_is_spoken_faster_and_no_other():
    pace = pace_of(120)
    words = Phonemes("a" * 17, ())  # five
    long, usual, short = (np.array([10, *[frames] * 17, 1]) for frames in (12, 7, 5))
    assert pace.for_frames(short, words) == pace
    assert pace.speed < pace.for_frames(usual, words).speed < pace.fastest
    assert pace.for_frames(long, words).speed == pace.fastest == 1.2
    assert pace.for_words(1).for_frames(long, words).speed == 1.0


def test_a_word_by_itself_is_not_slowed():
    pace = pace_of(90)
    assert pace.speed == 0.75
    assert pace.for_words(1).speed == 1.0
    assert pace.for_words(2) == pace
    assert pace_of(240).for_words(1) == pace_of(240)


@installed
def test_a_word_by_itself_sounds_the_same_at_any_slow_rate():
    kokoro = engine.Kokoro()
    slow, usual = (
        kokoro.speak(Request("Six.", None, rate, 50, "en-US")) for rate in (100.0, 200.0)
    )
    assert slow.pcm == usual.pcm


def test_silence_is_put_only_where_the_voice_pauses():
    sound, quiet = np.ones(6000, np.float32), np.zeros(1800, np.float32)
    frames = np.array([0, 10, 3, 10, 0])
    pace = Pace(20, 0.7, 0.7, 1.0)
    pauses, after = find_pauses(
        np.concatenate([sound, quiet, sound]), frames, Phonemes("a,b", ()), pace
    )
    assert len(pauses) == 1
    assert 6000 < pauses[0].position < 7800
    assert after == pytest.approx(1.5 * pauses[0].length, abs=2)
    solid, after = find_pauses(np.ones(13_800, np.float32), frames, Phonemes("a,b", ()), pace)
    assert not solid
    assert after > 0


def test_lines_with_and_without_commas_come_to_one_rate():
    sound, quiet = np.ones(6000, np.float32), np.zeros(1800, np.float32)
    pace = Pace(30, 0.7, 0.7, 60.0)
    lengths = []
    for signs in ("aaaaaaaa", "aaaa,aaaa", "aa,aaa,aaa"):
        frames = np.array([0, *(3 if sign == "," else 10 for sign in signs), 0])
        parts = [quiet if sign == "," else sound for sign in signs]
        pauses, after = find_pauses(np.concatenate(parts), frames, Phonemes(signs, ()), pace)
        assert len(pauses) == signs.count(",")
        lengths.append(sum(pause.length for pause in pauses) + sum(frames) * 600 + after)
    assert lengths == pytest.approx([lengths[0]] * 3, abs=6)


@installed
def test_words_are_heard_where_it_says_and_a_pause_moves_them():
    kokoro = engine.Kokoro()
    fast, slow = (kokoro.speak(Request(TEXT, None, rate, 50, "en-US")) for rate in (200.0, 90.0))
    for speech in (fast, slow):
        places = [TEXT[w.text_position : w.text_position + w.text_length] for w in speech.words]
        assert places == re.findall(r"\w+", TEXT)
        samples = np.abs(np.frombuffer(speech.pcm, "<i2").astype(float)) / 32768
        starts = [word.start for word in speech.words]
        assert starts == sorted(starts)
        assert max(samples[starts[0] : starts[0] + 4800]) > 0.05
        assert max(samples[: max(1, starts[0] - 480)], default=0) < 0.05
    # "and" follows the comma, "with" begins a phrase: silence comes before both.
    gaps = np.diff([word.start for word in slow.words])
    assert sorted(np.argsort(gaps)[-2:]) == [2, 11]


@installed
def test_short_and_long_sentences_come_to_one_rate():
    """Also in voices that draw short ones out, such as Nova."""
    kokoro, rate = engine.Kokoro(), 130.0
    names = files.voice_names()
    name = "af_nova" if "af_nova" in names else min(names)
    for sentence in SENTENCES[:3]:
        speech = kokoro.speak(Request(sentence, name, rate, 50, "en-US"))
        part = sounding_range(speech, sentence, rate)
        words = count_sounds(kokoro.phonemes(sentence, name, "en-US")) / 3.4
        seconds = (part.stop - part.start) / speech.sample_rate
        assert seconds == pytest.approx((words - 0.7) * 60 / rate, rel=0.09), sentence


@installed
def test_the_two_parts_of_the_model_are_the_whole(monkeypatch):
    model = importlib.import_module("psoas_audio.speech.engines.kokoro.model")
    monkeypatch.setattr(model, "_LONGEST_LAST_SOUND", 1000.0)
    onnxruntime = importlib.import_module("onnxruntime")
    synthesizer = importlib.import_module("psoas_audio.speech.engines.kokoro.synthesizer")
    content = files.find_model().read()
    speaker = synthesizer.Synthesizer(content, 2)
    blend = voices.read_blend(sorted(files.voice_names())[0])
    signs = speaker.phonemes_of(Request("Rest here.", None, 140, 50, "en-US"), blend, {}).signs
    read = speaker.model.read(signs, synthesizer.voice_style(blend))
    whole = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    for speed in (1.0, 1.2):
        tensors = {**read.tensors, "speed": np.array([speed], np.float32)}
        (audio,) = whole.run(None, {one.name: tensors[one.name] for one in whole.get_inputs()})
        assert np.array_equal(speaker.model.speak(read, speed), audio.ravel())
        assert len(audio.ravel()) == read.frames(speed).sum() * 600


def test_a_slow_sentence_has_no_longer_edges():
    """In the first the model murmurs, the longer it is the more."""
    model = pytest.importorskip("psoas_audio.speech.engines.kokoro.model")
    read = model.ReadSigns({}, np.array([14.4, 3.0, 4.0, 0.9], np.float32))
    assert read.frames(1.0).tolist() == [14, 3, 4, 1]
    assert read.frames(0.75).tolist() == [14, 4, 5, 1]
    assert read.frames(1.2).tolist() == [12, 2, 3, 1]
    assert model.ReadSigns({}, None).frames(1.0) is None


@installed
def test_no_voice_holds_its_last_sound():
    """It would breathe a vowel into it: “resty”, “bendy”."""
    synthesizer = importlib.import_module("psoas_audio.speech.engines.kokoro.synthesizer")
    speaker = synthesizer.Synthesizer(files.find_model().read(), 1)
    for name in sorted(files.voice_names()):
        blend = voices.read_blend(name)
        for text in ("Left hip, bend.", "Should it hurt?", "Rest…"):
            signs = speaker.phonemes_of(Request(text, name, 140, 50, "en-US"), blend, {}).signs
            frames = speaker.model.read(signs, synthesizer.voice_style(blend)).frames(1.0)
            assert frames[len(signs) - 1] <= 12, name


@installed
def test_nothing_clicks_after_a_lone_word():
    kokoro = engine.Kokoro()
    name = "bf_emma" if "bf_emma" in files.voice_names() else None
    for text in ("Relax.", "Three.", "No."):
        speech = kokoro.speak(Request(text, name, 140, 50, "en-US"))
        loudness = np.abs(np.frombuffer(speech.pcm, "<i2").astype(float))
        assert speech.faults == ()
        assert loudness[-600:].max() < loudness.max() * 10 ** (-40 / 20), text


@installed
def test_the_same_request_is_the_same_bytes():
    kokoro = engine.Kokoro()
    request = Request("Rest here.", None, 140, 50, "en-US")
    first = kokoro.speak(request).pcm
    kokoro.speak(Request(TEXT, None, 140, 50, "en-US"))
    assert kokoro.speak(request).pcm == first


@installed
def test_a_blend_is_between_its_voices_and_told_apart():
    names = sorted(files.voice_names())[:2]
    whole = voices.read_blend(names[0])
    mixed = voices.read_blend(f"{names[0]}*0.6+{names[1]}*0.4")
    assert mixed.name == f"{names[0]}*0.6+{names[1]}*0.4"
    assert mixed.identity != whole.identity
    assert engine.Kokoro().speak(Request("Rest.", mixed.name, 140, 50, "en-US")).voice == mixed.name
    for name, message in (
        (f"{names[0]}*0.6+{names[1]}*0.5", r"sum to 1\.1"),
        (f"{names[0]}+{names[1]}", "a blend looks like|not the name"),
        (f"{names[0]}*1+xx_nobody*0", "sum|Kokoro voice"),
        ("xx_nobody", "no Kokoro voice"),
    ):
        with pytest.raises(SpeechError, match=message):
            voices.read_blend(name)


def test_a_damaged_voice_or_model_is_reported(tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path))
    folder = tmp_path / "kokoro"
    folder.mkdir()
    (folder / "af_short.bin").write_bytes(b"1234")
    (folder / files.VOICES_FILE).write_bytes(b"not an archive")
    assert "af_short" in files.voice_names()
    with pytest.raises(SpeechError, match="“af_short” is damaged"):
        files.read_voice("af_short")
    (folder / files.INT8.name).write_bytes(b"not a model")
    model = files.find_model()
    assert model is not None
    pytest.importorskip("onnxruntime")
    with pytest.raises(SpeechError, match="can't be loaded"):
        engine.Kokoro().speak(Request("Rest.", None, 140, 50, "en-US"))
    monkeypatch.setattr(files, "MODELS", {"int8": files.Release(files.INT8.name, 11, "0" * 64)})
    pinned = files.find_model()
    assert pinned is not None
    with pytest.raises(SpeechError, match="model is damaged"):
        pinned.read()


@installed
def test_the_readings_that_are_shipped_are_those_that_would_be_measured():
    """A voice need not be measured before its first session."""
    kokoro = engine.Kokoro()
    name = voices.default_voice("en")
    known = kokoro.readings(name, "en-US")
    if not known:
        pytest.skip("this voice or model has none")
    assert set(known) == set(kokoro.rates(name))
    seconds = 0.0
    for sentence in SENTENCES:
        speech = kokoro.speak(Request(sentence, name, 140.0, 50, "en-US"))
        part = sounding_range(speech, sentence, 140)
        seconds += (part.stop - part.start) / speech.sample_rate
    assert seconds == pytest.approx(known[140.0], rel=0.01)


def test_the_readings_are_for_this_passage_and_engine():
    table = tomllib.loads(Path(readings.__file__).with_name("readings.toml").read_text())
    assert table["for"] == readings.passage_digest(engine.KOKORO_VERSION), (
        "run benchmarks/kokoro_readings.py for every voice again"
    )
    assert not engine.Kokoro().readings("af_heart*0.8+af_nicole*0.2", "en")


@pytest.mark.slow
@installed
def test_planted_faults_are_found_and_good_takes_give_no_alarm():
    """In 300 takes of three voices; the model's own murmur counts as good."""
    synthesizer = importlib.import_module("psoas_audio.speech.engines.kokoro.synthesizer")
    speaker = synthesizer.Synthesizer(files.find_model().read(), 2)
    noise = np.random.default_rng(16)
    names = sorted(files.voice_names())
    preferred = [name for name in ("af_heart", "am_michael", "bf_emma") if name in names]
    good = planted = 0
    for text, name in zip(
        random.Random(16).sample(shipped_lines(), 300), itertools.cycle((preferred + names)[:3])
    ):
        speed = (0.74, 0.8, 1.0, 1.2)[good // 3 % 4]
        blend = voices.read_blend(name)
        phonemes = speaker.phonemes_of(Request(text, name, 140, 50, "en-US"), blend, {})
        read = speaker.model.read(phonemes.signs, synthesizer.voice_style(blend))
        samples = speaker.model.speak(read, speed) * 0.5
        edges = np.concatenate(([0], np.cumsum(read.frames(speed)))) * 600

        def kinds(changed, about=(text, phonemes, edges, speed)):
            said, signs, places, pace = about
            found = synthesizer.take_faults(said, signs, changed, places, pace)
            return {fault.kind for fault in found}

        assert kinds(samples) == set(), text
        good += 1
        words = synthesizer.heard_words(phonemes, edges)
        for word in (words[-1], words[len(words) // 2]):
            silenced = samples.copy()
            silenced[word.start : word.end] = 0
            assert "missing-word" in kinds(silenced), text
        assert "length" in kinds(samples[: words[-1].start]), text
        noisy = samples.copy()
        tail = noisy[words[-1].end :]
        level = np.abs(samples).max() * 10 ** (-20 / 20)
        tail += level * noise.uniform(-1, 1, len(tail)).astype(np.float32)
        assert "after-the-end" in kinds(noisy), text
        planted += 4
    assert (good, planted) == (300, 1200)
