"""Finds the title of a page and the headings of its sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from psoas_audio.importing.prose.exercises.dosage import read_dosage
from psoas_audio.importing.prose.page import PageLine
from psoas_audio.importing.prose.page_words import (
    KEY_HEADING,
    METADATA,
    NOTES_HEADING,
    PART_NUMBER,
    ROLES,
    TITLE_KEY,
    is_of_assistant,
    is_reader_note,
)
from psoas_audio.importing.prose.speaker_labels import is_speaker_line, names_speakers
from psoas_audio.script.directions import read_direction
from psoas_audio.script.directions.lengths import match_length, search_length

_SENTENCE_END = re.compile(r"[.!?…,;][\"'”’»)\]]*$")
_NUMBER = re.compile(r"^\W*(?:\d{1,2}|[IVX]{1,4})\s*[.):]\s+")
_TIMED = re.compile(
    r"\s*[-–—:,]?\s*[(\[]\s*(?:approx\.?|about|ca\.?|~|env\.?)?\s*([^()\[\]]{1,40})[)\]]\s*:?\s*$"
)
_SPAN_OF_CLOCK = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?\s*(?:-|–|—|to|bis|a|à)\s*\d{1,2}:\d\d(?::\d\d)?"
)
_SECTION_NAMES = (
    r"(?:warm[- ]?up|main (?:part|set|series)|cool[- ]?down|intro(?:duction)?|opening|closing"
    r"|outro|erwärmung|aufwärmen|einstieg|einleitung|hauptteil|ausklang|abschluss|schluss"
    r"|calentamiento|parte principal|vuelta a la calma|cierre"
    r"|échauffement|partie principale|retour au calme|conclusion)"
)
_SECTION = re.compile(rf"^\W*{_SECTION_NAMES}(?:\W*$|\b(?=.*[(\[]))", re.IGNORECASE)
"""A line that is such a name, alone or with its minutes in brackets."""
_BRACKETED_NAME = re.compile(
    r"\[([A-ZÄÖÜÉÈÑÁÍÓÚ][A-ZÄÖÜÉÈÑÁÍÓÚ &'’-]{2,30}(?:\s[–—-]\s[^\[\]]{1,20})?)\]"
)
_SCREEN = re.compile(r"^\W*(?:FADE (?:IN|OUT|TO)|CUT TO|MUSIC (?:IN|OUT|UP))\b")
"""What a script for a film or a play asks for."""
_TIMESTAMP = re.compile(r"^\W*\d{1,2}:\d\d")
_DECORATION = re.compile(r"^[\s*=_#~•·–—-]+|[\s*=_#~•·–—:-]+$")


@dataclass(frozen=True, slots=True)
class Structure:
    """A page with its title taken off, and its headings found."""

    lines: list[PageLine]
    title: str
    subtitle: str


def find_structure(lines: list[PageLine], given_title: str = "") -> Structure:
    """Title and headings of *lines*; with *given_title*, as from front matter, a heading that
    says the same is dropped."""
    lines = _without_assistant(lines)
    lines = [_as_heading(line, lines, index) for index, line in enumerate(lines)]
    title, subtitle = given_title, ""
    lines = list(lines)
    for index, line in enumerate(lines[:12]):
        if match := TITLE_KEY.match(line.plain):
            title = title or _clean(match[1])
            del lines[index]
            break
    if title:
        same = next((n for n, line in enumerate(lines) if _same(line.plain, title)), None)
        if same is not None and not any(_is_content(line) for line in lines[:same]):
            del lines[same]
    else:
        lines, title, subtitle = _take_title(lines)
    lines = _plain_headings(lines)
    return Structure(_renumbered(lines), title, subtitle)


def _without_assistant(lines: list[PageLine]) -> list[PageLine]:
    """*lines* with what an assistant said before and behind the page as notes."""
    outermost = {line.place for line in (*lines[:2], *lines[-2:])}
    return [
        replace(line, kind="note")
        if line.place in outermost and line.kind == "text" and is_of_assistant(line.plain)
        else line
        for line in lines
    ]


def _take_title(lines: list[PageLine]) -> tuple[list[PageLine], str, str]:
    headings = [n for n, line in enumerate(lines) if line.kind == "heading"]
    first = next((n for n, line in enumerate(lines) if _is_content(line)), None)
    if first is None:
        return lines, "", ""
    line = lines[first]
    if _is_first_section(line, lines[first + 1 :]):
        return [*lines[:first], replace(line, kind="heading", level=2), *lines[first + 1 :]], "", ""
    if line.kind != "heading" and _titlelike(line, lines, first):
        return _without_title(lines, first)
    if headings:
        top = min(lines[n].level for n in headings)
        tops = [n for n in headings if lines[n].level == top]
        chosen = tops[0] if len(tops) == 1 or tops[0] == first else None
        if chosen is not None and NOTES_HEADING.match(lines[chosen].plain):
            chosen = None
        if chosen is not None and not any(_is_content(other) for other in lines[:chosen]):
            return _without_title(lines, chosen)
    return lines, "", ""


def _is_first_section(line: PageLine, others: list[PageLine]) -> bool:
    """Whether *line* has its minutes as the headings of *others* have, and is no longer than they.

    The title of a page has the minutes of the whole session.
    """
    minutes = [_minutes(o.plain) for o in others if o.kind == "heading" and _timed_heading(o.plain)]
    return bool(minutes) and _timed_heading(line.plain) and _minutes(line.plain) <= max(minutes)


def _minutes(text: str) -> float:
    match = _TIMED.search(text)
    found = match_length(match[1].strip()) if match else None
    return found[1].longest if found else 0.0


def _without_title(lines: list[PageLine], index: int) -> tuple[list[PageLine], str, str]:
    title = _clean(lines[index].plain)
    following = lines[index + 1] if index + 1 < len(lines) else None
    after = lines[index + 2] if index + 2 < len(lines) else None
    subtitle = ""
    taken = 1
    if (
        following is not None
        and not following.opens
        and following.kind == "text"
        and (after is None or after.opens)
        and _could_be_title(following.plain)
        and not METADATA.match(following.plain)
    ):
        subtitle, taken = following.plain, 2
    return lines[:index] + lines[index + taken :], title, subtitle


def _titlelike(line: PageLine, lines: list[PageLine], index: int) -> bool:
    if line.kind != "text" or not _could_be_title(line.plain):
        return False
    if line.wholly_bold or _is_capitals(line.plain):
        return True
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None:
        return False
    if following.opens or following.kind != "text" or METADATA.match(following.plain):
        return True
    prose = [other.plain for other in lines[index + 1 :] if other.kind == "text"]
    ended = sum(bool(_SENTENCE_END.search(text) or read_direction(text)) for text in prose)
    timed = sum(bool(search_length(text) or _TIMESTAMP.match(text)) for text in prose)
    lists = any(other.kind in ("item", "row") for other in lines)
    return ended >= 0.6 * len(prose) or timed >= 0.5 * len(prose) or lists


def _could_be_title(text: str) -> bool:
    if not re.search(r"[^\W\d_]{2}", text) or len(text) > 90 or len(text.split()) > 12:
        return False
    if _SENTENCE_END.search(text) and not text.endswith("…"):
        return False
    if text.endswith(":") or METADATA.match(text) or KEY_HEADING.match(text):
        return False
    if _TIMESTAMP.match(text) or is_reader_note(text) or ROLES.fullmatch(text.split(":")[0]):
        return False
    if text[:1] in '([{<“„«"':
        return False
    return not _asks_for_something(text) and read_dosage(text) is None


def _asks_for_something(text: str) -> bool:
    """Whether a line without brackets is a direction, and no title or heading."""
    meaning = read_direction(text)
    return meaning is not None and (
        meaning.action in ("pause", "bell") or meaning.times is not None
    )


def _as_heading(line: PageLine, lines: list[PageLine], index: int) -> PageLine:
    """*line* as a heading if its own look makes it one."""
    if line.kind == "heading":
        return line
    text = line.plain
    if line.kind == "text" and _SCREEN.match(text):
        return replace(line, kind="note")
    if line.wholly_bold and (name := _BRACKETED_NAME.fullmatch(text)):
        return replace(line, text=name[1], kind="heading", level=2)
    if line.kind not in ("text", "item") or not _could_be_heading(text):
        return line
    if is_speaker_line(line, lines[index + 1 :]) and names_speakers(lines):
        return line
    following = lines[index + 1] if index + 1 < len(lines) else None
    alone = line.opens and (following is None or following.opens)
    if line.kind == "item":
        return line
    if line.wholly_bold and line.opens:
        return replace(line, kind="heading", level=2)
    if _is_capitals(text) and line.opens:
        return replace(line, kind="heading", level=2)
    if PART_NUMBER.match(text) and line.opens and len(text) < 60:
        return replace(line, kind="heading", level=2)
    timed = text.rstrip(": ").endswith((")", "]"))
    if index and line.opens and _SECTION.match(text) and (not timed or _timed_heading(text)):
        return replace(line, kind="heading", level=2)
    if alone and index and _timed_heading(text) and _prose_follows(lines, index):
        return replace(line, kind="heading", level=2)
    return line


def _could_be_heading(text: str) -> bool:
    bare = text.rstrip(": ")
    if not re.search(r"[^\W\d_]{2}", bare) or len(bare) > 70 or len(bare.split()) > 9:
        return False
    if _SENTENCE_END.search(bare) and not bare.endswith(")"):
        return False
    if METADATA.match(text) or KEY_HEADING.match(text) or TITLE_KEY.match(text):
        return False
    if text[:1] in '([{<“„«"~' or ROLES.fullmatch(bare) or _TIMESTAMP.match(text):
        return False
    label, colon, rest = bare.partition(":")
    if (
        colon
        and rest.strip()
        and not PART_NUMBER.match(bare)
        and len(label.split()) < 4
        and label.isupper() != rest.isupper()
    ):
        return False
    return not _asks_for_something(bare) and not bare.startswith("—")


def _is_capitals(text: str) -> bool:
    text = _TIMED.sub("", text)
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 4 and all(sign.isupper() for sign in letters)


def _timed_heading(text: str) -> bool:
    match = _TIMED.search(text)
    return (
        match is not None
        and _is_length(match[1])
        and not _SENTENCE_END.search(text[: match.start()])
    )


def _is_length(text: str) -> bool:
    """Whether *text* is a length and nothing else: ``2-3 minutes``, ``0:00 - 1:00``."""
    return bool(_SPAN_OF_CLOCK.fullmatch(text.strip())) or (
        (found := match_length(text.strip())) is not None
        and not text.strip()[found[0] :].strip(" .")
    )


def _prose_follows(lines: list[PageLine], index: int) -> bool:
    """Whether the section that begins behind *index* has sentences enough to be spoken."""
    words = 0
    for line in lines[index + 1 :]:
        if line.kind == "heading" or (line.opens and _timed_heading(line.plain)):
            break
        if read_direction(line.plain) is not None:
            return words > 3
        words += len(line.plain.split())
    return words >= 20


def _plain_headings(lines: list[PageLine]) -> list[PageLine]:
    """Headings that have no marks: short lines of their own between paragraphs, two or more."""
    if any(line.kind == "heading" and not NOTES_HEADING.match(line.plain) for line in lines):
        return lines
    for candidates in (_numbered(lines), _short(lines)):
        if len(candidates) >= 2:
            return [
                replace(line, kind="heading", level=2) if n in candidates else line
                for n, line in enumerate(lines)
            ]
    return lines


def _numbered(lines: list[PageLine]) -> set[int]:
    return {
        n
        for n, line in enumerate(lines)
        if line.kind == "item"
        and line.level
        and line.opens
        and _could_be_heading(line.plain)
        and len(line.plain.split()) <= 6
        and search_length(line.plain) is None
        and n + 1 < len(lines)
        and _begins_section(lines[n + 1])
    }


def _begins_section(line: PageLine) -> bool:
    """Whether *line* below a numbered name is the first of what belongs to it."""
    bullet = line.kind == "item" and not line.level
    return (bullet or (line.kind == "text" and line.opens)) and _is_prose(line.plain)


def _short(lines: list[PageLine]) -> set[int]:
    return {
        n
        for n, line in enumerate(lines)
        if line.kind == "text"
        and _is_alone(lines, n)
        and _could_be_heading(line.plain)
        and len(line.plain.split()) <= 5
        and line.plain[:1].isupper()
        and not line.wholly_marked
        and read_dosage(line.plain) is None
        and search_length(line.plain) is None
        and n + 1 < len(lines)
        and (_is_prose(lines[n + 1].plain) or read_direction(lines[n + 1].plain))
        and (
            n == 0
            or _is_prose(lines[n - 1].plain)
            or lines[n - 1].kind == "note"
            or read_direction(lines[n - 1].plain)
        )
    }


def _is_alone(lines: list[PageLine], index: int) -> bool:
    return lines[index].opens and (index + 1 == len(lines) or lines[index + 1].opens)


def _ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?…][\"'”’»)\]]*$", text))


def _is_prose(text: str) -> bool:
    return len(text.split()) > 4 and bool(re.search(r"[.!?…](?:[\"'”’»)\]]|\s|$)", text))


def _renumbered(lines: list[PageLine]) -> list[PageLine]:
    """Headings without their numbers and minutes."""
    return [
        replace(line, text=_clean(line.plain)) if line.kind == "heading" else line for line in lines
    ]


def _clean(text: str) -> str:
    """A title without decoration, number and minutes."""
    text = _DECORATION.sub("", text.strip())
    timed = _TIMED.search(text)
    text = text[: timed.start()] if timed and _is_length(timed[1]) else _trailing_minutes(text)
    for number in (PART_NUMBER, _NUMBER):
        shorter = number.sub("", text, count=1)
        if re.search(r"[^\W\d_]{2}", shorter):
            text = shorter
    text = " ".join(_DECORATION.sub("", text).split())
    return text[1:-1].strip() if re.fullmatch(r"[“„«\"][^“”„«»\"]*[”“»\"]", text) else text


def _trailing_minutes(text: str) -> str:
    """*text* without the minutes behind a dash: ``Arrive – 2 min``."""
    match = re.search(r"\s+[-–—|,]\s+([^-–—|]{1,30})$", text)
    return text[: match.start()] if match and _is_length(match[1]) else text


def _is_content(line: PageLine) -> bool:
    if line.kind == "note" or METADATA.match(line.plain):
        return False
    return not (_asks_for_something(line.plain) or _is_bracketed_direction(line.plain))


def _is_bracketed_direction(text: str) -> bool:
    return text[:1] in "([{<*" and read_direction(text) is not None


def _same(first: str, second: str) -> bool:
    return re.findall(r"\w+", first.lower()) == re.findall(r"\w+", second.lower())
