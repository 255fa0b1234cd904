"""Every language has all that English has, and a new one is one new file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import psoas_audio
from psoas_audio.deliver.figures.lookup import FIGURES
from psoas_audio.errors import PsoasError
from psoas_audio.locale.languages import find_language, language_tags, load_language, read_language

PACKAGE = Path(psoas_audio.__file__).parent
TOP = Path(__file__).parents[2]
READING = {
    "ordinals", "years", "durations", "phone", "letters", "roman", "adjectives", "nouns",
    "regions", "fractions", "abbreviations", "final_abbreviations",
    "abbreviations_before_numbers", "abbreviations_before_names", "side_abbreviations"
}  # fmt: skip
"""Sections about reading that a language may do without."""
MAY_BE_MISSING = {"figures", "lexicon", "homographs", "hard_words"} | READING
"""Sections; a language without figures shows the English descriptions."""
OWN_KEYS = {"units", "per", "currencies", "lexicon", "homographs", "hard_words"} | READING
"""Sections whose keys differ between languages."""
OWN_ENTRIES = {
    "listening.alike", "listening.endings", "listening.silent_letters",
    "numbers.and_a_half", "clock.full_hour_marked", "clock.marks", "clock.h_mark",
    "clock.h_is_clock", "clock.one", "clock.hours", "clock.minutes_agree", "clock.article",
    "clock.article_one", "clock.no_article_after", "calendar.article",
    "calendar.no_article_after", "calendar.first_day", "calendar.month_first",
    "calendar.not_days", "calendar.short_after", "calendar.month_short_after",
    "counting.once", "counting.twice", "counting.pattern_nouns",
    "scores.juxtaposed", "scores.series", "scores.scales", "scores.fraction_before",
    "scores.ratio_after", "money.cents", "money.of"
}  # fmt: skip
"""Entries that only some languages need."""


def data(tag: str) -> dict[str, Any]:
    return tomllib.loads((PACKAGE / "locale" / f"{tag}.toml").read_text("utf-8"))


def entries(section: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every entry that other languages have too, by its dotted name."""
    for key, value in section.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name not in OWN_KEYS:
            yield from entries(value, f"{name}.")
        elif name not in OWN_KEYS | OWN_ENTRIES:
            yield name, value


ENGLISH = dict(entries(data("en")))


@pytest.mark.parametrize("tag", language_tags())
def test_a_language_is_complete(tag: str) -> None:
    own = dict(entries(data(tag)))
    missing = {name for name in ENGLISH.keys() - own if name.split(".")[0] not in MAY_BE_MISSING}
    assert not missing, f"translate these into {tag}.toml"
    assert not own.keys() - ENGLISH, "English doesn't have these"
    for name, value in own.items():
        assert type(value) is type(ENGLISH[name]), name
        if isinstance(value, str):
            places = re.findall(r"{\w*}", value)
            assert sorted(places) == sorted(re.findall(r"{\w*}", ENGLISH[name])), name
        else:
            assert len(value) == len(ENGLISH[name]), name
    language = read_language(PACKAGE / "locale" / f"{tag}.toml")  # refuses empty texts
    assert set(language.figures) <= set(FIGURES)
    assert len(set(language.figures.values())) == len(language.figures)


def test_english_describes_every_figure() -> None:
    assert set(load_language("en").figures) == set(FIGURES)


def test_a_dialect_is_read_as_its_language_and_an_unknown_one_as_english() -> None:
    assert load_language("de-AT") is load_language("DE") is load_language("de")
    assert load_language("tlh").tag == "en"
    assert find_language("tlh") is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('ready = "Get ready."\n', "", r"\[spoken\] of xx.toml lacks: ready"),
        ("[spoken]\n", '[spoken]\nredy = "?"\n', r"\[spoken\] of xx.toml has unknown keys: redy"),
        ('"Get ready."', '" "', "xx.toml, spoken, ready: expected text in quotes, found ' '"),
        ('"Get ready."', "Get ready.", "the language file xx.toml can't be read: .*line"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    text = (PACKAGE / "locale" / "en.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "xx.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PsoasError, match=message):
        read_language(tmp_path / "xx.toml")


ITALIAN = {
    "English": "Italian",
    "Let the right knee soften.": "Lascia andare il ginocchio destro.",
    "Get ready.": "Preparati.",
    '"Hold"': '"Mantieni"',
    "Everything said in this session": "Tutto ciò che dice la sessione",
    "Lying on the back, knees bent, feet flat": "Sulla schiena, ginocchia piegate",
    '["minute", "minutes"]': '["minuto", "minuti"]',
    'minutes = "minutes"': 'minutes = "minuti"',
}
SCRIPT = """\
title: Prova
language: it-IT
safety: none
position: supine
chapters:
  - title: Prima
    steps:
      - hold: 2m
        ready: true
"""
PROGRAM = """\
import json, runpy, sys
import psoas_audio
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures.lookup import figure_description
from psoas_audio.deliver.text.captions import captions, vtt
from psoas_audio.deliver.web.page import listener_page
from psoas_audio.locale.languages import load_language
from psoas_audio.speech.normalization.normalize import normalize_text
from psoas_audio.translation.po_files import language_tag

timeline = psoas_audio.plan("prova.yaml").timeline
print(json.dumps({
    "spoken": [c.media.text for c in timeline.track("voice").clips],
    "captions": vtt(captions(timeline)),
    "page": listener_page(timeline, Details("Prova", language="it-IT"), b""),
    "figure": figure_description("supine", "it"),
    "normalized": normalize_text("30 min", "it-IT"),
    "sample": load_language("it").sample,
    "translated": language_tag("it-CH"),
    "docs": runpy.run_path(sys.argv[1])["table"]("languages"),
}))
"""


def test_a_language_is_added_by_one_file(tmp_path: Path) -> None:
    package = tmp_path / "src" / "psoas_audio"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("scripts", "sounds"):
        (tmp_path / folder).symlink_to(TOP / folder)
    text = (package / "locale" / "en.toml").read_text("utf-8")
    for english, italian in ITALIAN.items():
        assert english in text
        text = text.replace(english, italian)
    (package / "locale" / "it.toml").write_text(text, "utf-8")
    (tmp_path / "prova.yaml").write_text(SCRIPT, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(TOP / "docs" / "tables.py")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["spoken"] == ["Preparati."]
    assert "[Mantieni, 2 minuti]" in found["captions"]
    assert "Tutto ciò che dice la sessione" in found["page"]
    assert "Sulla schiena, ginocchia piegate" in found["page"]
    assert found["figure"] == "Sulla schiena, ginocchia piegate"
    assert found["normalized"] == "trenta minuti"
    assert found["sample"].startswith("Lascia andare il ginocchio destro.")
    assert found["translated"] == "it-CH"
    assert "| `it` | Italian |" in found["docs"]
