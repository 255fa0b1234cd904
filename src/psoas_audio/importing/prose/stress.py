"""Italic and bold words of a line: a few are stressed, whole sentences aren't."""

from __future__ import annotations

import re

from psoas_audio.importing.prose.page import (
    BOLD_OFF,
    BOLD_ON,
    MARKED_OFF,
    MARKED_ON,
    without_page_marks,
)

MARKED_RUN = re.compile(f"{MARKED_ON}([^{MARKED_ON}{MARKED_OFF}]*){MARKED_OFF}")
"""Italic or highlighted words."""
_BOLD_RUN = re.compile(f"{BOLD_ON}([^{BOLD_ON}{BOLD_OFF}]*){BOLD_OFF}")
_LONGEST_EMPHASIS = 3
"""Words; longer italic or bold passages aren't stressed words."""


def with_stars(text: str) -> tuple[str, bool]:
    """*text* with ``*stars*`` around the few words that are italic or bold."""

    def starred(match: re.Match[str]) -> str:
        inner = match[1].strip()
        plain = without_page_marks(inner)
        few = 0 < len(plain.split()) <= _LONGEST_EMPHASIS and not re.search(r"[.!?*…]", plain)
        return match[1].replace(inner, f"\ue004{plain}\ue004") if few else match[1]

    text = MARKED_RUN.sub(starred, _BOLD_RUN.sub(starred, text))
    text = without_page_marks(text).replace("*", "")
    stressed = "\ue004" in text
    return text.replace("\ue004", "*"), stressed
