"""German: the article-like forms of one, the endings of ordinals and of half."""

from __future__ import annotations

import re
from collections.abc import Mapping

from psoas_audio.speech.normalization.context import word_set
from psoas_audio.speech.normalization.numerals.genders import (
    FEMININE,
    MASCULINE,
    NEUTER,
    Genders,
    word_before,
    words_after,
)

NOMINATIVE, ACCUSATIVE, DATIVE, GENITIVE = "nominative", "accusative", "dative", "genitive"

_DATIVE_AFTER = word_set(
    "mit nach von zu bei aus seit ab auf in an vor unter über neben zwischen hinter außer",
    "gegenüber binnen je",
)
"""The prepositions with a dative, and those that have it in the place or time they name here."""
_ACCUSATIVE_AFTER = word_set(
    "für um durch ohne gegen bis pro",
)
_ADVERBS = word_set(
    "nur noch etwa ungefähr circa zirka mindestens höchstens maximal minimal genau fast",
    "jeweils rund knapp gut erst schon wieder nochmals dann jetzt nun eventuell insgesamt",
)
"""May stand between the preposition or the verb and the number."""
_FUNCTION_WORDS = word_set(
    "der die das des dem den dein deine deiner deines deinem deinen mein meine meiner sein seine",
    "seiner ihr ihre ihrer unser unsere unserer jede jeder jedes jeden jedem diese dieser dieses",
    "diesen diesem ein eine einer eines einem einen alle aller am im in auf an ab aus bei bis mit",
    "nach seit um von vom vor zu zum zur für durch ohne über unter wie als wenn weil dass ob und",
    "oder aber denn dann danach jetzt nun so also dabei damit dazu davon dort hier heute morgen",
    "ich du er sie es wir man mir dir uns euch sich nicht kein keine nur noch auch schon wieder",
    "lass atme halte bleib komm spüre heb hebe senke löse leg lege stell steh sitz nimm geh",
    "bleibe beginne wechsle wiederhole entspanne beuge strecke dreh drehe zieh schließe öffne",
)
"""They may have a capital at the start of a sentence, or endings like adjectives."""
_SUBJECT_VERBS = word_set(
    "ist sind war bleibt reicht genügt folgt kommt beginnt heißt",
)
_INFINITIVE = re.compile(
    r"(?:\s[^\W\d_]+){1,3}\s(?:nach|[a-zäöüß]+(?:en|ern|eln))\s*(?:[.,;:!?]|$|vorn)"
)
_STARTS_WITH_NUMBER = re.compile(r"(?:^|[.!?:;]\s)\d[^.!?:;]*$")
_ONE: Mapping[str, Mapping[str, str]] = {
    NOMINATIVE: {MASCULINE: "ein", FEMININE: "eine", NEUTER: "ein"},
    ACCUSATIVE: {MASCULINE: "einen", FEMININE: "eine", NEUTER: "ein"},
    DATIVE: {MASCULINE: "einem", FEMININE: "einer", NEUTER: "einem"},
    GENITIVE: {MASCULINE: "eines", FEMININE: "einer", NEUTER: "eines"},
}
_ADJECTIVE_ENDINGS: Mapping[str, Mapping[str, str]] = {
    NOMINATIVE: {MASCULINE: "er", FEMININE: "e", NEUTER: "es"},
    ACCUSATIVE: {MASCULINE: "en", FEMININE: "e", NEUTER: "es"},
    DATIVE: {MASCULINE: "en", FEMININE: "en", NEUTER: "en"},
    GENITIVE: {MASCULINE: "en", FEMININE: "en", NEUTER: "en"},
}
"""After ein, mein, kein."""
_EN_AFTER = word_set(
    "am im vom zum zur beim dem den des ins einem einer eines seinem seiner meinem meiner",
    "deinem deiner ihrem ihrer unserem unserer eurem eurer jedem diesem diesen welchem",
    "meinen deinen seinen ihren unseren euren keinen einen jeden welchen aller alle letzten",
    "ersten",
)
_E_AFTER = word_set(
    "die das jede jedes diese dieses welche welches",
)
_BARE_EN_AFTER = word_set(
    "ab seit nach bis vor mit von zu bei um",
)
_MIXED_AFTER = word_set(
    "ein mein dein sein kein unser euer ihr",
)
_MIXED_E_AFTER = word_set(
    "eine meine deine seine keine unsere eure ihre",
)


def noun_after(after: str) -> str:
    """The first noun, written with a capital, among the next words: adjectives may come first."""
    for word in words_after(after):
        if word.casefold() in _FUNCTION_WORDS:
            return ""
        if word[0].isupper():
            return word
        if not word.endswith(("e", "en", "er", "es", "em")):
            return ""
    return ""


def case_of(before: str) -> str:
    """The case that the words before a number ask of it."""
    if before.endswith(", "):  # a list: no preposition right before the comma counts
        return NOMINATIVE if _STARTS_WITH_NUMBER.search(before) else ACCUSATIVE
    words = re.findall(r"[^\W\d_]+|[.!?:;]", before[-60:])
    while words and words[-1].casefold() in _ADVERBS and len(words) > 1:
        words.pop()
    last = words[-1].casefold() if words else "."
    if last in _DATIVE_AFTER:
        return DATIVE
    if last in ".!?:;" or last in _SUBJECT_VERBS:
        return NOMINATIVE
    return ACCUSATIVE


def german_one(before: str, after: str, genders: Genders) -> str:
    """How a single 1 is said between *before* and *after*."""
    following = words_after(after, 1)
    if following and following[0] == "Uhr":
        return "ein"
    noun = noun_after(after)
    if not noun:
        adjective = following[0] if following else ""
        return {"mal": "ein", "bis": "eins"}.get(adjective, "eins")
    case = case_of(before)
    if case == NOMINATIVE and _INFINITIVE.match(after):
        case = ACCUSATIVE  # "1 Schritt gehen"
    return article_for(noun, case, genders)


def article_for(noun: str, case: str, genders: Genders) -> str:
    """``ein`` with the ending that *noun* asks for."""
    return _ONE[case][genders.likely(noun)]


def adjective_for(stem: str, noun: str, case: str, genders: Genders) -> str:
    """*stem* with the ending of an adjective between ``ein`` and *noun*: ``halbe``."""
    return stem + _ADJECTIVE_ENDINGS[case][genders.likely(noun)]


def german_ordinal(stem: str, before: str, noun: str, genders: Genders) -> str:
    """*stem* (``zweite``) with the ending that its neighbours ask for."""
    last = word_before(before)
    gender = genders.of(noun)
    if last in _EN_AFTER or last in _BARE_EN_AFTER:
        return stem + "n"
    if last in ("der", "jeder", "dieser", "welcher"):
        return stem + ("n" if gender == FEMININE else "")
    if last in _E_AFTER or last in _MIXED_E_AFTER:
        return stem
    if last in _MIXED_AFTER or not last or last not in _DATIVE_AFTER | _ACCUSATIVE_AFTER:
        ends = {MASCULINE: "r", FEMININE: "", NEUTER: "s"}
        return stem + ends.get(gender, "")
    return stem + "n"
