"""The outputs are in the language of the session."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

import pytest
from session_example import Builder, example

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.lookup import FIGURES, figure_description
from psoas_audio.deliver.pictures.plot import plot_picture
from psoas_audio.deliver.text.captions import captions, vtt
from psoas_audio.deliver.text.daw import audacity_labels
from psoas_audio.deliver.text.silences import length_in_words
from psoas_audio.deliver.text.transcript import transcript
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.deliver.web.review import review_data
from psoas_audio.locale.languages import language_tags, load_language
from psoas_audio.publishing.catalogue_page import CATALOGUE_WORDS, index
from psoas_audio.publishing.model import Site, SiteSession
from psoas_audio.timeline.model import Timeline
from psoas_audio.units import seconds_to_samples

SILENCES = {
    "en": ("[Rest, 1 minute 1 second]", "[Breathe in 5.5, out 5.5, for 33 seconds]"),
    "de": ("[Ausruhen, 1 Minute 1 Sekunde]", "[Atmen: ein 5,5, aus 5,5, 33 Sekunden lang]"),
    "es": (
        "[Descansa, 1 minuto 1 segundo]",
        "[Respira: inhala 5,5, exhala 5,5, durante 33 segundos]",
    ),
    "fr": (
        "[Repos, 1 minute 1 seconde]",
        "[Respirez : inspirez 5,5, expirez 5,5, pendant 33 secondes]",
    ),
}


LANGUAGES = language_tags()


def words(language: str) -> Mapping[str, str]:
    return load_language(language).interface


def quiet(language: str) -> Timeline:
    b = Builder()
    b.chapter("A", "supine", "left")
    b.gap("rest", 61.0)
    b.gap("move", 12.0, "supine")
    b.breathe([[("in", 5.5), ("out", 5.5)]] * 3)
    b.bell()
    return replace(b.build(), language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_silences_are_named_in_the_sessions_language(language: str) -> None:
    text = transcript(quiet(f"{language}-XX"), Details("T", language=language))
    flat = " ".join(text.split())
    for told in SILENCES[language]:
        assert told in flat
    assert f"[{words(language)['bell']}]" in vtt(captions(quiet(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_producers_read_silences_in_the_sessions_language_too(language: str) -> None:
    timeline, rest = quiet(language), words(language)["rest"]
    assert f"[{rest}]" in audacity_labels(timeline)
    gaps = review_data(timeline, Details("T", language=language), figures={})["gaps"]
    assert [name for *_, name in gaps] == [
        rest, words(language)["move-to-supine"], words(language)["breathe"]]  # fmt: skip
    assert rest in repr(plot_picture(timeline))


def test_a_language_without_words_gets_english_ones() -> None:
    assert words("nb-NO") == words("en")
    assert length_in_words(seconds_to_samples(120), "nb") == "2 minutes"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_page_has_no_english_words_left(language: str) -> None:
    details = Details("T", language=language, kind="talk", position="supine", equipment=("x",))
    text = listener_page(replace(example(), language=language), details, b"")
    shown = re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL)
    mine, english = words(language), words("en")
    for name in (
        *("ready", "next", "transcript", "transcript-summary", "before-you-begin"),
        *("talk-chapters", "skip-to-player", "play", "keys"),
    ):
        if mine[name] != english[name]:
            assert english[name] not in shown, name
            assert mine[name] in shown or name == "next"  # the script fills it in
    session = json.loads(re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)[0])
    assert session["words"]["done"] == mine["done"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_no_words_of_another_language(language: str) -> None:
    site = Site("T", "", "A", language, "https://example.org/")
    details = Details("T", position="supine", level="beginner", equipment=("x",))
    other = replace(details, position="standing", level="experienced", equipment=())
    entries = [
        SiteSession(str(n), replace(example(), length=n * 60 * 48_000), each, "s.mp3", n, "")
        for n, each in ((4, details), (8, other))
    ]
    entries = [replace(e, details=replace(e.details, language=language)) for e in entries]
    text = index(site, entries, ())
    session = json.loads(
        re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text)[0]
    )
    own = session["words"][language]
    assert {name: own[name] for name in CATALOGUE_WORDS} == {
        name: words(language)[name] for name in CATALOGUE_WORDS
    }
    shown = unescape(re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL))
    names = (
        *("skip-to-sessions", "filters", "available-time", "level", "anyone"),
        *("available-equipment", "show-sessions", "show-all", "save-offline", "sessions"),
        *("no-equipment", "feed-hint", "supine", "beginner"),
    )
    for name in names:
        assert words(language)[name] in shown, name
        for tongue in LANGUAGES:
            if words(tongue)[name] not in words(language)[name]:
                assert f">{words(tongue)[name]}<" not in shown, (name, tongue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_has_its_text_in_each_language(language: str) -> None:
    texts = {figure_description(name, language) for name in FIGURES}
    assert len(texts) == len(FIGURES)
    assert all(len(text) > 8 for text in texts)
    assert figure_description("bridge", language, "left").endswith(words(language)["side-left"])
    assert figure_description("no such", language) == ""


def test_the_page_describes_what_each_chapters_figure_shows(timeline: Timeline) -> None:
    text = listener_page(timeline, Details("T"), b"")
    assert len(re.findall(r'class="picture figure" [^>]*role="img"', text)) == 4
    assert f'aria-label="{figure_description("supine", "en", "left")}"' in text
    for name in re.findall(r'href="#(figure-[\w-]+)"', text):
        assert f'<symbol id="{name}"' in text
