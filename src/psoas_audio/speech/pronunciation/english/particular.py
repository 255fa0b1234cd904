"""Homographs that are told apart by the words they go with, where their class doesn't tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from psoas_audio.speech.pronunciation.english import word_classes as classes
from psoas_audio.speech.pronunciation.english.place import Place
from psoas_audio.speech.pronunciation.english.verbs import read_verb


class Sense(NamedTuple):
    """A sense in the language's data file, and why it was chosen."""

    name: str
    reason: str


Chooser = Callable[[Place], Sense | None]
"""``None`` where nothing tells the senses apart: the usual one is meant."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENDINGS = ("s", "es", "d", "ed", "ing")


def _with(place: Place, words: frozenset[str]) -> str:
    """One of *words* in the sentence besides this one, in any form; empty if there is none."""
    forms = {
        word.removesuffix(ending): word
        for word in place.others
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) > len(ending) + 2
    } | {word: word for word in place.others}
    return min((word for form, word in forms.items() if form in words), default="")


def _is_verb(place: Place) -> bool:
    reading = read_verb(place, may_be_adjective=False)
    return reading is not None and reading.is_verb


_BOW_THINGS = _words(
    "arrow arrows strap string strings ribbon ribbons knot knots tie tied ties violin cello lace"
    " laces rope scarf archer archery shape pose posture draw draws aim hunter rainbow gift sash"
)
_GESTURES = _words(
    "end finish close begin start greet thank take make give offer final deep small slight little"
    " respectful gentle humble polite low formal japanese slow grateful"
)


def _bow(place: Place) -> Sense | None:
    if place.next in ("pose", "posture", "tie", "legs", "legged", "string", "shape", "and") and (
        place.next != "and" or place.word(2) in ("arrow", "arrows")
    ):
        return Sense("shape", f"before “{place.next}”")
    reading = read_verb(place, may_be_adjective=False)
    if reading is None or reading.is_verb:
        return Sense("verb", reading.reason) if reading else None
    if thing := _with(place, _BOW_THINGS):
        return Sense("shape", f"in a sentence with “{thing}”")
    if gesture := _with(place, _GESTURES):
        return Sense("verb", f"in a sentence with “{gesture}”")
    return Sense("shape", reading.reason)


_WEATHER = _words(
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


_LEAD_THINGS = _words(
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
    if before == "as" and place.others & _words("heavy heavier dense grey gray dull as"):
        return Sense("metal", "after “as”")
    if (
        before in ("to", "into", "than")
        and place.others & _words("turn turns turned turning heavy heavier melt change changed")
        and (not place.next or place.next in classes.CONJUNCTIONS)
    ):
        return Sense("metal", f"after “{before}”")
    if place.others & _words("iron copper zinc tin mercury metal steel"):
        return Sense("metal", "in a sentence with other metals")
    return Sense("verb", "not the metal")


_LIVE_ADVERB_AFTER = _words(
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
    if place.next in _words(
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


_PAST_TIMES = _words("yesterday ago earlier before previously")


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
        if time := _with(place, _PAST_TIMES):
            return Sense("past", f"in a sentence with “{time}”")
        if place.others & {"last"} and place.others & _words("week night time month year class"):
            return Sense("past", "in a sentence with “last”")
    return Sense("present", "not in the past")


_EYES = _words(
    "eye eyes cheek cheeks face fall falls roll rolls run runs wipe wipes dry shed sheds shedding"
    " cry cries cried weep joy grief relief sadness sorrow gratitude duct ducts drop drops gland"
    " glands salty warm silent slide slides well wells welling brush lashes come comes form forms"
    " emotion tissue happy flow flows glisten laughter blink"
)
_TISSUES = _words(
    "muscle ligament tendon meniscus cuff labral labrum rotator acl fibre fiber tissue strain"
    " sprain"
    " injury wear hamstring calf achilles partial minor cartilage paper tape strip cloth apart off"
    " page sheet packet fabric open fibres fibers skin disc repair"
)


def _tear(place: Place) -> Sense | None:
    if place.next in ("duct", "ducts", "drop", "drops", "gland", "glands", "film", "stained"):
        return Sense("drop", f"before “{place.next}”")
    if thing := _with(place, _TISSUES):
        return Sense("rip", f"in a sentence with “{thing}”")
    if _is_verb(place):
        return Sense("rip", "a verb")
    if thing := _with(place, _EYES):
        return Sense("drop", f"in a sentence with “{thing}”")
    return None


_TURNS = _words(
    "around up down the round about itself into back through together tightly in her his"
)


def _wound(place: Place) -> Sense | None:
    before = place.before
    after_subject = before in classes.SUBJECTS | {"he", "she", "it"}
    if after_subject and place.next in _TURNS | classes.OBJECTS:
        return Sense("past", f"after “{before}”")
    if before in classes.BE | classes.HAVE and place.next in _TURNS | _words("like too so"):
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


_FISHING = _words(
    "sea fish fishes fishing lake river catch caught eat grill grilled protein striped cook cooked"
    " largemouth salmon trout cod tuna pond swim swims swam boat fillet smallmouth stream dinner"
)


def _bass(place: Place) -> Sense | None:
    fishing = _with(place, _FISHING)
    return Sense("fish", f"in a sentence with “{fishing}”") if fishing else None


def _sow(place: Place) -> Sense | None:
    reading = read_verb(place, may_be_adjective=False)
    if reading is None or reading.is_verb:
        return None
    return Sense("pig", reading.reason)


def _does(place: Place) -> Sense | None:
    others = place.others & _words("fawn fawns buck bucks stag stags deer herd hinds rabbits")
    if others and (place.word(-1) in classes.DETERMINERS or place.next in classes.CONJUNCTIONS):
        return Sense("deer", f"in a sentence with “{min(others)}”")
    return None


def _number(place: Place) -> Sense | None:
    if place.next == "of":
        return None
    if place.before in classes.LINKING | _words("got gotten going went turn turns even"):
        return Sense("comparative", f"after “{place.before}”")
    if place.next == "than" or (place.word(-1) in ("and", "or") and place.next in ("and", "than")):
        return Sense("comparative", "before “than”")
    if place.next == "and" and place.word(2) == "number":
        return Sense("comparative", "in “number and number”")
    return None


def _putting(place: Place) -> Sense | None:
    if "golf" in place.others or place.next in _words("green greens stroke strokes range grip"):
        return Sense("golf", "of golf")
    return None


_TOOLS = _words(
    "wall wood chop chopping hang hangs hung log logs sharp sharpen hatchet hatchets tool tools saw"
    " saws shed blade blades firewood swing tree trees knives hammers forest heavy"
)


def _axes(place: Place) -> Sense | None:
    tool = _with(place, _TOOLS - {"wall", "heavy"}) or (
        _with(place, _TOOLS) if place.others & _words("hang hangs hung lean leans") else ""
    )
    return Sense("tools", f"in a sentence with “{tool}”") if tool else None


_IDEAS = _words(
    "scientific theoretical logical legal moral philosophical neural biological physiological"
    " conceptual empirical factual theory evidence ethical psychological anatomical rational"
    " knowledge belief beliefs claim claims research argument understanding"
)


def _bases(place: Place) -> Sense | None:
    idea = _with(place, _IDEAS)
    return Sense("basis", f"in a sentence with “{idea}”") if idea else None


_PEOPLE = _words(
    "man woman men women monk monks nun scholar scholars friend professor teacher teachers judge"
    " person people society sage sages doctor author authors master masters reader colleague lady"
    " gentleman guest elder elders priest yogi text book books journal journals discussion parent"
    " parents relative relatives mother father care population"
)


def _learned(place: Place) -> Sense | None:
    if place.next in _PEOPLE and place.word(-1) in classes.DETERMINERS | _words("very most"):
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
    if before in classes.BE | classes.HAVE | _words("feel feels felt feeling has get gets") or (
        before in classes.SUBJECTS | {"he", "she", "it"}
    ):
        return Sense("participle", f"after “{before}”")
    if place.next in ("with", "by"):
        return Sense("participle", f"before “{place.next}”")
    return None


_TINY = _words(
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
    if place.word(-1) in _words(
        "so very too as is are most more be was were incredibly quite"
    ) and (place.word(-1) != "more" or not follows):
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
        if left in _words("form style context shape structure title titles music voice"):
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


_CLOSE_THINGS = _words(
    "attention contact connection range friends friend look watch fit proximity relationship"
    " relative relatives second family friendship by enough together to behind beside"
)


def _close(place: Place) -> Sense | None:
    if place.next == "to":
        return Sense("adjective", "before “to”")
    helped = place.before in classes.MODALS | classes.DO | {"to", ""}
    if place.next in _CLOSE_THINGS and (not helped or place.next in ("by", "attention", "contact")):
        return Sense("adjective", f"before “{place.next}”")
    if place.next == "in" and place.before and place.before in classes.LINKING | classes.HOLDING:
        return Sense("adjective", f"after “{place.before}”")
    return None


_MOUTHED = _words("the a each it every along")
_VOICED = _words("words word sounds sound vowels vowel lyrics count name phrase")


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


CHOOSERS: Mapping[str, Chooser] = {
    "bow": _bow, "wind": _wind, "lead": _lead, "live": _live, "read": _read, "tear": _tear,
    "wound": _wound, "dove": _dove, "bass": _bass, "sow": _sow, "does": _does, "number": _number,
    "putting": _putting, "axes": _axes, "bases": _bases, "learned": _learned, "aged": _aged,
    "blessed": _blessed, "minute": _minute, "polish": _polish, "used": _used, "content": _content,
    "present": _present, "invalid": _invalid, "resume": _resume, "close": _close, "mouth": _mouth,
    "house": _house,
}  # fmt: skip
"""Rules by word. Where one has no answer, the general rule for verbs is asked, if the word has
such a sense; then the usual sense is taken."""
