"""In what order sessions are given out, so that many are done soonest."""

from __future__ import annotations

from collections.abc import Iterable

from psoas_audio.batch.model import Outlook


def in_turn(outlooks: Iterable[Outlook]) -> list[Outlook]:
    """*outlooks* with the longest first, and variants that share takes and blocks far apart.

    The longest first, as otherwise one may be left over at the end with all workers but one idle.
    Apart, as two workers that are at the same words at once do the same work twice.
    """
    turn: dict[object, int] = {}
    keyed = []
    for outlook in sorted(outlooks, key=_length, reverse=True):
        choices = outlook.job.choices
        words = outlook.job.script, choices.language, choices.voice
        turn[words] = turn.get(words, 0) + 1
        keyed.append((turn[words], outlook))
    keyed.sort(key=lambda each: each[0])  # stable: in each turn still the longest first
    return [outlook for _, outlook in keyed]


def _length(outlook: Outlook) -> int:
    return outlook.length or outlook.job.choices.length or 0
