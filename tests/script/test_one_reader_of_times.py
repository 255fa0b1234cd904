"""A time is understood alike as the value of a key, in a stage direction and in a page of text."""

from __future__ import annotations

import pytest

from psoas_audio.script.directions.lengths import search_length
from psoas_audio.script.directions.meaning import read_direction
from psoas_audio.script.times import parse_span
from psoas_audio.units import samples_to_seconds

TIMES = {
    "30s": (30, 30),
    "1 min": (60, 60),
    "30 sec": (30, 30),
    "30 seconds": (30, 30),
    "1m 30s": (90, 90),
    "1,5m": (90, 90),
    "½ min": (30, 30),
    "1½ minutes": (90, 90),
    "1:30": (90, 90),
    "30-60 s": (30, 60),
    "30 to 60s": (30, 60),
    "between 30 and 60 seconds": (30, 60),
    "45s-1m30s": (45, 90),
    "a minute and a half": (90, 90),
    "one and a half minutes": (90, 90),
    "a couple of minutes": (120, 120),
    "two minutes and thirty seconds": (150, 150),
    "forty-five seconds": (45, 45),
    "half an hour": (1800, 1800),
    "about two minutes": (120, 120),
    "250 ms": (0.25, 0.25),
    "eine halbe Minute": (30, 30),
    "anderthalb Minuten": (90, 90),
    "zweieinhalb Minuten": (150, 150),
    "ein bis zwei Minuten": (60, 120),
    "etwa 30 Sekunden": (30, 30),
    "medio minuto": (30, 30),
    "de 30 a 60 segundos": (30, 60),
    "minuto y medio": (90, 90),
    "une minute et demie": (90, 90),
    "entre 30 et 60 secondes": (30, 60),
    "vingt et une secondes": (21, 21),
}


@pytest.mark.parametrize("written", TIMES)
def test_a_time_means_the_same_everywhere(written: str) -> None:
    span = parse_span(written)
    assert (samples_to_seconds(span.shortest), samples_to_seconds(span.longest)) == TIMES[written]
    for direction in (f"pause {written}", f"Pause: {written.upper()}."):
        meaning = read_direction(direction)
        assert meaning is not None
        assert meaning.length is not None
        assert (meaning.length.shortest, meaning.length.longest) == TIMES[written]
    found = search_length(f"Stay there: {written}, and then rise.")
    assert found is not None
    assert (found[2].shortest, found[2].longest) == TIMES[written]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Their 50s, 60s and 70s.", 50),
        ("Rest 10 s, 20 s more and breathe.", 10),
        ("Not 1:75, but 20 seconds.", 20),
    ],
)
def test_of_times_in_a_row_the_first_is_found(sentence: str, first: float) -> None:
    found = search_length(sentence)
    assert found is not None
    assert found[2].shortest == first
