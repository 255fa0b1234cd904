"""Detect what a session must not say: health claims, and instructions to press on the throat.

Both look at one sentence at a time and accept denials, questions and warnings:
"this does not treat or cure anything", "Can it heal a hernia?", "Never press on the
throat". English only; nothing is found in other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_DENIAL = (
    r"\b(?:not|never|no|none|nor|neither|nothing|nobody|without|cannot|avoid|rather than"
    r"|instead of|\w+n['’]t)\b"
)
_NEW_CLAUSE = (
    r"[;:—–]|\bbut\b|, (?:and |so |then )?(?:it|this|these|they|we|you)\b"
    r"|(?<!claim )(?<!say )(?<!mean )(?<!promise )(?<!think )(?<!expect )\bthat\b"
)
"""Where the scope of an earlier negation ends."""

_AILMENTS = (
    r"(?:pains?|aches?|\w+aches?|sciatica|injur(?:y|ies)|diseases?|illness(?:es)?|conditions?"
    r"|disorders?|anxiety|depression|trauma|arthritis|hernias?|inflammation|insomnia|migraines?"
    r"|cancer|tumou?rs?|symptoms?|infections?|asthma|diabetes|scoliosis|osteoporosis|blood\spressure"
    r"|constipation|endometriosis|problems?|ailments?|wounds?|fractures?)"
)
_STEM = re.compile(r"cur[ei]|heal(?!th)|treat", re.IGNORECASE)
"""Occurs in every claim; a quick test before the full patterns."""
_CLAIMS = rf"""
      \b(?P<cure>cures?|cured|curing)\b
    | \b(?P<heals>heals)\b
    | \b(?:can|will|may|might|could|helps?|to)\s(?:\w+\s){{0,3}}?(?P<heal>heal)\b
    | \b(?P<healed>healed)\s(?:me|my|your|many|people|thousands|by|with\sthis)\b
    | \b(?P<healing>healing)\s(?:powers?|effects?|energy|touch|your)\b
    | (?<!\ba\s)(?<!\bthe\s)(?<!\bany\s)\b(?P<mending>healing)\s(?:\w+\s)?{_AILMENTS}\b
    | \b(?P<treats>treats?|treating)\s(?!yourself|yourselves|you\b)(?:[\w'’-]+\s){{0,6}}?
      {_AILMENTS}\b
    | \b(?:is|as)\s(?:an?\s)?(?:\w+\s)?(?P<treatment>treatment)\s(?:for|of|against)\b
    """
"""Compiled on first use, like the patterns below, because few texts contain a claim's stem."""
_NATURAL_HEALING = (
    r"\b(?:until|till|while|before|once|after|unless|time to|needs? to|ha(?:s|ve|d) to|let \w+"
    r"|must|still|if)\s(?:[\w'’-]+\s){0,5}$"
)
"""Before a form of *heal* or *cure*: natural healing over time is not a claim."""
_CARERS = (
    r"\b(?:doctors?|physicians?|surgeons?|nurses?|clinicians?|\w*therapists?|professionals?"
    r"|hospitals?|clinics?|who(?:ever)?)\b"
)

_PRESS = (
    r"press(?:es|ing)?|push(?:es|ing)?|massag(?:e|es|ing)|knead(?:s|ing)?|squeez(?:e|es|ing)"
    r"|rub(?:s|bing)?|dig(?:s|ging)?|pok(?:e|es|ing)|lean(?:s|ing)?|pressure|roll(?:s|ing)?"
    r"|(?:ball|knuckles?|thumbs?|fingers?|fingertips?|elbow)"
)
_THROAT = (
    r"throat|windpipe|adam['’]?s apple|larynx|voice box|carotid\w*|trachea"
    r"|(?:front|sides?) of (?:the|your|his|her) neck"
    r"|(?:front|\{side\}|left|right) side of (?:the|your) neck"
)
_PRESS_THROAT = re.compile(
    rf"\b(?:{_PRESS})\b(?P<way>[^,;:—–]{{0,120}}?)\b(?P<place>{_THROAT})\b", re.IGNORECASE
)
_ELSEWHERE = (
    r"\b(?:away from|clear of|far from|off)\b"
    r"|\b(?:and|while|as|so|until|then)\b.*\b(?:soften|relax|breath\w*|let|keep|lengthen|open"
    r"|swallow|feel|air|free|easy|hum\w*|sigh\w*)\b"
)


_MAX_CONTEXT_CHARS = 300
"""Number of characters before a match that are examined."""


def find_claims(text: str) -> Iterator[str]:
    """Each word of *text* that promises to cure, treat or heal."""
    if not _STEM.search(text):
        return
    for sentence in _SENTENCE.findall(text):
        if sentence.rstrip().endswith("?"):
            continue
        for match in re.finditer(_CLAIMS, sentence, re.IGNORECASE | re.VERBOSE):
            group = match.lastgroup or ""
            before = _before(sentence, match.start(group))
            if _denied(before) or (
                group != "treats" and re.search(_NATURAL_HEALING, before, re.IGNORECASE)
            ):
                continue
            if group in ("treats", "treatment") and re.search(_CARERS, sentence, re.IGNORECASE):
                continue
            yield match[group]


def find_throat_pressure(text: str) -> Iterator[str]:
    """Each place on the throat that *text* puts pressure on."""
    for sentence in _SENTENCE.findall(text):
        for match in _PRESS_THROAT.finditer(sentence):
            if not _denied(_before(sentence, match.start("place"))) and not re.search(
                _ELSEWHERE, match["way"], re.IGNORECASE
            ):
                yield match["place"]


def _before(sentence: str, place: int) -> str:
    """The text before *place*, limited to the context that is examined."""
    return sentence[max(0, place - _MAX_CONTEXT_CHARS) : place]


def _denied(before: str) -> bool:
    """Whether a negation in *before* applies to what follows it."""
    last = 0
    for match in re.finditer(_NEW_CLAUSE, before, re.IGNORECASE):
        last = match.end()
    return bool(re.search(_DENIAL, before[last:], re.IGNORECASE))
