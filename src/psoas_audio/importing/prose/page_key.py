"""Finds the key of a page, and takes the marks that it explains."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.importing.prose.marks import KeyMark, read_key_line, read_key_sentence
from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.page_words import KEY_HEADING
from psoas_audio.script.directions import read_direction


def take_key(lines: list[PageLine]) -> tuple[list[KeyMark], list[PageLine]]:
    """The marks that a key explains, and the lines with the key as notes."""
    marks: list[KeyMark] = []
    found: list[PageLine] = []
    in_key = False
    for line in lines:
        text = line.plain
        heading = KEY_HEADING.match(text)
        if heading:
            in_key = True
            marks += read_key_line(text[heading.end() :], in_key=True)
            found.append(replace(line, kind="note"))
            continue
        entries = [] if line.kind in ("heading", "row") else read_key_line(line.plain)
        entries = entries if in_key or (len(entries) and not _is_dialogue(text)) else []
        entries = entries or (read_key_sentence(text) if line.kind == "text" else [])
        in_key = bool(entries) or (in_key and not line.opens)
        if entries:
            marks += entries
            found.append(replace(line, kind="note"))
        else:
            found.append(line)
    return marks, found


def _is_dialogue(text: str) -> bool:
    """Whether a dash in front of *text* begins what somebody says, or a pause in dashes."""
    return (text[:1] in "-–—(" and "=" not in text) or read_direction(text) is not None
