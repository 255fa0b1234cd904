"""The International Phonetic Alphabet, as people write it and as engines read it.

Engines read what eSpeak NG writes, because their voices were made from that: stress is marked
right before the vowel, without marks between syllables and without tie bars.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenPronunciation:
    """IPA that a script gives for one place: ``[psoas](/ˈsoʊ.æs/)``."""

    start: int
    """Characters from the start of the written text without such marks."""
    length: int
    ipa: str
    """Without slashes."""


VOWELS = "aɐɑɒæʌeɛəɘɚɜɝɪiɨᵻɵoɔœøuʊʉɯɤyʏ"
"""Every vowel that is read, without length and nasality."""
_CONSONANTS = "bβcçdðɖfɡɣɟhɦħjʝkxlɫɬʎʟmɱnɲŋɳpɸqrɹɾʁʀɽsʃʂɕtθʈvʋwʍzʒʐʑʔχɥ"
_MARKS = "ˈˌː\u0303\u0329 "
_SPELLINGS = str.maketrans(
    {"g": "ɡ", ":": "ː", "'": "ˈ", "’": "ˈ", "ʼ": "ˈ", ",": "ˌ", "ʤ": "dʒ", "ʧ": "tʃ", "ʦ": "ts",
     "·": ".", "‿": " ", "-": " ", "\u00a0": " "}
)  # fmt: skip
_UNREAD = re.compile("[.|ˑʰʲ\u0361\u035c\u032f\u0325\u031a\u02de]")
"""Marks that no engine needs: syllables, ties, fine detail."""
_STRESS = re.compile(f"([ˈˌ])([^ˈˌ {VOWELS}]*)")
_BRITISH = ("GB", "UK", "IE", "AU", "NZ", "ZA", "IN")
_MAX_LETTERS = 100


def read_ipa(written: str) -> str:
    """*written* IPA, such as ``/ˈsoʊ.æs/`` without its slashes, as engines read it.

    Raises ``ValueError`` with the sign that isn't IPA, or with a text that says what is wrong.
    """
    text = unicodedata.normalize("NFD", written.strip()).replace("c\u0327", "ç")
    text = text.replace("i\u032f", "j").replace("u\u032f", "w")
    text = " ".join(_UNREAD.sub("", text.translate(_SPELLINGS)).split())
    for sign in text:
        if sign not in VOWELS + _CONSONANTS + _MARKS:
            raise ValueError(f"{sign!r} isn't a symbol of the International Phonetic Alphabet")
    if not any(sign in VOWELS for sign in text):
        raise ValueError("it has no vowel")
    if len(text) > _MAX_LETTERS:
        raise ValueError(f"it has more than {_MAX_LETTERS} signs")
    return _STRESS.sub(r"\2\1", text)


def slashed(value: str) -> str | None:
    """What stands between the slashes of *value*, ``/ˈsoʊ.æs/``; ``None`` if it has none."""
    text = value.strip()
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == "/" else None


def localized(ipa: str, language: str) -> str:
    """*ipa* of :func:`read_ipa` with the sounds of the BCP 47 *language*, as eSpeak NG writes them.

    English entries are written once for all regions: ``ɒ`` as in *lot*, and every r. American
    English has no ``ɒ``; British English has an r before vowels only.
    """
    main, _, region = language.replace("_", "-").partition("-")
    localize = _BY_LANGUAGE.get(main.casefold())
    return localize(ipa, region.upper()) if localize else ipa


_BEFORE_VOWEL = f"(?=[ˈˌ]?[{VOWELS}])"
_NOT_BEFORE_VOWEL = f"(?![ˈˌ]?[{VOWELS}])"


def _english(ipa: str, region: str) -> str:
    ipa = re.sub("e(?![ɪəː])", "ɛ", ipa).replace("r", "ɹ").replace("ɝ", "ɜːɹ")
    ipa = re.sub("a(?![ɪʊ])", "æ", ipa).replace("əʊ", "oʊ").replace("ːː", "ː")
    ipa = re.sub("n(?=[ˈˌ]?[kɡ])", "ŋ", ipa)
    ipa = ipa.replace("ɛəɹ", "ɛɹ").replace("ɪəɹ", "ɪɹ").replace("ʊəɹ", "ʊɹ")
    return _british(ipa) if region in _BRITISH else _american(ipa)


def _british(ipa: str) -> str:
    ipa = ipa.replace("ɚ", "əɹ").replace("oʊ", "əʊ").replace("ɾ", "t").replace("æ", "a")
    for near, glide in (("ɛɹ", "eə"), ("ɪɹ", "iə"), ("ʊɹ", "ʊə")):
        ipa = re.sub(near + _NOT_BEFORE_VOWEL, glide, ipa)
    return re.sub("ɹ" + _NOT_BEFORE_VOWEL, "", ipa)


def _american(ipa: str) -> str:
    ipa = re.sub("(?<=[tdnzθ])j(?=ˈ?uː)|(?<=s)j(?=ˈ?uː(?![sz]))", "", ipa)  # "misuse" keeps it
    ipa = ipa.replace("ɒ", "ɑː").replace("ːː", "ː").replace("ɜːɹ", "ɜː")
    ipa = re.sub("əɹ" + _NOT_BEFORE_VOWEL, "ɚ", ipa).replace("əɹ", "ɚɹ")
    ipa = re.sub(f"(?<=[{VOWELS}ː])t(?=[{VOWELS}])", "ɾ", ipa)
    return re.sub("ɜː" + _BEFORE_VOWEL, "ɜːɹ", ipa)


def _german(ipa: str, region: str) -> str:  # noqa: ARG001
    ipa = ipa.replace("aː", "ɑː").replace("ɐ", "ɜ").replace("ɔʏ", "ɔø").replace("ɔɪ", "ɔø")
    ipa = re.sub("[ʁʀɹɾ]", "r", ipa)
    ipa = re.sub("r" + _NOT_BEFORE_VOWEL, "ɾ", ipa)
    return re.sub(f"(?<=[{_CONSONANTS}])r", "ɾ", ipa)


def _spanish(ipa: str, region: str) -> str:
    for plain, glide in (("ai", "aɪ"), ("ei", "eɪ"), ("oi", "oɪ"), ("au", "aʊ"), ("eu", "eʊ")):
        ipa = ipa.replace(plain, glide)
    soft = f"(?=[ˈˌɾljw{VOWELS}])"
    ipa = re.sub(f"(?<=[{VOWELS}ɾrlsð])b{soft}", "β", ipa)
    ipa = re.sub(f"(?<=[{VOWELS}ɾrβ])d{soft}", "ð", ipa)
    ipa = re.sub(f"(?<=[{VOWELS}ɾrls])ɡ{soft}", "ɣ", ipa)
    ipa = re.sub("n(?=[kɡx])", "ŋ", ipa)
    return ipa if region in ("", "ES") else ipa.replace("θ", "s").replace("ʎ", "ʝ")


def _french(ipa: str, region: str) -> str:  # noqa: ARG001
    return re.sub("[rɹʀɾ]", "ʁ", ipa)


_BY_LANGUAGE: Mapping[str, Callable[[str, str], str]] = {
    "en": _english,
    "de": _german,
    "es": _spanish,
    "fr": _french,
}
"""By main language: what turns IPA into that of a region, in capitals, or empty."""
