"""Which way a language is written."""

from __future__ import annotations

from typing import Literal

_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "pnb", "ps", "sd"}
    | {"syr", "ug", "ur", "yi"}
)
"""ISO 639; ``iw`` and ``ji`` are old codes of ``he`` and ``yi``."""
_RTL_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))
"""ISO 15924, in lower case."""


def text_direction(language: str) -> Literal["ltr", "rtl"]:
    """The value of HTML's ``dir`` for a BCP 47 *language*; a script subtag decides if it is there.

    Right to left are those that the Unicode CLDR lists with ``characterOrder`` right-to-left.
    """
    primary, *rest = language.replace("_", "-").lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary in _RTL_LANGUAGES else "ltr"
