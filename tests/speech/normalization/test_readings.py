"""Sentences as practitioners write them, kind by kind, and how they are read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from psoas_audio.speech.normalization.normalize import normalize_text

FILES = sorted(Path(__file__).parent.glob("readings.*.tsv"))


def differences(path: Path) -> list[str]:
    """What isn't read as the file says."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 200
    return [
        f"{row['language']} {row['written']!r}: {read!r}, not {row['read']!r}"
        for row in rows
        if (read := normalize_text(row["written"], row["language"])) != row["read"]
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sentence_is_read_as_it_is_said(path: Path) -> None:
    different = differences(path)
    assert not different, "\n".join(different)


def test_there_are_sentences_in_four_languages() -> None:
    assert [path.name.split(".")[1] for path in FILES] == ["de", "en", "es", "fr"]
