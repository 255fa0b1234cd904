"""Finds what breaks the rules on words, names and safety points."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from psoas_audio.errors import Mark
from psoas_audio.library import (
    OWN_SOUND_KINDS,
    did_you_mean,
    find_sound,
    nearest,
    sound_names,
    why_unusable,
)
from psoas_audio.locale.languages import find_language
from psoas_audio.script.direction_advice import advice_on
from psoas_audio.script.fields.reading import shorten
from psoas_audio.script.model import Ramp
from psoas_audio.script.rules import claims
from psoas_audio.script.rules.context import RuleContext, RuleFinding
from psoas_audio.script.rules.readability import grade, words
from psoas_audio.script.safety_words import SAFETY_PARTS, missing_safety_points
from psoas_audio.script.texts import fill_sentence, placeholders, without_marks

MAX_RATE = 160
"""Words per minute; audiobooks are read at 150 to 160."""
MAX_GRADE = 8
"""Flesch–Kincaid grade of a spoken paragraph."""
MIN_GRADED_WORDS = 12
"""Words of the shortest paragraph that is graded; the grade of a shorter one means little."""
MAX_BED_LEVEL = -20.0
"""dB relative to the voice: WCAG 2.2, success criterion 1.4.7."""

_SIDE_TITLE = re.compile(
    r"\b(left|right)\b(?=\s*(?:$|[:,–-]|(?:side|hip|leg|knee|foot|thigh|arm|hand|shoulder)\b))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def unknown_sounds(context: RuleContext) -> Iterator[RuleFinding]:
    """Sounds that are neither shipped nor in the script's folder."""
    for name, mark in context.sounds:
        if find_sound(name, context.folder) is None:
            why = why_unusable(context.folder, name, OWN_SOUND_KINDS)
            hint = did_you_mean(name, list(sound_names())) or (
                f"The shipped ones are {', '.join(sound_names())}; "
                "a file of your own goes into the script's folder."
            )
            yield mark, {"name": name[:60], "why": why and f": {why}", "hint": hint}


def unknown_speakers(context: RuleContext) -> Iterator[RuleFinding]:
    """Lines of speakers that the script doesn't have."""
    names = list(context.script.speakers)
    seen: set[tuple[str, Mark]] = set()
    for visit in context.visits:
        voice = visit.step.chosen_voice
        name = voice.speaker if voice is not None else None
        if name and name not in names and (name, visit.step.mark) not in seen:
            seen.add((name, visit.step.mark))
            hint = did_you_mean(name, names) or (
                f"The script's speakers are {', '.join(names)}."
                if names
                else "Add it to 'speakers:' at the top of the script, with its voice."
            )
            yield visit.step.mark, {"name": name[:60], "hint": hint}


def unknown_values(context: RuleContext) -> Iterator[RuleFinding]:
    """``{values}`` in texts that are set nowhere."""
    script = context.script
    for text in context.displayed:
        if fill_sentence(text.words, script.values) in (script.title, script.summary):
            yield from _unfilled(text.words, text.mark, script.values)
    for chapter in script.chapters:
        known = [*script.values, *chapter.own_values]
        for title in chapter.title.each:
            yield from _unfilled(title.words, title.mark, known)
    for words_given in script.values.values():
        for name in placeholders(words_given):
            hint = "Values can't contain other values: write the words themselves."
            yield script.mark, {"name": name[:60], "hint": hint}
    for visit in context.visits:
        values = {**visit.values, **visit.step.own_values}
        for text in visit.step.spoken_texts:
            yield from _unfilled(text.words, text.mark, values)
        for label in visit.step.label_texts:
            yield from _unfilled(label, visit.step.mark, visit.values)
        for given in visit.step.given_values.values():
            yield from _unfilled(given, visit.step.mark, visit.values)


_SET_BY = {
    "side": "sides", "other_side": "sides", "round": "repeat", "rounds": "repeat", "set": "sets",
    "sets": "sets", "rep": "reps", "reps": "reps",
}  # fmt: skip


def _unfilled(text: str, mark: Mark, known: Collection[str]) -> Iterator[RuleFinding]:
    for name in placeholders(text):
        if name not in known:
            near = nearest(name, [*known, *_SET_BY])
            hint = f"Did you mean '{near}'?" if near and near != name else "Add it to 'values:'."
            if near in _SET_BY and near not in known:
                hint = f"{{{near}}} is only set inside '{_SET_BY[near]}:'."
            yield mark, {"name": name[:60], "hint": hint}


def directions(context: RuleContext) -> Iterator[RuleFinding]:
    """Stage directions in spoken texts: they would be spoken, too."""
    for text in context.spoken:
        for found in advice_on(text.words):
            shown = text.words[found.start : found.end].strip()
            yield text.mark, {"what": shorten(shown, 50), "hint": found.hint}


def missing_points(context: RuleContext) -> Iterator[RuleFinding]:
    """Safety points that a script of its kind must cover and doesn't."""
    if context.safety_off:
        return
    for point in sorted(missing_safety_points(context.script)):
        part = next(part for part, points in SAFETY_PARTS.items() if point in points)
        yield context.script.mark, {"kind": context.script.kind, "point": point, "part": part}


def way_out_late(context: RuleContext) -> Iterator[RuleFinding]:
    """In self-massage, the first hold if it comes before the way out."""
    if context.script.kind != "self-massage" or "way-out" in missing_safety_points(context.script):
        return
    for visit in context.visits:
        if "way-out" in visit.step.safety_points:
            return
        if any(visit.step.stays(context.script.breath)):
            yield visit.step.mark, {}
            return


def claims_made(context: RuleContext) -> Iterator[RuleFinding]:
    """Promises to cure, treat or heal, in what is spoken and in titles."""
    if context.english:
        for text in (*context.filled, *context.displayed):
            for word in claims.find_claims(without_marks(text.words)):
                yield text.mark, {"word": word}


def throat_pressed(context: RuleContext) -> Iterator[RuleFinding]:
    """Pressure on the front or sides of the throat."""
    if context.english:
        for text in context.filled:
            for place in claims.find_throat_pressure(text.words):
                yield text.mark, {"place": place}


def hard_to_read(context: RuleContext) -> Iterator[RuleFinding]:
    """Spoken paragraphs that are too hard to read, at their hardest sentence."""
    if not context.english:
        return
    for lines in _paragraphs(context):
        paragraph = " ".join(line if line[-1] in ".!?…" else f"{line}." for line in lines.values())
        if len(words(paragraph)) >= MIN_GRADED_WORDS and (found := grade(paragraph)) > MAX_GRADE:
            worst = max(_SENTENCE.findall(paragraph), key=grade).strip()
            mark = next((m for m, line in lines.items() if worst[:40] in line + "."), None)
            yield (
                mark or next(iter(lines)),
                {"grade": f"{found:.1f}", "sentence": worst[:80]},
            )


def _paragraphs(context: RuleContext) -> Iterator[dict[Mark, str]]:
    """Place to line, of lines that are said in one go, with nothing but pauses between them."""
    paragraph: dict[Mark, str] = {}
    chapter = None
    for visit in context.visits:
        step = visit.step
        lines = {text.mark: without_marks(text.words) for text in step.spoken_texts}
        if visit.chapter is not chapter or step.paragraph == "ends":
            if paragraph:
                yield paragraph
            paragraph, chapter = {}, visit.chapter
        if step.paragraph == "joins":
            paragraph |= lines
        else:
            yield from ({mark: line} for mark, line in lines.items())
    if paragraph:
        yield paragraph


def fast_speech(context: RuleContext) -> Iterator[RuleFinding]:
    """Rates of speech that are too fast to follow."""
    for rate, mark in context.rates:
        if rate > MAX_RATE:
            yield mark, {"rate": rate}


def one_side(context: RuleContext) -> Iterator[RuleFinding]:
    """A chapter for one side without one for the other."""
    found: dict[str, Mark] = {}
    for chapter in context.authored_chapters:
        if not chapter.sides and (match := _SIDE_TITLE.search(chapter.title.words)):
            found.setdefault(match[1].lower(), chapter.title.mark)
    if len(found) == 1:
        side, mark = next(iter(found.items()))
        yield mark, {"side": side, "other": "right" if side == "left" else "left"}


def no_end_bell(context: RuleContext) -> Iterator[RuleFinding]:
    """A session other than a talk whose practice ends without a bell."""
    own = set(map(id, context.authored_chapters))
    steps = [visit.step for visit in context.visits if id(visit.chapter) in own]
    for step in reversed(steps):
        if step.ends_with_bell:
            return
        if step.is_practice:
            if context.script.kind != "talk":
                yield step.mark, {}
            return


def loud_bed(context: RuleContext) -> Iterator[RuleFinding]:
    """A bed too near the level of the voice where the voice is softest."""
    bed, level = context.script.bed, context.script.voice.level or 0.0
    softest = min(level.first, level.last) if isinstance(level, Ramp) else level
    if bed is None:
        return
    found = [(bed.level, bed.mark)]
    for chapter in context.script.chapters:
        if chapter.bed is not None and chapter.bed.level is not None:
            found.append((chapter.bed.level, chapter.bed.mark))
    for loud, mark in found:
        if loud - softest > MAX_BED_LEVEL:
            yield mark, {"level": f"{softest - loud:g}"}


def hard_words(context: RuleContext) -> Iterator[RuleFinding]:
    """Words that engines say wrongly and that no lexicon respells."""
    language = find_language(context.script.language)
    own = {word.lower() for word in context.script.lexicon}
    aliases = {
        word: alias
        for word, alias in (language.hard_words if language else {}).items()
        if word.lower() not in own
    }
    if not aliases:
        return
    any_of = re.compile(rf"\b(?:{'|'.join(map(re.escape, aliases))})\b", re.IGNORECASE)
    for text in context.filled:
        found = {word.lower() for word in any_of.findall(text.words)}
        for word, alias in aliases.items():
            if word.lower() in found:
                yield text.mark, {"word": word, "alias": alias}
