"""What eSpeak NG, Piper and Kokoro are really given for words that are hard to say.

``python tests/speech/given_phonemes.py [FOLDER]`` scores ``pronounced.en.tsv`` and
``pronounced.tsv`` of a folder, else those beside this file, and prints what each
engine would say wrongly.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from psoas_audio.speech.engine import Request
from psoas_audio.speech.engines.espeak import Espeak
from psoas_audio.speech.engines.kokoro.phonemes import to_phonemes
from psoas_audio.speech.neural.pronounced import pronounced_phonemes
from psoas_audio.speech.pronunciation.prepare import PreparedText, prepare_text

FOLDER = Path(__file__).parent
TAGS = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR"}
_PIPER_VOICES = {"en": "en-us", "de": "de", "es": "es", "fr": "fr"}
"""The eSpeak NG voices that Piper's voices of these languages are read with."""
_KOKORO_SIGNS = {
    "A": "eɪ", "I": "aɪ", "O": "oʊ", "W": "aʊ", "Y": "ɔɪ", "ʧ": "tʃ", "ʤ": "dʒ", "T": "ɾ",
    "ʦ": "ts", "ʣ": "dz",
}  # fmt: skip

Given = Callable[[PreparedText, str], str]
"""A prepared text and its language to phonemes, with spaces between words."""


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word, in a sentence or alone, and the ways in which it may be said."""

    language: str
    text: str
    said: tuple[str, ...]
    """IPA. In a sentence, one is looked for; a word alone has to be one."""
    in_sentence: bool


def hard_words(folder: Path) -> Iterator[HardWord]:
    """The rows of *folder*, under the names of either corpus, that have phonemes."""
    for name, text, said in (
        ("pronounced.en.tsv", "sentence", "phonemes"),
        ("homographs.en.tsv", "sentence", "phonemes"),
        ("pronounced.tsv", "word", "ipa"),
        ("lexicon.tsv", "word", "ipa"),
    ):
        path = folder / name
        if not path.exists():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row.get(said):
                    language = TAGS[row.get("lang", "en")]
                    ways = tuple(row[said].split(" | "))
                    yield HardWord(language, row[text], ways, text == "sentence")


def engines() -> Mapping[str, Given]:
    """Each engine that is installed, and what it is given."""
    found: dict[str, Given] = {"espeak": _espeak, "kokoro": _kokoro}
    try:
        import piper.phonemize_espeak  # noqa: F401
    except ImportError:
        return found
    return {**found, "piper": _piper}


@cache
def _own_espeak() -> Espeak:
    return Espeak()


def _espeak(prepared: PreparedText, language: str) -> str:
    return _own_espeak().phonemes(prepared.text, None, language, prepared.pronunciations)


def _kokoro(prepared: PreparedText, language: str) -> str:
    def phonemize(words: str) -> str:
        return _own_espeak().phonemes(words, None, language)

    found = to_phonemes(prepared.text, prepared.pronunciations, language, phonemize)
    assert not found.lost, f"{prepared.text!r}: the model has no {found.lost}"
    return "".join(_KOKORO_SIGNS.get(sign, sign) for sign in found.signs)


@cache
def _piper_reader(voice: str) -> Callable[[str], list[list[str]]]:
    from piper.phonemize_espeak import EspeakPhonemizer

    reader = EspeakPhonemizer()
    return lambda text: reader.phonemize(voice, text)


def _piper(prepared: PreparedText, language: str) -> str:
    request = Request(
        prepared.text, None, 140, 50, language, pronunciations=prepared.pronunciations
    )
    read = _piper_reader(_PIPER_VOICES[language[:2]])
    sentences = pronounced_phonemes(request, read)
    return unicodedata.normalize("NFC", " ".join("".join(signs) for signs in sentences))


_ALIKE = (
    *(("\u0361", ""), ("ː", ""), ("ˌ", ""), ("ɜɹ", "ɜ"), ("ɝ", "ɜ"), ("ɚɹ", "ɚ"), ("əɹ", "ɚ")),
    *(("ɚ", "ɜ"), ("ᵻ", "ə"), ("ɪ", "ə"), ("ɐ", "ə"), ("ɾ", "t"), ("ŋk", "nk"), ("ŋɡ", "nɡ")),
    *(("g", "ɡ"), ("ɒ", "ɑ")),
)
_GLIDES = (("i", "ə"), ("j", "ə"))
_OPEN = (("ɛ", "e"), ("ɔ", "o"), ("ɑ", "a"))
_ALIKE_ALONE = {
    "en": (("ʌ", "ə"), ("i", "ə"), ("əj", "ə"), ("ʊ", "u"), ("əə", "ə")),
    "de": (
        *_OPEN,
        *(("ɾ", "r"), ("ɐ", "r"), ("ʊ", "u"), ("ʁ", "r"), ("ɜ", "r"), ("ʏ", "y")),
        *_GLIDES,
    ),
    "es": (
        *_OPEN,
        *(("ɾ", "r"), ("β", "b"), ("ð", "d"), ("ɣ", "ɡ"), ("ʝ", "j"), ("ɲ", "nj"), ("ʊ", "u")),
        *(("w", "u"), *_GLIDES),
    ),
    "fr": (*_OPEN, ("ɾ", "ʁ"), ("ˈ", ""), ("ɲ", "nə"), *_GLIDES),
}
"""Sounds that may stand for each other, as accents and transcribers differ."""


def _broad(phonemes: str, language: str = "") -> str:
    text = unicodedata.normalize("NFD", phonemes)
    for one, other in (*_ALIKE_ALONE.get(language, ()), *_ALIKE):
        text = text.replace(one, other)
    return re.sub(r"[\s_.,!?;:—…-]|\([a-z-]+\)", "", text)


def is_said(word: HardWord, given: str) -> bool:
    """Whether the phonemes *given* to an engine say *word* in one of its ways."""
    if word.in_sentence:
        heard = _broad(given)
        for way in word.said:
            stressed = "ˈ" in way
            if _broad(way) in (heard if stressed else heard.replace("ˈ", "")):
                return True
        return False
    main = word.language[:2]
    heard, ways = _broad(given, main), [_broad(way, main) for way in word.said]
    if heard.count("ˈ") > 1:  # a respelling in several words
        heard, ways = heard.replace("ˈ", ""), [way.replace("ˈ", "") for way in ways]
    one = re.compile(r"(\w)\1")
    return one.sub(r"\1", heard) in {one.sub(r"\1", way) for way in ways}


def wrong_words(engine: str, given: Given, words: list[HardWord]) -> list[str]:
    """What *engine* would say wrongly, a line each."""
    wrong = []
    for word in words:
        if engine == "kokoro" and word.language.startswith("de"):
            continue  # it has no German voice
        told = given(prepare_text(word.text, word.language, {}), word.language)
        if not is_said(word, told):
            wrong.append(f"{word.language} {word.text!r}: {told!r}, not {' or '.join(word.said)}")
    return wrong


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    words = list(hard_words(folder))
    for name, given in engines().items():
        for kind in (True, False):
            some = [word for word in words if word.in_sentence is kind]
            if name == "kokoro":
                some = [word for word in some if not word.language.startswith("de")]
            wrong = wrong_words(name, given, some)
            what = "in sentences" if kind else "alone"
            print(f"{name}: {len(some) - len(wrong)} of {len(some)} right {what}")  # noqa: T201
            print("".join(f"  {line}\n" for line in wrong), end="")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
