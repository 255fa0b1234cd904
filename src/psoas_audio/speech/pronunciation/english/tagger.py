"""Finds the homographs of an English text, and decides on the sense of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from psoas_audio.locale.languages import load_language
from psoas_audio.speech.pronunciation.english import word_classes as classes
from psoas_audio.speech.pronunciation.english.place import Place
from psoas_audio.speech.pronunciation.english.senses import Chooser, Sense
from psoas_audio.speech.pronunciation.english.senses_by_grammar import BY_GRAMMAR
from psoas_audio.speech.pronunciation.english.senses_by_topic import BY_TOPIC
from psoas_audio.speech.pronunciation.english.third_person import read_third_person
from psoas_audio.speech.pronunciation.english.tokens import split_into_sentences
from psoas_audio.speech.pronunciation.english.verbs import read_verb
from psoas_audio.speech.pronunciation.inflection import endings
from psoas_audio.speech.pronunciation.lexicon import SaidAs, capitalized, said_as
from psoas_audio.speech.pronunciation.tagged import Decision

_PLURAL = "s"
_CHOOSERS: Mapping[str, Chooser] = {**BY_TOPIC, **BY_GRAMMAR}
"""Word to its own rule. If that can't tell, the general rule for verbs applies to words with such a
sense, and then the usual sense."""


def find_english_homographs(text: str, language: str) -> list[Decision]:
    """The homographs of the normalized *text*, in order."""
    decisions = []
    for sentence in split_into_sentences(text):
        for index, token in enumerate(sentence):
            place = Place(sentence, index)
            if (senses := _senses(token.word, language)) is not None:
                sense = _sense(place, senses)
            elif (senses := _senses_of_plural(token.word, language)) is not None:
                sense = _sense_of_plural(place)
            else:
                continue
            said = senses[sense.name]
            respelling = said.respelling
            if token.written[0].isupper():
                respelling = capitalized(respelling)
            here = SaidAs(said.ipa, respelling).at(token.start, token.end)
            decisions.append(Decision(here, sense.name, sense.reason))
    return decisions


def _sense(place: Place, senses: Mapping[str, SaidAs]) -> Sense:
    chooser = _CHOOSERS.get(place.word())
    sense = chooser(place) if chooser else None
    if sense is not None:
        return sense
    usual = next(iter(senses))
    if "verb" not in senses:
        return Sense(usual, "the usual sense")
    reading = read_verb(place, may_be_adjective="adjective" in senses)
    if reading is None:
        return Sense(usual, "the usual sense")
    if reading.is_verb:
        return Sense("verb", reading.reason)
    names = [name for name in senses if name != "verb"]
    if len(names) > 1 and _stands_for_noun(place):
        return Sense("noun", f"{reading.reason}, without a noun")
    return Sense(names[0], reading.reason)


def _stands_for_noun(place: Place) -> bool:
    """Whether no noun follows what a determiner begins: ``the upset is over``."""
    introduced = place.before in classes.DETERMINERS or (
        classes.is_adjective(place.before)
        and place.word(place.offset_before - 1) in classes.DETERMINERS
    )
    return introduced and (
        not place.next or place.next in classes.FINITE | classes.PREPOSITIONS | classes.CONJUNCTIONS
    )


def _sense_of_plural(place: Place) -> Sense:
    reading = read_third_person(place)
    return Sense("verb" if reading.is_verb else "noun", reading.reason)


@lru_cache(1024)
def _senses(word: str, language: str) -> Mapping[str, SaidAs] | None:
    """The senses of *word*; ``None`` if it isn't a homograph."""
    senses = load_language("en").homographs.get(word)
    if senses is None:
        return None
    return {
        name: SaidAs("", word)
        if isinstance(said, str)
        else SaidAs(said_as(said[0], word, language).ipa, said[1])
        for name, said in senses.items()
    }


@lru_cache(1024)
def _senses_of_plural(plural: str, language: str) -> Mapping[str, SaidAs] | None:
    """``verb`` and ``noun`` of a homograph's form in ``s``; ``None`` for other words."""
    word = plural.removesuffix(_PLURAL)
    senses = None if word == plural else _senses(word, language)
    if senses is None or "verb" not in senses or len(senses) < 2 or word.endswith(("s", "h", "ed")):
        return None
    ending = next(one for one in endings(language) if one.letters == _PLURAL)
    noun = next(said for name, said in senses.items() if name != "verb")
    return {"verb": senses["verb"].with_ending(ending), "noun": noun.with_ending(ending)}
