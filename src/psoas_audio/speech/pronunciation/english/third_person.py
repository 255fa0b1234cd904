"""Tells ``the muscle contracts`` from ``two contracts``: a verb with its subject, or a plural."""

from __future__ import annotations

from psoas_audio.speech.pronunciation.english import word_classes as classes
from psoas_audio.speech.pronunciation.english.place import Place
from psoas_audio.speech.pronunciation.english.verbs import Reading

_PLURAL_ONLY = frozenset(
    {"these", "those", "many", "few", "several", "all", "both", "some", "two", "three", "four"}
)


def read_third_person(place: Place) -> Reading:
    """Whether a word in ``s`` is a verb, or else a noun in the plural."""
    before = place.before
    if before in _PLURAL_ONLY or place.next == "of":
        return Reading(False, f"after “{before}”" if place.next != "of" else "before “of”")
    if before in classes.THIRD_PERSON:
        return Reading(True, f"“{before}” is its subject")
    if not before or before in classes.DETERMINERS or before.endswith("'s"):
        return Reading(False, f"after “{before}”" if before else "begins a clause")
    if before in classes.PREPOSITIONS | classes.BE | classes.HAVE | {"to"}:
        return Reading(False, f"after “{before}”")
    if place.next in classes.FINITE:
        return Reading(False, f"subject of “{place.next}”")
    if classes.is_adjective(before):
        return Reading(False, f"after “{before}”")
    if before in classes.CONJUNCTIONS:
        is_verb = classes.begins_object(place.next) or place.word(place.offset_before - 1).endswith(
            "s"
        )
        return Reading(is_verb, f"after “{before}”")
    if _has_subject(place):
        return Reading(True, f"“{before}” is its subject")
    return Reading(classes.begins_object(place.next), f"after “{before}”")


def _has_subject(place: Place) -> bool:
    """Whether a noun phrase that begins a clause stands right before: ``the breath leads``."""
    words = place.words_before()[-1 - place.offset_before :]
    opener = next((n for n, word in enumerate(words) if word in classes.DETERMINERS), None)
    if opener is None:
        return len(words) == 1
    before = words[opener + 1] if opener + 1 < len(words) else ""
    return not before or before in classes.SUBORDINATORS | classes.CONJUNCTIONS
