"""What is known of a voice: its human name, its licence, and whether it may be sold."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import CliRunner
from tiny_voice import write_voice

from psoas_audio.cli.main import cli
from psoas_audio.speech.available_voices import find_voice
from psoas_audio.speech.engine import VoiceInfo
from psoas_audio.speech.engines.kokoro.engine import is_ready
from psoas_audio.speech.voice_facts import (
    Speaker,
    described,
    piper_terms,
    speaker_of,
    terms_of,
    voice_title,
)

CARD = """# Model card for x (medium)

## Dataset

* URL: https://voices.example
* License: {licence}

## Training

{training}
"""


@pytest.mark.parametrize(
    ("engine", "name", "title"),
    [
        ("kokoro", "af_heart", "Heart"),
        ("kokoro", "af_heart*0.8+af_nicole*0.2", "Heart and Nicole"),
        ("endpoint", "af_sky", "Sky"),
        ("endpoint", "alloy", "alloy"),
        ("piper", "en_US-joe-medium", "Joe"),
        ("piper", "en_US-hfc_female-medium", "Hfc Female"),
        ("piper", "en_US-libritts-high+12", "Libritts 12"),
        ("pyttsx3", "com.apple.voice.compact.en-US.Samantha", "Samantha"),
        ("pyttsx3", r"HKEY_LOCAL_MACHINE\SOFTWARE\Tokens\TTS_MS_EN-US_ZIRA_11.0", "Zira"),
        ("espeak", "en-us+m7", ""),
        ("recorded", "robin", "robin"),
    ],
)
def test_a_voice_has_a_human_name(engine, name, title):
    assert voice_title(engine, name) == title


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("af_heart", "warm, American, woman"),
        ("am_onyx", "deep and calm, American, man"),
        ("bf_alice", "British, woman"),
        ("zm_yunxi", "Chinese, man"),
    ],
)
def test_a_kokoro_voice_is_described(name, words):
    info = described(VoiceInfo("kokoro", name, "en-US"))
    assert (info.description, info.natural, info.sell) == (words, True, "yes")


@pytest.mark.parametrize(
    ("engine", "name", "sell"),
    [
        ("espeak", "en-us", "yes"),
        ("kokoro", "af_heart", "yes"),
        ("recorded", "robin", "yes"),
        ("command", "say", "unclear"),
        ("endpoint", "alloy", "unclear"),
        ("piper", "en_US-lessac-medium", "no"),
        ("piper", "en_US-hfc_male-medium", "no"),
        ("piper", "en_US-ryan-high", "no"),
        ("piper", "en_US-joe-medium", "unclear"),
        ("piper", "de_DE-thorsten-medium", "unclear"),
        ("piper", "en_US-ljspeech-high", "yes"),
        ("piper", "en_US-ljspeech-medium", "unclear"),
        ("piper", "en_US-never_heard_of-medium", "unclear"),
    ],
)
def test_a_voice_says_whether_it_may_be_sold_and_why(engine, name, sell):
    terms = terms_of(engine, name)
    assert terms is not None
    assert terms.sell == sell
    assert terms.licence
    assert terms.source
    warning = Speaker(engine, name).sale_warning
    assert (warning == "") == (sell == "yes")
    assert terms.training in warning or sell == "yes"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="eSpeak NG is Linux's own voice")
def test_the_systems_voice_on_linux_is_espeak_ng():
    assert terms_of("pyttsx3", "en-us") == terms_of("espeak", "en-us")
    assert str(speaker_of("pyttsx3", "gmw/en-us+m7")) == "pyttsx3:en-us+m7"


@pytest.mark.parametrize(
    ("licence", "training", "sell"),
    [
        ("CC0", "Trained from scratch.", "yes"),
        ("CC BY 4.0", "Trained from scratch.", "yes"),
        ("public domain", "Trained from scratch.", "yes"),
        ("CC BY-NC-SA 4.0", "Trained from scratch.", "no"),
        ("CC0", "Finetuned from U.S. English lessac voice (medium quality).", "unclear"),
        ("CC0", "Fine-tuned from U.S. English Ryan voice (low quality).", "unclear"),
        ("CC0", "Finetuned from another voice.", "unclear"),
        ("See URL", "Trained from scratch.", "unclear"),
    ],
)
def test_an_unlisted_piper_voice_is_judged_by_its_card(licence, training, sell):
    card = CARD.format(licence=licence, training=training)
    terms = piper_terms("xx_XX-unlisted-medium", card)
    assert terms.sell == sell
    assert licence in terms.licence


def test_an_installed_voice_is_judged_by_the_card_beside_it(tmp_path, monkeypatch):
    pytest.importorskip("piper")
    monkeypatch.setenv("PSOAS_AUDIO_VOICES", str(tmp_path))
    write_voice(tmp_path, "en_US-tiny-low")
    card = CARD.format(licence="CC0", training="Trained from scratch.")
    (tmp_path / "en_US-tiny-low.MODEL_CARD.txt").write_text(card)
    found = find_voice("tiny")
    assert (found.engine, found.name, found.title) == ("piper", "en_US-tiny-low", "Tiny")
    assert (found.natural, found.sell) == (True, "yes")


@pytest.mark.skipif(not is_ready("en"), reason="Kokoro is not installed")
def test_a_blend_is_found_as_a_voice_is():
    blend = "jm_kumo*0.5+jf_alpha*0.5"
    for name in (blend, f"kokoro:{blend}"):
        found = find_voice(name)
        assert (found.engine, found.name, found.language) == ("kokoro", blend, "en-US")


def test_a_voice_is_found_by_its_title_and_keeps_its_variant():
    assert find_voice("espeak:English (America)").name == "en-us"
    assert find_voice("espeak:English (America)+f2").name == "en-us+f2"


def test_the_list_shows_what_a_producer_must_know():
    done = CliRunner().invoke(
        cli, ["voices", "--engine", "espeak", "--language", "en-us", "--json"]
    )
    voice = json.loads(done.stdout)[0]
    assert {key: voice[key] for key in ("engine", "name", "language", "natural", "sell")} == {
        "engine": "espeak",
        "name": "en-us",
        "language": "en-us",
        "natural": False,
        "sell": "yes",
    }
    assert voice["title"] == "English (America)"
    assert "GPL" in voice["licence"]
    assert {"gender", "description", "settings", "training", "source"} <= set(voice)
    listed = CliRunner().invoke(cli, ["voices", "--engine", "espeak", "--language", "en-us"])
    head, first, *_ = listed.stdout.splitlines()
    assert head.split() == ["engine", "language", "name", "title", "natural", "sell"]
    assert "English (America)" in first
    assert first.split()[-2:] == ["no", "yes"]
