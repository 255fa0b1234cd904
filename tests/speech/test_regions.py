"""A region without a voice of its own gets that of the most similar one."""

import pytest

from psoas_audio.speech.engine import Request, VoiceInfo, voice_for
from psoas_audio.speech.engines import _voices
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.regions import near_tags

ESPEAK = {
    "en-US": "en-us", "en-CA": "en-us", "en-GB": "en", "en-AU": "en", "en-IE": "en",
    "es": "es", "es-ES": "es", "es-MX": "es-419", "es-AR": "es-419", "es-419": "es-419",
    "fr-FR": "fr", "fr-CA": "fr", "fr-CH": "fr-ch", "fr-BE": "fr-be",
    "de-DE": "de", "de-AT": "de", "de-CH": "de", "pt-BR": "pt-br", "pt-PT": "pt", "pt-AO": "pt",
}  # fmt: skip


@pytest.mark.parametrize("tag", ESPEAK)
def test_espeak_speaks_with_the_voice_of_the_region(tag):
    found = voice_for(tag, Espeak().voices())
    assert found is not None
    assert found.name == ESPEAK[tag]


def test_mexican_spanish_has_no_lisp():
    espeak = Espeak()
    said = {tag: espeak.phonemes("cinco", None, tag).strip() for tag in ("es-MX", "es-ES")}
    assert said == {"es-MX": "sˈinko", "es-ES": "θˈinko"}


def test_a_similar_region_is_preferred():
    voices = [VoiceInfo("x", tag, tag) for tag in ("es-ES", "es-US", "en-US", "en-GB")]
    named = {tag: voice_for(tag, voices) for tag in ("es-MX", "es-ES", "en-AU", "en-CA", "de-AT")}
    assert {tag: found and found.name for tag, found in named.items()} == {
        "es-MX": "es-US", "es-ES": "es-ES", "en-AU": "en-GB", "en-CA": "en-US", "de-AT": None,
    }  # fmt: skip


def test_a_tag_without_a_region_is_closest_to_itself():
    assert near_tags("es") == ("es",)
    assert near_tags("sr-Latn-RS") == ("sr-latn-rs",)


def test_takes_by_the_voice_of_spain_are_not_used_for_mexico():
    marks = [
        _voices.default_mark(Request("Hola.", None, 100, 50, tag)) for tag in ("es-ES", "es-MX")
    ]
    assert len(set(marks)) == 2
