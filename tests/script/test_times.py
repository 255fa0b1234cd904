"""Times, spans, counts and moments as people write them."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.planning.sentences import split_sentences
from psoas_audio.script.model import Count, CueTime, Span
from psoas_audio.script.texts import pause_length
from psoas_audio.script.time_words import time_pattern
from psoas_audio.script.times import (
    MAX_TIME,
    TIME_EXAMPLES,
    InvalidValueError,
    parse_amount,
    parse_count,
    parse_cue_time,
    parse_span,
    parse_time,
    written_time,
)
from psoas_audio.units import SAMPLE_RATE


def seconds(value: float) -> int:
    return round(value * SAMPLE_RATE)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0:45", 45),
        ("1:30", 90),
        ("01:30", 90),
        ("90", 90),
        ("90s", 90),
        ("1m30s", 90),
        ("1.5s", 1.5),
        ("250ms", 0.25),
        ("2m", 120),
        ("1h", 3600),
        ("1:00:00", 3600),
        ("012", 12),
        ("0", 0),
    ],
)
def test_times_mean_what_people_mean(written: str, expected: float) -> None:
    assert parse_time(written) == seconds(expected)


@pytest.mark.parametrize(
    "written",
    ["1:75", "1:60:00", "-1", "-1s", "nan", ".nan", "inf", ".inf", "1e999", "1e3", "1_000", "0x10",
     "", " ", "s", "h", "30s1m", "25h", "99999999", "1:2:3:4", "٣s", "half", "1,500s", "2 months",
     "1m75", "3/0 min", "minute", "30 sec 30 sec", "5 m/s"],
)  # fmt: skip
def test_text_that_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_time(written)


@pytest.mark.parametrize(
    ("written", "seconds_meant"),
    [
        ("1 min", 60), ("30 sec", 30), ("30 seconds", 30), ("1m 30s", 90), ("1,5m", 90),
        ("½ min", 30), ("1½ min", 90), ("1 1/2 minutes", 90), ("1m30", 90), ("1 min 30", 90),
        ("1h30", 5400), ("1 hour and 30 minutes", 5400), ("2 Min.", 120), ("30 SECONDS", 30),
        ("250 ms", 0.25), ("30\"", 30), ("5'", 300), ("1'30", 90), ("5-minute", 300),
        ("about 30 s", 30), ("~30s", 30), ("for 30 seconds", 30), ("at least a minute", 60),
        ("thirty seconds", 30), ("twenty-five seconds", 25), ("half a minute", 30),
        ("two and a half minutes", 150), ("a minute and a half", 90), ("quarter of an hour", 900),
        ("30 Sekunden", 30), ("1 Minute 30 Sekunden", 90), ("eine halbe Minute", 30),
        ("anderthalb Minuten", 90), ("einundzwanzig Sekunden", 21), ("ca. 2 Min.", 120),
        ("30 segundos", 30), ("medio minuto", 30), ("dos minutos y medio", 150),
        ("treinta y cinco segundos", 35), ("trente secondes", 30), ("une demi-minute", 30),
        ("vingt et une secondes", 21), ("une minute et demie", 90), ("8 hours", 28_800),
        ("24h", 86_400),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(written: str, seconds_meant: float) -> None:
    assert parse_time(written) == seconds(seconds_meant)
    assert parse_span(written) == Span(seconds(seconds_meant), seconds(seconds_meant))
    assert parse_amount(written) == parse_span(written)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Hold for 30 seconds, then rest a minute.", ["30 seconds", "a minute"]),
        ("Stay for thirty to sixty seconds.", ["thirty to sixty seconds"]),
        ("Half a minute more, or 1 min 30 sec.", ["Half a minute", "1 min 30 sec"]),
        ("Bleib ein bis zwei Minuten so.", ["ein bis zwei Minuten"]),
        ("Only 1:30 is left at 7, in 6 metres. Hold it 2, 3, 4.", ["1:30"]),
    ],
)
def test_times_are_found_in_a_sentence(line: str, found: list[str]) -> None:
    pattern = re.compile(time_pattern(), re.IGNORECASE)
    assert [match[0] for match in pattern.finditer(line)] == found


@given(st.integers(1, 24 * 3600 * 10))
def test_a_time_is_written_so_that_it_is_read_again(tenths: int) -> None:
    samples = tenths * SAMPLE_RATE // 10
    assert parse_time(written_time(samples)) == samples


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("1-2 months", "'1-2 months' isn't a time.", f"Write {TIME_EXAMPLES}."),
        ("1-", "the end of '1-' is missing.", "Write 30-60s."),
        ("60s-30s", "'60s-30s' has the longer time first.", "Write 30s-60s."),
        (
            "30-1m30s",
            "the unit of '30' is missing in '30-1m30s'.",
            "Write the unit at both ends, such as 30s-1m30s.",
        ),
    ],
)
def test_the_error_says_what_is_wrong_with_a_range(written: str, message: str, hint: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        parse_span(written)
    assert (error.value.message, error.value.hint, error.value.rule) == (message, hint, "bad-time")


@pytest.mark.parametrize(
    ("written", "shortest", "longest"),
    [
        ("45s", 45, 45),
        ("30-60s", 30, 60),
        ("30–60s", 30, 60),
        ("30 - 60s", 30, 60),
        ("2-5m", 120, 300),
        ("45s-1m30s", 45, 90),
        ("1:00-1:30", 60, 90),
        ("30-60", 30, 60),
        ("1.5-2.5m", 90, 150),
        ("30-60 s", 30, 60),
        ("30 to 60s", 30, 60),
        ("1-2 min", 60, 120),
        ("30 s – 1 min", 30, 60),
        ("thirty to sixty seconds", 30, 60),
        ("between 30 and 60 seconds", 30, 60),
        ("von 30 bis 60 Sek.", 30, 60),
        ("ein bis zwei Minuten", 60, 120),
        ("de 30 a 60 segundos", 30, 60),
        ("de 30 à 60 secondes", 30, 60),
    ],
)
def test_a_unit_at_the_end_counts_for_both_ends(
    written: str, shortest: float, longest: float
) -> None:
    assert parse_span(written) == Span(seconds(shortest), seconds(longest))


@pytest.mark.parametrize("written", ["60-30s", "30-1m30s", "-", "30-", "-60s", "1-2-3s", "30-1:00"])
def test_unclear_spans_are_refused(written: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_span(written)


def test_counts_and_amounts() -> None:
    assert parse_count("5") == Count(5, 5)
    assert parse_count("4-8") == Count(4, 8)
    assert parse_amount("6 breaths") == Count(6, 6)
    assert parse_amount("1 breath") == Count(1, 1)
    assert parse_amount("1-2m") == Span(seconds(60), seconds(120))
    assert parse_count("8x") == parse_count("8 times") == parse_count("eight") == Count(8, 8)
    assert parse_count("4 to 8") == Count(4, 8)
    assert parse_amount("3 Atemzüge") == Count(3, 3)
    for written in ("0", "-1", "8-4", "1.5", "some", "99999"):
        with pytest.raises(InvalidValueError):
            parse_count(written)
    with pytest.raises(InvalidValueError, match="larger number first") as error:
        parse_count("8-4")
    assert error.value.hint == "Write 4-8."


def test_moments() -> None:
    assert parse_cue_time("10s") == CueTime("start", seconds(10))
    assert parse_cue_time("half") == CueTime("half")
    assert parse_cue_time("-10s") == CueTime("end", -seconds(10))
    assert parse_cue_time("10 seconds") == CueTime("start", seconds(10))
    for written in ("middle", "half-10s"):
        with pytest.raises(InvalidValueError, match="isn't a time"):
            parse_cue_time(written)
    for written in ("--3s", "-"):
        with pytest.raises(InvalidValueError, match=f"'{written}' isn't a moment"):
            parse_cue_time(written)


@given(st.text(max_size=30) | st.text("0123456789:.-hms ", max_size=12))
def test_any_text_is_a_time_in_range_or_is_refused(written: str) -> None:
    for parse in (parse_time, parse_span, parse_count, parse_amount, parse_cue_time):
        with suppress(InvalidValueError):
            found = parse(written)
            if isinstance(found, Span):
                assert 0 <= found.shortest <= found.longest <= MAX_TIME


@given(st.integers(0, 14_399), st.sampled_from(["s", "m:s", "units"]))
def test_every_way_to_write_a_time_gives_the_same(total: int, way: str) -> None:
    minutes, rest = divmod(total, 60)
    written = {"s": f"{total}s", "m:s": f"{minutes}:{rest:02}", "units": f"{minutes}m{rest}s"}[way]
    assert parse_time(written) == total * SAMPLE_RATE


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("pause 5s", 5), ("PAUSE 5s", 5), ("pause: 5s", 5), ("PAUSE: 20 SECONDS", 20),
        ("pause - 10 sec", 10), ("pause=5", 5), ("pause for half a minute", 30), ("Pause 5", 5),
        ("pause", 6), ("short pause", 3), ("long pause", 15), ("Long pause: 1 minute", 60),
        ("puase 5s", None), ("30 seconds", None), ("pausen", None),
    ],
)  # fmt: skip
def test_pauses_inside_texts_are_read_as_people_write_them(mark: str, expected: int | None) -> None:
    assert pause_length(mark) == (None if expected is None else seconds(expected))
    if expected is not None:
        (first, second) = split_sentences(f"Down. [{mark}] And up.")
        assert (first.text, first.pause, second.text) == ("Down.", seconds(expected), "And up.")
