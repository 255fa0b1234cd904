"""The list of voices as text: natural ones first, and the reasons for each verdict on selling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from psoas_audio.speech.engine import VoiceInfo

_HEAD = ("engine", "language", "name", "title", "natural", "sell", "")


def voice_table(voices: Sequence[VoiceInfo]) -> Iterator[str]:
    """The lines of the list, and after it the licences."""
    ordered = sorted(voices, key=lambda voice: not voice.natural)
    rows = [_HEAD, *map(_row, ordered)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    if not voices:
        return
    yield ""
    yield "May a session be sold?"
    for engine, group in groupby(ordered, lambda voice: voice.engine):
        yield from _terms(engine, list(group))


def _row(voice: VoiceInfo) -> tuple[str, ...]:
    more = voice.description if voice.description != voice.title else ""
    natural = "yes" if voice.natural else "no"
    return (voice.engine, voice.language, voice.name, voice.title, natural, voice.sell, more)


def _terms(engine: str, voices: Sequence[VoiceInfo]) -> Iterator[str]:
    """A line for each of the terms that the *voices* of *engine* have."""
    terms: dict[tuple[str, ...], list[str]] = {}
    for voice in voices:
        key = (voice.sell, voice.licence, voice.training, voice.source)
        terms.setdefault(key, []).append(voice.name)
    for (sell, licence, training, source), names in terms.items():
        which = engine if len(terms) == 1 else f"{engine} {', '.join(names)}"
        reasons = "; ".join(part for part in (licence, training, source) if part)
        yield f"  {which}: {sell}. {reasons}"
