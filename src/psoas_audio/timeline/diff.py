"""Finds the differences between two timelines, and which of them a listener would notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from psoas_audio.timeline.entries import TimelineEntry, entries
from psoas_audio.timeline.model import BedSound, Timeline
from psoas_audio.units import SAMPLE_RATE, clock, samples_to_seconds

ChangeKind = Literal["added", "removed", "changed", "moved"]

NOTICEABLE_CHANGE = SAMPLE_RATE // 2
"""Samples by which the length of a stay must differ for a listener to notice: half a second."""
_MIN_SHARED_WORDS = 0.5
"""Share of their words that two lines must have in common to be one line in other words."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that differs."""

    how: ChangeKind
    before: TimelineEntry | None
    """``None`` where it is new."""
    after: TimelineEntry | None
    """``None`` where it is gone."""

    @property
    def moved(self) -> int:
        """Samples that it starts later; negative for earlier, 0 for what is new or gone."""
        if self.before is None or self.after is None:
            return 0
        return self.after.start - self.before.start

    @property
    def grown(self) -> int:
        """Samples that it lasts longer; negative for shorter, 0 for what is new or gone."""
        if self.before is None or self.after is None:
            return 0
        return self.after.length - self.before.length


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two timelines; false if nothing does."""

    changes: tuple[EntryChange, ...]
    """In the order of the session."""
    notices: tuple[str, ...]
    """What a listener would notice, in a sentence each; may be empty although there are changes."""

    def __bool__(self) -> bool:
        return bool(self.changes or self.notices)

    def as_json(self) -> dict[str, Any]:
        """The object that ``diff --json`` prints; positions in samples."""
        return {
            "differ": bool(self),
            "notices": list(self.notices),
            "changes": [
                {
                    "how": change.how,
                    "before": None if change.before is None else asdict(change.before),
                    "after": None if change.after is None else asdict(change.after),
                    "moved": change.moved,
                    "grown": change.grown,
                }
                for change in self.changes
            ],
        }


def diff(before: Timeline, after: Timeline) -> Difference:
    """The difference between *before* and *after*.

    Entries are matched in order by what they are and say; there may be a shorter difference.
    """
    changes = tuple(_find_changes(entries(before), entries(after)))
    notices = (*_session_notices(before, after), *_change_notices(changes))
    return Difference(changes, notices)


def _find_changes(
    old: Sequence[TimelineEntry], new: Sequence[TimelineEntry]
) -> Iterator[EntryChange]:
    keys = [[(entry.kind, entry.text) for entry in each] for each in (old, new)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for one, two in zip(old[a:b], new[c:d], strict=True):
                if (one.length, one.voice) != (two.length, two.voice):
                    yield EntryChange("changed", one, two)
                elif one.start != two.start:
                    yield EntryChange("moved", one, two)
        else:
            yield from _pair_replaced(old[a:b], new[c:d])


def _pair_replaced(
    old: Sequence[TimelineEntry], new: Sequence[TimelineEntry]
) -> Iterator[EntryChange]:
    """Each old entry with the first similar new one that comes after those already paired."""
    rest = list(new)
    for one in old:
        match = next((n for n, two in enumerate(rest) if _are_similar(one, two)), None)
        if match is None:
            yield EntryChange("removed", one, None)
            continue
        for two in rest[:match]:
            yield EntryChange("added", None, two)
        yield EntryChange("changed", one, rest[match])
        del rest[: match + 1]
    for two in rest:
        yield EntryChange("added", None, two)


def _are_similar(one: TimelineEntry, two: TimelineEntry) -> bool:
    if one.kind != two.kind:
        return False
    if one.kind != "say":
        return True
    words = [Counter(re.findall(r"\w+", entry.text.casefold())) for entry in (one, two)]
    return (words[0] & words[1]).total() >= _MIN_SHARED_WORDS * max(word.total() for word in words)


def _session_notices(before: Timeline, after: Timeline) -> Iterator[str]:
    """What differs in the session as a whole."""
    if before.title != after.title:
        yield f"It is called “{after.title}” instead of “{before.title}”."
    if before.language != after.language:
        yield f"It is spoken in {after.language} instead of {before.language}."
    grown = after.length - before.length
    if grown:
        word = "longer" if grown > 0 else "shorter"
        ends = f"{clock(before.length)} → {clock(after.length)}"
        yield f"It is {_seconds(abs(grown))} {word} ({ends})."
    beds = [_bed(timeline) for timeline in (before, after)]
    if beds[0] != beds[1]:
        yield f"The bed is {beds[1]} instead of {beds[0]}."
    if before.channels != after.channels:
        yield f"It is {'stereo' if after.channels == 2 else 'mono'} now."
    tones = [[(c.media, c.length) for c in t.track("breath").clips] for t in (before, after)]
    if tones[0] != tones[1]:
        yield f"The breath tones differ ({len(tones[0])} → {len(tones[1])})."


def _change_notices(changes: Sequence[EntryChange]) -> Iterator[str]:
    for kind, name, changed in (
        ("chapter", "chapter", "renamed"),
        ("say", "line", "in other words"),
        ("bell", "bell", "of another sound"),
    ):
        parts = [
            f"{count} {text}"
            for how, text in (("added", "new"), ("removed", "gone"), ("changed", changed))
            if (count := sum(_is_change_of(c, kind, how) for c in changes))
        ]
        if parts:
            yield f"{name.capitalize()}s: {', '.join(parts)}."
    voices = {
        (c.before.voice, c.after.voice)
        for c in changes
        if c.before is not None and c.after is not None and c.before.voice != c.after.voice
    }
    yield from (f"The voice is {new} instead of {old}." for old, new in sorted(voices))
    yield from _length_notices(changes)


def _is_change_of(change: EntryChange, kind: str, how: str) -> bool:
    entry = change.after or change.before
    assert entry is not None
    if entry.kind != kind or change.how != how:
        return False
    if how != "changed":
        return True
    assert change.before is not None
    assert change.after is not None
    return change.before.text != change.after.text


def _length_notices(changes: Iterable[EntryChange]) -> Iterator[str]:
    """Stays that are new, gone, longer or shorter; the same sentence comes once, with a count."""
    counts: dict[str, int] = {}
    for change in changes:
        entry = change.after or change.before
        assert entry is not None
        if entry.kind not in ("hold", "rest", "breathe", "move"):
            continue
        name = f"{entry.kind} “{entry.text}”" if entry.text else entry.kind
        if change.how == "added":
            text = f"A {name} of {_seconds(entry.length)} is new"
        elif change.how == "removed":
            text = f"A {name} of {_seconds(entry.length)} is gone"
        elif abs(change.grown) >= NOTICEABLE_CHANGE and change.before is not None:
            was = change.before.length
            text = f"The {name} lasts {_seconds(entry.length)} instead of {_seconds(was)}"
        else:
            continue
        counts[text] = counts.get(text, 0) + 1
    yield from (
        f"{text}{f', {count} times' if count > 1 else ''}." for text, count in counts.items()
    )


def _bed(timeline: Timeline) -> str:
    track = timeline.track("bed")
    names = [clip.media.name for clip in track.clips if isinstance(clip.media, BedSound)]
    return f"{names[0]} at {track.level:g} dB" if names else "none"


def _seconds(samples: int) -> str:
    return f"{samples_to_seconds(samples):.1f} s"


def describe_difference(difference: Difference) -> str:
    """*difference* as text: what a listener would notice, then each change.

    Entries in a row that moved by the same length share a line. Empty if nothing differs.
    """
    lines = list(difference.notices)
    if difference.changes and not lines:
        far = max(abs(change.moved) for change in difference.changes)
        lines.append(f"A listener would notice nothing: times differ by up to {far / 48:.0f} ms.")
    run: list[EntryChange] = []
    for change in (*difference.changes, None):
        if run and (change is None or change.how != "moved" or change.moved != run[0].moved):
            lines.append(_describe_moved(run))
            run = []
        if change is None:
            break
        if change.how == "moved":
            run.append(change)
        else:
            lines.extend(_describe_change(change))
    return "\n".join(lines)


def _describe_moved(run: Sequence[EntryChange]) -> str:
    first = run[0].after
    assert first is not None
    more = f" and {len(run) - 1} more" if len(run) > 1 else ""
    what = first.text or first.kind
    return f"> {clock(first.start):>7}  {run[0].moved / SAMPLE_RATE:+.3f} s  {what}{more}"


def _describe_change(change: EntryChange) -> Iterator[str]:
    before, after = change.before, change.after
    if before is not None and after is not None and before.text == after.text:
        what = f" {after.text}" if after.text else ""
        yield (
            f"~ {clock(after.start):>7}  {after.kind}{what}"
            f" ({_seconds(before.length)} → {_seconds(after.length)})"
        )
        return
    for sign, entry in (("-", before), ("+", after)):
        if entry is not None:
            what = entry.text if entry.kind == "say" else f"{entry.kind} {entry.text}".rstrip()
            length = "" if entry.kind == "say" else f" ({_seconds(entry.length)})"
            yield f"{sign} {clock(entry.start):>7}  {what}{length}"
