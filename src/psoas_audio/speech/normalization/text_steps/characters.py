"""Brings every sign to one form, and drops what can't be said: emoji, controls, invisible signs."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "′": "'", "ʼ": "'",
     "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"', "‟": '"',
     "⁄": "/", "∕": "/", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "—", "─": "—",
     "×": " x ", "✕": " x ", "✖": " x ", "∗": "*", "•": "•", "™": None, "℠": None,
     "№": "No. ", "∼": "~", "≈": "~", "⩽": "≤", "⩾": "≥", "➔": "→", "➜": "→", "➡": "→", "⇒": "→",
     "⟶": "→", "⟹": "→", "►": "→", "▶": "→", "↦": "→",
     "↑": None, "↓": None, "⬆": None, "⬇": None}
)  # fmt: skip
_BEFORE_FRACTION = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_GROUP_SPACE = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_KEYCAP = re.compile(r"([0-9#*])\ufe0f?\u20e3")
_ORDINAL_SIGNS = re.compile(r"([ºª])")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = re.compile(rf"(?<![^\W\d_])([^\W\d_]{{1,2}}|\d)([{_SUPERSCRIPTS}]+)(?!\w)")
"""Powers of a number, of a unit, and of a letter by itself; after a word, such signs are notes."""
_GUILLEMETS = re.compile(r"«\s?|\s?»")
_RANGE_DASH = re.compile(r"(?<=\d)–(?=\d)")


def plain_characters(text: str) -> str:
    """*text* in composed letters, straight quotes, plain spaces and one kind of each dash."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _GUILLEMETS.sub('"', text)
    text = _KEYCAP.sub(r"\1) ", text)
    text = _GROUP_SPACE.sub("", _BEFORE_FRACTION.sub(" ", text)).translate(_PLAIN)
    text = _POWER.sub(_power, text)
    parts = _ORDINAL_SIGNS.split(text)  # which NFKC would make letters of
    text = "".join(
        part if part in "ºª" else unicodedata.normalize("NFKC", part).translate(_PLAIN)
        for part in parts
    )
    text = _RANGE_DASH.sub("-", text)
    kept = (" " if c.isspace() else c for c in text if c.isspace() or _is_said(c))
    return " ".join("".join(kept).split())


def _power(match: re.Match[str]) -> str:
    """``x^2`` for ``x²``."""
    return f"{match[1]}^{''.join(str(_SUPERSCRIPTS.index(sign)) for sign in match[2])}"


def _is_said(character: str) -> bool:
    if character < "\x7f":
        return character >= " "
    if character in "•→←↔":
        return True
    category = unicodedata.category(character)
    if category in ("So", "Sk"):  # emoji, dingbats, skin tones
        return character == "°"
    return category[0] != "C" and category != "Me" and not "\ufe00" <= character <= "\ufe0f"
