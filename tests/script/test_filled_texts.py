"""A value that begins a sentence begins with a capital."""

from __future__ import annotations

import pytest

from psoas_audio.script.texts import fill_sentence

VALUES = {"side": "right", "round": "two", "prop": "éponge", "side:": "right"}


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        ("{side} side", "Right side"),
        ("The {side} side", "The right side"),
        ("{round}. Up. {round} more.", "Two. Up. Two more."),
        ("Ready? {side} foot! {side} hand…  {round}", "Ready? Right foot! Right hand…  Two"),
        ("“{side}” and “{side}.” ({round})", "“Right” and “right.” (Two)"),
        ("Say: {side}", "Say: right"),
        ("¿{side}?", "¿Right?"),
        ("{prop}.", "Éponge."),
        ("{side:linkes|rechtes} Bein", "Rechtes Bein"),
        ("{{{side}}} {unknown}", "{right} {unknown}"),
        ("3.{round}", "3.two"),
    ],
)
def test_sentences_begin_with_a_capital(words: str, filled: str) -> None:
    assert fill_sentence(words, VALUES) == filled
