"""Takes the names of speakers from the front of lines: ``NARRATOR: Lie down.``"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.page_words import ROLES, SOUND_LABEL
from psoas_audio.script.directions import read_direction

_LABEL = re.compile(
    r"^(?P<label>[^\W\d_][\w .'’-]{0,24}?)\s*(?:\([^()]{1,30}\)"
    r"|\[[^\[\]]{1,30}\])?\s*[:：]\s+(?=\S)"
)
_ASIDE = re.compile(r"\s*\(([^()]*)\)$")
_OF_EXERCISES = re.compile(
    r"reps?|repetitions?|sets?|hold|rest|time|duration|tempo|set-?up|execution|how(?: to)?"
    r"|modifications?|progression|regression|options?|cues?|tips?|note|focus|goal|purpose"
    r"|wiederholungen|wdh|sätze|pause|dauer|ausführung|ausgangsposition|variante|tipp|hinweis|ziel"
    r"|repeticiones|series|descanso|duración|ejecución|variante|consejo|objetivo"
    r"|répétitions|séries|repos|durée|exécution|variante|conseil|objectif",
    re.IGNORECASE,
)
_BREATH_LABELS = re.compile(
    r"in|out|inhale|exhale|breathe (?:in|out)|left|right|hold|einatmen|ausatmen|links"
    r"|rechts|inhala|exhala|inspira|espira|inspirez|expirez|soufflez|izquierda|derecha"
    r"|gauche|droite",
    re.IGNORECASE,
)


def without_labels(lines: list[PageLine]) -> list[PageLine]:
    """*lines* without the names of speakers in front."""
    labels = Counter(
        match["label"].lower()
        for line in lines
        if line.kind in ("text", "item") and (match := _LABEL.match(line.plain))
    )

    def is_label(label: str) -> bool:
        known = bool(ROLES.fullmatch(label))
        many = labels[label.lower()] >= (1 if known and label.isupper() else 2 if known else 3)
        return many and not _names_no_speaker(label) and not SOUND_LABEL.match(f"{label}: x")

    alone = Counter(
        line.plain.rstrip(":").lower() for line in lines if ROLES.fullmatch(line.plain.rstrip(":"))
    )
    speakers = names_speakers(lines)
    found: list[PageLine] = []
    for index, line in enumerate(lines):
        if speakers and is_speaker_line(line, lines[index + 1 :]):
            if aside := _ASIDE.search(line.plain):
                found.append(PageLine(aside[1], line.place, "note"))
            continue
        bare = line.plain.rstrip(":")
        if alone[bare.lower()] >= 2 or (bare.isupper() and alone[bare.lower()]):
            continue
        match = _LABEL.match(line.plain)
        if match and line.kind in ("text", "item") and is_label(match["label"]):
            aside = re.search(r"[(\[]([^()\[\]]+)[)\]]\s*[:：]\s+$", match[0])
            if aside and not read_direction(aside[1]):
                found.append(PageLine(aside[1], line.place, "note"))
            rest = _text_after_label(line.text, match[0])
            found.append(replace(line, text=rest))
        else:
            found.append(line)
    return found


def is_speaker_line(line: PageLine, following: list[PageLine]) -> bool:
    """Whether *line* has nothing but a name in capitals, and what is said stands below it."""
    name = _ASIDE.sub("", line.plain.rstrip(":"))
    return (
        line.kind == "text"
        and line.opens
        and name.isupper()
        and len(name.split()) <= 3
        and bool(following)
        and not following[0].opens
        and following[0].kind == "text"
    )


def names_speakers(lines: list[PageLine]) -> bool:
    """Whether *lines* are those of a play: roles stand above what they say."""
    return (
        sum(
            is_speaker_line(line, lines[index + 1 : index + 2])
            and bool(ROLES.fullmatch(_ASIDE.sub("", line.plain.rstrip(":"))))
            for index, line in enumerate(lines)
        )
        >= 2
    )


def _names_no_speaker(label: str) -> bool:
    return bool(_BREATH_LABELS.fullmatch(label) or _OF_EXERCISES.fullmatch(label))


def _text_after_label(text: str, label: str) -> str:
    """*text* behind its label; marks of bold or italic words may stand around that."""
    _, _, rest = text.partition(":" if ":" in label else "：")
    return rest.lstrip("\ue001\ue003 ")
