"""Prepared texts are read from the cache, and made anew when what they depend on changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas_audio.cache.local import Cache
from psoas_audio.locale.ipa import WrittenPronunciation
from psoas_audio.speech.pronunciation import prepare, text_cache
from psoas_audio.speech.pronunciation.prepare import prepare_text
from psoas_audio.speech.pronunciation.text_cache import TextCache
from psoas_audio.speech.take_cache import TakeCache

TEXT = "Close your eyes for 30 s, and find the psoas."
MARKED = (WrittenPronunciation(0, 5, "kloʊz"),)


def texts(folder: Path, **lexicon: str) -> TextCache:
    return TextCache(TakeCache(Cache(folder)), lexicon)


def forbid_preparing(monkeypatch: pytest.MonkeyPatch) -> None:
    def prepared(*_: object) -> None:
        raise AssertionError("prepared anew")

    monkeypatch.setattr(prepare, "prepare_text", prepared)


def test_a_text_is_prepared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = texts(tmp_path).get(TEXT, "en", MARKED)
    forbid_preparing(monkeypatch)

    assert texts(tmp_path).get(TEXT, "en", MARKED) == first
    assert first == prepare_text(TEXT, "en", {}, MARKED)
    assert first.pronunciations


def test_language_lexicon_and_marks_decide(tmp_path: Path) -> None:
    kept = texts(tmp_path).get(TEXT, "en")

    assert texts(tmp_path).get(TEXT, "de") != kept
    assert texts(tmp_path, psoas="so-as").get(TEXT, "en") != kept
    assert texts(tmp_path).get(TEXT, "en", (WrittenPronunciation(11, 4, "aɪs"),)) != kept


def test_a_changed_rule_counts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts(tmp_path).get(TEXT, "en")
    monkeypatch.setattr(text_cache, "_rules_signature", lambda: "another")
    forbid_preparing(monkeypatch)

    with pytest.raises(AssertionError, match="anew"):
        texts(tmp_path).get(TEXT, "en")


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert texts(tmp_path / "file").get(TEXT, "en") == prepare_text(TEXT, "en", {})
