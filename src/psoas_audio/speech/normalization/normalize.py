"""Text normalization: an ordered row of steps from written text to words that engines read right.

Each step is a function from text to text, in a file of its own in ``text_steps`` or
``number_steps``. What a language needs for it, such as its units and abbreviations, comes from its
data file in :mod:`psoas_audio.locale`. In a language without one, only signs are tidied, numbers
are written in words. How words are pronounced is the business of :mod:`..pronunciation`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.number_steps.cardinals import cardinal_reader
from psoas_audio.speech.normalization.number_steps.clock import clock_reader
from psoas_audio.speech.normalization.number_steps.compounds import compound_reader
from psoas_audio.speech.normalization.number_steps.counts import count_reader
from psoas_audio.speech.normalization.number_steps.currency import currency_reader
from psoas_audio.speech.normalization.number_steps.dates import date_name_finder, date_reader
from psoas_audio.speech.normalization.number_steps.durations import duration_reader
from psoas_audio.speech.normalization.number_steps.fractions import fraction_reader, join_mixed
from psoas_audio.speech.normalization.number_steps.ordinals import ordinal_reader
from psoas_audio.speech.normalization.number_steps.phone import group_joiner, phone_reader
from psoas_audio.speech.normalization.number_steps.ranges import range_reader
from psoas_audio.speech.normalization.number_steps.rates import rate_reader
from psoas_audio.speech.normalization.number_steps.scores import score_reader
from psoas_audio.speech.normalization.number_steps.units import unit_reader
from psoas_audio.speech.normalization.number_steps.years import year_reader
from psoas_audio.speech.normalization.numerals.numerals import Numerals, numerals_of
from psoas_audio.speech.normalization.text_steps.abbreviations import abbreviation_reader
from psoas_audio.speech.normalization.text_steps.capitals import capitals_reader
from psoas_audio.speech.normalization.text_steps.characters import plain_characters
from psoas_audio.speech.normalization.text_steps.levels import level_reader
from psoas_audio.speech.normalization.text_steps.markup import pauses, without_markup
from psoas_audio.speech.normalization.text_steps.roman import roman_reader
from psoas_audio.speech.normalization.text_steps.rulers import ruler_reader
from psoas_audio.speech.normalization.text_steps.signs import sign_reader
from psoas_audio.speech.normalization.text_steps.symbols import without_symbols
from psoas_audio.speech.normalization.text_steps.web import address_reader

_DIGIT = re.compile(r"\d")
_SLASH = re.compile("/")


class NormalizationStep(NamedTuple):
    """A step of the normalization."""

    name: str
    """As ``psoas-audio say --explain`` shows it."""
    apply: Callable[[str], str]


def normalize_text(text: str, language: str) -> str:
    """The words of *text* in the BCP 47 *language*, written out, without marks and signs."""
    for step in reading_steps(language):
        text = step.apply(text)
    return text


def explain_normalization(text: str, language: str) -> list[tuple[str, str]]:
    """Name and result of each step of :func:`normalize_text`, in order."""
    results = []
    for step in reading_steps(language):
        text = step.apply(text)
        results.append((step.name, text))
    return results


@cache
def reading_steps(language: str) -> tuple[NormalizationStep, ...]:
    """The steps from written text to words."""
    numerals = numerals_of(language)
    own = _steps_of(numerals.language, numerals) if numerals.language else ()
    return (
        NormalizationStep("tidy", plain_characters),
        NormalizationStep("symbols", without_symbols),
        *own,
        NormalizationStep("numbers", _where(_DIGIT, lambda: cardinal_reader(numerals))),
        NormalizationStep("pauses", pauses),
        NormalizationStep("markup", without_markup),
    )


def _steps_of(language: Language, numerals: Numerals) -> tuple[NormalizationStep, ...]:
    """The steps that need the data of a language. Each may rely on those before it."""
    text_steps = (
        ("addresses", address_reader(language)),
        ("abbreviations", abbreviation_reader(language, numerals)),
        ("levels", level_reader(language, numerals)),
        ("rulers", ruler_reader(language, numerals)),
        ("roman", roman_reader(language, numerals)),
        ("capitals", capitals_reader(language)),
    )
    number_steps: tuple[tuple[str, Callable[[], Callable[[str], str]]], ...] = (
        ("telephone", lambda: phone_reader(language, numerals)),
        ("groups", lambda: group_joiner(numerals)),
        ("rates", lambda: rate_reader(language)),
        ("money", lambda: currency_reader(language, numerals)),
        ("dates", lambda: date_reader(language, numerals)),
        ("years", lambda: year_reader(language, numerals)),
        ("mixed", lambda: join_mixed),
        ("scores", lambda: score_reader(language, numerals)),
        ("durations", lambda: duration_reader(language)),
        ("clock", lambda: clock_reader(language, numerals)),
        ("counts", lambda: count_reader(language, numerals)),
        ("compounds", lambda: compound_reader(numerals)),
        ("ordinals", lambda: ordinal_reader(language, numerals)),
        ("ranges", lambda: range_reader(language)),
        ("units", lambda: unit_reader(language, numerals)),
        ("fractions", lambda: fraction_reader(language, numerals)),
    )
    needed = {"dates": date_name_finder(language), "rates": _SLASH}
    return (
        *(NormalizationStep(name, apply) for name, apply in text_steps),
        *(
            NormalizationStep(name, _where(needed.get(name, _DIGIT), reader))
            for name, reader in number_steps
        ),
        NormalizationStep("signs", sign_reader(language)),
    )


def _where(
    needed: re.Pattern[str], reader: Callable[[], Callable[[str], str]]
) -> Callable[[str], str]:
    """The step of *reader* for texts in which *needed* is found; it changes no others.

    It is made for the first such text: compiling its patterns takes milliseconds.
    """
    made = cache(reader)
    return lambda text: made()(text) if needed.search(text) else text
