"""Sentences and every way in which a person would say them, written before they were tried.

``{a|b}`` in the files stands for either; a bar outside of braces parts whole readings.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from psoas_audio.speech.normalization.normalize import normalize_text

FILES = sorted(Path(__file__).parent.glob("spoken.*.tsv"))
TAGS = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR"}
STRICT = ("stop", "trap")
"""Kinds whose sentences must end where they do."""


def ways(spoken: str) -> list[str]:
    """What the alternatives in *spoken* come to."""
    innermost = re.search(r"\{([^{}]*)\}", spoken)
    if innermost is None:
        return spoken.split("|")
    start, end = innermost.span()
    return [
        way
        for choice in innermost[1].split("|")
        for way in ways(f"{spoken[:start]}{choice}{spoken[end:]}")
    ]


def said(text: str, *, stops: bool) -> str:
    """The words of *text* in lower case, without hyphens; with *stops*, the ends of sentences."""
    letters = re.sub(r"\b(?:[A-Z]\.)+[A-Z]\b", lambda found: found[0].replace(".", " "), text)
    signs = r"[^\W_]+|[.!?]+(?=\s|$)" if stops else r"[^\W_]+"
    plain = re.sub(r"['’]", "", letters.casefold())
    return " ".join("." if mark[0] in ".!?" else mark for mark in re.findall(signs, plain))


def rows(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        head, *found = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert head == ["kind", "written", "spoken"]
    return [(kind, written, spoken) for kind, written, spoken in found]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sentence_is_said_in_one_of_its_ways(path: Path) -> None:
    wrong = []
    for kind, written, spoken in rows(path):
        name, _, region = kind.partition("@")
        tag = region or TAGS[path.name.split(".")[1]]
        read, stops = normalize_text(written, tag), name in STRICT
        if said(read, stops=stops) not in {said(way, stops=stops) for way in ways(spoken)}:
            wrong.append(f"[{kind}] {written!r}: {read!r}")
    assert not wrong, "\n".join(wrong)


def test_there_are_many_sentences_in_four_languages() -> None:
    counts = {path.name.split(".")[1]: len(rows(path)) for path in FILES}
    assert counts.keys() == TAGS.keys()
    assert counts["en"] > 500
    assert min(counts.values()) > 240


def test_alternatives_are_told_apart() -> None:
    assert ways("a {b|c}|d") == ["a b", "d", "a c", "d"]
    assert {"x z", "y z", "z"} == {way.strip() for way in ways("{{x|y} |}z")}
