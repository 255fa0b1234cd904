"""Abbreviations in full. Whether one is read depends on what follows it, and so does its stop."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Set

from psoas_audio.locale.languages import Language
from psoas_audio.speech.normalization.context import after, alternatives, before, ends_sentence
from psoas_audio.speech.normalization.numerals.genders import FEMININE, Genders, word_before
from psoas_audio.speech.normalization.numerals.german import german_ordinal, noun_after
from psoas_audio.speech.normalization.numerals.numerals import Numerals

_BEFORE_NAME = (
    r"(?=[\s-](?:(?:and|und|y|et|&)\s(?:(?:the|el|la|le|der|die|den)\s)?)?"
    r"[\"'(]?[^\W\d_a-zß-ÿ])"
)
_BEFORE_NUMBER = r"(?=\s?[#\d~<>≥≤½]|\s(?-i:[IVX]+\b))"
_ENDS_SHORT = re.compile(r"(?<!\w)\w{1,6}\.\W*$")
_AT_END = re.compile(r"[\"')\]]*\s*$")


def abbreviation_reader(language: Language, numerals: Numerals) -> Callable[[str], str]:
    """Reads each kind of abbreviation of the language."""
    units = {name if len(name) == 1 else name.casefold() for name in language.units}
    steps = [
        _before(language.abbreviations_before_names, _BEFORE_NAME, spaced=True),
        _before(language.abbreviations_before_numbers, _BEFORE_NUMBER, spaced=False),
        _anywhere(language.abbreviations, language.final_abbreviations, units),
    ]
    if language.side_abbreviations and numerals.genders:
        steps.append(_sides(language, numerals.genders))
    if language.letters.sides_before:
        steps.append(_sides_in_capitals(language))

    bare = alternatives(
        name
        for names in (
            language.abbreviations_before_names,
            language.abbreviations_before_numbers,
            language.abbreviations,
            language.side_abbreviations,
        )
        for name in names
        if name.isalpha()
    )
    may_have_one = re.compile(rf"\.[\s\w,;:-]|[/°ºRL]|(?<!\w)(?:{bare})(?!\w)", re.IGNORECASE)

    def step(text: str) -> str:
        if may_have_one.search(text) or _ENDS_SHORT.search(text[-12:]):
            for each in steps:
                text = each(text)
        return text

    return step


def _before(words: Mapping[str, str], following: str, *, spaced: bool) -> Callable[[str], str]:
    if not words:
        return lambda text: text
    by_name = {name.casefold(): said for name, said in words.items()}
    pattern = re.compile(
        rf"(?<![\w.])(?<!\d )(?:{alternatives(words)}){following}", 0 if spaced else re.IGNORECASE
    )

    def read(match: re.Match[str]) -> str:
        said = _like(by_name[match[0].casefold()], match[0])
        return said if spaced else said + " " * (match.string[match.end()] != " ")

    return lambda text: pattern.sub(read, text)


def _anywhere(
    words: Mapping[str, str], final: Mapping[str, str], units: Set[str]
) -> Callable[[str], str]:
    if not words and not final:
        return lambda text: text
    exact = {**words, **final}
    by_name = {name.casefold(): said for name, said in exact.items()}
    twice = Counter(name.casefold() for name in exact)  # "M." and "m."
    after_number = {name for name in by_name if name.rstrip("./") in units}
    finals = {name.casefold() for name in final}
    pattern = re.compile(rf"(?<![\w./])(?:{alternatives(by_name)})(?!\w)", re.IGNORECASE)

    def read(match: re.Match[str]) -> str:
        name = match[0].casefold()
        if name in after_number and before(match)[-2:].strip().isdigit():
            return match[0]
        ended = ends_sentence(match) if name in finals else _AT_END.match(match.string, match.end())
        stop = "." if name.endswith(".") and ended else ""
        said = exact[match[0]] if twice[name] > 1 and match[0] in exact else by_name[name]
        said = said if twice[name] > 1 else _like(said, match[0])
        touching = name.endswith("/") and match.string[match.end() : match.end() + 1] not in (
            "",
            " ",
        )
        return said + stop + " " * touching

    # An abbreviation that ends in a slash may touch the next word.
    slashed = [name for name in by_name if name.endswith("/")]
    if slashed:
        pattern = re.compile(
            rf"(?<![\w./])(?:(?:{alternatives(set(by_name) - set(slashed))})(?!\w)"
            rf"|(?:{alternatives(slashed)}))",
            re.IGNORECASE,
        )
    return lambda text: pattern.sub(read, text)


def _like(said: str, written: str) -> str:
    """*said* with a capital at its start if *written* has one."""
    if written[0].isupper() and said[0].islower() and not written[:-1].isupper():
        return said[0].upper() + said[1:]
    return said


def _sides(language: Language, genders: Genders) -> Callable[[str], str]:
    """Left and right as adjectives: ``la mano der.``, ``das re. Bein``."""
    forms = language.side_abbreviations
    pattern = re.compile(
        rf"(?<![\w.])(?:{alternatives(forms)})(?=\s|$|[,;:!?)/])(?!/\w{{3}})", re.IGNORECASE
    )
    german_order = language.tag == "de"
    name = alternatives({*forms, *(each.rstrip(".") for each in forms)})
    pair = re.compile(rf"(?<![\w.])({name})\s?/\s?({name})(?!\w)", re.IGNORECASE)
    adverbs = {each.rstrip("."): both[1] for each, both in forms.items()}

    def read_pair(match: re.Match[str]) -> str:
        left, right = (adverbs[each.casefold().rstrip(".")] for each in match.groups())
        return f"{_like(left, match[0])}, {right}"

    def read(match: re.Match[str]) -> str:
        if before(match)[-2:].strip().isdigit():
            return match[0]  # 200 g.
        first, second = forms[match[0].casefold()]
        if german_order:
            noun = noun_after(after(match))
            known = noun and genders.knows(noun)
            said = german_ordinal(first, before(match), noun, genders) if known else second
        else:
            noun = word_before(before(match))
            said = second if noun == "la" or genders.of(noun) == FEMININE else first
        ended = _AT_END.match(match.string, match.end()) or (
            ends_sentence(match) and not (german_order and noun)
        )
        return _like(said, match[0]) + "." * bool(ended and match[0].endswith("."))

    return lambda text: pattern.sub(read, pair.sub(read_pair, text))


def _sides_in_capitals(language: Language) -> Callable[[str], str]:
    """``the R leg``, ``L/R``."""
    left, right = language.spoken.sides["left"], language.spoken.sides["right"]
    words = {"L": left, "R": right}
    nouns = alternatives(word for line in language.letters.sides_before for word in line.split())
    single = re.compile(rf"(?<![\w.'-])([LR])(?:\.?\s|-)(?=(?:{nouns})(?!\w))")
    alone = re.compile(r"(?<=the )[LR](?=[.,;:!?)]|$)")
    both = re.compile(r"(?<![\w./])([LR])\s?([/&+])\s?([LR])(?![\w/])")

    def step(text: str) -> str:
        if "L" not in text and "R" not in text:
            return text
        text = both.sub(lambda m: f"{words[m[1]]} {language.signs.ampersand} {words[m[3]]}", text)
        with_sides = single.sub(lambda m: words[m[1]] + " ", text)
        if with_sides != text:
            with_sides = alone.sub(lambda m: words[m[0]], with_sides)
        return with_sides

    return step
