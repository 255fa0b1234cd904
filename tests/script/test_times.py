"""Times, spans, counts and moments as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_audio.script.model import Count, Moment, Span
from psoas_audio.script.times import (
    MAX_TIME,
    TIME_EXAMPLES,
    InvalidValueError,
    parse_amount,
    parse_count,
    parse_moment,
    parse_span,
    parse_time,
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
def test_a_time_is_what_a_person_reads_in_it(written: str, expected: float) -> None:
    assert parse_time(written) == seconds(expected)


@pytest.mark.parametrize(
    "written",
    ["1:75", "1:60:00", "-1", "-1s", "nan", ".nan", "inf", ".inf", "1e999", "1e3", "1_000", "0x10",
     "", " ", "s", "h", "1m30", "30s1m", "45 sec", "25h", "99999999", "1:2:3:4", "٣s", "half",
     "1,5s"],
)  # fmt: skip
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError):
        parse_time(written)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("45 seconds", "Write 45s."),
        ("2 Min.", "Write 2m."),
        ("250 ms", "Write 250ms."),
        ("2m 30s", "Write 2m30s."),
        ("2 min 30 s", "Write 2m30s."),
        ("2 months", f"Write {TIME_EXAMPLES}."),
    ],
)
def test_a_loosely_written_time_is_given_back_as_it_should_be(written: str, hint: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        parse_time(written)
    assert error.value.hint == hint


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("1-2 min", "'1-2 min' isn't a range of times.", "Write 1-2m."),
        ("1-", "the end of '1-' is missing.", "Write 30-60s."),
        ("60s-30s", "'60s-30s' has the longer time first.", "Write 30s-60s."),
        (
            "30-1m30s",
            "the unit of '30' is missing in '30-1m30s'.",
            "Write the unit at both ends, such as 30s-1m30s.",
        ),
    ],
)
def test_what_is_wrong_with_a_range_is_said(written: str, message: str, hint: str) -> None:
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
    for written in ("0", "-1", "8-4", "1.5", "five", "99999"):
        with pytest.raises(InvalidValueError):
            parse_count(written)
    with pytest.raises(InvalidValueError, match="larger number first") as error:
        parse_count("8-4")
    assert error.value.hint == "Write 4-8."


def test_moments() -> None:
    assert parse_moment("10s") == Moment("start", seconds(10))
    assert parse_moment("half") == Moment("half")
    assert parse_moment("-10s") == Moment("end", -seconds(10))
    for written in ("middle", "half-10s"):
        with pytest.raises(InvalidValueError, match="isn't a time"):
            parse_moment(written)
    for written in ("--3s", "-"):
        with pytest.raises(InvalidValueError, match=f"'{written}' isn't a moment"):
            parse_moment(written)


@given(st.text(max_size=30))
def test_any_text_is_a_time_in_range_or_misread(written: str) -> None:
    for parse in (parse_time, parse_span, parse_count, parse_amount, parse_moment):
        with suppress(InvalidValueError):
            found = parse(written)
            if isinstance(found, Span):
                assert 0 <= found.shortest <= found.longest <= MAX_TIME


@given(st.integers(0, 14_399), st.sampled_from(["s", "m:s", "units"]))
def test_every_way_to_write_a_time_gives_the_same(total: int, way: str) -> None:
    minutes, rest = divmod(total, 60)
    written = {"s": f"{total}s", "m:s": f"{minutes}:{rest:02}", "units": f"{minutes}m{rest}s"}[way]
    assert parse_time(written) == total * SAMPLE_RATE
