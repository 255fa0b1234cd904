"""Years and decades."""

from __future__ import annotations

import re
from collections.abc import Callable

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, alternatives
from psoas_audio.speech.normalization.numerals.german import noun_after
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_YEAR = r"(1[0-9]\d\d|20\d\d)"
_PLURALS = (("ty", "ties"), ("en", "ens"), ("ed", "eds"), ("nd", "nds"))


def year_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads years after the words that announce them, and decades as the language writes them."""
    if language.tag == "en":
        return _english(language, numerals)
    if language.tag == "de":
        return _german(language, numerals)
    return _spanish(numerals) if language.tag == "es" else lambda text: text


def _english(language: Language, numerals: Numerals) -> Callable[[str], str]:
    before = alternatives(word for line in language.years.before for word in line.split())
    units = alternatives({*language.units, *(words[0] for words in language.units.values())})
    year_range = re.compile(
        rf"(?<!\w)((?:{before}|between|\()\s?){_YEAR}(\s?[-–]\s?|\s(?:to|and|or|until|through|till)\s){_YEAR}(?![\w,.]\d|\w)",
        re.IGNORECASE,
    )
    single = re.compile(
        rf"(?<!\w)((?:{before})\s|\()(?:{_YEAR})(?![\w%°:/]|[.,]\d|\s?[-–]\s?\d)", re.IGNORECASE
    )
    alone = re.compile(
        rf"(?<![\w.,:/$€£-])(19\d\d|20\d\d)(?P<to>\s?[-–]\s?)(19\d\d|20\d\d)(?![\w,.:/-]\d|\w"
        rf"|\s?(?:{units})(?!\w)|\s[a-z]+s(?!\w))"
    )
    subject = re.compile(
        r"(?:(?<=^)|(?<=[.!?] ))(19\d\d|20\d\d)"
        r"(?=\s(?:was|is|will|has|had|saw|brought|began|ended)(?!\w))"
    )
    of_noun = re.compile(
        rf"(?<!\w)((?:the|a|this|that|our|my|your)\s){_YEAR}(?=\s[a-z]+(?<![^s]s)(?!\w))(?!\s(?:{units})(?!\w))",
        re.IGNORECASE,
    )
    era = re.compile(
        r"(?<![\w.,])(\d{1,4})(?=\s?(?:BCE?|CE|AD)(?!\w))|(?<=AD )(\d{1,4})(?![\w,.]\d)"
    )
    decade = re.compile(
        r"(?<!\w)(?:(?P<apostrophe>'(?P<short>[2-9]0)'?s)"
        r"|(?P<long>(?:1[1-9]|20)\d0)'?s"
        r"|(?P<word>(?:the|their|her|his|my|your|our|early|late|mid|the early|the late|over|under|"
        r"early to mid|roaring|and|or|to)(?P<gap>[ -]))(?P<tens>[2-9]0)'?s)(?!\w)"
        r"(?P<more>(?:(?:,? (?:and |or )|, |[-–/])[2-9]0'?s(?!\w))*)",
        re.IGNORECASE,
    )
    not_decade = alternatives(word for line in language.years.not_before for word in line.split())
    seconds = re.compile(rf"[\s-](?:{not_decade})(?!\w)|\s?[/x]", re.IGNORECASE)
    counted = re.compile(r"\s(?:\w+ly\s)?[a-z]+s(?!\w)(?<!\swas)(?<!\shas)(?<!\sis)(?<!\sthis)")

    def read_single(match: re.Match[str]) -> str:
        word = match[1].strip().casefold()
        if (
            word not in ("year", "years", "since", "(")
            and counted.match(after(match))
            and (match[2][2:] == "00" or match[2] < "1100")
        ):
            return match[0]
        return match[1] + numerals.year(int(match[2]))

    def read_alone(match: re.Match[str]) -> str:
        first, last = int(match[1]), int(match[3])
        if first >= last:
            return match[0]
        return f"{numerals.year(first)} {language.signs.range} {numerals.year(last)}"

    def read_decades(match: re.Match[str]) -> str:
        first, more = read_decade(match), match["more"]
        if match["tens"] and first.endswith("s") and not first[-2].isdigit():
            more = re.sub(
                r"([2-9]0)'?s", lambda other: _plural(numerals.cardinal(int(other[1]))), more
            )
            more = re.sub(r"\s?[-–]\s?", f" {language.signs.range} ", more)
        return first + more

    def read_decade(match: re.Match[str]) -> str:
        if match["long"]:
            return _plural(numerals.year(int(match["long"])))
        if match["apostrophe"]:
            return _plural(numerals.cardinal(int(match["short"])))
        if match["word"].strip(" -").casefold() in ("the", "your", "my") and seconds.match(
            after(match)
        ):
            return match[0].removesuffix(match["more"])
        if match["word"].strip().casefold() in ("and", "or", "to") and not re.search(
            r"(?:ties|[2-9]0'?s)\s$", match.string[max(0, match.start() - 8) : match.start()]
        ):
            return match[0].removesuffix(match["more"])
        return match["word"] + _plural(numerals.cardinal(int(match["tens"])))

    def step(text: str) -> str:
        text = decade.sub(read_decades, text)
        text = year_range.sub(
            lambda m: (
                f"{m[1]}{numerals.year(int(m[2]))}"
                f"{m[3] if m[3].strip(' -–') else ' ' + language.signs.range + ' '}"
                f"{numerals.year(int(m[4]))}"
            ),
            text,
        )
        text = alone.sub(read_alone, text)
        text = subject.sub(lambda m: numerals.year(int(m[1])), text)
        text = single.sub(read_single, text)
        text = of_noun.sub(lambda m: m[1] + numerals.year(int(m[2])), text)
        return era.sub(lambda m: numerals.year(int(m[1] or m[2])), text)

    return step


def _plural(words: str) -> str:
    for one, more in _PLURALS:
        if words.endswith(one):
            return words.removesuffix(one) + more
    return words + "s"


def _german(language: Language, numerals: Numerals) -> Callable[[str], str]:
    decade = re.compile(r"(?<![\w.,-])(\d{1,4})er(n|s)?(?!\w)")
    year = re.compile(r"(?<![\w.,:/-])(1[1-9]\d\d)(?![\w%°:/]|[.,]\d|\s?[-–]\s?\d{1,3}(?!\d))")

    def read_year(match: re.Match[str]) -> str:
        if noun_after(after(match)):
            return match[0]
        return numerals.year(int(match[1]))

    def read_decade(match: re.Match[str]) -> str:
        number = int(match[1])
        words = numerals.year(number)
        ending = f"er{match[2] or ''}"
        noun = noun_after(after(match)) or match.string[match.end() : match.end() + 1] == "-"
        return words + ending if noun else words.capitalize() + ending

    def step(text: str) -> str:
        text = decade.sub(read_decade, text)
        text = re.sub(
            rf"(?<![\w.,/-]){_YEAR}\s?[-–]\s?{_YEAR}(?![\w-])",
            lambda m: (
                f"{numerals.year(int(m[1]))} {language.signs.range} {numerals.year(int(m[2]))}"
            ),
            text,
        )
        return year.sub(read_year, text)

    return step


def _spanish(numerals: Numerals) -> Callable[[str], str]:
    decade = re.compile(r"(?<!\w)((?:los|años|las)\s)'?([1-9]0)'?s(?!\w)", re.IGNORECASE)
    return lambda text: decade.sub(lambda m: m[1] + numerals.cardinal(int(m[2])), text)
