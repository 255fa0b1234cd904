"""Numbers in words as a language and a region say them, in agreement with what they count."""

from __future__ import annotations

import re
from functools import cache

from psoas_audio.locale.languages import Language, find_language
from psoas_audio.locale.tags import main_language
from psoas_audio.speech.normalization.numerals import spelling
from psoas_audio.speech.normalization.numerals.french import french_cardinal
from psoas_audio.speech.normalization.numerals.genders import Genders
from psoas_audio.speech.normalization.numerals.german import german_one, noun_after
from psoas_audio.speech.normalization.numerals.spanish import spanish_cardinal

NUMBER = r"\d+(?:[.,]\d+|'\d{3}(?!\d))*"
"""A number as written, whatever its separators mean."""


class Numerals:
    """The numbers of one language and region.

    Languages without a data file have plain numbers with a decimal point.
    """

    def __init__(self, tag: str) -> None:
        parts = tag.replace("_", "-").split("-")
        self.main = main_language(tag)
        has_region = len(parts) > 1 and len(parts[-1]) in (2, 3)
        self.region = parts[-1].upper() if has_region else ""
        self.language = find_language(tag)
        self.genders = Genders(self.language.nouns) if self.language else None
        own = self.language.regions.get(self.region, {}) if self.language else {}
        self.point = str(own.get("decimal_point", "")) or _point_of(self.language)

    def cardinal(self, number: int) -> str:
        """*number* as it is counted; its digits if the language isn't known."""
        return spelling.cardinal_words(number, self.main, self.region) or str(number)

    def ordinal(self, number: int) -> str:
        """The ordinal without an ending; empty if it isn't known."""
        return spelling.ordinal_words(number, self.main, self.region)

    def year(self, number: int) -> str:
        """*number* as the name of a year."""
        return spelling.year_words(number, self.main, self.region) or str(number)

    def digits(self, text: str) -> str:
        """Every digit of *text* in words."""
        return spelling.digit_by_digit(text, self.main, self.region)

    def value(self, written: str) -> tuple[str, str, str]:
        """Whole digits, sign and decimals of *written*; the sign is empty if it is whole."""
        point, group = self.point, "," if self.point == "." else "."
        plain = written.replace("'", "")
        if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", plain):
            plain = plain.replace(group, "")
        whole, sign, decimals = re.fullmatch(r"(\d+)(?:([.,])(\d+))?.*", plain).groups()  # type: ignore[union-attr]
        return whole, sign or "", decimals or ""

    def is_one(self, written: str) -> bool:
        """Whether *written* asks for a singular."""
        whole, sign, _ = self.value(written)
        return whole == "1" and not sign

    def in_words(self, written: str, before: str = "", after: str = "") -> str:
        """*written* in words, between the texts *before* and *after*."""
        if not spelling.cardinal_words(1, self.main, self.region):
            return written
        if len(re.findall(r"[.,]", written)) > 1 and not self._is_grouped(written):
            return _joined(written, self)
        whole, sign, decimals = self.value(written)
        if len(whole) > spelling.MAX_DIGITS or (len(whole) > 1 and whole[0] == "0"):
            said = self.digits(whole)
        elif sign:
            said = self.cardinal(int(whole))
        else:
            said = self.counted(int(whole), before, after)
        if not sign:
            return said
        return f"{said} {self.sign_name(sign)} {self._decimals(decimals)}"

    def _decimals(self, decimals: str) -> str:
        """In Spanish and French, two decimals are read as a number."""
        if self.main in ("es", "fr") and len(decimals) == 2 and decimals[0] != "0":
            return self.cardinal(int(decimals))
        return self.digits(decimals[:20]) or decimals

    def counted(self, number: int, before: str, after: str) -> str:
        """*number* in agreement with the noun in *after*."""
        words = self.cardinal(number)
        if self.genders is None:
            return words
        if self.main == "es":
            return spanish_cardinal(words, before, after, self.genders)
        if self.main == "fr":
            return french_cardinal(words, before, after, self.genders)
        if self.main != "de":
            return words
        if number == 1:
            return german_one(before, after, self.genders)
        counts = number % 100 == 1 and noun_after(after)
        return words.removesuffix("s") if counts else words

    def sign_name(self, sign: str) -> str:
        """The name of a decimal point or comma."""
        if self.language is None:
            return {".": "point", ",": "comma"}[sign]
        return self.language.numbers.point if sign == "." else self.language.numbers.comma

    def _is_grouped(self, written: str) -> bool:
        group = "," if self.point == "." else "."
        return bool(re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{self.point}\d+)?", written))


@cache
def numerals_of(tag: str) -> Numerals:
    """The numerals of the BCP 47 *tag*."""
    return Numerals(tag)


def _point_of(language: Language | None) -> str:
    return language.numbers.decimal_point if language else "."


def _joined(written: str, numerals: Numerals) -> str:
    """``1,2,3`` as a list, ``1.2.3`` as a version."""
    parts = re.split(r"([.,'])", written)
    said = [numerals.in_words(part) for part in parts[::2]]
    for sign in dict.fromkeys(parts[1::2]):
        if sign == "," or sign == "'":
            return ", ".join(said)
    return f" {numerals.sign_name('.')} ".join(said)
