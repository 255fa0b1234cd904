"""Takes from a page of plain text what a printer put there, and joins what was wrapped."""

from __future__ import annotations

import re
from dataclasses import replace

from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.page_words import CONTENTS_HEADING, METADATA
from psoas_audio.script.directions import find_directions, read_direction

_PAGE_NUMBER = re.compile(
    r"^\W*(?:[-–—•]\s*\d{1,4}\s*[-–—•]|(?:page|seite|página|pagina|pág\.?|p\.)\s*\d{1,4}"
    r"(?:\s*(?:of|von|de|sur|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})\W*$",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^\s*\d{1,4}\s*$")
_RUNNING_HEAD = re.compile(
    r"^\s*(?:\S.*?\S\s{3,}(?:(?:page|seite|página|pág\.?|p\.)\s*)?\d{1,4}"
    r"(?:\s*(?:of|von|de|sur|/)\s*\d{1,4})?|\d{1,4}\s{3,}\S.*)\s*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"^\W*(?:\(c\)|©|copyright\b)|\b(?:all rights reserved|for personal use only"
    r"|do not (?:copy|distribute|record)"
    r"|alle rechte vorbehalten|todos los derechos reservados|tous droits réservés)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W*(?:subtitles?|captions?|subtitled|captioned|transcribed|transcript|translated|untertitel|subtítulos|sous-titres|sous-titrage)\b.*\b(?:by|von|por|par|:)",
    re.IGNORECASE,
)
_LEADER = re.compile(r"\S\s*(?:\.\s?){4,}\s*\d{1,4}\s*$")
_BYLINE = re.compile(r"^(?:by|von|por|par)\s+[A-ZÄÖÜÉÁ]")
_END = re.compile(r"^\W*(?:the end|end|ende|fin)\W*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WORD_PART = re.compile(r"[^\W\d_]-$")


def is_furniture(text: str) -> bool:
    """Whether *text* is no part of the session whatever stands around it: page numbers, rights."""
    return bool(_PAGE_NUMBER.match(text) or _COPYRIGHT.search(text) or _CREDIT.match(text))


def tidy(raw: str, lines: list[PageLine]) -> list[PageLine]:
    """*lines*, which were read from *raw*, without page furniture and with wrapped lines joined.

    Rights and running heads become notes; page numbers are dropped.
    """
    return _joined(_without_furniture(raw.split("\n"), lines))


def without_furniture(lines: list[PageLine]) -> list[PageLine]:
    """*lines* of a format that wraps nothing, without page numbers, rights and contents."""
    return _without_furniture([], lines)


def _without_furniture(raw: list[str], lines: list[PageLine]) -> list[PageLine]:
    written = {
        line.place: raw[line.place - 1] if line.place <= len(raw) else line.plain for line in lines
    }
    numbered = [bool(_is_page_number(written[line.place], line, lines)) for line in lines]
    heads = [line.kind == "text" and _is_running_head(written[line.place]) for line in lines]
    furniture = [number or head for number, head in zip(numbered, heads, strict=True)]
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.plain.lower()] = seen.get(line.plain.lower(), 0) + 1
    found: list[PageLine] = []
    gap = False
    in_contents = False
    for index, line in enumerate(lines):
        plain = line.plain
        beside = any(furniture[max(0, index - 2) : index + 3])
        repeated = (
            seen[plain.lower()] > 1
            and beside
            and index > 0
            and len(plain.split()) < 10
            and not find_directions(plain)
        )
        if CONTENTS_HEADING.match(plain):
            in_contents = True
        in_contents = in_contents and (
            bool(CONTENTS_HEADING.match(plain)) or bool(re.search(r"\s\d{1,4}$", plain))
        )
        if numbered[index]:
            gap = True
        elif heads[index] or repeated or in_contents or _LEADER.search(written[line.place]):
            found.append(PageLine(" ".join(plain.split()), line.place, "note"))
            gap = gap or heads[index] or repeated
        elif (line.kind != "note" and (_COPYRIGHT.search(plain) or _CREDIT.match(plain))) or (
            _END.match(plain) and index >= len(lines) - 3 and not re.fullmatch(r"\w[\w ]*\.", plain)
        ):
            found.append(PageLine(plain, line.place, "note"))
        else:
            if gap and _continues(found, line):
                line = replace(line, opens=False)
            gap = False
            found.append(line)
    return found


def _is_page_number(written: str, line: PageLine, lines: list[PageLine]) -> bool:
    if line.kind == "heading":
        return False
    if _PAGE_NUMBER.match(written):
        return True
    if not _BARE_NUMBER.match(written) or not line.opens:
        return False
    following = next((other for other in lines if other.place > line.place), None)
    return following is None or (following.opens and not _BARE_NUMBER.match(following.plain))


def _is_running_head(written: str) -> bool:
    return bool(_RUNNING_HEAD.match(written)) and not re.search(r"[.!?]\s*$", written)


def _continues(found: list[PageLine], line: PageLine) -> bool:
    """Whether *line* goes on with a sentence that a page break has cut."""
    before = next((other for other in reversed(found) if other.kind != "note"), None)
    return (
        before is not None
        and before.kind == line.kind == "text"
        and not _SENTENCE_END.search(before.plain)
        and (line.plain[:1].islower() or bool(_WORD_PART.search(before.plain)))
    )


def _joined(lines: list[PageLine]) -> list[PageLine]:
    lengths = sorted(len(line.plain) for line in lines if line.kind == "text")
    width = lengths[-1] if lengths else 0
    wrapped = 30 <= width <= 100
    found: list[PageLine] = []
    pending: list[PageLine] = []
    for line in lines:
        last = found[-1] if found else None
        if line.kind == "note" and last is not None:
            pending.append(line)
            continue
        if last is not None and _belong_together(last, line, width if wrapped else 0):
            found[-1] = replace(last, text=_join(last.text, line.text))
        else:
            found += [*pending, line]
            pending = []
    return found + pending


def _belong_together(before: PageLine, line: PageLine, width: int) -> bool:
    if line.opens or line.kind != "text" or before.kind not in ("text", "item", "quote"):
        return False
    first, second = before.plain, line.plain
    if METADATA.match(first) or METADATA.match(second) or len(first) > 5000:
        return False
    if _BYLINE.match(second) and len(second) < 60:
        return False
    for opening, closing in ("()", "[]", "{}"):
        if first.count(opening) > first.count(closing) and closing in second:
            return True
    if _SENTENCE_END.search(first) or first.endswith(("—", "--")):
        return False
    if read_direction(first) or read_direction(second) or second[:1] in "([{<*~/|":
        return False
    if second[:1].islower() or first.endswith(",") or _WORD_PART.search(first):
        return True
    last_line = first[-width:] if width else first
    return width > 0 and len(last_line) >= 0.75 * width and len(first) >= 40


def _join(first: str, second: str) -> str:
    if _WORD_PART.search(first) and second[:1].islower():
        return first[:-1] + second
    return f"{first} {second}"
