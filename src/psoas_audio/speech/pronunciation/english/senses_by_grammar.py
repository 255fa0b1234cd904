"""Homographs whose sense shows in the words next to them: “close to”, “close your eyes”."""

from __future__ import annotations

from collections.abc import Mapping

from psoas_audio.speech.pronunciation.english import word_classes as classes
from psoas_audio.speech.pronunciation.english.place import Place
from psoas_audio.speech.pronunciation.english.senses import (
    Chooser,
    Sense,
    find_word,
    vocabulary,
)
from psoas_audio.speech.pronunciation.english.verbs import read_verb

_LIVE_ADVERB_AFTER = vocabulary(
    "sit practise practice join teach meet go goes going stream streams broadcast air recorded"
    " meditate train watch us me them it session sessions class classes happening happens play"
    " plays"
    " played sing sings perform see run runs"
)


def _live(place: Place) -> Sense | None:
    before = place.word(-1)
    if before in ("a", "our", "the", "this", "your", "their", "each", "every", "some", "any", "my"):
        return Sense("adjective", f"after “{before}”")
    if before in _LIVE_ADVERB_AFTER and not place.next.startswith(("the", "your")):
        return Sense("adjective", f"after “{before}”")
    if before in classes.BE and before not in classes.HAVE:
        return Sense("adjective", f"after “{before}”")
    if place.next in vocabulary(
        "music session sessions class classes stream streams video recording event events"
        " audience band concert online broadcast workshop teaching performance"
    ):
        return Sense("adjective", f"before “{place.next}”")
    if place.next == "or" and place.word(2) in ("recorded", "online"):
        return Sense("adjective", "beside “recorded”")
    reading = read_verb(place, may_be_adjective=True)
    if reading is None:
        return None
    return Sense("verb" if reading.is_verb else "adjective", reading.reason)


_PAST_TIMES = vocabulary("yesterday ago earlier before previously")


def _read(place: Place) -> Sense | None:
    words = place.words_before()
    for word in words[:4]:
        if word in classes.DO | classes.MODALS or word in ("to", "let", "lets", "help", "helps"):
            return Sense("present", f"after “{word}”")
        if word in classes.HAVE or word.endswith("'ve"):
            return Sense("past", f"after “{word}”")
        if word in classes.BE and word not in ("being",):
            return Sense("past", f"after “{word}”")
    if words[:1] == ["well"] or words[:1] == ["being"]:
        return Sense("past", f"after “{words[0]}”")
    before = place.before
    if before in ("he", "she", "it", "who") and before != "who":
        return Sense("past", f"after “{before}”")
    if before in classes.SUBJECTS | {"teacher", "narrator", "voice"}:
        if time := find_word(place, _PAST_TIMES):
            return Sense("past", f"in a sentence with “{time}”")
        if place.others & {"last"} and place.others & vocabulary(
            "week night time month year class"
        ):
            return Sense("past", "in a sentence with “last”")
    return Sense("present", "not in the past")


def _used(place: Place) -> Sense | None:
    if place.next != "to":
        return None
    before, after = place.before, place.word(2)
    of_things = before in classes.BE or before in ("get", "gets", "got", "getting", "become")
    if not of_things:
        return Sense("habit", "in “used to”")
    if (
        before not in classes.BE
        or after in classes.DETERMINERS | classes.OBJECTS
        or (after.endswith("ing") and len(after) > 5)
    ):
        return Sense("habit", f"after “{before}”")
    return None


def _content(place: Place) -> Sense | None:
    last = place.word(-1)
    if last in classes.LINKING | classes.DEGREES:
        return Sense("adjective", f"after “{last}”")
    if place.next in ("with", "to") and last not in classes.DETERMINERS | classes.PREPOSITIONS:
        return Sense("adjective", f"before “{place.next}”")
    if place.before in ("and", "or", "but"):
        left = place.word(place.offset_before - 1)
        if left in vocabulary("form style context shape structure title titles music voice"):
            return Sense("noun", f"beside “{left}”")
        return Sense("adjective", f"after “{place.before}”")
    if last in classes.DETERMINERS or last.endswith("'s"):
        noun_follows = place.next and place.next not in (
            classes.FINITE | classes.PREPOSITIONS | classes.CONJUNCTIONS | classes.SUBORDINATORS
        )
        if last in ("a", "an") and noun_follows and not place.has_finite_verb_after():
            return Sense("adjective", f"before “{place.next}”")
        return Sense("noun", f"after “{last}”")
    if last in classes.PREPOSITIONS:
        return Sense("noun", f"after “{last}”")
    if place.next in classes.FINITE | {"of"} and not last:
        return Sense("noun", f"before “{place.next}”")
    if not last or place.before in classes.SUBJECTS | classes.OBJECTS | classes.THIRD_PERSON:
        return Sense("adjective", "tells of the subject")
    reading = read_verb(place, may_be_adjective=False)
    if reading is not None and not reading.is_verb and not reading.reason.startswith("after the"):
        return Sense("noun", reading.reason)
    return None


def _present(place: Place) -> Sense | None:
    reading = read_verb(place, may_be_adjective=True)
    if reading is None or not reading.is_verb:
        return Sense("adjective", reading.reason) if reading else None
    if not place.before and not classes.begins_object(place.next):
        return Sense("adjective", "begins a clause, without an object")
    return Sense("verb", reading.reason)


def _invalid(place: Place) -> Sense | None:
    last = place.word(-1)
    if last not in classes.DETERMINERS:
        return None
    follows = place.next
    if not follows or follows in (
        classes.PREPOSITIONS
        | classes.FINITE
        | classes.FINITE_OR_PLURAL
        | classes.CONJUNCTIONS
        | {"who", "since"}
    ):
        return Sense("noun", f"after “{last}”, without a noun")
    return None


def _resume(place: Place) -> Sense | None:
    reading = read_verb(place, may_be_adjective=False)
    if reading is None or reading.is_verb:
        return None
    return Sense("noun", reading.reason)


_CLOSE_THINGS = vocabulary(
    "attention contact connection range friends friend look watch fit proximity relationship"
    " relative relatives second family friendship by enough together to behind beside"
)


def _close(place: Place) -> Sense | None:
    if place.next == "to":
        return Sense("adjective", "before “to”")
    if place.next == "by" and (place.word(2) in classes.OBJECTS or place.word(2).endswith("ing")):
        return Sense("verb", f"before “by {place.word(2)}”")
    follows = [place.word(offset) for offset in (2, 3, 4)]
    after_bare_plural = classes.is_plural(place.before) and not place.word(-2) and not place.next
    if after_bare_plural and classes.is_adjective(follows[1]) and not follows[2]:
        return Sense("adjective", f"like “{follows[0]} {follows[1]}”")  # "feet close, knees wide"
    helped = place.before in classes.MODALS | classes.DO | {"to", ""}
    if place.next in _CLOSE_THINGS and (not helped or place.next in ("by", "attention", "contact")):
        return Sense("adjective", f"before “{place.next}”")
    if place.next == "in" and place.before and place.before in classes.LINKING | classes.HOLDING:
        return Sense("adjective", f"after “{place.before}”")
    return None


_VOICED = vocabulary("words word sounds sound vowels vowel lyrics count name phrase")


_MOUTHED = vocabulary("the a each it every along")


def _mouth(place: Place) -> Sense | None:
    reading = read_verb(place, may_be_adjective=False)
    silent = place.word(2) in _VOICED or place.before in classes.MODALS | classes.DO
    if reading and reading.is_verb and silent and place.next in _MOUTHED:
        return Sense("verb", reading.reason)
    return Sense("noun", "not said without a voice")


def _house(place: Place) -> Sense | None:
    reading = read_verb(place, may_be_adjective=False)
    if reading and reading.is_verb and classes.begins_object(place.next):
        return Sense("verb", reading.reason)
    return Sense("noun", reading.reason if reading and not reading.is_verb else "without an object")


BY_GRAMMAR: Mapping[str, Chooser] = {
    "live": _live,
    "read": _read,
    "used": _used,
    "content": _content,
    "present": _present,
    "invalid": _invalid,
    "resume": _resume,
    "close": _close,
    "mouth": _mouth,
    "house": _house,
}
"""Word to the rule that chooses its sense by its neighbours."""
