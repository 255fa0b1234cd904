"""What spoken sentences ask for: ``Hold for five breaths.``, ``Repeat on the other side.``"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from psoas_audio.importing.prose.exercises.dosage import Dosage, read_dosage
from psoas_audio.importing.prose.exercises.dose_words import plain_dose
from psoas_audio.script.directions.lengths import Length, search_length
from psoas_audio.script.directions.meaning import direction_parts
from psoas_audio.script.directions.numbers import NUMBER_PATTERN, read_number

_SENTENCE = re.compile(
    r"(?:[^.!?…]|\.(?=\w)|(?<=\b[A-Za-zÀ-ÿ])\.(?=\s?[A-Za-zÀ-ÿ]\.)|\.(?=\s+[a-zà-ÿ]|[,;:])|(?<=\d)\.(?=[a-zà-ÿ]))+"
    r"(?:[.!?…]+[\"'”’»)\]]*|$)\s*"
)
_CONDITION = re.compile(
    r"\b(?:if|when|whenever|until|unless|before|you can|you may|you might|could|wenn"
    r"|falls|bis|sobald|du kannst|si|cuando|hasta|puedes|podéis|quand|lorsque|jusqu"
    r"|vous pouvez|tu peux)\b",
    re.IGNORECASE,
)
_STAYING = re.compile(
    r"\b(?:hold|stay|rest|breathe|atme|atmen|respira|respirez|respire|remain|keep|relax|linger|pause|wait|walk|lie|sit|stand|march|jog"
    r"|halte|halten|bleib|bleibe|bleiben|verweile|verweilen|ruh|ruhe|ruhen|entspann|entspanne|liege|sitze|geh|gehe|verharre"
    r"|mantén|mantener|mantenga|quédate|quedarse|permanece|permanecer|descansa|descansar|aguanta|aguantar|sostén|relaja|espera|camina"
    r"|tenez|tenir|tiens|restez|rester|reste|maintenez|maintenir|reposez-vous|repose-toi|gardez|garder|relâchez|marchez)\b",
    re.IGNORECASE,
)
_STAYING_BEHIND = re.compile(
    r"^\s*(?:lang\s+)?(?:\w+\s+)?(?:ruhen|halten|bleiben|liegen|entspannen|nachspüren)\W*$",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"^\W*(?!(?:in|for|after|at|this|that|it|we|you|i|the|an?|there|he|she|they|my|your|our|these"
    r"|those|only|just|not|el|la|los|las|un|una|le|les|une|nous|vous|il|elle|on|ce|cette|esto|es)\b)"
    r"[^\W\d_]+\b.*\b(?:for|durante|pendant)\s*(?:about|around|unos|unas|environ)?\s*$",
    re.IGNORECASE,
)
"""“Shake your legs for …”: a command with a time behind it."""
_FOR = re.compile(
    r"\b(?:for|hold|stay|another|für|lang|halten?|bleib\w*|noch|durante|por|mantén"
    r"|mantener|unos|pendant|durant|tenez|tenir|restez|rester)\W*(?:about|around"
    r"|at least|up to|etwa|ca\.?|mindestens|ungefähr|unos|unas|al menos|environ"
    r"|au moins)?\W*$",
    re.IGNORECASE,
)
_OTHER_SIDE = re.compile(
    r"^\W*(?:(?:now|then|and|please|let's|jetzt|nun|dann|und|ahora|luego|y|maintenant|puis|et)\b\W*)*(?:"
    r"(?:repeat|do|same|switch|change|swap|go)\b[^.!?]{0,40}\b(?:other|second|opposite|sides|legs|arms)\b[^.!?]{0,30}"
    r"|(?:on the )?(?:other|second) (?:side|leg)"
    r"|(?:wiederhol\w*|wechsl\w*|wechsel|das gleiche"
    r"|dasselbe)\b[^.!?]{0,40}\b(?:ander\w+|seiten?|beine?)\b[^.!?]{0,30}"
    r"|(?:die )?seiten? wechseln|seitenwechsel"
    r"|(?:repite|repetir|repita|repetid|cambia|cambiar|cambie|lo mismo"
    r"|haz lo mismo)\b[^.!?]{0,40}\b(?:otr[oa]|lado|pierna)\b[^.!?]{0,30}"
    r"|(?:répétez|répéter|répète|changez|changer|change|recommencez|même chose"
    r"|faites de même)\b[^.!?]{0,40}\b(?:l['’]autre|côté|jambe)\b[^.!?]{0,30}"
    r")[.!]?\s*$",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^\W*(?:then |and |dann |und |luego |y |puis |et )?(?:repeat|do (?:this|that|it)"
    r"|wiederhol\w*|mach das|repite|repetir|repita|haz esto|répétez|répéter|recommencez"
    r"|faites(?:-le)?)\b"
    r"(?!.*\b(?:after me|mir nach|conmigo|après moi|yourself|silently|innerlich|intérieurement)\b)",
    re.IGNORECASE,
)


_WHOLE = re.compile(
    r"\b(?:whole|entire|all|everything|sequence|series|circuit|flow|set of|alles|ganze|folge|reihe"
    r"|ablauf|todo|toda|secuencia|serie|tout|toute|séquence|série|enchaînement)\b",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(
    rf"(?P<number>{NUMBER_PATTERN})\s*(?P<more>(?:more|weitere|noch|más|autres)\s+)?"
    r"(?:times|rounds|mal|runden|veces|rondas|fois|tours)\b",
    re.IGNORECASE,
)
_HOLD_BREATHS = re.compile(
    r"\b(?:hold|stay|rest|remain|linger|halte|halten|bleib|bleibe|verweile|mantén|mantener|quédate"
    r"|permanece|tenez|tenir|restez|rester)\b[^.!?,;]{0,30}?"
    rf"(?<![\w.,])(?P<first>{NUMBER_PATTERN})(?:\s*(?:-|–|to|bis|a|à|o|or)\s*(?P<last>{NUMBER_PATTERN}))?"
    r"\s+(?:\w+\s+)?(?:breaths?|atemzügen?|respiraciones|respirations)\b",
    re.IGNORECASE,
)
_EACH_SIDE = re.compile(
    r"\b(?:each|both|either|per) (?:side|leg|arm)|jeder seite|beiden seiten|cada lado|cada pierna"
    r"|chaque côté|chaque jambe",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence asks for beside being spoken."""

    kind: Literal["dosage", "stay", "other-side", "repeat", "nothing"]
    dosage: Dosage | None = None
    length: Length | None = None
    each_side: bool = False
    times: tuple[int, int] | None = None
    whole: bool = False
    """Whether it is the whole sequence that is repeated."""
    counts_movements: bool = False
    """Whether it says how many repetitions, and not that something comes again."""


_LONGEST_DOSE = 100
"""Characters of a sentence that is nothing but a dose."""
_COUNTS_MOVEMENTS = re.compile(
    r"\b(?:reps?|repetitions?|wiederholungen|wdh|repeticiones|répétitions)\b", re.IGNORECASE
)
NOTHING = Asked("nothing")


def sentences(text: str) -> list[str]:
    """*text* cut behind its sentences; joined they are the text again."""
    found = _SENTENCE.findall(text)
    return found if "".join(found) == text else [text]


def asked_by(sentence: str, *, listed: bool = False) -> Asked:
    """What *sentence* asks for; in a list of exercises a time alone is a dose."""
    text = sentence.strip()
    if not re.search(r"\d|\w{3}", text) or len(text) > 200:
        return NOTHING
    if _OTHER_SIDE.match(text):
        return Asked("other-side")
    bare = text.rstrip(".!")
    dosage = read_dosage(bare)
    parts = direction_parts(plain_dose(bare)[0]) if len(bare) < _LONGEST_DOSE else []
    kinds = {part.kind for part in parts}
    if dosage and (dosage.tempo or (listed and re.fullmatch(r"\(.*\)\.?", text))):
        return Asked("dosage", dosage)
    if dosage and (_is_asked(kinds, bare) or (listed and kinds <= {"length", "filler"})):
        if kinds <= {"repeat", "times", "number", "side", "filler"} and "sets" not in kinds:
            times = _all_in_all(bare, dosage)
            counted = bool(_COUNTS_MOVEMENTS.search(bare))
            sides = dosage.each_side
            return Asked("repeat", dosage, None, sides, times, counts_movements=counted)
        return Asked("dosage", dosage)
    if "moments" in kinds and kinds & {"hold", "rest"} and not _CONDITION.search(text):
        return Asked("stay", length=Length(6, 6))
    return _whole_again(text) or _breaths_in(text) or _spoken_stay(text)


def _whole_again(text: str) -> Asked | None:
    """“Repeat the whole sequence two more times.”"""
    match = _HOW_OFTEN.search(text)
    if not match or not _AGAIN.match(text) or not _WHOLE.search(text):
        return None
    number = round(read_number(match["number"])) + bool(match["more"])
    return Asked("repeat", times=(number, number), whole=True)


def _breaths_in(text: str) -> Asked | None:
    """“Step back to plank, and hold for five breaths.”"""
    match = _HOLD_BREATHS.search(text)
    if match is None or _CONDITION.search(text[: match.start()]):
        return None
    first = round(read_number(match["first"]))
    last = round(read_number(match["last"])) if match["last"] else first
    sides = bool(_EACH_SIDE.search(text))
    return Asked("dosage", Dosage(breaths=(first, last), each_side=sides))


def _is_asked(kinds: AbstractSet[str], text: str) -> bool:
    """Whether a sentence of these parts asks for time: “5 minutes.” and “3 times.” alone don't."""
    if "breath" in kinds:
        return bool(kinds & {"hold", "rest", "pause"}) or bool(
            re.search(r"\b(?:here|hier|aquí|ici|each side)\b", text, re.I)
        )
    if kinds & {"hold", "sets", "side"} or (
        "length" in kinds and kinds & {"rest", "times", "repeat"}
    ):
        return True
    return "repeat" in kinds and bool(kinds & {"times", "number"})


def _all_in_all(text: str, dosage: Dosage) -> tuple[int, int]:
    """How often in all: “twice more” is three times."""
    first, last = dosage.repetitions
    if re.search(r"\b(?:more|noch|weitere|más|otras|encore|de plus)\b", text, re.IGNORECASE):
        return first + 1, last + 1
    return first, last


def _spoken_stay(text: str) -> Asked:
    """The stay that a sentence with other words in it asks for: “Rest the arm for 5 minutes.”"""
    found = search_length(text)
    if found is None:
        return NOTHING
    start, end, length = found
    before, after = text[:start], text[end:]
    begun_with = text[start:end]
    stays = list(_STAYING.finditer(before))
    if _CONDITION.search(before) or length.longest < 2:
        return NOTHING
    if not stays and _STAYING_BEHIND.match(after) and len(text.split()) <= 10:
        return Asked("stay", length=length)
    if not stays:
        doing = _DOING.match(before) and not after.strip(" .!") and len(text.split()) <= 10
        return Asked("stay", length=length) if doing else NOTHING
    lead = (
        before
        if not re.match(r"(?:about|at least|etwa|pendant|durante)", begun_with, re.I)
        else before + "for"
    )
    clause = re.split(r"[,;:]|\b(?:and|then|und|dann|y|luego|et|puis)\b", before)[-1]
    is_command = _STAYING.match(clause.strip()) or _FOR.search(lead)
    if not is_command or re.match(
        r"\s*(?:ago|old|later|before|after|at a|away|per|pro|a day|am tag|al día|par jour)", after
    ):
        return NOTHING
    if not _begins_with_command(clause):
        return NOTHING
    sides = _EACH_SIDE.search(text)
    return Asked("stay", length=length, each_side=bool(sides))


_COMMAND_SUBJECTS = re.compile(
    r"\b(?:i|he|she|it|they|we|nobody|somebody|who|that|which|has|have|had|was|were|been"
    r"|ich|er|sie|hat|ist|war|wer|il|elle|qui|a été|él|ella|quien|ha|fue)\b",
    re.IGNORECASE,
)


def _begins_with_command(clause: str) -> bool:
    """Whether a clause tells the listener to stay: nobody else does anything in it."""
    return not _COMMAND_SUBJECTS.search(clause)
