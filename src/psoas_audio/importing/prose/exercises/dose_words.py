"""The words around a dose in plain ones: ``per leg``, ``between sets``, ``twice a day``."""

from __future__ import annotations

import re

_LIMBS = (
    r"sides?|legs?|arms?|foot|feet|hips?|hands?|directions?|ways?|knees?|shoulders?|ankles?"
    r"|seiten?|beine?|arme?|fuß|hand|richtung(?:en)?"
    r"|lados?|piernas?|brazos?|pies?|manos?|direcci(?:ón|ones)"
    r"|côtés?|jambes?|bras|pieds?|mains?|sens"
)
_EACH_SIDE = re.compile(
    rf"(?:\s*/\s*|\b(?:(?:on|for|to|with|in|auf|con|en|a|de|sur|für|mit)\s+)?"
    rf"(?:each|every|both|per|pro|je|jede[rsnm]?|beiden?|cada|por|ambos|ambas|chaque|par"
    rf"|(?:les |des )?deux)\s+)"
    rf"(?:{_LIMBS})\b",
    re.IGNORECASE,
)
_BETWEEN_SETS = re.compile(
    r"\b(?:between|in between|zwischen|entre)\s+(?:(?:the|each|every|all|den|jedem|de[mn]|las?|los"
    r"|cada|les|chaque)\s+)?"
    r"(?:sets?|rounds?|each|sätzen?|satz|durchgängen|serien|runden|series|rondas|vueltas|tandas"
    r"|séries?|tours)\b|\b(?:dazwischen|in between|entremedias)\b",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    r"[,;(]?\s*\b(?:(?:\d{1,2}(?:\s?[-–]\s?\d{1,2})?|one|two|three|four|five|six|dos|tres|cuatro|una"
    r"|deux|trois|quatre|une|zwei|drei)\s*(?:x|×|times|mal|veces|vez|fois|days|tage)"
    r"|once|twice|daily|einmal|zweimal|dreimal|viermal)"
    r"\s*(?:(?:a|per|each|every|pro|am|in der|die|al|a la|por|par|la)\s+)?"
    r"(?:days?|weeks?|daily|weekly|täglich|tag|woche|wöchentlich|día|semana|jour|semaine)\b\)?"
    r"|[,;(]?\s*\b(?:daily|every day|täglich|cada día|chaque jour|todos los días|tous les jours)"
    r"\b\)?",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:slow(?:ly)?|controlled|gentle|gently|smooth|full|total|hold each(?: one| rep)?\b"
    r"|langsame?|ruhige?|kontrollierte?|lent(?:as|os|amente|es|ement)?|controlad[ao]s"
    r"|contrôlée?s?|jeweils|mit je|je(?=\s+\d)|à raison de)(?![^\W_])",
    re.IGNORECASE,
)
_REST = re.compile(r"\b(?:satzpause|serienpause|récup)\b\.?", re.IGNORECASE)
_ELISION = re.compile(r"\bd['’](?=\w)", re.IGNORECASE)
_LEADING = re.compile(
    r"^\s*(?:je|per|do|perform|complete|aim for|mach(?:e|en)?|haz|hacer|realiza|faire|faites"
    r"|effectuez)\s+(?=\d)",
    re.IGNORECASE,
)


def plain_dose(text: str) -> tuple[str, bool]:
    """*text* with plain words for sides and rests, and without those that change no dose.

    And whether it says that a rest is *between* sets.
    """
    text = _FREQUENCY.sub(" ", text)
    text, between = _BETWEEN_SETS.subn(" ", text)
    text = _EACH_SIDE.sub(" each side ", text)
    text = _MANNER.sub(lambda match: "hold" if match[0].lower().startswith("hold") else " ", text)
    text = _LEADING.sub("", _ELISION.sub("de ", _REST.sub("rest", text)))
    return text, between > 0


def names_a_frequency(text: str) -> bool:
    """Whether *text* says how often a day or a week an exercise is done."""
    return _FREQUENCY.search(text) is not None
