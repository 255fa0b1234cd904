"""Dates, with names of months and weekdays in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, alternatives, before, ends_sentence
from psoas_audio.speech.normalization.numerals.genders import word_before
from psoas_audio.speech.normalization.numerals.german import german_ordinal
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_ISO = re.compile(r"(?<![\w./-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|\.\d)")
_NO_YEAR = re.compile(
    r"(?:(?<=\bon )|(?<=\bby )|(?<=\bdue ))(\d{1,2})/(\d{1,2})"
    r"(?=[.,;:!?)]|$|\s(?:we|at|and|from|to|I|you)\b)(?![.,]\d)"
)
_AFTER_ARTICLE = re.compile(
    r"(?<!\w)((?:el|del|al|le|du|au)\s)(\d{1,2})/(\d{1,2})(?![\w/%]|[.,]\d|\s(?:de|du|des|d')\b)",
    re.IGNORECASE,
)
"""The third of May in Spanish and French: ``del 3/5``, which is no fraction."""
_DAY_MONTH = re.compile(r"(?<![\w./-])(\d{1,2})\.\s?(\d{1,2})\.(?![\w/-])")
_DAY_SUFFIX = r"(?:st|nd|rd|th|\.|\.?º|er|re|\.er)?"
_ACCUSATIVE = ("bis", "den", "diesen", "kommenden", "nächsten", "letzten", "jeden")
"""German words before a weekday whose date is in the accusative; others ask for the dative."""
_BETWEEN_DAYS = r"\s?(?:-|–|bis|to|and|und|y|et|al?|au|&|,)\s?"


def date_name_finder(language: Language) -> re.Pattern[str]:
    """Finds texts that may have a date: with a digit, or with the short name of a weekday."""
    data = language.calendar
    short = (each for line in (*data.weekdays_short, *data.months_short) for each in line.split())
    return re.compile(rf"\d|(?<!\w)(?:{alternatives(short)})(?!\w)")


def date_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads dates of every form the language writes."""
    return _Dates(language, numerals).step


class _Dates:
    def __init__(self, language: Language, numerals: Numerals) -> None:
        self._numerals = numerals
        self._data = data = language.calendar
        self._range = language.signs.range
        self._german = language.tag == "de"
        self._month_first = (
            language.regions.get(numerals.region, {}).get("month_first", data.month_first) == "yes"
        )
        self._months = _names(data.months, data.months_short)
        self._weekdays = _names(data.weekdays, data.weekdays_short)
        months = alternatives([*data.months, *self._months])
        full = alternatives([*data.months, *data.weekdays])
        short_months, short_days = alternatives(self._months), alternatives(self._weekdays)
        year = r"(?:,?\s(?:(?:de|del|of)\s)?(\d{4})(?![\w,.]?\d|\s?[-–]\s?\d))?"
        self._short_month = re.compile(
            rf"(?<!\w)({short_months})(?:\.|(?=\s\d)|(?=\s?[-–/]\s?(?:{months})(?!\w))|(?=\W*$))(?!\w)"
        )
        self._after_day = re.compile(
            rf"(?<=\d)({_DAY_SUFFIX}\s(?:de\s|of\s)?)({short_months})(\.?)(?!\w)"
        )
        days = rf"(?:{short_days}|{alternatives(data.weekdays)})"
        link = r"(?:,?\s(?:and|or|to|und|oder|bis|y|o|a|et|ou|à)\s|\s?[-–/&+,]\s?)"
        self._short_day = re.compile(
            rf"(?<!\w)({short_days})(?:(?P<dot>\.)(?=\s?[-–/,&]|\s[\da-zß-ÿ])"
            rf"|(?=,?\s(?:\d|(?:{months})(?!\w))))(?!\w)"
        )
        self._day_list = re.compile(rf"(?<!\w){days}\.?(?:{link}{days}(?!\w)\.?)+")
        self._one_day = re.compile(rf"(?<!\w)({short_days})(?!\w)\.?")
        self._day_after = re.compile(
            rf"(?<!\w)((?:{alternatives(data.short_after)})\s)({short_days})\.(?!\w)"
        )
        self._short_range = re.compile(
            rf"(?<!\w)({months})\.?(\s?[-–/]\s?)({short_months})(?!\w)(\.?)"
        )
        self._names_range = re.compile(rf"(?<!\w)({full})\s?[-–]\s?(?=(?:{full})(?!\w))")
        self._day_first = re.compile(
            rf"(?<![\w.,:/])(?:(\d{{1,2}}){_DAY_SUFFIX}({_BETWEEN_DAYS}))?(\d{{1,2}}){_DAY_SUFFIX}\s(?:de\s|of\s)?({alternatives(data.months)})(?!\w){year}"
        )
        self._month_then = re.compile(
            rf"(?<!\w)({alternatives(data.months)})\s(?:the\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?:({_BETWEEN_DAYS})(\d{{1,2}})(?:st|nd|rd|th)?)?(?![\w:%°/]|[.,]\d|\s?[-–]\s?\d|\s(?:{alternatives(data.not_days)})\b){year}"
        )
        self._month_year = re.compile(
            rf"(?<!\w)({alternatives(data.months)})\s(?:(de|del|of)\s)?(\d{{4}})(?![\w]|[.,]\d)"
        )
        self._announced_weekday = re.compile(
            rf"(?<!\w)(am|ab|seit|vom|zum|dem|{'|'.join(_ACCUSATIVE)})\s"
            rf"(?:{alternatives(data.weekdays)}),?\s$",
            re.IGNORECASE,
        )
        names = {*self._months, *self._weekdays, *data.months, *data.weekdays}
        self._any_name = re.compile(rf"(?<!\w)(?:{alternatives(names)})(?!\w)")

    def step(self, text: str) -> str:
        if self._any_name.search(text):
            text = self._names_in_full(text)
        if not re.search(r"\d", text):
            return text
        text = _ISO.sub(lambda m: self._numeric(m, m[3], m[2], m[1]), text)
        text = _NUMERIC.sub(self._by_numbers, text)
        if self._data.days == "ordinal" and not self._german:
            text = _NO_YEAR.sub(self._without_year, text)
        if self._data.days == "cardinal":
            text = _AFTER_ARTICLE.sub(self._after_article, text)
        if self._german:
            text = _DAY_MONTH.sub(self._day_and_month, text)
        if self._any_name.search(text):
            text = self._day_first.sub(self._by_day, text)
            if self._month_first or self._data.month_first == "yes":
                text = self._month_then.sub(self._by_month, text)
            text = self._month_year.sub(self._by_year, text)
        return text

    def _names_in_full(self, text: str) -> str:
        text = self._day_list.sub(self._list_of_days, text)
        text = self._day_after.sub(
            lambda m: m[1] + self._weekdays[m[2]] + "." * ends_sentence(m), text
        )
        text = self._short_day.sub(lambda m: self._weekdays[m[1]], text)
        text = self._short_range.sub(
            lambda m: self._full(m[1]) + m[2] + self._full(m[3]) + "." * ends_sentence(m), text
        )
        text = self._after_day.sub(
            lambda m: m[1] + self._months[m[2]] + "." * bool(m[3] and ends_sentence(m)), text
        )
        text = self._short_month.sub(self._month_in_full, text)
        return self._names_range.sub(rf"\1 {self._range} ", text)

    def _full(self, month: str) -> str:
        return self._months.get(month, month)

    def _list_of_days(self, match: re.Match[str]) -> str:
        stop = "." if match[0].endswith(".") and ends_sentence(match) else ""
        days = self._one_day.sub(lambda day: self._weekdays[day[1]], match[0])
        return re.sub(r"\s?/\s?", ", ", days.rstrip(".")) + stop

    def _month_in_full(self, match: re.Match[str]) -> str:
        dotted = match[0].endswith(".")
        follows = after(match)
        if not dotted and not re.match(r"\s\d|\s?[-–/]", follows):
            return match[0]
        ended = dotted and ends_sentence(match)
        earlier = before(match)
        announced = word_before(earlier) in self._data.month_short_after
        if ended and not announced and not re.search(r"\d\s*$", earlier):
            return match[0]
        return self._months[match[1]] + "." * bool(ended)

    def _by_numbers(self, match: re.Match[str]) -> str:
        first, second, year = match[1], match[3], match[4]
        if match[2] == "-" and len(year) < 4:
            return match[0]
        if len(year) == 2:
            year = f"20{year}" if int(year) < 70 else f"19{year}"
        month_first = self._month_first and match[2] != "."
        day, month = (second, first) if month_first else (first, second)
        if int(month) > 12 and int(day) <= 12:
            day, month = month, day
        return self._numeric(match, day, month, year)

    def _without_year(self, match: re.Match[str]) -> str:
        month, day = (match[1], match[2]) if self._month_first else (match[2], match[1])
        return self._numeric(match, day, month, "")

    def _after_article(self, match: re.Match[str]) -> str:
        said = self._numeric(match, match[2], match[3], "")
        return said if said == match[0] else match[1] + said.removeprefix(f"{self._data.article} ")

    def _day_and_month(self, match: re.Match[str]) -> str:
        stop = "." * ends_sentence(match)
        return self._numeric(match, match[1], match[2], "") + stop

    def _numeric(self, match: re.Match[str], day: str, month: str, year: str) -> str:
        if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            return match[0]
        name = self._data.months[int(month) - 1]
        form = self._data.month_then_day if self._month_first else self._data.day_then_month
        return self._with_article(match, form, day, name, year)

    def _by_day(self, match: re.Match[str]) -> str:
        first, between, day, month, year = match.groups()
        if not 1 <= int(day) <= 31:
            return match[0]
        said = self._with_article(match, self._data.day_then_month, day, month, year or "")
        if not first:
            return said
        to = between.strip(" -–")
        word = f" {to} " if to and to not in "&," else f" {self._range} " if not to else f"{to} "
        article, _, rest = said.rpartition(self._day(match, day, month))
        return article + self._day(match, first, month) + word + self._day(match, day, month) + rest

    def _by_month(self, match: re.Match[str]) -> str:
        month, day, between, last, year = match.groups()
        if not 1 <= int(day) <= 31:
            return match[0]
        days = self._day(match, day, month)
        if last:
            to = between.strip(" -–")
            days += (f" {to} " if to else f" {self._range} ") + self._day(match, last, month)
        said = self._data.month_then_day.format(day=days, month=month)
        return said + self._year(year or "")

    def _by_year(self, match: re.Match[str]) -> str:
        link = f"{match[2]} " if match[2] else ""
        return f"{match[1]} {link}{self._numerals.year(int(match[3]))}"

    def _with_article(
        self, match: re.Match[str], form: str, day: str, month: str, year: str
    ) -> str:
        said = form.format(day=self._day(match, day, month), month=month) + self._year(year)
        article = self._data.article
        if (
            article
            and said.startswith(f"{article} ")
            and word_before(before(match)) in self._data.no_article_after
        ):
            return said[len(article) + 1 :]
        return said

    def _year(self, year: str) -> str:
        return self._data.year.format(year=self._numerals.year(int(year))) if year else ""

    def _day(self, match: re.Match[str], day: str, month: str) -> str:
        number = int(day)
        if number == 1 and self._data.first_day:
            return self._data.first_day
        if self._data.days == "cardinal":
            return self._numerals.cardinal(number)
        said = self._numerals.ordinal(number)
        if self._german and (weekday := self._announced_weekday.search(before(match))):
            return f"{'den' if weekday[1].casefold() in _ACCUSATIVE else 'dem'} {said}n"
        if self._german and self._numerals.genders:
            return german_ordinal(said, before(match), month, self._numerals.genders)
        return said


def _names(full: tuple[str, ...], short: tuple[str, ...]) -> Mapping[str, str]:
    """Each short name to the full one."""
    return {each: name for name, line in zip(full, short, strict=True) for each in line.split()}
