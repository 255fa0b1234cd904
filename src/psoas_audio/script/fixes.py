"""Rewrites what can only mean one thing in the text of a script, and no other byte of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from psoas_audio.errors import Problem
from psoas_audio.script.chapter_table import CHAPTER_TABLE
from psoas_audio.script.direction_advice import advice_on
from psoas_audio.script.directions.advice import Advice
from psoas_audio.script.fields.unknown_keys import KEY_SYNONYMS, VERB_SYNONYMS
from psoas_audio.script.header import SCRIPT_TABLE
from psoas_audio.script.source.characters import InvalidTextError, decode_text
from psoas_audio.script.source.events import (
    LINE_BREAK,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    parse_yaml,
)
from psoas_audio.script.steps import VERBS

_MOST_ROUNDS = 8
"""How often a text is looked through: a fix may make room for the next one."""
_SPOKEN_KEYS = ("say", "ready", "halfway")
"""Keys whose texts are spoken."""
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that was rewritten."""

    line: int
    """Its line in the file as it was, from 1."""
    before: str
    """The characters of the file that were rewritten."""
    after: str

    def __str__(self) -> str:
        return f"line {self.line}: '{' '.join(self.before.split())}' → '{self.after}'"


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters of the text that others take the place of."""

    start: int
    end: int
    after: str


def fix_source(source: bytes) -> tuple[bytes, tuple[Fix, ...]]:
    """*source* with its directions and synonyms rewritten, and what was changed, in order.

    A file that isn't readable as YAML stays as it is.
    """
    try:
        decode_text(source)
    except InvalidTextError:
        return source, ()
    text = source.decode("utf-8")
    bom = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    fixes: list[Fix] = []
    for _ in range(_MOST_ROUNDS):
        changed, found = fix_round(text)
        if not found:
            break
        text = changed
        fixes += found
    return (bom + text).encode("utf-8"), tuple(fixes)


def fix_round(text: str) -> tuple[str, list[Fix]]:
    """*text* with every fix that leaves it readable."""
    top = _parse(text)
    if top is None:
        return text, []
    place = _Places(text)
    fixes: list[Fix] = []
    changed = text
    # From the end, so that the places before stay as they are.
    for edit in sorted(_edits(top, text, place), key=lambda edit: edit.start, reverse=True):
        proposed = changed[: edit.start] + edit.after + changed[edit.end :]
        if proposed == changed or _parse(proposed) is None:
            continue
        changed = proposed
        before = text[edit.start : edit.end]
        fixes.append(Fix(place.line(edit.start), before, edit.after))
    return changed, fixes[::-1]


def _parse(text: str) -> Node | None:
    problems: list[Problem] = []
    node = parse_yaml(text, "", problems)
    return None if any(problem.severity == "error" for problem in problems) else node


class _Places:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]

    def span(self, node: ScalarNode) -> tuple[int, int]:
        """The characters that *node* is written with, its quotation marks among them."""
        (line, column) = node.end
        start = self._starts[node.mark.line - 1] + node.mark.column - 1
        return start, self._starts[line - 1] + column - 1

    def line(self, position: int) -> int:
        """The line of a character, from 1."""
        return next(n for n in range(len(self._starts), 0, -1) if self._starts[n - 1] <= position)


def _edits(top: Node, text: str, place: _Places) -> Iterator[_Edit]:
    if not isinstance(top, MappingNode):
        return
    yield from _renamed(top, KEY_SYNONYMS, SCRIPT_TABLE.key_names(), place)
    pairs = {key.text: value for key, value in top.pairs}
    given = pairs.get("speakers")
    speakers = [key.text for key, _ in given.pairs] if isinstance(given, MappingNode) else []
    walk = _Walk(text, place, frozenset((*_SPOKEN_KEYS, *speakers)))
    yield from walk.steps(pairs.get("steps"))
    chapters = pairs.get("chapters")
    for chapter in chapters.items if isinstance(chapters, SequenceNode) else ():
        if isinstance(chapter, MappingNode):
            yield from _renamed(chapter, KEY_SYNONYMS, CHAPTER_TABLE.key_names(), place)
            yield from walk.steps({key.text: value for key, value in chapter.pairs}.get("steps"))


def _renamed(
    node: MappingNode, synonyms: dict[str, str], known: list[str], place: _Places
) -> Iterator[_Edit]:
    """The keys of *node* that aren't *known*, where one that is stands for each and isn't there."""
    present = {key.text for key, _ in node.pairs}
    for key, _ in node.pairs:
        meant = synonyms.get(key.text.lower(), "")
        if key.text not in known and meant in known and meant not in present:
            present.add(meant)
            yield _Edit(*place.span(key), meant)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through the steps of a script."""

    text: str
    place: _Places
    spoken: frozenset[str]
    """Keys whose texts are spoken."""

    def steps(self, node: Node | None) -> Iterator[_Edit]:
        """The edits of a list of steps."""
        for item in node.items if isinstance(node, SequenceNode) else ():
            flow = isinstance(node, SequenceNode) and node.flow
            if isinstance(item, ScalarNode):
                yield from self._text(item, None if flow else self.place.span(item), flow)
            elif isinstance(item, MappingNode):
                yield from self._step(item)

    def _step(self, step: MappingNode) -> Iterator[_Edit]:
        known = {*VERBS, *self.spoken}
        verbs = [key for key, _ in step.pairs if key.text in known]
        if not verbs:
            yield from _renamed(step, VERB_SYNONYMS, list(VERBS), self.place)
        for key, value in step.pairs:
            if key.text in self.spoken:
                whole = None
                if isinstance(value, ScalarNode) and len(step.pairs) == 1 and not step.flow:
                    whole = (self.place.span(key)[0], self.place.span(value)[1])
                yield from self._texts(value, whole, step.flow)
            elif key.text == "steps":
                yield from self.steps(value)
            elif isinstance(value, SequenceNode):  # cues, stations
                for item in value.items:
                    if isinstance(item, MappingNode):
                        for inner, said in item.pairs:
                            if inner.text in self.spoken:
                                yield from self._texts(said, None, item.flow)

    def _texts(self, value: Node, whole: tuple[int, int] | None, flow: bool) -> Iterator[_Edit]:
        if isinstance(value, ScalarNode):
            yield from self._text(value, whole, flow)
        elif isinstance(value, SequenceNode):
            for item in value.items:
                if isinstance(item, ScalarNode):
                    yield from self._text(item, None, flow or value.flow)

    def _text(self, node: ScalarNode, whole: tuple[int, int] | None, flow: bool) -> Iterator[_Edit]:
        """The edits of one spoken text; *whole* is what a step takes the place of."""
        words = " ".join(node.text.split())
        found = [advice for advice in advice_on(words) if advice.instead is not None]
        if not found:
            return
        if len(found) == 1 and whole and _is_all(words, found[0]) and found[0].seconds:
            yield _Edit(*whole, f"pause: {found[0].seconds}")
            return
        start, end = self.place.span(node)
        raw = self.text[start:end]
        fixed = _replaced(raw, words, found)
        if fixed is None:
            return
        plain = not node.quoted
        if plain and (flow or fixed.lstrip().startswith("[")):
            if '"' in fixed or "\\" in fixed:
                return
            fixed = f'"{fixed}"'
        if any(character.isalnum() for character in fixed):
            yield _Edit(start, end, fixed)


def _is_all(words: str, advice: Advice) -> bool:
    return not any(c.isalnum() for c in words[: advice.start] + words[advice.end :])


def _replaced(raw: str, words: str, found: list[Advice]) -> str | None:
    """*raw*, which is how *words* are written, with what is *found* replaced.

    ``None`` where a direction can't be told from the same words elsewhere.
    """
    for advice in reversed(found):
        direction = words[advice.start : advice.end]
        places = list(re.finditer(_written(direction), raw))
        before = words[: advice.start].count(direction)
        if len(places) != words.count(direction) or not places:
            return None
        match = places[before]
        after = advice.instead or ""
        left, right = raw[: match.start()], raw[match.end() :]
        if not after:  # what is taken out leaves one space, or none at an edge
            right = right.lstrip(" ") if not left.strip(" \"'") or left.endswith(" ") else right
            if not right.strip(" \"'\r\n"):
                left = left.rstrip(" ")
        elif direction[-1:] == " ":
            after += " "
        raw = left + after + right
    return raw


def _written(direction: str) -> str:
    """A pattern for the ways in which a YAML text can have *direction*."""
    parts = []
    for character in direction.strip():
        if character == " ":
            parts.append(r"\s+")
        elif character == '"':
            parts.append(r'\\?"')
        elif character == "'":
            parts.append("''?")
        else:
            parts.append(re.escape(character))
    return "".join(parts)
