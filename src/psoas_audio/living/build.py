"""Builds a living session: every row of a script, as one document and one pool of frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.face import face_figures, session_face
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.encode.mp3_formats import mp3_format
from psoas_audio.living.bed import BED_FORMATS, LivingBed, beds_as_json, joined_beds, living_bed
from psoas_audio.living.document import LivingDocument, RowChoices, form_as_json
from psoas_audio.living.lengths import offered_lengths
from psoas_audio.living.limits import rules_of
from psoas_audio.living.pool import FramePool
from psoas_audio.living.rows import living_rows
from psoas_audio.planning import Choices
from psoas_audio.rendering.media import SessionMedia
from psoas_audio.rendering.progress import OnProgress, ignore_progress
from psoas_audio.rendering.session import Session
from psoas_audio.script.model import Guidance, Script
from psoas_audio.timeline import Timeline
from psoas_audio.units import SAMPLE_RATE, samples_to_seconds

_MINUTE = 60 * SAMPLE_RATE

GUIDANCES: tuple[Guidance, ...] = ("full", "reminder", "bells")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a listener can choose."""

    lengths: str = ""
    """As :func:`~psoas_audio.living.lengths.offered_lengths` reads it; empty for every minute,
    and the script's own length."""
    guidances: tuple[Guidance, ...] = GUIDANCES
    beds: tuple[str, ...] | None = None
    """Names of beds; ``None`` for the script's own, if it has one."""


@dataclass(frozen=True, slots=True)
class LivingSession:
    """A living session, ready to be written."""

    name: str
    details: Details
    timeline: Timeline
    """Of the default row."""
    others: tuple[Timeline, ...]
    """Of rows that show figures which those before don't."""
    document: Mapping[str, Any]
    pool: bytes
    beds: bytes
    """The pool of the beds' frames."""
    warnings: tuple[str, ...] = ()
    """About its script, voices and takes, each once."""


def offer_of(lengths: str, guidances: Sequence[str], beds: Sequence[str]) -> Offer:
    """What *lengths*, *guidances* and *beds*, as a person gives them, offer; empty is the usual."""
    known: dict[str, Guidance] = {name: name for name in GUIDANCES}
    chosen = tuple(known[name] for name in GUIDANCES if name in guidances)
    return Offer(lengths, chosen or GUIDANCES, tuple(beds) if beds else None)


def build_living(
    script: Script,
    choices: Choices,
    offer: Offer,
    settings: Settings,
    on_progress: OnProgress = ignore_progress,
) -> LivingSession:
    """The living session of *script*, in which *choices* are fixed, apart from what *offer* leaves
    to the listener.

    Raises what a render does.
    """
    base = Draft(script, choices, settings)
    planned = Session(base, on_progress).speak().planned
    beds = _beds(base, offer)
    fixed = replace(choices, bed="apart" if beds else "none")
    lengths = _lengths(base.script, offer, planned)
    sides = _sides(planned.timeline)
    own = planned.timeline.length
    usual = min(lengths, key=lambda length: abs((length or own) - own))
    combinations = _combinations(lengths, offer.guidances, sides, usual)
    wanted = [
        replace(
            fixed,
            length=length or choices.length,
            guidance=guidance,
            start_side=side or choices.start_side,
        )
        for length, guidance, side in combinations
    ]
    form = mp3_format(script.channels, base.kbps)
    pool, document = FramePool(form), LivingDocument(form)
    first: tuple[Timeline, Details] | None = None
    figures: set[str] = set()
    scripts: dict[str, Script] = {}  # with their choices applied, by the side that is first
    others: list[Timeline] = []
    warnings = dict.fromkeys(problem.sentence for problem in planned.warnings)
    for row, (length, guidance, side) in zip(
        living_rows(script, wanted, settings, on_progress), combinations, strict=True
    ):
        first = first or (row.timeline, row.details)
        warnings |= dict.fromkeys(row.warnings)
        face = session_face(row.timeline, row.details)
        if not face_figures(row.timeline).keys() <= figures:
            figures |= face_figures(row.timeline).keys()
            others.append(row.timeline)
        if side not in scripts:
            scripts[side] = Draft(script, row.choices, settings).script
        rules, repeats = rules_of(scripts[side], row.timeline)
        shown = RowChoices(round(samples_to_seconds(length or row.samples)), guidance, side)
        document.add_row(shown, pool.add(row.frames), row.samples, face, rules, repeats)
    assert first is not None
    timeline, details = first
    made, numbers = _make_beds(script, choices, beds, settings, document)
    bed_form = BED_FORMATS[script.channels]
    head = {
        "script": script.name,
        "title": details.title,
        "language": details.language,
        "digest": details.digest,
        "voice": details.artist,
        "program": f"psoas-audio {details.version}",
        "default": 0,
        "offer": {
            "lengths": sorted({row["length"] for row in document.rows}),
            "guidance": list(offer.guidances),
            "side": list(sides),
            "bed": [bed.name for bed in made],
        },
        "bedForm": form_as_json(bed_form),
        "beds": beds_as_json(made, numbers, bed_form.size),
    }
    plain = document.as_json(len(pool), **head)
    data, bed_data = pool.data(), joined_beds(made)
    return LivingSession(
        script.name, details, timeline, tuple(others), plain, data, bed_data, tuple(warnings)
    )


def _lengths(script: Script, offer: Offer, planned: PlannedSession) -> tuple[int, ...]:
    """The lengths in samples that can be chosen; 0 stands for the script's own."""
    fitted, header = planned.fitted, script.length
    is_fixed = header is not None and header.exact
    has_minute = fitted.longest // _MINUTE > (fitted.shortest - 1) // _MINUTE
    if not offer.lengths and (is_fixed or not has_minute):
        return (0,)
    offered, own = (
        offered_lengths(offer.lengths, fitted.shortest, fitted.longest),
        planned.timeline.length,
    )
    if offer.lengths or own in offered:
        return offered
    seconds = round(samples_to_seconds(own))
    return (0, *(each for each in offered if round(samples_to_seconds(each)) != seconds))


def _beds(draft: Draft, offer: Offer) -> tuple[str, ...]:
    """The names of the beds that can be chosen."""
    if offer.beds is not None:
        return tuple(dict.fromkeys(name for name in offer.beds if name != "none"))
    return () if draft.script.bed is None else (draft.script.bed.sound,)


def _sides(timeline: Timeline) -> tuple[str, ...]:
    """The sides of the body in the order of the script; one empty word if it has none."""
    found = tuple(dict.fromkeys(m.side for m in timeline.markers if m.side in ("left", "right")))
    return found if len(found) == 2 else ("",)


def _combinations(
    lengths: Sequence[int], guidances: Sequence[Guidance], sides: Sequence[str], usual: int
) -> list[tuple[int, Guidance, str]]:
    """Every row, the usual one first."""
    every = list(product(lengths, guidances, sides))
    first = (usual, guidances[0], sides[0])
    return [first, *(row for row in every if row != first)]


def _make_beds(
    script: Script,
    choices: Choices,
    names: Sequence[str],
    settings: Settings,
    document: LivingDocument,
) -> tuple[list[LivingBed], dict[str, list[int]]]:
    """The beds called *names*, and the numbers of the chapters of the session of each."""
    found: list[LivingBed] = []
    numbers: dict[str, list[int]] = {}
    for name, draft in _with_beds(script, choices, names, settings):
        session = Session(draft)
        timeline = draft.plan().timeline
        media = SessionMedia(draft.script, draft.takes, session.best_effort_cache)
        found.append(living_bed(draft, timeline, media))
        face = session_face(timeline, draft.details(timeline))
        numbers[name] = document.chapter_numbers(face)
    return found, numbers


def _with_beds(
    script: Script, choices: Choices, names: Sequence[str], settings: Settings
) -> Iterator[tuple[str, Draft]]:
    for name in names:
        yield name, Draft(script, replace(choices, bed=name), settings)
