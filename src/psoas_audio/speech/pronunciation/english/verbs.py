"""Tells whether a word is a verb in its base form, as in an imperative, or a noun or adjective.

The rules are tried in order; the first that fits decides. They are made for guidance: most
sentences begin with a verb, and subjects are parts of a body.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from psoas_audio.speech.pronunciation.english import word_classes as classes
from psoas_audio.speech.pronunciation.english.place import Place
from psoas_audio.speech.pronunciation.english.tokens import BOUNDARY


class Reading(NamedTuple):
    """What a word is, and why."""

    is_verb: bool
    reason: str


VerbRule = Callable[[Place, bool], Reading | None]
"""Given a place, and whether the word may be an adjective; ``None`` where it doesn't fit."""

_OBJECT_STARTS = classes.ARTICLES | classes.POSSESSIVES | classes.OBJECTS
_TIMES = ("this", "each", "every", "that", "last", "next", "today", "one", "some", "any", "all")
_NOUN_BEFORE_TO = (
    "due", "thanks", "according", "back", "return", "returns", "leads", "lead", "owing", "from",
    "compared", "relates", "related", "point", "points", "next", "close", "prior", "amount", "adds",
)  # fmt: skip


def read_verb(place: Place, *, may_be_adjective: bool) -> Reading | None:
    """Whether the word is a verb; ``None`` where no rule fits."""
    for rule in _RULES:
        reading = rule(place, may_be_adjective)
        if reading is not None:
            return reading
    return None


def _after_helper(place: Place, _: bool) -> Reading | None:
    before = place.before
    if before in classes.MODALS or before in classes.DO:
        return Reading(True, f"after “{before}”")
    return None


def _after_to(place: Place, _: bool) -> Reading | None:
    if place.before != "to":
        return None
    offset = place.offset_before
    earlier = place.word(offset - 1)
    words = place.words_before()[-offset:]
    if place.next not in _OBJECT_STARTS and (earlier in _NOUN_BEFORE_TO or "from" in words[:4]):
        return Reading(False, f"after “{earlier} to”")
    if _ends_phrase(place) and words and words[-1] in ("put", "puts", "putting"):
        return Reading(False, f"after “{words[-1]} … to”")
    return Reading(True, "after “to”")


def _ends_phrase(place: Place) -> bool:
    return not place.next or place.next in classes.CONJUNCTIONS | classes.PREPOSITIONS


def _in_question(place: Place, _: bool) -> Reading | None:
    """``Do the glutes contract?``, ``Should your back object, …``."""
    words = place.words_before()
    for count, word in enumerate(words):
        if word in classes.MODALS | classes.DO:
            opens = count + 1 == len(words) or words[count + 1] in (
                classes.QUESTION_WORDS | classes.CONJUNCTIONS | classes.FREE_ADVERBS
            )
            subject = words[:count]
            if opens and subject and _is_noun_phrase(subject[::-1]):
                return Reading(True, f"“{word}” before its subject")
            return None
        if word in classes.PREPOSITIONS | classes.SUBORDINATORS or count > 4:
            return None
    return None


def _is_noun_phrase(words: list[str]) -> bool:
    """Whether *words* are complete: a pronoun, or a noun after what belongs to it."""
    if words[-1] in classes.SUBJECTS | classes.THIRD_PERSON | classes.OBJECTS:
        return True
    return words[-1] not in classes.DETERMINERS and not classes.is_adjective(words[-1])


_PLURAL_QUANTITIES = frozenset({"many", "few", "several", "both", "these", "those"})


def _before_of(place: Place, _: bool) -> Reading | None:
    return Reading(False, "before “of”") if place.next == "of" else None


def _after_determiner(place: Place, may_be_adjective: bool) -> Reading | None:
    word = place.word(-1)
    if word not in classes.DETERMINERS and not word.endswith("'s"):
        before = place.before
        if before in classes.DETERMINERS - classes.ALSO_PRONOUNS:
            return Reading(False, f"after “{before} {word}”")
        return None
    if word in BE_WORDS or (word.endswith("'s") and word in classes.BE):
        return None
    if word in ("next", "first", "second", "last") and not place.word(-2):
        return None  # adverbs
    if word in ("what", "which") and place.next in _OBJECT_STARTS:
        return Reading(True, f"“{word}” is its subject")
    if word in ("that", "which", "those") and classes.is_plural(place.word(-2)):
        return Reading(True, f"“{word}” is its subject")
    if word in classes.ALSO_PRONOUNS and place.next in _OBJECT_STARTS:
        return Reading(True, f"“{word}” is its subject")
    if word in ("either", "neither") and place.next in _OBJECT_STARTS:
        return Reading(True, f"after “{word}”, before its object")
    if word == "her" and place.word(-2) in classes.CAUSATIVES and place.next in _OBJECT_STARTS:
        return Reading(True, f"after “{place.word(-2)} her”")
    if word == "half":
        return None
    if word in _PLURAL_QUANTITIES and not may_be_adjective and not classes.is_plural(place.next):
        return Reading(True, f"“{word}” is its subject")
    return Reading(False, f"after “{word}”")


BE_WORDS = frozenset({"it's", "that's", "there's", "he's", "she's", "what's", "who's", "let's"})
"""Words in ``'s`` that aren't possessives."""


def _after_pronoun(place: Place, may_be_adjective: bool) -> Reading | None:
    before, earlier = place.before, place.word(place.offset_before - 1)
    if earlier in classes.BE | classes.HAVE and earlier not in ("have", "having"):
        return Reading(False, f"after “{earlier} {before}”") if before in classes.SUBJECTS else None
    if before in classes.OBJECTS | {"he", "she"} and earlier in classes.CAUSATIVES:
        if may_be_adjective and earlier in classes.HOLDING:
            return Reading(False, f"after “{earlier} {before}”")
        return Reading(True, f"after “{earlier} {before}”")
    if earlier == "of" and before in classes.OBJECTS:
        return Reading(True, f"after “of {before}”")
    if before == "you" and earlier in ("with", "for", "of", "without"):
        return None
    if before in classes.SUBJECTS:
        return Reading(True, f"“{before}” is its subject")
    if before in classes.OBJECTS:
        return Reading(False, f"after “{before}”")
    return None


def _after_linking_verb(place: Place, may_be_adjective: bool) -> Reading | None:
    last = place.word(-1)
    if last in classes.DEGREES and place.next in _OBJECT_STARTS:
        return None  # "so close your eyes"
    if last in classes.DEGREES:
        return Reading(False, f"after “{last}”")
    before = place.before
    if before not in classes.BE | classes.HAVE and (
        place.word(place.offset_before - 1) in classes.DETERMINERS
    ):
        return None  # "the feeling"
    if before in classes.BE or before in classes.HAVE:
        return Reading(False, f"after “{before}”")
    if may_be_adjective and before in classes.LINKING and before not in ("rest", "rests"):
        return Reading(False, f"after “{before}”")
    return None


def _after_preposition(place: Place, _: bool) -> Reading | None:
    before = place.word(-1)
    if (
        place.before in ("for", "of", "with", "without", "from")
        and place.next not in _OBJECT_STARTS
    ):
        return Reading(False, f"after “{place.before}”")
    if before in ("after", "before", "until", "since", "than") and (
        not place.next or place.next in classes.PREPOSITIONS | classes.CONJUNCTIONS
    ):
        return Reading(False, f"after “{before}”")
    if before in classes.PREPOSITIONS and place.next not in _OBJECT_STARTS - {"this", "that"}:
        if before in ("in", "out", "up", "down", "on", "off", "over", "under", "around", "through"):
            # A particle: "breathe in" ends there.
            return Reading(False, f"after “{before}”") if place.word(-2) else None
        return Reading(False, f"after “{before}”")
    return None


def _begins_clause(place: Place, may_be_adjective: bool) -> Reading | None:
    if place.before != BOUNDARY:
        return None
    follows = place.next
    if place.word(-1) == "not" and may_be_adjective and follows not in _OBJECT_STARTS:
        return Reading(False, "after “not”, without an object")
    if (
        _goes_on_after_comma(place, -1)
        and follows
        and follows not in (_OBJECT_STARTS | classes.PREPOSITIONS | classes.CONJUNCTIONS)
    ):
        return Reading(False, f"one more adjective after “{place.word(-2)}”")
    if follows in classes.FINITE:
        return Reading(False, f"subject of “{follows}”")
    if follows == "in" and place.word(2) == "hand" and not place.word(3):
        return Reading(False, "before “in hand”")
    if follows == "by" and place.word(2) == place.word():
        return Reading(False, f"in “{place.word()} by {place.word()}”")
    if follows in _OBJECT_STARTS or follows in classes.QUESTION_WORDS:
        return Reading(True, "begins a clause, before its object")
    if follows in classes.CONJUNCTIONS:
        return _before_conjunction(place)
    if place.has_finite_verb_after():
        return Reading(False, "subject of a verb that follows")
    return Reading(True, "begins a clause")


def _goes_on_after_comma(place: Place, offset: int) -> bool:
    """Whether the comma at *offset* stands between adjectives: ``a small, intimate class``."""
    earlier = place.word(offset - 2)
    return not place.word(offset) and (
        (
            classes.is_adjective(place.word(offset - 1))
            and bool(earlier)
            and earlier not in classes.LINKING
        )
        or (earlier in classes.ARTICLES and not classes.is_plural(place.word(1)))
    )


def _before_conjunction(place: Place) -> Reading:
    """``close and open the hand``, but ``use and care are …``."""
    after = place.word(3)
    if after in classes.FINITE:
        return Reading(False, f"subject of “{after}”")
    return Reading(True, "begins a clause, with another verb")


def _after_conjunction(place: Place, may_be_adjective: bool) -> Reading | None:
    before = place.before
    if before not in classes.CONJUNCTIONS:
        return None
    if place.next in classes.FINITE or place.next == "of":
        return Reading(False, f"before “{place.next}”")
    if place.next in _OBJECT_STARTS:
        return Reading(True, f"after “{before}”, before its object")
    left, earlier = place.word(place.offset_before - 1), place.word(place.offset_before - 2)
    if (
        left
        and classes.is_adjective(left)
        and earlier in (classes.LINKING | classes.ARTICLES | classes.POSSESSIVES)
    ):
        linking = earlier in classes.LINKING and earlier not in classes.HOLDING
        if linking or earlier in classes.DETERMINERS:
            return Reading(False, f"beside “{left}”")
    held = earlier in classes.OBJECTS and place.word(place.offset_before - 3) in classes.HOLDING
    if may_be_adjective and not place.next and held and classes.is_adjective(left):
        return Reading(False, f"beside “{left}”")  # "make it slow and deliberate"
    before_comma = not place.next and place.index + 2 < len(place.sentence)
    if may_be_adjective and not earlier and before_comma and classes.is_adjective(left):
        return Reading(False, f"beside “{left}”")  # "slow and deliberate, roll up"
    if earlier in ("of", "between", "for", "with", "without", "from", "both", "by") and not (
        classes.is_plural(left)
    ):
        return Reading(False, f"beside “{left}”")
    if place.has_finite_verb_after() and not _clause_has_verb(place):
        return Reading(False, "subject of a verb that follows")
    return Reading(True, f"after “{before}”")


def _clause_has_verb(place: Place) -> bool:
    """Whether a verb stands before the conjunction in the same clause, as far as it shows."""
    words = place.words_before()
    first = words[-1] if words else BOUNDARY
    while words and (classes.is_adverb(first) or first in classes.CONJUNCTIONS):
        words.pop()
        first = words[-1] if words else BOUNDARY
    return bool(words) and first not in classes.DETERMINERS | classes.PREPOSITIONS


def _after_first_verb(place: Place, _: bool) -> Reading | None:
    """``Pay close attention``: the imperative stands right before; ``Muscles convert fuel``."""
    at = Place(place.sentence, place.index + place.offset_before)
    word = at.word()
    if not word or at.before not in classes.CONJUNCTIONS | {BOUNDARY, "to"} | classes.MODALS:
        return None
    if word in classes.DETERMINERS | classes.PREPOSITIONS | classes.SUBORDINATORS:
        return None
    if word in classes.SUBJECTS | classes.OBJECTS | classes.THIRD_PERSON:
        return None
    if word in classes.BEFORE_BARE_VERB:
        return Reading(True, f"after “{word}”")
    opener = place.words_before()[-1]
    joins = _joins_subjects(place) or (
        opener in classes.DETERMINERS and place.next in _OBJECT_STARTS
    )
    if at.before in classes.CONJUNCTIONS and joins:
        return Reading(True, f"“… {at.before} {word}” are its subject")
    if at.before in classes.CONJUNCTIONS and opener in classes.SUBORDINATORS:
        return Reading(True, f"“… {at.before} {word}” are its subject")
    if classes.is_plural(word) and at.before == BOUNDARY:
        return Reading(True, f"“{word}” are its subject")
    if classes.is_adjective(word) and at.before == BOUNDARY:
        return Reading(False, f"after “{word}”")
    return Reading(False, f"after the verb “{word}”")


def _joins_subjects(place: Place) -> bool:
    """Whether two nouns that a causative verb begins stand before: ``let hips and legs rest``."""
    words = place.words_before()[-1 - place.offset_before :]
    link = next((at for at, word in enumerate(words) if word in classes.CONJUNCTIONS), 0)
    opener = next((at for at, word in enumerate(words) if word in classes.CAUSATIVES), 0)
    if not 0 < link < opener - 1:
        return False
    left = words[link + 1 : opener]
    return left[-1] in classes.DETERMINERS or all(map(classes.is_plural, (left[0], words[0])))


def _in_noun_phrase(place: Place, may_be_adjective: bool) -> Reading | None:
    """What stands between a determiner and the word: ``the slow increase``, ``the ribs house``."""
    words = place.words_before()[-1 - place.offset_before :]
    between: list[str] = []
    for word in words:
        if word in classes.DETERMINERS or word.endswith("'s"):
            break
        if word in classes.PREPOSITIONS | classes.CONJUNCTIONS | classes.SUBORDINATORS:
            break
        if word in classes.MODALS | classes.BE | classes.HAVE | classes.DO | {"to"}:
            break
        between.append(word)
    if not between or len(between) > 4:
        return None
    last, opener = between[0], words[len(between)] if len(between) < len(words) else BOUNDARY
    introduced = opener in classes.DETERMINERS or opener.endswith("'s")
    verb_before = words[len(between) + 1] if len(between) + 1 < len(words) else BOUNDARY
    bare = not introduced and between[-1] in classes.CAUSATIVES | classes.HOLDING
    if bare:
        verb_before = between.pop()  # "let lips separate"
        if not between:
            return None
        last = between[0]
    if opener in classes.PREPOSITIONS and all(map(classes.is_adjective, between)):
        return Reading(False, f"after “{opener} {last}”")
    if place.next in _OBJECT_STARTS - set(_TIMES):
        return Reading(True, f"between “{last}” and its object")
    if any(word in classes.LINKING for word in between[1:]) and classes.is_adjective(last):
        return None  # "your eyes feel heavy"
    if classes.is_adjective(last) and (
        introduced
        or bare
        or opener in classes.PREPOSITIONS
        or (len(between) > 1 and between[1] not in classes.LINKING)
        or (not opener and _goes_on_after_comma(place, -1 - len(words[: len(between)])))
    ):
        return Reading(False, f"after “{last}”")
    if may_be_adjective and verb_before in classes.HOLDING and place.next not in _OBJECT_STARTS:
        return Reading(False, f"after “{verb_before} … {last}”")
    if verb_before in classes.CAUSATIVES:
        return Reading(True, f"after “{verb_before} … {last}”")
    if (
        verb_before in classes.CONJUNCTIONS
        and not place.next
        and (set(words[len(between) :]) & classes.CAUSATIVES)
    ):
        return Reading(True, f"after “let … {verb_before} … {last}”")
    if classes.is_plural(last) and not classes.is_adjective(last):
        if may_be_adjective and _has_verb(between[1:], words[len(between) :]):
            return Reading(False, f"after “{last}”")
        return Reading(True, f"“{last}” are its subject")
    if introduced or opener in classes.PREPOSITIONS:
        return Reading(False, f"after “{last}”")
    return None


def _has_verb(*parts: list[str]) -> bool:
    """Whether the words further left, the nearest first, hold the verb of the clause."""
    words = [word for part in parts for word in part]
    if any(word in classes.FINITE | classes.LINKING for word in words):
        return True
    first = words[-1] if words else BOUNDARY
    return bool(words) and first not in (
        classes.DETERMINERS | classes.SUBORDINATORS | classes.PREPOSITIONS | classes.CONJUNCTIONS
    )


_RULES: tuple[VerbRule, ...] = (
    _before_of,
    _after_helper,
    _after_to,
    _in_question,
    _after_determiner,
    _after_pronoun,
    _after_linking_verb,
    _after_preposition,
    _after_conjunction,
    _begins_clause,
    _after_first_verb,
    _in_noun_phrase,
)
