"""Language tags (BCP 47): the main language, and the direction in which it is written."""

from __future__ import annotations

_RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
"""Of the languages and scripts in the CLDR those with modern text, in small letters."""


def main_language(tag: str) -> str:
    """The main language of the BCP 47 *tag*: ``de`` of ``de-AT``."""
    return tag.replace("_", "-").split("-")[0].casefold()


def text_direction(tag: str) -> str:
    """``rtl`` if the BCP 47 *tag* is of a language written from right to left, else ``ltr``."""
    subtags = tag.replace("_", "-").casefold().split("-")
    scripts = [part for part in subtags[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT_LANGUAGES else "ltr"
