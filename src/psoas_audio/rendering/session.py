"""One session from script to published files."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

from psoas_audio import __version__
from psoas_audio.allocator import give_back
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.figures import main_figure
from psoas_audio.deliver.tags import id3
from psoas_audio.deliver.words import words
from psoas_audio.encode.blocks import encode_mp3, load_encoder
from psoas_audio.errors import LengthError, QcError, ScriptError
from psoas_audio.master.limiter import BEHIND, Limiter, reach
from psoas_audio.mix import Mixer, Samples, cuts, silences
from psoas_audio.planning import Choices, Utterance
from psoas_audio.planning.record import to_plain
from psoas_audio.qc import examine
from psoas_audio.qc.report import Report as Findings
from psoas_audio.rendering import formats
from psoas_audio.rendering.art import kept_art
from psoas_audio.rendering.digest import digest
from psoas_audio.rendering.faces import Made, beside, draw, in_order
from psoas_audio.rendering.kept import Kept
from psoas_audio.rendering.levels import levels, loudness_at, prepare, voice_gains
from psoas_audio.rendering.media import SessionMedia
from psoas_audio.rendering.naming import session_name, target, variant
from psoas_audio.rendering.pricing import Priced, price
from psoas_audio.rendering.progress import Progress, Report, silent
from psoas_audio.rendering.publish import Publication, sweep
from psoas_audio.rendering.result import Loudness, Rendered
from psoas_audio.rendering.settings import Settings
from psoas_audio.rendering.unspoken import Unspoken
from psoas_audio.script.model import Script
from psoas_audio.speech.lines import Line
from psoas_audio.speech.take import TakeFacts
from psoas_audio.timeline import Take, Timeline, overruns
from psoas_audio.units import gain_to_db

_NEAR = 1.15
"""Estimates are this good: a length farther out of reach is refused before a word is spoken."""
_ROUNDS = 8
"""How often a length is fitted anew with what was measured: twice is the rule."""


class Spoken(NamedTuple):
    """A script whose every line has its take."""

    priced: Priced
    facts: dict[str, TakeFacts]
    """Media id to what is known of its take."""


class _Ready(NamedTuple):
    """What is encoded, and what is told of it."""

    mixer: Mixer
    details: Details
    cover: bytes
    """A JPEG."""
    head: bytes
    """An ID3v2 tag."""
    voice: float
    """Loudness in LUFS."""
    takes: int
    """How many there are, made now or kept."""


def _nothing(timeline: Timeline) -> None:
    """Do nothing while lines are spoken."""
    del timeline


class Session(Unspoken):
    """A script on its way to files."""

    def __init__(
        self, script: Script, choices: Choices, settings: Settings, report: Report = silent
    ) -> None:
        super().__init__(script, choices, settings)
        self.report = report

    @cached_property
    def kept(self) -> Kept:
        """The same store, for what is quickly made again."""
        return Kept(self.store)

    @property
    def target(self) -> float:
        """LUFS of the voice as two channels play it (a mono file alone reads 3 LU less)."""
        wish = self.choices.target
        return self.script.target if wish is None else wish

    def foreseen(self) -> Priced | None:
        """As :meth:`priced`; ``None`` where only speaking can tell if the length can be had."""
        try:
            return self.priced()
        except LengthError as fault:
            self._unsure(fault)
            return None

    def targets(self) -> tuple[Path, ...]:
        """Every file a render will write, the session itself first."""
        name, settings = session_name(self.script, self.choices), self.settings
        output = target(settings.output, name, settings.form)
        producer: tuple[Path, ...] = ()
        if settings.producer:
            from psoas_audio.rendering.producer import producer_paths

            producer = producer_paths(output)
        return (output, *producer, *(beside(output, face) for face in in_order(settings.extras)))

    def speak(self, meanwhile: Callable[[Timeline], object] = _nothing) -> Spoken:
        """Every take made; the length fitted with what they measure.

        *meanwhile* is called where something must be spoken, just before, with the timeline as it
        is estimated. Raises :class:`ScriptError` where coaching doesn't fit its hold.
        """
        self.report(Progress("plan", 0, 1))
        facts: dict[str, TakeFacts] = {}

        def known(utterance: Utterance) -> int | None:
            if utterance.take not in facts:
                kept = self.takes.known(self._line(utterance))
                if kept is None:
                    return None
                facts[utterance.take] = kept
            return facts[utterance.take].length

        for _ in range(_ROUNDS):
            try:
                priced = price(self.script, self.choices, known)
            except LengthError as fault:
                facts |= self._make(self._unsure(fault))
                continue
            wanted = {u.take: u for u in priced.fitted.plan.utterances()}
            missing = [self._line(u) for take, u in wanted.items() if take not in facts]
            if not missing:
                break
            meanwhile(priced.timeline)
            facts |= self._make(missing)
        problems = overruns(priced.fitted.plan, priced.lengths)
        if problems:
            raise ScriptError(problems)
        return Spoken(priced, {take: facts[take] for take in wanted})

    def _unsure(self, fault: LengthError) -> list[Line]:
        """What to speak before a length near the ends of what can be had is refused.

        Raises *fault* where nothing is estimated any more, or the length is out of reach anyhow.
        """
        own = price(self.script, replace(self.choices, length=None), self._known)
        shortest, longest = own.fitted.shortest, own.fitted.longest
        wish = self.choices.length or 0
        if not own.estimated or not shortest / _NEAR <= wish <= longest * _NEAR:
            raise fault
        return [self._line(u) for u in own.fitted.plan.utterances()]

    def render(self) -> Rendered:
        """The finished session, published; what stood under its names before is replaced last.

        Raises a :class:`PsoasError` that says what went wrong; nothing is changed then.
        """
        settings = self.settings
        output, *_ = self.targets()
        with Publication(settings.overwrite) as publication:
            for path in self.targets():
                publication.reserve(path)
            self._sweep()
            ready = self._ready()
            give_back()
            timeline, details = ready.mixer.timeline, ready.details
            with publication.open(output) as file:
                peak = self._encode(ready, file)
            findings = self._check(publication.part(output), timeline, peak)
            made = Made(timeline, details, output, publication.parts, ready.cover)
            if settings.producer:
                from psoas_audio.rendering.producer import write_producer

                write_producer(
                    publication,
                    output,
                    ready.mixer,
                    details,
                    findings,
                    made.sound,
                    self.report,
                )
            for face in in_order(settings.extras):
                publication.write(beside(output, face), draw(face, made))
            self.report(Progress("publish", 0, 1))
            files = publication.publish()
        return Rendered(
            output=output,
            files=files,
            timeline=timeline,
            takes_made=self.takes.made,
            takes_reused=max(0, ready.takes - self.takes.made),
            loudness=Loudness(ready.voice, findings.figures["true_peak_dbtp"]),
            warnings=tuple(filter(None, (*self.takes.warnings, self.store.warning))),
        )

    def mixer(self, spoken: Spoken) -> Mixer:
        """The mix of a spoken session, every track at its level."""
        media = SessionMedia(self.script, self.takes, self.kept)
        return self._mixer(spoken.priced.timeline, self._gains(spoken), media)

    def _ready(self) -> _Ready:
        """Everything spoken and drawn; what is known of each line and take is let go of."""
        media = SessionMedia(self.script, self.takes, self.kept)

        def prepared(timeline: Timeline) -> None:
            kept_art(self.kept, timeline, self.details(timeline))
            prepare(timeline, media)
            if self.settings.form == "mp3":
                load_encoder()
                import psoas_audio.qc.block  # noqa: F401 - loads a decoder

        with ThreadPoolExecutor(1, thread_name_prefix="prepare") as beside_us:
            spoken = self.speak(lambda timeline: beside_us.submit(prepared, timeline))
        give_back()
        timeline, gains = spoken.priced.timeline, self._gains(spoken)
        details = self.details(timeline)
        art, mixer = kept_art(self.kept, timeline, details), self._mixer(timeline, gains, media)
        head = id3(timeline, details, cover=art.cover, pictures=art.pictures, lyrics=True)
        voice = loudness_at(gains, spoken.facts)
        return _Ready(mixer, details, art.cover, head, voice, len(spoken.facts))

    def _mixer(self, timeline: Timeline, voice: dict[str, float], media: SessionMedia) -> Mixer:
        return Mixer(timeline, media, levels(timeline, media, voice, self.target))

    def _sweep(self) -> None:
        """Remove what killed renders left."""
        for folder in {path.parent for path in self.targets()}:
            sweep(folder)
        self.store.sweep_hourly()

    def _gains(self, spoken: Spoken) -> dict[str, float]:
        return voice_gains(spoken.priced.fitted.plan, spoken.facts, self.target)

    def _encode(self, ready: _Ready, file: BinaryIO) -> float:
        """Write the session; its true peak (linear), where each of its blocks was inspected."""
        mixer, form = ready.mixer, self.settings.form
        timeline = mixer.timeline
        read = Limiter(mixer.read, timeline.length).read

        def told(done: int) -> None:
            self.report(Progress("encode", done, timeline.length))

        if form != "mp3":
            formats.write(
                form, read, timeline, ready.details, file, told, head=ready.head, cover=ready.cover
            )
            return math.nan

        def inspected(stream: bytes, samples: Samples) -> float:
            from psoas_audio.qc.block import inspect  # loads a decoder

            return inspect(stream, samples)

        encoded = encode_mp3(
            read,
            timeline.length,
            timeline.channels,
            file,
            head=ready.head,
            workers=self.settings.workers,
            cuts=cuts(timeline),
            ends=[start + BEHIND for start, _ in silences(timeline)],
            store=self.kept,
            key=lambda start, stop: mixer.key(*reach(start, stop)),
            inspect=inspected,
            progress=told,
        )
        return encoded.peak

    def _check(self, part: Path, timeline: Timeline, peak: float) -> Findings:
        """What QC measured of the finished file; raises :class:`QcError` for its faults.

        Blocks that were inspected one by one need no second decoding: that the file is a row of
        them, each unchanged, is enough.
        """
        self.report(Progress("check", 0, timeline.length))
        if math.isnan(peak) or self.settings.producer or self.settings.deep_check:
            report = formats.check(self.settings.form, part, timeline, self.target)
        else:
            report = examine(part, timeline, sound=False)
            report.figures["true_peak_dbtp"] = max(-120.0, gain_to_db(peak))
        if report.faults:
            raise QcError(
                "the finished file has faults and was not published: "
                + "; ".join(fault.message for fault in report.faults[:5]),
                where=self.script.path,
                hint="This should not happen: please report it with the script.",
            )
        return report

    def _make(self, lines: list[Line]) -> dict[str, TakeFacts]:
        done = 0

        def told(line: Line, new: bool) -> None:
            nonlocal done
            done += 1
            self.report(Progress("speak", done, len(lines), line.text if new else ""))

        return self.takes.make(lines, told)

    def details(self, timeline: Timeline) -> Details:
        """What the session's faces tell beyond its *timeline*."""
        script = self.script
        return Details(
            title=script.title,
            artist=", ".join(_voices(timeline)),
            album="psoas-audio",
            language=script.language,
            comment=words(script.language)["safety"],
            summary=script.summary,
            kind=script.kind,
            equipment=script.equipment,
            position=script.position,
            level=script.level,
            avoid=script.avoid,
            version=__version__,
            digest=digest(Path(script.path)),
            variant=variant(self.choices),
            made=json.dumps(
                {"of": script.name, "target": self.target, "choices": to_plain(self.choices)},
                ensure_ascii=False,
            ),
            figure=main_figure(timeline),
        )


def _voices(timeline: Timeline) -> list[str]:
    takes = [c.media for c in timeline.track("voice").clips if isinstance(c.media, Take)]
    return sorted({take.voice or take.engine for take in takes})
