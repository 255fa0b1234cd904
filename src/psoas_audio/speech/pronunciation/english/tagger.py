"""Finds the homographs of an English text, and decides on the sense of each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

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
    words, plurals = _senses(language)
    decisions = []
    for sentence in split_into_sentences(text):
        for index, token in enumerate(sentence):
            place = Place(sentence, index)
            if token.word in words:
                sense, senses = _sense(place, words[token.word]), words[token.word]
            elif token.word in plurals:
                sense, senses = _sense_of_plural(place), plurals[token.word]
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


@cache
def _senses(
    language: str,
) -> tuple[Mapping[str, Mapping[str, SaidAs]], Mapping[str, Mapping[str, SaidAs]]]:
    """The senses of each word, and those of its form in ``s``: ``verb`` and ``noun``."""
    words = {
        word: {
            name: SaidAs("", word)
            if isinstance(said, str)
            else SaidAs(said_as(said[0], word, language).ipa, said[1])
            for name, said in senses.items()
        }
        for word, senses in load_language("en").homographs.items()
    }
    ending = next(one for one in endings(language) if one.letters == _PLURAL)
    plurals = {
        word + _PLURAL: {
            "verb": senses["verb"].with_ending(ending),
            "noun": next(said for name, said in senses.items() if name != "verb").with_ending(
                ending
            ),
        }
        for word, senses in words.items()
        if "verb" in senses and len(senses) > 1 and not word.endswith(("s", "h", "ed"))
    }
    return words, {word: senses for word, senses in plurals.items() if word not in words}
