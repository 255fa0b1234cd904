"""Homographs whose sense shows in the topic of the sentence: “tear” beside “muscle” or “eyes”."""

from __future__ import annotations

from collections.abc import Mapping

from psoas_audio.speech.pronunciation.english import word_classes as classes
from psoas_audio.speech.pronunciation.english.place import Place
from psoas_audio.speech.pronunciation.english.senses import (
    Chooser,
    Sense,
    find_word,
    is_verb,
    vocabulary,
)
from psoas_audio.speech.pronunciation.english.verbs import read_verb

_BOW_THINGS = vocabulary(
    "arrow arrows strap string strings ribbon ribbons knot knots tie tied ties violin cello lace"
    " laces rope scarf archer archery shape pose posture draw draws aim hunter rainbow gift sash"
)


_GESTURES = vocabulary(
    "end finish close begin start greet thank take make give offer final deep small slight little"
    " respectful gentle humble polite low formal japanese slow grateful"
)


_MOVES = vocabulary(
    "come comes move moves shift return returns rise roll step transition back on way"
)


def _bow(place: Place) -> Sense | None:
    if place.next in ("pose", "posture", "tie", "legs", "legged", "string", "shape", "and") and (
        place.next != "and" or place.word(2) in ("arrow", "arrows")
    ):
        return Sense("shape", f"before “{place.next}”")
    if place.word(-1) == "to" and not place.next and place.word(-2) in _MOVES:
        return Sense("shape", f"after “{place.word(-2)} to”")
    reading = read_verb(place, may_be_adjective=False)
    if reading is None or reading.is_verb:
        return Sense("verb", reading.reason) if reading else None
    if thing := find_word(place, _BOW_THINGS):
        return Sense("shape", f"in a sentence with “{thing}”")
    if gesture := find_word(place, _GESTURES):
        return Sense("verb", f"in a sentence with “{gesture}”")
    return Sense("shape", reading.reason)


_WEATHER = vocabulary(
    "rain water sun waves sea sky trees leaves weather snow tide clouds fire earth light sand storm"
)


def _wind(place: Place) -> Sense | None:
    if place.next in ("and", "or") and place.word(2) in _WEATHER:
        return Sense("noun", f"before “{place.next} {place.word(2)}”")
    if place.before in ("and", "or") and place.word(place.offset_before - 1) in _WEATHER:
        return Sense("noun", f"after “{place.word(place.offset_before - 1)} {place.before}”")
    if place.next in ("down", "up") and place.word(-1) not in classes.DETERMINERS:
        return Sense("verb", f"before “{place.next}”")
    return None


_LEAD_THINGS = vocabulary(
    "weight weights vest apron pipe pipes shoes boots ball balls blanket paint poisoning pencil"
    " sinker shield"
)


def _lead(place: Place) -> Sense | None:
    before = place.word(-1)
    if before in ("like", "of") and place.next != "the":
        return Sense("metal", f"after “{before}”")
    if (place.next in _LEAD_THINGS and not place.next.startswith("ball")) or (
        place.next in _LEAD_THINGS and before in classes.DETERMINERS
    ):
        return Sense("metal", f"before “{place.next}”")
    if before == "as" and place.others & vocabulary("heavy heavier dense grey gray dull as"):
        return Sense("metal", "after “as”")
    if (
        before in ("to", "into", "than")
        and place.others & vocabulary("turn turns turned turning heavy heavier melt change changed")
        and (not place.next or place.next in classes.CONJUNCTIONS)
    ):
        return Sense("metal", f"after “{before}”")
    if place.others & vocabulary("iron copper zinc tin mercury metal steel"):
        return Sense("metal", "in a sentence with other metals")
    return Sense("verb", "not the metal")


_TISSUES = vocabulary(
    "muscle ligament tendon meniscus cuff labral labrum rotator acl fibre fiber tissue strain"
    " sprain"
    " injury wear hamstring calf achilles partial minor cartilage paper tape strip cloth apart off"
    " page sheet packet fabric open fibres fibers skin disc repair"
)


_EYES = vocabulary(
    "eye eyes cheek cheeks face fall falls roll rolls run runs wipe wipes dry shed sheds shedding"
    " cry cries cried weep joy grief relief sadness sorrow gratitude duct ducts drop drops gland"
    " glands salty warm silent slide slides well wells welling brush lashes come comes form forms"
    " emotion tissue single happy flow flows glisten laughter blink"
)


def _tear(place: Place) -> Sense | None:
    if place.next in ("duct", "ducts", "drop", "drops", "gland", "glands", "film", "stained"):
        return Sense("drop", f"before “{place.next}”")
    if thing := find_word(place, _TISSUES):
        return Sense("rip", f"in a sentence with “{thing}”")
    if is_verb(place):
        return Sense("rip", "a verb")
    if thing := find_word(place, _EYES):
        return Sense("drop", f"in a sentence with “{thing}”")
    return None


_TURNS = vocabulary(
    "around up down the round about itself into back through together tightly in her his"
)


def _wound(place: Place) -> Sense | None:
    before = place.before
    after_subject = before in classes.SUBJECTS | {"he", "she", "it"}
    if after_subject and place.next in _TURNS | classes.OBJECTS:
        return Sense("past", f"after “{before}”")
    if before in classes.BE | classes.HAVE and place.next in _TURNS | vocabulary("like too so"):
        return Sense("past", f"after “{before}”")
    if place.word(-1) in ("tightly", "loosely", "freshly", "neatly") or place.next in (
        "tightly",
        "around",
        "loosely",
        "neatly",
    ):
        return Sense("past", "as of something wound round")
    if before in classes.DETERMINERS or before in classes.PREPOSITIONS:
        return None
    if place.next in ("around", "round", "up", "down") and before:
        return Sense("past", f"before “{place.next}”")
    return None


def _dove(place: Place) -> Sense | None:
    if place.before in classes.SUBJECTS | {"he", "she", "it"}:
        return Sense("past", f"after “{place.before}”")
    if place.next in ("into", "deep", "under", "headfirst", "straight", "down") and (
        place.word(-1) not in classes.DETERMINERS
        and not classes.is_adjective(place.word(-1))
        and place.word(-1)
    ):
        return Sense("past", f"before “{place.next}”")
    return None


_FISHING = vocabulary(
    "sea fish fishes fishing lake river catch caught eat grill grilled protein striped cook cooked"
    " largemouth salmon trout cod tuna pond swim swims swam boat fillet smallmouth stream dinner"
)


def _bass(place: Place) -> Sense | None:
    fishing = find_word(place, _FISHING)
    return Sense("fish", f"in a sentence with “{fishing}”") if fishing else None


def _sow(place: Place) -> Sense | None:
    reading = read_verb(place, may_be_adjective=False)
    if reading is None or reading.is_verb:
        return None
    return Sense("pig", reading.reason)


def _does(place: Place) -> Sense | None:
    others = place.others & vocabulary("fawn fawns buck bucks stag stags deer herd hinds rabbits")
    if others and (place.word(-1) in classes.DETERMINERS or place.next in classes.CONJUNCTIONS):
        return Sense("deer", f"in a sentence with “{min(others)}”")
    return None


def _number(place: Place) -> Sense | None:
    if place.next == "of":
        return None
    if place.before in classes.LINKING | vocabulary("got gotten going went turn turns even"):
        return Sense("comparative", f"after “{place.before}”")
    if place.next == "than" or (place.word(-1) in ("and", "or") and place.next in ("and", "than")):
        return Sense("comparative", "before “than”")
    if place.next == "and" and place.word(2) == "number":
        return Sense("comparative", "in “number and number”")
    return None


def _putting(place: Place) -> Sense | None:
    if "golf" in place.others or place.next in vocabulary("green greens stroke strokes range grip"):
        return Sense("golf", "of golf")
    return None


_TOOLS = vocabulary(
    "wall wood chop chopping hang hangs hung log logs sharp sharpen hatchet hatchets tool tools saw"
    " saws shed blade blades firewood swing tree trees knives hammers forest heavy"
)


def _axes(place: Place) -> Sense | None:
    tool = find_word(place, _TOOLS - {"wall", "heavy"}) or (
        find_word(place, _TOOLS) if place.others & vocabulary("hang hangs hung lean leans") else ""
    )
    return Sense("tools", f"in a sentence with “{tool}”") if tool else None


_IDEAS = vocabulary(
    "scientific theoretical logical legal moral philosophical neural biological physiological"
    " conceptual empirical factual theory evidence ethical psychological anatomical rational"
    " knowledge belief beliefs claim claims research argument understanding"
)


def _bases(place: Place) -> Sense | None:
    idea = find_word(place, _IDEAS)
    return Sense("basis", f"in a sentence with “{idea}”") if idea else None


_PEOPLE = vocabulary(
    "man woman men women monk monks nun scholar scholars friend professor teacher teachers judge"
    " person people society sage sages doctor author authors master masters reader colleague lady"
    " gentleman guest elder elders priest yogi text book books journal journals discussion parent"
    " parents relative relatives mother father care population"
)


def _learned(place: Place) -> Sense | None:
    if place.next in _PEOPLE and place.word(-1) in classes.DETERMINERS | vocabulary("very most"):
        return Sense("scholarly", f"before “{place.next}”")
    if place.word(-1) in ("very", "most") or place.others & {"scholarly"}:
        return Sense("scholarly", f"after “{place.word(-1)}”")
    if place.next in ("and", "but") and place.word(2) in ("wise", "kind", "holy", "pious", "old"):
        return Sense("scholarly", f"before “{place.next} {place.word(2)}”")
    return None


def _aged(place: Place) -> Sense | None:
    if (place.next in _PEOPLE and place.word(-1) in classes.DETERMINERS | {"for"}) or (
        place.word(-1) == "the" and (not place.next or place.next in classes.CONJUNCTIONS)
    ):
        return Sense("elderly", f"after “{place.word(-1)}”")
    return None


def _blessed(place: Place) -> Sense | None:
    before = place.before
    if before in classes.BE | classes.HAVE | vocabulary("feel feels felt feeling has get gets") or (
        before in classes.SUBJECTS | {"he", "she", "it"}
    ):
        return Sense("participle", f"after “{before}”")
    if place.next in ("with", "by"):
        return Sense("participle", f"before “{place.next}”")
    return None


_BEFORE_TINY = vocabulary("so very too as is are most more be was were incredibly quite")
_TINY = vocabulary(
    "tilt movement adjustment change shift amount bit bend particle fraction difference variation"
    " sway nod rotation tremor motion sensation angle lift circle degree gap space muscle detail"
    " twist glide release correction wobble ripple contraction engagement turn step response drop"
    " rocking curl slide wave quiver"
)


def _minute(place: Place) -> Sense | None:
    follows = place.next
    if place.before in classes.COUNT_WORDS - {"next", "last", "first", "second", "other"}:
        return None
    if follows in _TINY or (follows.endswith("s") and follows[:-1] in _TINY):
        return Sense("tiny", f"before “{follows}”")
    measured = place.word(-1) != "more" or place.word(-2) in classes.LINKING
    if place.word(-1) in _BEFORE_TINY and measured:
        return Sense("tiny", f"after “{place.word(-1)}”")
    if place.word(-1) in ("small", "tiny", "in") and follows and follows in ("detail", "details"):
        return Sense("tiny", f"before “{follows}”")
    return None


def _polish(place: Place) -> Sense | None:
    token = place.sentence[place.index]
    if not token.written[0].isupper() or token.written.isupper():
        return None
    if place.index > 0:
        return Sense("nationality", "has a capital letter")
    if place.has_finite_verb_after() or place.next in ("people", "speakers", "folk", "and"):
        return Sense("nationality", "subject of a verb that follows")
    return None


BY_TOPIC: Mapping[str, Chooser] = {
    "bow": _bow,
    "wind": _wind,
    "lead": _lead,
    "tear": _tear,
    "wound": _wound,
    "dove": _dove,
    "bass": _bass,
    "sow": _sow,
    "does": _does,
    "number": _number,
    "putting": _putting,
    "axes": _axes,
    "bases": _bases,
    "learned": _learned,
    "aged": _aged,
    "blessed": _blessed,
    "minute": _minute,
    "polish": _polish,
}
"""Word to the rule that chooses its sense by the other words of its sentence."""
