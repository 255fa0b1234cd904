"""The words and signs that people write times with, in English, German, Spanish and French.

The words of all four languages are understood in every script: none of them means one thing in one
language and another in the next, apart from the German and English spellings of *minute*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

UNIT_SECONDS: Mapping[str, Decimal] = {
    "h": Decimal(3600), "m": Decimal(60), "s": Decimal(1), "ms": Decimal("0.001"),
}  # fmt: skip
"""Unit, as a script has it, to its seconds; the largest first."""

_UNIT_WORDS = {
    "h": "h hr hrs hour hours std stunde stunden hora horas heure heures",
    "m": "m min mins minute minutes minuten minuto minutos mn mns ' ′",
    "s": "s sec secs second seconds sek sekunde sekunden sekündchen seg segs segundo segundos"
    " seconde secondes \" ″ '' ′′",
    "ms": "ms msec msecs millisecond milliseconds millisekunde millisekunden milisegundo"
    " milisegundos milliseconde millisecondes",
}
UNIT_NAMES: Mapping[str, str] = {
    name: unit for unit, names in _UNIT_WORDS.items() for name in names.split()
}
"""What people write for a unit, to the unit."""

BREATH_WORDS = (
    "breath", "breaths", "atemzug", "atemzüge", "atemzügen", "respiración", "respiraciones",
    "respiration", "respirations",
)  # fmt: skip
"""What breaths are called."""
FOR = r"(?:for|für|durante|por|pendant)(?![^\W\d_])"
"""A regular expression for the preposition before a time."""
ABOUT = (
    r"(?:[~≈]|(?:about|around|roughly|approximately|approx\.?|some|circa|ca\.?|at least"
    r"|another|a full|up to|etwa|ungefähr|rund|zirka|mindestens|wenigstens|weitere|noch"
    r"|unos|unas|aproximadamente|alrededor de|al menos|otros|otras"
    r"|environ|à peu près|au moins|encore)(?![^\W\d_]))"
)
"""A regular expression for what may stand before a time and doesn't change it."""
_TO_WORDS = r"to|or|bis|oder|a|o|à|ou|hasta|jusqu['’]à"
TO = rf"\s*(?:[-–—−]|\.\.+|…|\b(?:{_TO_WORDS})\b)\s*"
"""A regular expression for what joins the ends of a range."""
TIMES_WORDS = ("x", "×", "times", "rounds", "mal", "runden", "veces", "rondas", "fois", "tours")
"""What may stand after a number of rounds."""

_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}
_DIGITS = r"[0-9]{1,6}(?:\.[0-9]{1,3}|,[0-9]{1,2})?"
"""A number; behind a comma there are one or two digits, because ``1,500`` may be a thousand."""
_QUANTITY = rf"(?:{_DIGITS}\s?[½¼¾⅓⅔]?|[½¼¾⅓⅔]|(?:[0-9]{{1,3}}\s)?[0-9]{{1,2}}/[0-9]{{1,2}})"
_NAMES_BY_LENGTH = sorted(UNIT_NAMES, key=len, reverse=True)
_UNIT_LETTERS = "|".join(name for name in _NAMES_BY_LENGTH if name.isalpha())
_UNIT_SIGNS = "|".join(name for name in _NAMES_BY_LENGTH if not name.isalpha())
_UNIT = f"{_UNIT_LETTERS}|{_UNIT_SIGNS}"
_AND = r"(?:,|\+|&|and\b|und\b|y\b|et\b)?"
_PART = re.compile(rf"\s*{_AND}\s*({_QUANTITY})\s*-?({_UNIT})(?![^\W\d_])\.?")
"""A number with its unit, such as ``30 sec.`` or ``1,5 min``, in small letters."""
_REST = re.compile(r"\s*([0-9]{1,2})")
"""A number at the end without a unit, such as the 30 of ``1m30``: of the next smaller unit."""

_HALVES = (
    # English
    (r"\s+and\s+a\s+half\s+(?=minute|hour|second)", " ½ "),
    (r"(?:an?\s+|one\s+)?quarter(?:\s+of)?(?:\s+an?)?\s+(?=minute|hour)", "0.25 "),
    (r"three\s+quarters\s+of\s+an?\s+(?=minute|hour)", "0.75 "),
    (r"(?:a\s+)?half(?:\s+of)?(?:\s+an?)?[\s-]+(?=minute|hour|second)", "0.5 "),
    (r"(?:an?|one)\s+(minute|hour|second)\s+and\s+a\s+half", r"1.5 \1"),
    # German
    (r"(?:ein(?:e|er)\s+)?dreiviertel\s?(?=stunde|minute)", "0.75 "),
    (r"(?:ein(?:e|er)\s+)?viertel\s?(?=stunde|minute)", "0.25 "),
    (r"(?:eine?r?n?\s+)?halben?\s+(?=minute|stunde|sekunde)", "0.5 "),
    (r"\banderthalb\b|\beineinhalb\b", "1.5"),
    (r"\b(zwei|drei|vier|fünf)einhalb\b", r"\1 ½"),
    # Spanish
    (r"(?:un\s+)?cuarto\s+de\s+(?=hora)", "0.25 "),
    (r"(?:un\s+|una\s+)?medi[oa]\s+(?=minuto|hora|segundo)", "0.5 "),
    (r"(?:una?\s+)?\b(minuto|hora|segundo)\s+y\s+medi[oa]", r"1.5 \1"),
    (r"(\S+)\s+(minutos|horas|segundos)\s+y\s+medi[oa]", r"\1 ½ \2"),
    # French
    (r"(?:un\s+)?quart\s+d['’](?=heure)", "0.25 "),
    (r"(?:une?\s+)?demie?[\s-](?=minute|heure|seconde)", "0.5 "),
    (r"(?:une?\s+)?\b(minute|heure|seconde)\s+et\s+demie?", r"1.5 \1"),
    (r"(\S+)\s+(minutes|heures|secondes)\s+et\s+demie?", r"\1 ½ \2"),
    (r"\ba couple of\s+(?=minute|hour|second|breath)", "2 "),
    (r"\ban?\s+(?=minute|hour|second|breath)", "1 "),
)
"""Halves and quarters in words, and how they are written in figures."""


def _english() -> Iterator[tuple[str, int]]:
    ones = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
        "eighteen", "nineteen",
    ]  # fmt: skip
    tens = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 90: "ninety"}
    yield from zip(ones, range(20), strict=True)
    for ten, name in tens.items():
        yield name, ten
        yield from ((f"{name} {ones[one]}", ten + one) for one in range(1, 10))


def _german() -> Iterator[tuple[str, int]]:
    ones = [
        "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
        "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn",
        "achtzehn", "neunzehn",
    ]  # fmt: skip
    tens = {
        20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig", 60: "sechzig", 90: "neunzig",
    }  # fmt: skip
    yield from zip(ones, range(20), strict=True)
    yield from ((form, 1) for form in ("eins", "eine", "einem", "einen", "einer"))
    yield from (("zwo", 2), ("dreissig", 30))
    for ten, name in tens.items():
        yield name, ten
        yield from ((f"{ones[one]}und{name}", ten + one) for one in range(1, 10))


def _spanish() -> Iterator[tuple[str, int]]:
    ones = [
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
        "diez", "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete",
        "dieciocho", "diecinueve",
    ]  # fmt: skip
    tens = {30: "treinta", 40: "cuarenta", 50: "cincuenta", 60: "sesenta", 90: "noventa"}
    yield from zip(ones, range(20), strict=True)
    yield from (
        ("un", 1),
        ("una", 1),
        ("veinte", 20),
        ("veintiún", 21),
        ("veintidós", 22),
        ("veintitrés", 23),
    )
    yield from ((f"veinti{ones[one]}", 20 + one) for one in range(1, 10))
    for ten, name in tens.items():
        yield name, ten
        yield from ((f"{name} y {ones[one]}", ten + one) for one in range(1, 10))


def _french() -> Iterator[tuple[str, int]]:
    ones = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
        "onze", "douze", "treize", "quatorze", "quinze", "seize",
    ]  # fmt: skip
    tens = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
    yield from zip(ones, range(17), strict=True)
    yield from (("une", 1), ("dix sept", 17), ("dix huit", 18), ("dix neuf", 19))
    for ten, name in tens.items():
        yield name, ten
        yield f"{name} et un", ten + 1
        yield f"{name} et une", ten + 1
        yield from ((f"{name} {ones[one]}", ten + one) for one in range(2, 10))
    yield "quatre vingt dix", 90


@lru_cache(maxsize=1)
def number_words() -> Mapping[str, int]:
    """Number words to numbers: zero to sixty-nine, and ninety to ninety-nine, of each language."""
    return dict([*_french(), *_spanish(), *_german(), *_english()])


@lru_cache(maxsize=1)
def number_pattern() -> str:
    """A regular expression without groups for any of :func:`number_words`, whole words alone."""
    return rf"(?<!\w){any_of(number_words()).replace(' ', '[ -]')}(?!\w)"


def any_of(words: Iterable[str]) -> str:
    """A regular expression without groups for the longest of *words*.

    Words of letters, spaces and hyphens that begin alike share their beginning, which makes it far
    shorter than a list of them.
    """
    endings: dict[str, list[str]] = {}
    for word in words:
        endings.setdefault(word[:1], []).append(word[1:])
    may_end = endings.pop("", None) is not None
    branches = [first + any_of(rest) for first, rest in endings.items()]
    if not may_end and len(branches) == 1:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if may_end else ''}" if branches else ""


@lru_cache(maxsize=1)
def _number_word() -> re.Pattern[str]:
    return re.compile(number_pattern())


def in_figures(text: str) -> str:
    """*text* in small letters with single spaces, and its number words written in figures."""
    text = " ".join(text.lower().split())
    if not re.search(r"[^\W\d_]{2}|\ba\b", text):
        return text
    for words, figures in _HALVES:
        text = re.sub(words, figures, text)
    numbers = number_words()
    return _number_word().sub(lambda found: str(numbers[found[0].replace("-", " ")]), text)


def quantity(text: str) -> Decimal:
    """The number that *text* has in figures: ``1.5``, ``1,5``, ``1½``, ``1 ½``, ``½``, ``1/2``.

    Raises ``ArithmeticError`` for anything else.
    """
    if "/" in text:
        over, _, under = text.rpartition("/")
        whole, _, over = over.rpartition(" ")
        return Decimal(whole or 0) + Decimal(over) / Decimal(under)
    fraction = _FRACTIONS.get(text[-1:])
    if fraction is None:
        return Decimal(text.replace(",", "."))
    return Decimal(text[:-1].strip() or 0) + Decimal(fraction)


def seconds_in(text: str) -> Decimal | None:
    """The seconds that *text* means: ``1 min 30``, ``½ min``, ``30 Sekunden``; else ``None``.

    Each unit comes at most once, the largest first. *text* is in figures (:func:`in_figures`).
    """
    text = text.strip()
    units = list(UNIT_SECONDS)
    total, position = Decimal(0), 0
    while match := _PART.match(text, position):
        unit = UNIT_NAMES[match[2]]
        if unit not in units:
            return None
        units = units[units.index(unit) + 1 :]
        try:
            total += quantity(match[1]) * UNIT_SECONDS[unit]
        except ArithmeticError:
            return None
        position = match.end()
    if position and units[:1] in (["m"], ["s"]) and (rest := _REST.fullmatch(text, position)):
        return total + Decimal(rest[1]) * UNIT_SECONDS[units[0]] if int(rest[1]) < 60 else None
    return total if position and position == len(text) else None


@lru_cache(maxsize=1)
def time_pattern() -> str:
    """A regular expression for times in running text, units included; its group is ``between``.

    Match it with ``re.IGNORECASE``; what it finds, :func:`~psoas_audio.script.times.parse_span`
    reads. It also finds ranges and clock times such as ``1:30``.
    """
    amount = (
        rf"(?:{_QUANTITY}|{number_pattern()}|\ban?|\ba\ couple\ of"
        r"|anderthalb|(?:ein|zwei|drei|vier|fünf)einhalb"
        r"|(?:an?|one|eine?r?n?|una?|une)?\s*(?:half|halben?|medi[oa]|demie?)(?:\s+an?)?)"
    )
    unit = rf"(?:{_UNIT_LETTERS})(?![^\W\d_])(?:\.(?=\s+(?-i:[0-9a-z])))?"
    to_unit = rf"(?:\s*-\s*|\s*)(?:and\s+a\s+half\s+)?{unit}"
    also = r"(?:\s+(?:and\s+a\s+half|y\s+medi[oa]|et\s+demie?))?"
    join = r"\s*(?:,|and|und|y|et)?\s*"
    smaller = rf"(?:{_QUANTITY}|{number_pattern()})\s*{unit}|(?<=[a-z])[0-9]{{1,2}}(?!\w)"
    clock = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"
    first = rf"(?:{clock}|{amount}(?:{to_unit}(?:\s*{_QUANTITY}\s*{unit})?)?)"
    last = (
        rf"(?:{clock}|[0-9]{{1,3}}(?:{_UNIT_SIGNS})(?!\w)|\b{unit}(?:\s+(?:y\s+medi[oa]|et\s+demie?))"
        rf"|{amount}{to_unit}{also}(?:{join}(?:{smaller})){{0,3}})"
    )
    to = rf"\s*(?:-|–|—|\b(?:{_TO_WORDS})\b)\s*"
    between = r"(?P<between>(?:between|zwischen|entre)\s+)"
    and_ = r"\s+(?:and|und|y|et)\s+"
    start = rf"(?:{between}|(?:from|von|de|desde)\s+)?{first}(?(between){and_}|{to})"
    return rf"(?<![\w.,])(?<![0-9]:)(?:{start})?{last}"
