"""A session as a page of text, as Markdown has it: headings, paragraphs, directions in brackets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psoas_audio.exporting.items import (
    ExportedChapter,
    ExportedItem,
    ExportedWords,
)


def as_text(items: Sequence[ExportedItem], header: Mapping[str, str]) -> str:
    """The page, with *header* in front."""
    paragraphs = [front_matter(header), f"# {header['title']}", *paragraphs_of(items)]
    return "\n\n".join(paragraphs) + "\n"


def front_matter(header: Mapping[str, str]) -> str:
    """What stands before the text, so that it can be imported again without loss."""
    return "\n".join(["---", "psoas-audio: 1", *(f"{k}: {v}" for k, v in header.items()), "---"])


def paragraphs_of(items: Sequence[ExportedItem]) -> list[str]:
    """A paragraph for each of *items*."""
    found: list[str] = []
    for item in items:
        match item:
            case ExportedChapter(title=title):
                found.append(f"## {title}")
            case ExportedWords(text=text, covers=covers):
                if covers:
                    found.append(f"[covers: {', '.join(covers)}]")
                found.append(text)
            case _:
                found.append(f"[{item.step}]")
    return found
