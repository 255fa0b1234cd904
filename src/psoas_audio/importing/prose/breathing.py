"""Finds breathing patterns in numbers: in for four, hold for seven, out for eight."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psoas_audio.script.directions.lengths import Length, search_length
from psoas_audio.script.directions.numbers import NUMBER_PATTERN, read_number
from psoas_audio.script.time_words import any_of, number_words

BreathSeconds = tuple[float, float, float, float]
"""In, hold, out, hold, in seconds."""

_PHASES = {
    "in": (
        r"breath(?:e|ing)? in|inhal(?:e|ing|es)|in-breath|\bin\b(?!\s+(?:the|your|a|this"
        r"|and out of))|inhalation"
        r"|atme(?:n|t)?(?: sie)?(?: \w+){0,2} ein\b|einatmen|einatmung|\bein\b(?=\W|$)"
        r"|aus der nase ein"
        r"|inspir(?:a|e|ar|en|ez|er|ons)|inhal(?:a|e|ar|en)|toma(?:r)? aire"
        r"|coge(?:r)? aire|entra(?:da)? de aire|inspiration|inhalez"
    ),
    "out": (
        r"breath(?:e|ing)? out|exhal(?:e|ing|es)|out-breath|\bout\b(?!\s+of)|exhalation"
        r"|atme(?:n|t)?(?: sie)?(?: \w+){0,2} aus\b|ausatmen|ausatmung|\baus\b"
        r"|espir(?:a|e|ar|en)|exhal(?:a|e|ar|en)|suelta(?: el aire)?|soltar(?: el aire)?"
        r"|expir(?:ez|e|er|ons|ation)|souffl(?:ez|e|er)|exhalez"
    ),
    "hold": (
        r"\bhold(?:ing)?\b(?: (?:it|your breath|the breath|the air))?|\bpause\b"
        r"|\bretain\b|\bwait\b|\brest\b|\bfull\b|\bempty\b|lungs (?:full|empty)|\bkeep\b"
        r"|\bhalten\b|\bhalte\b|\bhältst\b|anhalten|\bhalt\b|luft anhalten|atempause"
        r"|\bvoll\b|\bleer\b|\bwarten\b"
        r"|mant[eé]n(?:er|ga)?|ret[eé]n(?:er|ga)?|sost[eé]n(?:er)?|aguanta(?:r)?|pausa|\bvacío\b|\blleno\b|espera"
        r"|retenez|retiens|retenir|bloquez|bloquer|gardez|pausez|poumons (?:pleins"
        r"|vides)|\bplein\b|\bvide\b|suspendez"
    ),
}
_PHASE = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})(?![^\W_]))" for name, words in _PHASES.items()),
    re.IGNORECASE,
)
_UNIT = (
    r"(?:\s*(?:-?\s*(?:seconds?|secs?|s|counts?|beats?|sekunden?|sek|zähler|schläge"
    r"|segundos?|seg|tiempos?|secondes?|temps))\b\.?)?"
)
_COUNT = re.compile(
    rf"(?<![\w.,:])(?P<number>{NUMBER_PATTERN}){_UNIT}"
    r"(?![\w:]|\s*-?(?:x\b|times|mal\b|veces|vez\b|fois|rounds?|runden|minut|breaths))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]\s")
_NOT_NUMBERS = {"a", "an", "un", "une", "una", "ein", "eine", "einen", "einem", "einer"}
_FARTHEST = 55
"""Characters between a phase and its number, and between two pairs."""
_FEW_WORDS = re.compile(
    r"(?:[\s,;:.\-–—/|>→+&()…\"“”'’]|\b(?:and|then|for|a|an|the|of|to|your|breath|breathe|through|nose|mouth|slowly|gently|softly|again|now|count|with|while|lungs|at|top|bottom|it|that|phase|seconds?|counts?|beats?|by|on|belly|air|deeply|lips|pursed"
    r"|und|dann|für|die|der|das|den|durch|nase|mund|luft|atem|langsam|sanft|sekunden?|lang|dabei|wieder|auf|mit|über|tief|zählen|zählzeiten|bis|jetzt|nun|in|weich"
    r"|y|luego|durante|por|la|el|los|las|nariz|boca|aire|despacio|lentamente|segundos?|tiempos?|en|con|contando|hasta|de|suave\w*|respiración"
    r"|et|puis|pendant|sur|par|le|les|nez|bouche|souffle|lentement|doucement|secondes?|temps|en|comptant|jusqu'à|jusqu|à|l'air|air|ensuite|poumons)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundPattern:
    """A breathing pattern in a text."""

    pattern: BreathSeconds
    start: int
    """Its first character."""
    end: int
    """One past its last."""


@dataclass(frozen=True, slots=True)
class _Pair:
    phase: str
    seconds: float
    start: int
    end: int


def phase_pairs(text: str) -> list[_Pair]:
    """The phases in *text* that have a number, in order."""
    phases = [(m.lastgroup or "", m.start(), m.end()) for m in _PHASE.finditer(text)]
    if not phases:
        return []
    counts = [
        (read_number(m["number"]), m.start(), m.end())
        for m in _COUNT.finditer(text)
        if m["number"].lower() not in _NOT_NUMBERS
    ]
    if not counts:
        return []
    number_first = counts[0][1] < phases[0][1] and _joined_up(text, counts[0][2], phases[0][1])
    pairs: list[_Pair] = []
    used = 0
    for index, (phase, start, end) in enumerate(phases):
        if number_first:
            near = [c for c in counts[used:] if c[2] <= start and _joined_up(text, c[2], start)]
            best = near[-1] if near else None
        else:
            limit = phases[index + 1][1] if index + 1 < len(phases) else len(text)
            near = [
                c
                for c in counts[used:]
                if end <= c[1] and c[2] <= limit and _joined_up(text, end, c[1])
            ]
            best = near[0] if near else None
        if best is None:
            continue
        used = counts.index(best) + 1
        pairs.append(_Pair(phase, best[0], min(start, best[1]), max(end, best[2])))
    return pairs


def _joined_up(text: str, end: int, start: int) -> bool:
    """Whether nothing but small words stands between *end* and *start* of one sentence."""
    between = text[end:start]
    return (
        len(between) <= _FARTHEST
        and not _SENTENCE.search(between)
        and bool(_FEW_WORDS.fullmatch(between))
    )


def find_patterns(text: str) -> list[FoundPattern]:
    """Every breathing pattern in *text* that has at least an in-breath and an out-breath."""
    found: list[FoundPattern] = []
    run: list[_Pair] = []
    for pair in phase_pairs(text):
        if pair.phase == "in" or (run and pair.start - run[-1].end > 2 * _FARTHEST):
            _finish(run, found)
            run = []
        if run or pair.phase == "in":
            run.append(pair)
    _finish(run, found)
    return found


def _finish(run: list[_Pair], found: list[FoundPattern]) -> None:
    phases = [pair.phase for pair in run]
    if phases[:2] == ["in", "out"] or phases[:3] == ["in", "hold", "out"]:
        out = phases.index("out")
        last = run[out + 1] if len(run) > out + 1 and phases[out + 1] == "hold" else None
        seconds = (
            run[0].seconds,
            run[1].seconds if out == 2 else 0.0,
            run[out].seconds,
            last.seconds if last else 0.0,
        )
        if all(0 <= value <= 60 for value in seconds) and seconds[0] and seconds[2]:
            end = (last or run[out]).end
            found.append(FoundPattern(seconds, run[0].start, end))


_COUNTED = re.compile(
    rf"(?P<phase>\b(?:{'|'.join(f'(?:{words})' for words in _PHASES.values())})(?![^\W_]))"
    rf"(?P<counts>(?:[\s.…,–—-]+(?:{NUMBER_PATTERN}))+)",
    re.IGNORECASE,
)


def counted_aloud(text: str) -> BreathSeconds | None:
    """The pattern of a breath that is counted aloud in *text*: ``in … two … three … four``."""
    phases: list[tuple[str, float]] = []
    for match in _COUNTED.finditer(text):
        numbers = [
            read_number(found)
            for found in re.findall(NUMBER_PATTERN, match["counts"], re.IGNORECASE)
        ]
        rising = numbers == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        phase = _PHASE.match(match["phase"])
        if rising and numbers[0] in (1, 2) and phase and phase.lastgroup:
            phases.append((phase.lastgroup, numbers[-1]))
    names = [name for name, _ in phases]
    for start in range(len(names)):
        rest = names[start : start + 4]
        if rest[:2] == ["in", "out"] or rest[:3] == ["in", "hold", "out"]:
            out = rest.index("out")
            numbers = [number for _, number in phases[start : start + 4]]
            after = numbers[out + 1] if rest[out + 1 : out + 2] == ["hold"] else 0.0
            return (numbers[0], numbers[1] if out == 2 else 0.0, numbers[out], after)
    return None


_NAMED: tuple[tuple[str, BreathSeconds], ...] = (
    (
        r"\b(?:box|square)[ -]breath|\bboxatmung|quadratatmung"
        r"|respiración (?:cuadrada|en caja)|respiration (?:carrée|au carré)",
        (4.0, 4.0, 4.0, 4.0),
    ),
    (r"(?<![\d-])4[-–]7[-–]8(?![\d-])", (4.0, 7.0, 8.0, 0.0)),
    (
        r"\bcoherent breath|kohärente[sn]? atmen|coherencia cardíaca|cohérence cardiaque",
        (5.5, 0.0, 5.5, 0.0),
    ),
)
_FIGURES_OF_PATTERN = re.compile(
    r"(?<![\d–-])(\d{1,2})[-–](\d{1,2})[-–](\d{1,2})(?:[-–](\d{1,2}))?(?![\d–-])"
)
_OF_BREATH = re.compile(r"breath|atm|atem|respir|souffle", re.IGNORECASE)
_NAME = re.compile(
    rf"(?:{_FIGURES_OF_PATTERN.pattern}|{'|'.join(words for words, _ in _NAMED)})[\w-]*"
    r"(?:\s(?:breath\w*|pattern|rhythm|technique|atmung|atmen|rhythmus|muster|method\w*))*",
    re.IGNORECASE,
)


def pattern_by_name(text: str) -> BreathSeconds | None:
    """The pattern that *text* names: ``box breathing``, or ``4-4-6-2`` beside a word of breath."""
    figures = _FIGURES_OF_PATTERN.search(text)
    if figures and _OF_BREATH.search(text):
        first, second, third, fourth = (float(value or 0) for value in figures.groups())
        return (first, second, third, fourth)
    return next((p for words, p in _NAMED if re.search(words, text, re.IGNORECASE)), None)


def find_named(text: str) -> list[FoundPattern]:
    """Every pattern in *text* that is named, and followed by how often or how long it is done.

    A name alone, *4-7-8 is an old breath*, is no request.
    """
    found = []
    for match in _NAME.finditer(text):
        beside = (
            text[: match.start()].rpartition(".")[2] + re.split(r"[.!?]", text[match.end() :])[0]
        )
        pattern = pattern_by_name(match[0]) or (
            pattern_by_name(f"{match[0]} breath") if _OF_BREATH.search(beside) else None
        )
        if pattern and read_how_long(text[match.end() :]):
            found.append(FoundPattern(pattern, match.start(), match.end()))
    return found


_ADVERBS = {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    **{f"{word}mal": number for word, number in number_words().items() if 0 < number < 61},
}
"""One word for a number of times, such as *twice* and *viermal*."""
_EVERY_DAY = (
    r"(?!\s*(?:(?:a|per|each|every|pro|am|in der|die|jeden?|al|a la|por|par|chaque|cada)\s+)?"
    r"(?:days?|weeks?|daily|weekly|mornings?|evenings?|nights?|täglich|tag|woche|wöchentlich"
    r"|morgen|abend|día|semana|jour|semaine|matin|soir)\b)"
)
"""Behind it comes no *a day*: how often somebody practises is no part of a session."""
_HOW_OFTEN = re.compile(
    rf"(?:\b(?:for|durante|pendant|para|por|sur)\s+)?(?:(?P<number>{NUMBER_PATTERN})(?:\s*(?:-|–|to|bis|a|à)\s*(?P<last>{NUMBER_PATTERN}))?"
    r"\s*-?(?:x\b|×|times|rounds?|cycles?|breaths?|repetitions?|more times|such breaths"
    r"|mal\b|runden?|zyklen|atemzüge?n?|durchgänge|wiederholungen"
    r"|veces|vez\b|rondas|ciclos|respiraciones|repeticiones"
    r"|fois|tours|cycles|respirations|répétitions)|(?P<times>[x×])\s?(?P<after>\d{1,3})\b"
    rf"|\b(?P<adverb>{any_of(_ADVERBS)})\b)"
    r"(?:\s+(?:more|más|de plus|encore|wiederholen|repetir|répéter)\b)?" + _EVERY_DAY,
    re.IGNORECASE,
)
_OPENERS = re.compile(
    r"^\s*(?:[-–—(,;:.]\s*)*(?:(?:please|and|then|do|repeat|continue|keep(?: going)?"
    r"|go on|practi[sc]e|breathe|carry on|this|it|that|the|cycle|pattern|sequence|like"
    r"|whole|for|in|all|a|total|of|about"
    r"|und|dann|wiederhole?n?|wiederholt|das|dies|diese[nsr]?|so|weiter|mach|mache|machen|führe|insgesamt|noch|etwa|für|atme|übung"
    r"|ganze|alles|übe|zusammen"
    r"|y|luego|el|la|los|las|repite|repetir|repita|haz|hazlo|continúa|sigue|esto|así|este|ciclo|durante|en|total"
    r"|hágalo|todo|practica|practique"
    r"|et|puis|répétez|répéter|répète|faites|continuez|cela|ce|cycle|ainsi|pendant|au"
    r"|à|faire|faites-le|le tout|en tout|pratiquez)\s+|['’]le\s+)*",
    re.IGNORECASE,
)


_MORE_ROUNDS = re.compile(
    rf"^\W*(?:repeat|continue|keep going|go on|another|wiederhol\w*|weiter|noch|repetir|repite"
    rf"|continuar|sigue|répét\w+|continu\w+|encore)\b[^.!?]{{0,40}}?(?<!\w)(?P<number>{NUMBER_PATTERN})"
    r"\s*(?:more\s+|weitere\s+|más\s+)?(?:times|rounds?|cycles?|breaths?|mal|runden|zyklen"
    r"|atemzüge|veces|rondas|ciclos|respiraciones|fois|tours|cycles|respirations)\b",
    re.IGNORECASE,
)


def more_rounds(text: str) -> tuple[int, int] | None:
    """How often a breath comes again, if *text* asks for it: ``Repeat step 3 five times``."""
    match = _MORE_ROUNDS.match(text)
    return (round(read_number(match["number"])),) * 2 if match else None


@dataclass(frozen=True, slots=True)
class HowLong:
    """How often or how long a breath is done."""

    breaths: tuple[int, int] | None
    length: Length | None
    end: int
    """One past the last character of it."""


def read_how_long(text: str) -> HowLong | None:
    """How often or how long, if *text* begins with that: ``Repeat for 6 rounds``, ``(6x)``."""
    opening = _OPENERS.match(text)
    position = opening.end() if opening else 0
    for at in dict.fromkeys((position, *_word_starts(text, position))):
        if match := _HOW_OFTEN.match(text, at):
            if match["adverb"]:
                first = last = _ADVERBS[match["adverb"].lower()]
            elif match["after"]:
                first = last = int(match["after"])
            else:
                first = round(read_number(match["number"]))
                last = round(read_number(match["last"])) if match["last"] else first
            return HowLong((first, max(first, last)), None, match.end())
        found = search_length(text, at)
        if found and found[0] - at <= 1 and re.match(_EVERY_DAY, text[found[1] :], re.IGNORECASE):
            long = re.match(r"\s+(?:lang|long)\b", text[found[1] :])
            return HowLong(None, found[2], found[1] + (long.end() if long else 0))
    return None


def _word_starts(text: str, end: int) -> list[int]:
    """The last two word starts before *end*: an opener may have eaten the *for* of a length."""
    starts = [m.start() for m in re.finditer(r"\w+", text[:end])]
    return starts[-1:-3:-1]
