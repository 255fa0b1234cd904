"""Orders the jobs of a batch so that it ends soonest."""

from __future__ import annotations

from collections.abc import Iterable

from psoas_audio.batch.model import PlannedJob


def in_dispatch_order(jobs: Iterable[PlannedJob]) -> list[PlannedJob]:
    """*jobs* with the longest first, and variants that share takes and blocks far apart.

    Longest first, because a long one begun last would leave all workers but one idle. Apart,
    because two workers that need the same takes at the same time both make them.
    """
    rounds: dict[object, int] = {}
    keyed = []
    for planned in sorted(jobs, key=_length, reverse=True):
        choices = planned.job.choices
        shared = planned.job.script, choices.language, choices.voice
        rounds[shared] = rounds.get(shared, 0) + 1
        keyed.append((rounds[shared], planned))
    keyed.sort(key=lambda each: each[0])  # stable: within a round the longest stay first
    return [planned for _, planned in keyed]


def _length(planned: PlannedJob) -> int:
    return planned.length or planned.job.choices.length or 0
