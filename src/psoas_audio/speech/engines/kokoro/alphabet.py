"""The signs that the Kokoro model reads, and how International Phonetic Alphabet becomes them.

Source of both: the model's ``config.json`` (its vocabulary), and its authors' notes on how the
training texts were transcribed: diphthongs and affricates are one sign each, and English has no
length marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_RUNS: Mapping[int, str] = {
    1: ";:,.!?",
    9: '—…"()“” \u0303ʣʥʦʨᵝꭧAI',
    31: "O",
    33: "Q",
    35: "ST",
    39: "W",
    41: "Yᵊabcdef",
    50: "hijklmnopqrstuvwxyzɑɐɒæ",
    75: "βɔɕç",
    80: "ɖðʤə",
    85: "ɚɛɜ",
    90: "ɟ",
    92: "ɡ",
    99: "ɥ",
    101: "ɨɪʝ",
    110: "ɯɰŋɳɲɴø",
    118: "ɸθœ",
    123: "ɹ",
    125: "ɾɻ",
    128: "ʁɽʂʃʈʧ",
    135: "ʊʋ",
    138: "ʌɣɤ",
    142: "χʎ",
    147: "ʒʔ",
    156: "ˈˌː",
    162: "ʰ",
    164: "ʲ",
    169: "↓",
    171: "→↗↘",
    177: "ᵻ",
}
"""Signs by the number of the first; those after it have the numbers after it."""

NUMBERS: Mapping[str, int] = {
    sign: first + offset for first, signs in _RUNS.items() for offset, sign in enumerate(signs)
}
"""The model's number of each sign."""

EDGE = 0
"""The number before the first sign and after the last."""

SIGNS_VERSION = 2
"""Increase it when the same phonemes become other signs."""

_AFFRICATES = {"tʃ": "ʧ", "dʒ": "ʤ", "ts": "ʦ", "dz": "ʣ"}
_ENGLISH = {
    "eɪ": "A",
    "aɪ": "I",
    "oʊ": "O",
    "əʊ": "Q",
    "aʊ": "W",
    "ɔɪ": "Y",
    "tʃ": "ʧ",
    "dʒ": "ʤ",
    "ɚɹ": "əɹ",
    "ɜːɹ": "ɜɹ",
    "ɚ": "əɹ",
    "ɜː": "ɜɹ",
    "ɾ": "T",
    "ː": "",
    "ɐ": "ə",
    "ʔ": "t",
    "r": "ɹ",
    "g": "ɡ",
}
_BRITISH = {**_ENGLISH, "ɜːɹ": "ɜːɹ", "ɜː": "ɜː", "ː": "ː", "ɾ": "t"}
_UNHEARD = re.compile(r"\([a-z-]+\)|[.͜͡ˑ̩̯‿|]")
"""eSpeak NG's notes of a change of language, syllable marks, and ties between letters."""


def model_signs(ipa: str, language: str) -> tuple[str, frozenset[str]]:
    """*ipa* in the model's signs, and those of its letters that the model doesn't have.

    *language* is a BCP 47 tag: it decides which sounds are one sign.
    """
    signs = _UNHEARD.sub("", ipa)
    for sound, sign in _signs_of(language).items():
        signs = signs.replace(sound, sign)
    lost = frozenset(signs) - NUMBERS.keys()
    return "".join(sign for sign in signs if sign in NUMBERS), lost


def _signs_of(language: str) -> Mapping[str, str]:
    main = language.casefold().split("-")[0]
    if main != "en":
        return _AFFRICATES
    return _BRITISH if language.casefold() == "en-gb" else _ENGLISH
