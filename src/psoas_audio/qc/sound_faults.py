"""Faults of the decoded sound, against the timeline that it was made from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from psoas_audio.master.gain import DUAL_MONO_LU
from psoas_audio.master.loudness import (
    SUB_BLOCK,
    energy_to_lufs,
    integrated,
    loudness_range,
    momentary_max,
)
from psoas_audio.qc.limits import DC_MAX, TRUE_PEAK_MAX
from psoas_audio.qc.measure import BIN, Measurements
from psoas_audio.qc.report import Fault
from psoas_audio.sound.swell import Swell
from psoas_audio.timeline.foreground import front_intervals
from psoas_audio.timeline.model import BedSound, Breath, Clip, Sound, Take, Timeline
from psoas_audio.units import db_to_gain, gain_to_db, samples_to_seconds, seconds_to_samples

VOICE_TOLERANCE_LU = 1.5
"""Largest distance of the voice from its target: rounding takes 0.25, a bell that rings on under
the words up to 1.2."""

BED_BELOW_VOICE_LU = 20.0
"""LU of the bed below the voice (WCAG 2.2, 1.4.7), unless the script sets a lower distance."""

BED_TOLERANCE_LU = 2.0
"""A bed is not equally loud throughout."""

MAX_VOICE_RANGE_LU = 15.0
"""Between soft and loud words: above it, a listener reaches for the volume. Shipped sessions have 2
to 5. What the script asks for comes on top."""

MAX_ABOVE_VOICE_LU = 6.0
"""LU by which the session may be louder than its voice; above, something drowns out the voice."""

FAINT_LU = 16.0
"""A line whose loudest 100 ms are this far below the voice as a whole can't be understood."""

_DIGITAL_SILENCE = 1e-5
"""-100 dBFS: silence after decoding."""

_MAX_BED_GAP = seconds_to_samples(0.02)
"""Longest digital silence inside a bed, in samples: shorter than any gap that is mixed."""

_MAX_VOICE_GAP = seconds_to_samples(5)
"""Longest digital silence inside a take, in samples."""

_MAX_BREATH_GAP = seconds_to_samples(0.5)
"""Longest digital silence in the middle half of a breath tone, in samples."""

_CLICK_MARGIN = seconds_to_samples(0.03)
"""Samples around a sound over which a codec may spread its attack."""

_BED_EDGE = seconds_to_samples(6)
"""Samples at each end of a bed that its fades and a quiet start of its loop may take."""


def find_faults(heard: Measurements, timeline: Timeline, target: float | None) -> list[Fault]:
    """All faults of the sound except late onsets. *target* is the voice's, in LUFS."""
    if (heard.rate, heard.channels) != (48_000, timeline.channels):
        return [Fault("format", f"decodes to {heard.rate} Hz, {heard.channels} channel(s).")]
    return [
        *_length(heard, timeline),
        *_level(heard),
        *_clicks(heard, timeline),
        *_silences(heard, timeline),
        *_voice(heard, timeline, target),
        *_whole(heard, timeline),
        *_bed(heard, timeline),
    ]


def sound_figures(heard: Measurements, timeline: Timeline) -> dict[str, float]:
    """The figures of the sound by name, without those that are infinite because of silence."""
    voice, bed = measured_voice_lufs(heard, timeline), bed_lufs(heard, timeline)
    figures = {
        "length_samples": heard.length,
        "integrated_lufs": integrated(heard.energies) + _as_heard(timeline),
        "loudness_range_lu": loudness_range(heard.energies),
        "momentary_max_lufs": momentary_max(heard.energies) + _as_heard(timeline),
        "voice_lufs": voice,
        "voice_range_lu": voice_range(heard, timeline),
        "bed_below_voice_lu": voice - bed,
        "true_peak_dbtp": gain_to_db(heard.true_peak),
        "clipped_samples": heard.clipped,
        "dc_dbfs": gain_to_db(heard.dc),
        "longest_silence_s": samples_to_seconds(
            max((length for _, length in _silent_runs(heard.envelope)), default=0)
        ),
    }
    return {name: figure for name, figure in figures.items() if math.isfinite(figure)}


def measured_voice_lufs(heard: Measurements, timeline: Timeline) -> float:
    """Integrated loudness in LUFS of the sound while the voice speaks, as two channels play it."""
    speaking = _mask(timeline.track("voice").clips, heard.energies.size)
    return integrated(np.where(speaking, heard.energies, 0.0)) + _as_heard(timeline)


def _even_voice_lufs(heard: Measurements, timeline: Timeline) -> float:
    """The same, with the lines that are softer on purpose raised to full level."""
    energies = heard.energies.copy()
    for clip in timeline.track("voice").clips:
        energies[clip.start // SUB_BLOCK : -(-clip.end // SUB_BLOCK)] /= db_to_gain(clip.level) ** 2
    return measured_voice_lufs(replace(heard, energies=energies), timeline)


def voice_range(heard: Measurements, timeline: Timeline) -> float:
    """Loudness range in LU of the sound while the voice speaks."""
    clips = timeline.track("voice").clips
    return loudness_range(heard.energies[_mask(clips, heard.energies.size)])


def bed_lufs(heard: Measurements, timeline: Timeline) -> float:
    """Loudness in LUFS of the bed while words are spoken, as two channels play it.

    It is measured where nothing else sounds, in the gaps that are too short for the bed to come up.
    """
    others = [clip for name in ("voice", "breath", "bells") for clip in _clips(timeline, name)]
    alone = np.zeros(heard.energies.size, bool)
    beds = timeline.track("bed").clips
    for clip in beds:
        alone[-(-(clip.start + _BED_EDGE) // SUB_BLOCK) : (clip.end - _BED_EDGE) // SUB_BLOCK] = 1
    alone &= ~_mask(others, alone.size) & ~_risen(timeline, alone.size)
    energies = heard.energies.copy()
    for clip in beds:  # a chapter's own level is not a fault
        energies[clip.start // SUB_BLOCK : clip.end // SUB_BLOCK] /= db_to_gain(clip.level) ** 2
    level = float(energies[alone].mean()) if alone.any() else 0.0
    return energy_to_lufs(level) + _as_heard(timeline)


def _risen(timeline: Timeline, count: int) -> NDArray[np.bool_]:
    """In which of *count* sub-blocks the bed has come up."""
    rises = [
        clip.media.rise for clip in timeline.track("bed").clips if isinstance(clip.media, BedSound)
    ]
    if not any(rises) or not count:
        return np.zeros(count, bool)
    swell = Swell(front_intervals(timeline), max(map(abs, rises)))
    risen: NDArray[np.bool_] = swell.at(np.arange(count) * SUB_BLOCK) > 0
    return risen


def _as_heard(timeline: Timeline) -> float:
    """LU to add to a plain reading for what two channels play."""
    return DUAL_MONO_LU if timeline.channels == 1 else 0.0


def _length(heard: Measurements, timeline: Timeline) -> Iterator[Fault]:
    if heard.length != timeline.length:
        difference = heard.length - timeline.length
        yield Fault("length", f"decodes to {difference:+} samples of the planned length.")


def _level(heard: Measurements) -> Iterator[Fault]:
    peak = gain_to_db(heard.true_peak)
    if peak > TRUE_PEAK_MAX:
        yield Fault("true-peak", f"true peak {peak:.1f} dBTP, above {TRUE_PEAK_MAX:.0f}.")
    if heard.first_clipped is not None:
        message = f"{heard.clipped} samples at or above full scale."
        yield Fault("clipping", message, heard.first_clipped)
    if heard.dc > DC_MAX:
        yield Fault("dc", f"a DC offset of {gain_to_db(heard.dc):.0f} dBFS.")


def _clicks(heard: Measurements, timeline: Timeline) -> Iterator[Fault]:
    """Clicks, except in a producer's own bell, which may be one."""
    own = [
        (clip.start - _CLICK_MARGIN, clip.end + _CLICK_MARGIN)
        for clip in timeline.track("bells").clips
        if isinstance(clip.media, Sound) and "." in clip.media.name
    ]
    for place in heard.clicks:
        if any(start <= place <= end for start, end in own):
            continue
        yield Fault("click", "a click: a sudden jump between two samples.", place)


def _silences(heard: Measurements, timeline: Timeline) -> Iterator[Fault]:
    """Lines, tones and bells that can't be heard; digital silence where something should be."""
    voice = measured_voice_lufs(heard, timeline) - _as_heard(timeline)
    for clip in _audible(timeline):
        inside = heard.envelope[-(-clip.start // BIN) : clip.end // BIN]
        loudest = heard.energies[clip.start // SUB_BLOCK : -(-clip.end // SUB_BLOCK)].max(initial=0)
        spoken = isinstance(clip.media, Take)
        faint = spoken and energy_to_lufs(float(loudest)) < voice + min(0.0, clip.level) - FAINT_LU
        if faint or (inside.size and float(inside.max()) <= _DIGITAL_SILENCE):
            yield Fault("missing", f"{_what(clip)} can't be heard.", clip.start)
        elif spoken:
            yield from _holes(heard, clip, 0, _MAX_VOICE_GAP)
        elif isinstance(clip.media, Breath):
            yield from _holes(heard, clip, clip.length // 4, _MAX_BREATH_GAP)
    for clip in timeline.track("bed").clips:
        yield from _holes(heard, clip, _BED_EDGE, _MAX_BED_GAP)


def _holes(heard: Measurements, clip: Clip, edge: int, longest: int) -> Iterator[Fault]:
    first, last = (clip.start + edge) // BIN, (clip.end - edge) // BIN
    for start, length in _silent_runs(heard.envelope[first : max(first, last)]):
        if length > longest:
            message = f"{_what(clip)} drops out for {length / 48:.0f} ms."
            yield Fault("drop-out", message, first * BIN + start)


def _voice(heard: Measurements, timeline: Timeline, target: float | None) -> Iterator[Fault]:
    voice = _even_voice_lufs(heard, timeline)
    if target is not None and math.isfinite(voice) and abs(voice - target) > VOICE_TOLERANCE_LU:
        yield Fault("voice-level", f"the voice is at {voice:.1f} LUFS instead of {target:.0f}.")

    levels = [clip.level for clip in timeline.track("voice").clips]
    allowed = MAX_VOICE_RANGE_LU + (max(levels) - min(levels) if levels else 0.0)
    if (spread := voice_range(heard, timeline)) > allowed:
        yield Fault("voice-range", f"the loudness of the voice varies by {spread:.1f} LU.")


def _whole(heard: Measurements, timeline: Timeline) -> Iterator[Fault]:
    above = integrated(heard.energies) + _as_heard(timeline) - measured_voice_lufs(heard, timeline)
    if math.isfinite(above) and above > MAX_ABOVE_VOICE_LU:
        yield Fault("loudness", f"the session is {above:.1f} LU louder than its voice.")


def _bed(heard: Measurements, timeline: Timeline) -> Iterator[Fault]:
    below = _even_voice_lufs(heard, timeline) - bed_lufs(heard, timeline)
    wanted = min(BED_BELOW_VOICE_LU, -timeline.track("bed").level)
    if math.isfinite(below) and below < wanted - BED_TOLERANCE_LU:
        yield Fault("bed-level", f"the bed is {below:.1f} LU under the voice, not {wanted:.0f}.")


_HELD = ("full", "empty", "top", "bottom")
"""Phases in which nothing moves; their tones are faint."""


def _clips(timeline: Timeline, *names: str) -> list[Clip]:
    return [clip for track in timeline.tracks if track.name in names for clip in track.clips]


def _audible(timeline: Timeline) -> list[Clip]:
    """Clips that must be audible one by one: all but the bed and the tones of held phases."""
    return [
        clip
        for clip in _clips(timeline, "voice", "breath", "bells")
        if not (isinstance(clip.media, Breath) and clip.media.kind in _HELD)
    ]


def _what(clip: Clip) -> str:
    """The clip's name in a sentence."""
    match clip.media:
        case Take(text=text):
            return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
        case Breath(kind=kind):
            return f"the breath tone ({kind})"
        case sound:
            return f"the {'bed' if isinstance(sound, BedSound) else 'sound'} “{sound.name}”"


def _mask(clips: Iterable[Clip], count: int) -> NDArray[np.bool_]:
    """Which of *count* sub-blocks have a part of a clip in them."""
    mask = np.zeros(count, bool)
    for clip in clips:
        mask[clip.start // SUB_BLOCK : -(-clip.end // SUB_BLOCK)] = True
    return mask


def _silent_runs(envelope: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Start and length, in samples, of each stretch of digital silence."""
    silent = np.concatenate(([False], envelope <= _DIGITAL_SILENCE, [False]))
    edges = np.flatnonzero(silent[1:] != silent[:-1]) * BIN
    return [(int(start), int(stop - start)) for start, stop in edges.reshape(-1, 2)]
