"""Texts and numbers as values of a script."""

from __future__ import annotations

import re

_MOST = 2000
"""A script's limit of rounds."""


def quoted(text: str) -> str:
    """*text* as a YAML value, in quotation marks where it needs them."""
    plain = (
        re.match(r"[^\W_]|[“„«(¿¡‘]", text)
        and not re.search(r":(?:\s|$)|\s#|[\x00-\x1f\x7f-\x9f]", text)
        and text == text.strip()
        and not re.fullmatch(r"\d[\d:._,]*", text)
    )
    return text if plain else _in_quotation_marks(text)


def quoted_inside(text: str) -> str:
    """*text* as a value inside YAML's brackets or braces."""
    value = quoted(text)
    return value if not re.search(r"[,\[\]{}]", text) else _in_quotation_marks(text)


def _in_quotation_marks(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", escaped) + '"'


def braces(text: str) -> str:
    """*text* with its braces as a script writes them in texts."""
    return text.replace("{", "{{").replace("}", "}}")


def count_yaml(numbers: tuple[int, int]) -> str:
    """At least and at most as ``8-12``, or as one number, within a script's limits."""
    first, last = (max(1, min(_MOST, number)) for number in numbers)
    return f"{first}" if first == last else f"{min(first, last)}-{max(first, last)}"
