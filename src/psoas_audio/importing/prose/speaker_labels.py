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
        return many and not _BREATH_LABELS.fullmatch(label) and not SOUND_LABEL.match(f"{label}: x")

    alone = Counter(
        line.plain.rstrip(":").lower() for line in lines if ROLES.fullmatch(line.plain.rstrip(":"))
    )
    found: list[PageLine] = []
    for line in lines:
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


def _text_after_label(text: str, label: str) -> str:
    """*text* behind its label; marks of bold or italic words may stand around that."""
    _, _, rest = text.partition(":" if ":" in label else "：")
    return rest.lstrip("\ue001\ue003 ")
