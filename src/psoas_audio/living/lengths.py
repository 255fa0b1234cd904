"""Which lengths a living session offers, as a person writes them."""

from __future__ import annotations

import re

from psoas_audio.errors import PsoasError
from psoas_audio.script.times import InvalidValueError, parse_time
from psoas_audio.units import SAMPLE_RATE

MOST_LENGTHS = 240
"""The most lengths of one page: a slider can't show more."""

_MINUTE = 60 * SAMPLE_RATE
_HINT = "Write a range such as 8m-25m, a step such as 'every 30s', both, or lengths: 8m,12m,20m."


def offered_lengths(text: str, shortest: int, longest: int) -> tuple[int, ...]:
    """The lengths in samples that *text* names, sorted.

    It is a range (``8m-25m``), a step (``every 30s``), both, or lengths with commas between them.
    Without a range it is that of the script, from *shortest* to *longest* samples, and without a
    step it is a minute. Raises :class:`PsoasError` if *text* isn't any of these.
    """
    words, _, step_words = text.strip().partition("every")
    try:
        if "," in words and not step_words:
            found = sorted({_samples(word) for word in words.split(",")})
        else:
            step = _samples(step_words) if step_words else _MINUTE
            if words.strip():
                ends = [_samples(word) for word in re.split(r"\s*(?:-|–|\bto\b)\s*", words.strip())]
                shortest, longest = ends[0], ends[-1]
                if len(ends) > 2:
                    raise InvalidValueError(f"{words.strip()!r} isn't a range.", _HINT)
            found = _steps(shortest, longest, step)
    except InvalidValueError as error:
        raise PsoasError(f"--lengths: {error.message}", hint=error.hint or _HINT) from None
    if not 1 <= len(found) <= MOST_LENGTHS:
        raise PsoasError(
            f"--lengths: these are {len(found)} lengths; there can be 1 to {MOST_LENGTHS}.",
            hint=_HINT,
        )
    return tuple(found)


def _samples(words: str) -> int:
    samples = parse_time(words.strip())
    if samples < SAMPLE_RATE:
        raise InvalidValueError(f"{words.strip()!r} is too short.", _HINT)
    return samples


def _steps(shortest: int, longest: int, step: int) -> list[int]:
    """Every multiple of *step* from *shortest* to *longest*, and *shortest* if there is none."""
    if longest < shortest:
        raise InvalidValueError("the range ends before it begins.", _HINT)
    count = longest // step - -(-shortest // step) + 1
    if count > MOST_LENGTHS:
        return [shortest] * count  # refused by its number
    first = -(-shortest // step) * step
    return [*range(first, longest + 1, step)] or [shortest]
