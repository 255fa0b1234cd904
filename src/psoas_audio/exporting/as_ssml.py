"""A session as SSML: silences are breaks, and marks say what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from psoas_audio.exporting.items import (
    ExportedChapter,
    ExportedItem,
    ExportedStep,
    ExportedWords,
)
from psoas_audio.units import samples_to_ms


def as_ssml(items: Sequence[ExportedItem], header: Mapping[str, str]) -> str:
    """The document, with *header* as its metadata."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis"'
        f" xml:lang={quoteattr(header['language'])}>",
        '<meta name="psoas-audio" content="1"/>',
        *(f"<meta name={quoteattr(k)} content={quoteattr(v)}/>" for k, v in header.items()),
    ]
    for item in items:
        lines += _element(item)
    return "\n".join([*lines, "</speak>"]) + "\n"


def _element(item: ExportedItem) -> Iterator[str]:
    match item:
        case ExportedChapter(title=title):
            yield _mark(f"chapter: {title}")
        case ExportedWords(text=text, covers=covers):
            if covers:
                yield _mark(f"[covers: {', '.join(covers)}]")
            yield f"<p>{escape(text)}</p>"
        case ExportedStep():
            yield _mark(f"[{item.step}]")
            yield from _silence(item)
            yield _mark("[]")


def _mark(name: str) -> str:
    return f"<mark name={quoteattr(name)}/>"


def _silence(item: ExportedStep) -> Iterator[str]:
    """Breaks with the words between them; how long these take isn't taken off."""
    position = 0
    for at, words in item.cues:
        yield from _break(at - position)
        yield f"<p>{escape(words)}</p>"
        position = at
    yield from _break(item.length - position)


def _break(length: int) -> Iterator[str]:
    if length > 0:
        yield f'<break time="{samples_to_ms(length)}ms"/>'
