"""How signs, units and shortenings are said, by language: data for the steps of ``text``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    range: str
    """Between the ends of ``30-60``."""
    either: str
    """For the slash of ``left/right``."""
    times: str
    """After the number of ``3x``."""
    and_: str
    """For ``&``, and between a whole number and a fraction."""
    less: str
    more: str
    """For ``<`` and ``>``."""
    minus: str
    point: str
    """The sign before decimals, ``.`` or ``,``; the other one groups thousands."""
    clock: tuple[str, str, str]
    """``7:00``, ``7:05`` and ``7:30``, with ``{h}`` and ``{m}``."""
    units: Mapping[str, tuple[str, str]]
    """Unit to its word after one, and after any other number."""
    fractions: Mapping[str, str]
    """``1/2`` to words."""
    ordinal: str
    """Regular expression of what makes an ordinal of the digits before it; empty for none."""
    abbreviations: Mapping[str, str]
    """Shortening to words; matched whole, whatever the case."""
    and_a_half: str = ""
    """After a whole number in words, for ``2 1/2``; empty where it is said like other fractions."""
    hour: str = ""
    """A word after a clock time that its words hold already."""


def _units(
    second: tuple[str, str],
    minute: tuple[str, str],
    hour: tuple[str, str],
    metre: str,
    degrees: str,
    percent: str,
) -> dict[str, tuple[str, str]]:
    """Units whose names differ between our languages only in their endings."""
    units = {
        **dict.fromkeys(("s", "sec", "secs", "sek"), second),
        **dict.fromkeys(("min", "mins"), minute),
        **dict.fromkeys(("h", "hr", "hrs", "std"), hour),
        "°": (degrees, degrees),
        "°C": (f"{degrees} Celsius", f"{degrees} Celsius"),
        "°F": (f"{degrees} Fahrenheit", f"{degrees} Fahrenheit"),
        "%": (percent, percent),
    }
    german = metre == "Meter"
    for sign, prefix in (
        ("m", ""),
        ("cm", "Zenti" if german else "centi"),
        ("mm", "Milli" if german else "milli"),
        ("km", "Kilo" if german else "kilo"),
    ):
        one = (prefix + metre).capitalize() if german else prefix + metre
        units[sign] = (one, one + ("" if german else "s"))
    return units


WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        range="to",
        either="or",
        times="times",
        and_="and",
        less="less than",
        more="more than",
        minus="minus",
        point=".",
        clock=("{h} o'clock", "{h} oh {m}", "{h} {m}"),
        units=_units(
            ("second", "seconds"),
            ("minute", "minutes"),
            ("hour", "hours"),
            "meter",
            "degrees",
            "percent",
        )
        | {
            "kg": ("kilogram", "kilograms"),
            "g": ("gram", "grams"),
            "lb": ("pound", "pounds"),
            "lbs": ("pound", "pounds"),
            "ft": ("foot", "feet"),
        },
        fractions={
            "1/2": "one half",
            "1/3": "one third",
            "2/3": "two thirds",
            "1/4": "one quarter",
            "3/4": "three quarters",
            "1/5": "one fifth",
            "1/8": "one eighth",
            "1/10": "one tenth",
        },
        ordinal="st|nd|rd|th",
        abbreviations={
            "vs.": "versus",
            "vs": "versus",
            "e.g.": "for example",
            "i.e.": "that is",
            "etc.": "and so on",
            "approx.": "about",
            "incl.": "including",
            "esp.": "especially",
            "Dr.": "doctor",
            "w/": "with",
        },
    ),
    "de": Wording(
        range="bis",
        either="oder",
        times="mal",
        and_="und",
        less="weniger als",
        more="mehr als",
        minus="minus",
        point=",",
        clock=("{h} Uhr", "{h} Uhr {m}", "{h} Uhr {m}"),
        units=_units(
            ("Sekunde", "Sekunden"),
            ("Minute", "Minuten"),
            ("Stunde", "Stunden"),
            "Meter",
            "Grad",
            "Prozent",
        )
        | {
            "Sek": ("Sekunde", "Sekunden"),
            "Min": ("Minute", "Minuten"),
            "Std": ("Stunde", "Stunden"),
            "kg": ("Kilogramm", "Kilogramm"),
            "g": ("Gramm", "Gramm"),
        },
        fractions={
            "1/2": "ein halb",
            "1/3": "ein Drittel",
            "2/3": "zwei Drittel",
            "1/4": "ein Viertel",
            "3/4": "drei Viertel",
        },
        ordinal=r"\.",
        abbreviations={
            "z. B.": "zum Beispiel",
            "z.B.": "zum Beispiel",
            "d. h.": "das heißt",
            "d.h.": "das heißt",
            "usw.": "und so weiter",
            "bzw.": "beziehungsweise",
            "ca.": "zirka",
            "evtl.": "eventuell",
            "Dr.": "Doktor",
        },
        and_a_half="einhalb",
        hour="Uhr",
    ),
    "es": Wording(
        range="a",
        either="o",
        times="veces",
        and_="y",
        less="menos de",
        more="más de",
        minus="menos",
        point=",",
        clock=("las {h}", "las {h} y {m}", "las {h} y {m}"),
        units=_units(
            ("segundo", "segundos"),
            ("minuto", "minutos"),
            ("hora", "horas"),
            "metro",
            "grados",
            "por ciento",
        )
        | {"kg": ("kilo", "kilos"), "g": ("gramo", "gramos")},
        fractions={
            "1/2": "medio",
            "1/3": "un tercio",
            "2/3": "dos tercios",
            "1/4": "un cuarto",
            "3/4": "tres cuartos",
        },
        ordinal="",
        abbreviations={"p. ej.": "por ejemplo", "etc.": "etcétera", "aprox.": "unos"},
        and_a_half=" y medio",
    ),
    "fr": Wording(
        range="à",
        either="ou",
        times="fois",
        and_="et",
        less="moins de",
        more="plus de",
        minus="moins",
        point=",",
        clock=("{h} heures", "{h} heures {m}", "{h} heures {m}"),
        units=_units(
            ("seconde", "secondes"),
            ("minute", "minutes"),
            ("heure", "heures"),
            "mètre",
            "degrés",
            "pour cent",
        )
        | {"kg": ("kilo", "kilos"), "g": ("gramme", "grammes")},
        fractions={
            "1/2": "un demi",
            "1/3": "un tiers",
            "2/3": "deux tiers",
            "1/4": "un quart",
            "3/4": "trois quarts",
        },
        ordinal="er|re|e|ème",
        abbreviations={
            "p. ex.": "par exemple",
            "c.-à-d.": "c'est-à-dire",
            "etc.": "et cetera",
            "env.": "environ",
        },
        and_a_half=" et demi",
    ),
}
"""By main language. In other languages only spelling is tidied, numbers said, the lexicon used."""
