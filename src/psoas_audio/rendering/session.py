"""Renders one session, from its draft to published files."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

from psoas_audio.atomic_files import Publication, remove_stale_parts
from psoas_audio.audio import Reader
from psoas_audio.cache.best_effort import BestEffortCache
from psoas_audio.deliver.details import Details
from psoas_audio.deliver.tags.id3 import id3
from psoas_audio.drafting.auto_voices import computer_voice_warnings
from psoas_audio.drafting.cover_file import read_cover
from psoas_audio.drafting.draft import Draft
from psoas_audio.drafting.file_names import output_path, session_name
from psoas_audio.drafting.planned_session import PlannedSession
from psoas_audio.encode.ffmpeg import require_ffmpeg
from psoas_audio.encode.mp3_blocks import MAX_LOWERED_DB, OVERSHOOT_MARGIN_DB, write_mp3
from psoas_audio.errors import OvershootError, QcError
from psoas_audio.memory import release_free_memory
from psoas_audio.mix import Mixer
from psoas_audio.provenance.record import provenance_record
from psoas_audio.provenance.voice_change import voice_change
from psoas_audio.qc import examine
from psoas_audio.qc.limits import TRUE_PEAK_MAX
from psoas_audio.qc.report import Fault
from psoas_audio.qc.report import QcReport as Findings
from psoas_audio.rendering.cached_pictures import cached_pictures
from psoas_audio.rendering.media import SessionMedia, check_own_sounds
from psoas_audio.rendering.mp3_session import limited_mix, session_blocks, session_encoder
from psoas_audio.rendering.outputs import WORD_CAPTIONS, in_write_order
from psoas_audio.rendering.producer_paths import producer_paths
from psoas_audio.rendering.progress import OnProgress, Progress, ignore_progress
from psoas_audio.rendering.rendered_parts import RenderedParts
from psoas_audio.rendering.result import Loudness, Rendered
from psoas_audio.rendering.session_formats import SESSION_FORMATS
from psoas_audio.rendering.speaking import SpokenSession, speak
from psoas_audio.rendering.track_levels import (
    bed_warnings,
    load_beds,
    loudness_at,
    track_levels,
)
from psoas_audio.temporary import remove_abandoned_folders
from psoas_audio.timeline import Timeline
from psoas_audio.timeline.serialization import to_compact_json
from psoas_audio.units import clock, db_to_gain, gain_to_db

_MAX_TRUSTED_LIMITING_DB = 6.0
"""How far the peaks of a take may exceed full scale before the loudness of the voice is measured
again, because limiting them may make it too soft. Peaks of speech are at 0 to 2 dBFS."""
_REPORT_HINT = "This should not happen: please report it with the script."
_REMEDIES = {"voice-level": ": its peaks are too high; even out the recording, or lower the target"}
"""Name of a fault that a mix can have, to what can be done about it."""


class _Mastered(NamedTuple):
    """What is needed to encode and describe a session."""

    mixer: Mixer
    details: Details
    cover: bytes
    """A JPEG."""
    head: bytes
    """An ID3v2 tag."""
    voice_lufs: float
    """Integrated loudness of the voice."""
    takes: int
    """How many takes it has, newly made or cached."""
    highest_peak: float
    """The highest peak of all takes at their gains, in dBFS; peaks above 0 are limited."""
    warnings: list[str]
    """About the words, chapters, sounds and voices of the session."""


class Session:
    """Renders a draft: speaks it, mixes, encodes and checks it, and publishes the files."""

    def __init__(self, draft: Draft, on_progress: OnProgress = ignore_progress) -> None:
        self.draft = draft
        self.on_progress = on_progress

    @cached_property
    def best_effort_cache(self) -> BestEffortCache:
        """The draft's cache for what is quick to make again: if it fails, the render goes on."""
        return BestEffortCache(self.draft.cache)

    def output_paths(self) -> tuple[Path, ...]:
        """Every file that a render writes, the session itself first."""
        draft, settings = self.draft, self.draft.settings
        output = output_path(
            settings.output, session_name(draft.script, draft.choices), settings.format
        )
        producer = producer_paths(output) if settings.producer else ()
        outputs = (row.path_beside(output) for row in in_write_order(settings.outputs))
        return (output, *producer, *outputs)

    def speak(self) -> SpokenSession:
        """Make every take that isn't cached; raises what :func:`speak` does."""
        return speak(self.draft, self.on_progress)

    def render(self) -> Rendered:
        """Render the session and publish its files, all at once at the very end.

        Raises a :class:`PsoasError` that says what went wrong; no existing file has changed then.
        """
        draft, settings = self.draft, self.draft.settings
        output, *_ = self.output_paths()
        if SESSION_FORMATS[settings.format].needs_ffmpeg:
            require_ffmpeg(settings.format)
        with Publication(settings.overwrite) as publication:
            for path in self.output_paths():
                publication.reserve(path)
            self._remove_leftovers()
            mastered = self._master()
            release_free_memory()
            timeline, details = mastered.mixer.timeline, mastered.details
            changed_voice = voice_change(output, dict(draft.automatic_voices(timeline)))
            findings, mix_warnings = self._write(mastered, publication, output)
            untimed = ""
            if WORD_CAPTIONS in settings.outputs:
                from psoas_audio.rendering.heard_words import with_heard_words

                timeline, untimed = with_heard_words(timeline, draft.takes.read, settings.workers)
            parts = RenderedParts(
                timeline, details, output, publication.parts, mastered.cover, draft
            )
            if settings.producer:
                from psoas_audio.rendering.producer import write_producer

                write_producer(
                    publication,
                    output,
                    mastered.mixer,
                    details,
                    findings,
                    parts.sound,
                    self.on_progress,
                )
            for row in in_write_order(settings.outputs):
                publication.write(row.path_beside(output), row.make(parts))
            self.on_progress(Progress("publish", 0, 1))
            files = publication.publish()
        return Rendered(
            output=output,
            files=files,
            timeline=timeline,
            takes_made=draft.takes.made,
            takes_reused=max(0, mastered.takes - draft.takes.made),
            voices=tuple(map(str, draft.speakers(timeline))),
            loudness=Loudness(mastered.voice_lufs, findings.figures["true_peak_dbtp"]),
            warnings=tuple(
                filter(
                    None,
                    (
                        changed_voice,
                        *mastered.warnings,
                        *mix_warnings,
                        untimed,
                        *draft.takes.warnings,
                        draft.cache.warning,
                    ),
                )
            ),
        )

    def mixer(self, spoken: SpokenSession, media: SessionMedia | None = None) -> Mixer:
        """The mixer of a spoken session, with every track at its level; *media* is its own."""
        return self._mixer(spoken.planned.timeline, spoken.gains, media or self.media())

    def media(self) -> SessionMedia:
        """Its takes and sounds, none of them read yet."""
        return SessionMedia(self.draft.script, self.draft.takes, self.best_effort_cache)

    def _master(self) -> _Mastered:
        """Speak all lines, and draw the pictures meanwhile; per-line data is freed on return."""
        draft, media = self.draft, self.media()
        own = read_cover(draft.script)

        def prepare(timeline: Timeline) -> None:
            cached_pictures(self.best_effort_cache, timeline, draft.details(timeline), own)
            load_beds(timeline, media)

        with ThreadPoolExecutor(1, thread_name_prefix="prepare") as background:

            def before_speaking(planned: PlannedSession) -> None:
                check_own_sounds(draft.script, planned, media)
                background.submit(prepare, planned.timeline)

            spoken = speak(draft, self.on_progress, before_speaking)
        check_own_sounds(draft.script, spoken.planned, media)
        release_free_memory()
        timeline, gains = spoken.planned.timeline, spoken.gains
        details = draft.details(timeline)
        pictures, mixer = (
            cached_pictures(self.best_effort_cache, timeline, details, own),
            self._mixer(timeline, gains, media),
        )
        carried = ""
        if draft.settings.format == "mp3":  # ffmpeg reads no title of a WAV with a private frame
            carried = to_compact_json(timeline, made=provenance_record(details, {}))
        head = id3(
            timeline,
            details,
            cover=pictures.cover if draft.settings.pictures else None,
            pictures=pictures.chapters if draft.settings.pictures else {},
            lyrics=True,
            timeline_json=carried,
        )
        voice = loudness_at(gains, spoken.facts)
        warnings = [
            *(problem.sentence for problem in spoken.planned.warnings),
            *bed_warnings(timeline, media, draft.target_lufs),
            *computer_voice_warnings(draft.automatic_voices(timeline)),
            *filter(None, (speaker.sale_warning for speaker in draft.speakers(timeline))),
        ]
        peaks = (facts.peak * db_to_gain(gains[take]) for take, facts in spoken.facts.items())
        peak = gain_to_db(max(peaks, default=0.0))
        return _Mastered(mixer, details, pictures.cover, head, voice, spoken.takes, peak, warnings)

    def _mixer(self, timeline: Timeline, voice: dict[str, float], media: SessionMedia) -> Mixer:
        return Mixer(timeline, media, track_levels(timeline, media, voice, self.draft.target_lufs))

    def _remove_leftovers(self) -> None:
        """Remove temporary files that killed renders left."""
        for folder in {path.parent for path in self.output_paths()}:
            remove_stale_parts(folder)
        remove_abandoned_folders()
        self.draft.cache.sweep_hourly()

    def _write(
        self, mastered: _Mastered, publication: Publication, output: Path
    ) -> tuple[Findings, list[str]]:
        """Write and check the session file; returns the findings and the warnings about the mix.

        If the peaks of the encoded file are too high, the session is encoded again from a mix
        whose peaks are lower by as much. (For MP3 this is done block by block.)
        """
        lowered = 0.0
        while True:
            mixer = mastered.mixer
            read = limited_mix(mixer, lowered)
            with publication.open(output) as file:
                peak = self._encode(mastered, read, file)
            try:
                return self._check(publication.part(output), mastered, read, peak)
            except OvershootError as error:
                lowered += error.over_db + OVERSHOOT_MARGIN_DB
                if lowered > MAX_LOWERED_DB:
                    raise

    def _encode(self, mastered: _Mastered, read: Reader, file: BinaryIO) -> float:
        """Write the session file; returns its true peak (linear), NaN if it wasn't inspected."""
        mixer, settings = mastered.mixer, self.draft.settings
        timeline = mixer.timeline

        def on_samples(done: int) -> None:
            self.on_progress(Progress("encode", done, timeline.length))

        if settings.format != "mp3":
            from psoas_audio.rendering.other_formats import write_session_file

            write_session_file(
                settings.format,
                read,
                timeline,
                mastered.details,
                file,
                on_samples,
                head=mastered.head,
                cover=mastered.cover,
                kbps=self.draft.kbps,
            )
            return math.nan
        encoder = session_encoder(
            mixer, read, self.best_effort_cache, self.draft.kbps, settings.workers
        )
        encoded = write_mp3(
            encoder, session_blocks(timeline), file, head=mastered.head, progress=on_samples
        )
        return encoded.peak

    def _check(
        self, part: Path, mastered: _Mastered, read: Reader, peak: float
    ) -> tuple[Findings, list[str]]:
        """Check the finished file; returns the findings, and warnings for faults of the mix itself.

        Raises :class:`QcError` for faults that the mix (*read*) doesn't have: encoding made them.
        Blocks that were inspected one by one aren't decoded again: it is enough that the file
        consists of exactly these blocks.
        """
        draft, settings, timeline = self.draft, self.draft.settings, mastered.mixer.timeline
        self.on_progress(Progress("check", 0, timeline.length))
        decode = math.isnan(peak) or settings.producer or settings.deep_check
        if decode or mastered.highest_peak > _MAX_TRUSTED_LIMITING_DB:
            from psoas_audio.rendering.other_formats import check_session_file

            report = check_session_file(settings.format, part, timeline, draft.target_lufs)
        else:
            report = examine(part, timeline, sound=False)
            report.figures["true_peak_dbtp"] = max(-120.0, gain_to_db(peak))
        if not report.faults:
            return report, []
        from psoas_audio.qc.mix_faults import mix_fault_names

        in_mix = mix_fault_names(read, timeline, draft.target_lufs)
        new = [fault for fault in report.faults if fault.name not in in_mix]
        if new:
            what = "the finished file is faulty and was not published: "
            what += "; ".join(fault.message for fault in new[:5])
            if math.isnan(peak) and any(fault.name == "true-peak" for fault in new):
                over = report.figures["true_peak_dbtp"] - TRUE_PEAK_MAX
                raise OvershootError(what, over, hint=_REPORT_HINT)
            raise QcError(what, where=draft.script.path, hint=_REPORT_HINT)
        return report, [_as_warning(fault) for fault in report.faults]


def _as_warning(fault: Fault) -> str:
    place = "" if fault.at_samples is None else f"at {clock(fault.at_samples)}: "
    return f"{place}{fault.message.rstrip('.')}{_REMEDIES.get(fault.name, '')}"
