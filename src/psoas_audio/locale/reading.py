"""The sections of a language's data file about how written text is read aloud.

Lists of words may be written as several texts of several words each.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class SignWords(NamedTuple):
    """How signs are read."""

    range: str
    """Between the ends of ``30-60``."""
    between: str
    """Before a range whose ends *and* links."""
    slash: str
    """For the slash of ``left/right``."""
    times: str
    """For the sign of ``3x10``."""
    by: str
    """For the sign of ``2 m x 1 m``."""
    ampersand: str
    """For ``&``, and between a whole number and a fraction."""
    less_than: str
    more_than: str
    at_least: str
    at_most: str
    about: str
    """For the sign of ``~10``."""
    minus: str
    plus: str
    plus_minus: str
    squared: str
    """For the ``²`` of ``x²``."""
    cubed: str
    power: str
    """Before any other exponent."""
    and_more: str
    """For the sign of ``65+``."""
    equals: str
    not_equal: str
    divided_by: str
    root_of: str
    infinity: str
    percent: str
    degrees: str
    at: str
    """For ``@`` before a word."""
    number: str
    """For ``#`` before a number."""
    section: str
    per: str
    """For the slash of ``breaths/min``."""


class NumberForms(NamedTuple):
    """How numbers are written, and what num2words doesn't know about reading them."""

    decimal_point: str
    """``.`` or ``,``; the other one groups thousands."""
    point: str
    """The name of a decimal ``.``."""
    comma: str
    """The name of a decimal ``,``."""
    and_a_half: str = ""
    """After the whole number of ``2 1/2``; empty if this is read like other fractions."""


class ClockForms(NamedTuple):
    """How times of day are read, with ``{h}`` and ``{m}``."""

    full_hour: str
    """``7:00``."""
    first_minutes: str
    """``7:05``."""
    minutes: str
    """``7:30``."""
    full_hour_marked: str = ""
    """``7:00 h``, where this differs."""
    marks: str = ""
    """Regular expression of a word after the time that is part of it: ``Uhr``."""
    h_mark: str = ""
    """``yes`` if an h stands between hour and minutes, or after the hour."""
    h_is_clock: str = ""
    """``yes`` if ``7 h`` is a time of day wherever it stands."""
    one: str = ""
    """The hour of ``1:00``, if it isn't counted like the others."""
    hours: str = ""
    """The noun that the hour agrees with."""
    minutes_agree: str = ""
    """``yes`` if the minutes agree with it too."""
    article: str = ""
    """Before the time, unless a word of ``no_article_after`` is there."""
    article_one: str = ""
    no_article_after: tuple[str, ...] = ()


class DurationForms(NamedTuple):
    """What tells a duration, ``1:30``, from a time of day."""

    cues: tuple[str, ...] = ()
    """Beginnings of words before a duration."""
    clock_after: tuple[str, ...] = ()
    """Words directly before a time of day."""
    clock_marks: str = "[ap]m"
    """Regular expression of what follows a time of day."""
    hour_mark_is_clock: str = ""
    """``yes`` if ``7h30`` is a time of day."""


class CalendarForms(NamedTuple):
    """How dates are written and read, with ``{day}`` and ``{month}``."""

    months: tuple[str, ...]
    """January to December."""
    months_short: tuple[str, ...]
    """Their abbreviations without full stops, several with spaces between."""
    weekdays: tuple[str, ...]
    """Monday to Sunday."""
    weekdays_short: tuple[str, ...]
    day_then_month: str
    month_then_day: str
    year: str
    """What follows if there is a ``{year}``."""
    days: str
    """``ordinal`` or ``cardinal``."""
    month_first: str = ""
    """``yes`` if the month comes first in ``12/25/2024``, and in words."""
    first_day: str = ""
    """The first of a month, if only this is an ordinal."""
    article: str = ""
    """With which ``day_then_month`` starts."""
    no_article_after: tuple[str, ...] = ()
    short_after: tuple[str, ...] = ()
    """Words after which a short weekday with a full stop is one."""
    month_short_after: tuple[str, ...] = ()
    """The same for a short month at the end of a sentence."""
    not_days: tuple[str, ...] = ()
    """Nouns that a number after a month's name may count."""


class YearForms(NamedTuple):
    """What tells years and decades from other numbers."""

    before: tuple[str, ...] = ()
    """Words before a year."""
    not_before: tuple[str, ...] = ()
    """Words after ``30s`` that make seconds of it, though it looks like a decade."""


class CountForms(NamedTuple):
    """How often something is done."""

    times: str
    """``5x``, with ``{n}``."""
    range_times: str
    """``6-8x``, with ``{low}`` and ``{high}``."""
    times_noun: str
    """The noun that the number agrees with."""
    once: str = ""
    twice: str = ""
    pattern_nouns: tuple[str, ...] = ()
    """Nouns after ``4-6`` that make a pattern of it, not a range."""


class ScoreForms(NamedTuple):
    """How ``3/10``, ``1:2``, ``120/80`` and ``Round 1/3`` are read."""

    of: str
    out_of: str
    over: str
    ratio: str
    juxtaposed: str = ""
    """Between the numbers of other pairs; may be empty."""
    series: tuple[str, ...] = ()
    """Nouns before the part of a series."""
    scales: tuple[str, ...] = ()
    """Beginnings of words near a score."""
    fraction_before: tuple[str, ...] = ()
    """Words after a fraction."""
    ratio_after: tuple[str, ...] = ()
    """Beginnings of words before a ratio."""


class MoneyForms(NamedTuple):
    """How amounts of money are put together."""

    cents: str
    """With ``{main}``, ``{part}`` and ``{cent}``."""
    of: str = ""
    """Between millions and the unit."""


class PhoneForms(NamedTuple):
    """How telephone numbers are known and read."""

    after: tuple[str, ...] = ()
    """Words before a number that is dialled."""
    articles: tuple[str, ...] = ()
    """Words that may stand between."""
    not_before: tuple[str, ...] = ()
    """Nouns that the number may count."""
    pairs: str = ""
    """``yes`` if the digits are read two by two."""


class WebWords(NamedTuple):
    """How addresses are read."""

    dot: str
    slash: str
    at: str
    hyphen: str
    underscore: str
    hashtag: str
    www: str


class LetterForms(NamedTuple):
    """What is done with words in capitals."""

    spelled: tuple[str, ...] = ()
    """Abbreviations that are spelled."""
    said: tuple[str, ...] = ()
    """Abbreviations that are said as words."""
    spelled_in: tuple[str, ...] = ()
    """Phrases in which a word in capitals is spelled, though it is a common word elsewhere."""
    short_words: tuple[str, ...] = ()
    """Common words of two or three letters: in capitals they are emphasis."""
    sides_before: tuple[str, ...] = ()
    """Nouns after L and R that make sides of them."""
    read_as: Mapping[str, str] = MappingProxyType({})
    """Abbreviation to words."""


class RomanForms(NamedTuple):
    """Where Roman numerals are read."""

    after: tuple[str, ...] = ()
    """Nouns before them."""
    kings: tuple[str, ...] = ()
    """First names of men before the number of a ruler: Henry VIII."""
    queens: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    """Titles before such names."""
    verbs_after_i: tuple[str, ...] = ()
    """Words after I that make a pronoun of it, if the language has that word."""
    ordinal: str = ""
    """Regular expression of what follows a Roman ordinal."""


class AdjectiveForms(NamedTuple):
    """Numbers with units before nouns: ``a 10-lb weight``."""

    determiners: tuple[str, ...] = ()
    not_nouns: tuple[str, ...] = ()
    """Words after a unit that no adjective stands before."""
    degree_nouns: tuple[str, ...] = ()
    """Nouns after degrees."""
    inch_before: tuple[str, ...] = ()
    """Words after ``2 in`` that make inches of it."""
    inch_things: tuple[str, ...] = ()
    """Nouns after ``a 12 in`` that make inches of it."""
    half_of: tuple[str, ...] = ()
    """Nouns besides the units that take ``half a``."""


class NounGenders(NamedTuple):
    """Genders of the nouns that numbers stand before."""

    masculine: tuple[str, ...] = ()
    feminine: tuple[str, ...] = ()
    neuter: tuple[str, ...] = ()
    masculine_suffixes: tuple[str, ...] = ()
    feminine_suffixes: tuple[str, ...] = ()
    neuter_suffixes: tuple[str, ...] = ()
    mostly_feminine_suffixes: tuple[str, ...] = ()
    """Endings of nouns that are feminine more often than not, where nothing else tells."""
    compounds: str = ""
    """``yes`` if the last part of a word tells its gender."""


class OrdinalForms(NamedTuple):
    """How ordinal numbers are written."""

    suffix: str = ""
    """Regular expression of what follows the digits; empty if nothing does."""
    full_stop_after: tuple[str, ...] = ()
    """Words after which ``2.`` is an ordinal, if the language writes them so."""
    inflected_after: tuple[str, ...] = ()
    """Words after which it is one too, in the dative or genitive."""
