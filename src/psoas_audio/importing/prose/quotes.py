"""Whether what stands in quotation marks, or in block quotes, is the speech of a page."""

from __future__ import annotations

from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.page_words import METADATA
from psoas_audio.script.directions import read_direction

_OPENING_QUOTES = '“„«"'


def speech_is_quoted(lines: list[PageLine]) -> bool:
    spoken = [line.plain for line in lines if line.kind in ("text", "item")]
    opening = [text for text in spoken if text[:1] in _OPENING_QUOTES]
    unquoted = [text for text in spoken if text[:1] not in _OPENING_QUOTES]
    outside = [
        t for t in unquoted if not read_direction(t.strip("()[]. ")) and not METADATA.match(t)
    ]
    return len(opening) >= 3 and len(opening) >= 0.6 * (len(opening) + len(outside))


def block_quotes_are_speech(lines: list[PageLine]) -> bool:
    quotes = sum(len(line.plain) for line in lines if line.kind == "quote")
    return quotes > 0.6 * sum(len(line.plain) for line in lines if line.kind != "note")
