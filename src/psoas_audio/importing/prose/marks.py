"""The key of a page: what its own marks mean, such as ``//`` for ten seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from psoas_audio.importing.events import Chime, Event, Stay
from psoas_audio.importing.prose.page_words import BELL_WORD
from psoas_audio.script.directions.lengths import Length, search_length
from psoas_audio.script.directions.meaning import read_direction

_ENTRY = re.compile(
    r"^\s*(?P<mark>[^\w\s](?:[^\w\n]{0,8}[^\w\s])?|[\[({<][^\])}>\n]{1,14}[\])}>]|[A-ZÄÖÜ]{1,2}(?=\s*=))"
    r"\s*(?:=|:|→|->|means|is|are|bedeutet|heißt|steht für|significa|es|signifie"
    r"|veut dire|–|—)\s*(?P<meaning>\S.*)$",
    re.IGNORECASE,
)
_BARE_ENTRY = re.compile(r"^\s*(?P<mark>[^\w\s]{1,8})\s+(?P<meaning>\S.*)$")
_NAMED_MARKS = (
    (re.compile(
        r"\b(?:three dots|dots|ellips[ie]s|drei punkte|punkte|auslassungspunkte"
        r"|puntos suspensivos|tres puntos|points de suspension|trois points)\b", re.I), "..."),
    (re.compile(
        r"\b(?:double slash|two slashes|zwei schrägstriche|dos barras|deux barres)\b", re.I), "//"),
    (re.compile(r"\b(?:a |one )?(?:slash|schrägstrich|barra|barre)\b", re.I), "/"),
    (re.compile(r"\b(?:double dash|two dashes|zwei gedankenstriche)\b", re.I), "--"),
    (re.compile(r"\b(?:dash(?:es)?|gedankenstriche?|guion(?:es)?|raya|tirets?)\b", re.I), "—"),
    (re.compile(r"\b(?:asterisk|star|sternchen|stern|asterisco|astérisque)\b", re.I), "*"),
    (re.compile(
        r"\b(?:(?:blank|empty) lines?|leerzeilen?|líneas? (?:en blanco|vacías?)"
        r"|lignes? vides?)\b", re.I), "\n"),
)  # fmt: skip
_MEANS = re.compile(
    r"\b(?:means?|stands? for|is|are|marks?|indicates?|signal|bedeute[nt]|heißt|heißen"
    r"|steht|stehen|markier\w+|significan?|indican?|marcan?|signifient?|indiquent?"
    r"|marquent?)\b|=",
    re.IGNORECASE,
)
BLANK_LINE = "\n"
"""Stands for an empty line among the marks."""
_ANY_LENGTH = (
    (re.compile(r"\b(?:half a breath|halber atemzug|media respiración)\b", re.I), 2.5),
    (re.compile(
        r"\b(?:(?:one|a) (?:full )?breath|ein(?:en)? atemzug|una respiración"
        r"|une respiration)\b", re.I), 5.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeyMark:
    """A mark of the key, and what it asks for."""

    sign: str
    events: tuple[Event, ...]


def read_key_line(text: str, *, in_key: bool = False) -> list[KeyMark]:
    """The marks that a line of a key defines; *in_key* a space may stand for the equals sign."""
    entries = [piece for piece in re.split(r"\s*[;|]\s*|,\s+(?=[^\w\s])", text) if piece.strip()]
    found: list[KeyMark] = []
    for entry in entries:
        match = _ENTRY.match(entry) or (_BARE_ENTRY.match(entry) if in_key else None)
        events = _asked(match["meaning"]) if match else ()
        if match and events:
            found.append(KeyMark(match["mark"].strip("\"'“”„`«» "), events))
    return found


def read_key_sentence(text: str) -> list[KeyMark]:
    """The mark that a sentence explains: ``Three dots mean a pause of five seconds.``"""
    if not _MEANS.search(text) or len(text) > 160:
        return []
    for name, sign in _NAMED_MARKS:
        match = name.search(text)
        if match and (means := _MEANS.search(text, match.end())):
            events = _asked(text[means.end() :])
            return [KeyMark(sign, events)] if events else []
    return []


def _asked(meaning: str) -> tuple[Event, ...]:
    meaning = meaning.strip(" .")
    direction = read_direction(meaning)
    if direction and direction.action == "bell":
        return (Chime((direction.times or (1, 1))[0]),)
    if direction and direction.length and direction.action in ("pause", "hold", "rest"):
        guess = "no length is given" if direction.guessed else ""
        return (Stay("pause", direction.length, guess=guess),)
    if found := search_length(meaning):
        return (Stay("pause", found[2]),)
    for words, seconds in _ANY_LENGTH:
        if words.search(meaning):
            return (Stay("pause", Length(seconds, seconds), guess="the length of a breath"),)
    if BELL_WORD.search(meaning) and len(meaning.split()) < 7:
        return (Chime(),)
    pause = re.search(
        r"(?:(?:short|long|kurze|lange|breve|corta|larga|courte|longue)\s+)?(?:pause|pausa|stille|silence|silencio)(?:\s+(?:corta|breve|larga|courte|longue))?",
        meaning,
        re.I,
    )
    if pause and (plain := read_direction(pause[0])) and plain.length:
        return (Stay("pause", plain.length, guess="no length is given"),)
    return ()


def marks_pattern(marks: list[KeyMark]) -> re.Pattern[str] | None:
    """An expression that finds the *marks* in a text; ``None`` without marks."""
    signs = sorted({mark.sign for mark in marks if mark.sign != BLANK_LINE}, key=len, reverse=True)
    if not signs:
        return None
    return re.compile("|".join(_one(sign) for sign in signs))


def _one(sign: str) -> str:
    if sign in ("...", "…"):
        return r"(?:\.\s?\.\s?\.|…)(?!\.)"
    if sign in ("—", "–"):
        return r"(?<![—–-])(?<=\s)[—–](?=\s|$)(?![—–-])|^[—–]$"
    if sign == "--":
        return r"(?<!-)(?:--)(?!-)|(?<![—–])[—–]{2}"
    escaped = re.escape(sign).replace(r"\ ", r"\s?")
    if sign[0].isalnum():
        return rf"(?<![^\W_]){escaped}(?![^\W_])"
    edge = re.escape(sign[0])
    return rf"(?<!{edge}){escaped}(?!{edge})" if sign[0] == sign[-1] else escaped


def mark_for(found: str, marks: list[KeyMark]) -> KeyMark | None:
    """The one of *marks* that *found* is."""
    return next(
        (m for m in marks if m.sign != BLANK_LINE and re.fullmatch(_one(m.sign), found)), None
    ) or next((m for m in marks if m.sign == found.strip() or _looks_like(found, m.sign)), None)


def _looks_like(found: str, sign: str) -> bool:
    plain = found.strip().replace(" ", "").replace("…", "...").replace("–", "—")
    return plain == sign.replace(" ", "").replace("…", "...").replace("–", "—")
