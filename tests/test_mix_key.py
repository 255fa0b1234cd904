"""Equal keys mean equal samples, so an edited session can use its encoded blocks again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_audio.mix import Levels, Mixer, content_starts, silences
from psoas_audio.sound.anchored_loop import CROSSFADE, Anchor, AnchoredLoop
from psoas_audio.sound.bed import Loop
from psoas_audio.timeline import BedSound, Breath, Clip, Gap, Marker, Sound, Take, Timeline, Track
from psoas_audio.units import MP3_FRAME, SAMPLE_RATE

S = SAMPLE_RATE
NAMES = ["a", "bb", "ccc", "dddd", "e" * 9]
LEVELS = Levels(voice=dict.fromkeys(NAMES, -3.0), breath=0.0, bells=0.0, bed=-20.0)


class Sounds:
    """Noise for everything, each name its own."""

    def take(self, name):
        return self._noise(name, 2 * S)

    def bell(self, name):
        return self._noise(name, 3 * S)

    def loop(self, name):
        return Loop(self._noise(name, 7 * S))

    def loudness(self, name):
        return -20.0

    def identity(self, media):
        return media.id if isinstance(media, Take) else media.name

    def _noise(self, name, length):
        rng = np.random.default_rng(list(name.encode()))
        return rng.uniform(-0.3, 0.3, (length, 1)).astype(np.float32)


def session(lines, *, bed=True):
    """Lines (names, or numbers for holds of so many seconds), each on the grid."""
    now, voice, gaps, breath, bells = 0, [], [], [], []
    for number, line in enumerate(lines):
        now = -(-now // MP3_FRAME) * MP3_FRAME
        if isinstance(line, str):
            take = Take(line, line, "fake", "", 115, number)
            length = S + 1000 * len(line)
            voice.append(Clip(f"u{number}", now, length, take))
            now += length + S
        else:
            gaps.append(Gap(now, line * S, "hold", "rest"))
            breath.append(Clip(f"b{number}", now, 2 * S, Breath("in", "glide", 0)))
            bells.append(Clip(f"s{number}", now + line * S, 3 * S, Sound("bell")))
            now += line * S
    length = now + 4 * S
    beds = (Clip("bed", 0, length, BedSound("bed")),) if bed else ()
    return Timeline(
        "x", "X", "en", 1, length,
        (Track("voice", tuple(voice), tuple(gaps)), Track("breath", tuple(breath)),
         Track("bells", tuple(bells)), Track("bed", beds, level=-24.0)),
        (Marker("ch1", "X", 0, length),),
    )  # fmt: skip


LINES = st.lists(st.sampled_from([*NAMES, 2, 5, 16]), min_size=1, max_size=9)


@settings(max_examples=8, deadline=None)
@given(LINES, LINES, st.booleans())
def test_ranges_of_equal_keys_sound_the_same(first, second, bed):
    heard = defaultdict(list)
    for lines in (first, second, [*first, *second]):
        timeline = session(lines, bed=bed)
        mixer = Mixer(timeline, Sounds(), LEVELS)
        for cut in content_starts(timeline):
            for start, stop in ((cut, cut + S), (cut - S // 2, cut + 3 * S)):
                low, high = max(0, start), min(timeline.length, stop)
                if low < high and low == start and high == stop:
                    heard[mixer.key(start, stop), stop - start].append(mixer.read(start, stop))
    for same in heard.values():
        for samples in same[1:]:
            np.testing.assert_array_equal(samples, same[0])


@pytest.mark.parametrize("bed", [False, True])
def test_behind_a_longer_line_the_keys_come_back(bed):
    lines = ["a", "bb", 16, "ccc", "a", 16, "dddd", "bb", "a"]
    edited = ["a", "e" * 9, 16, "ccc", "a", 16, "dddd", "bb", "a"]
    keys = []
    for told in (lines, edited):
        timeline = session(told, bed=bed)
        mixer = Mixer(timeline, Sounds(), LEVELS)
        starts = content_starts(timeline)
        ranges = zip(starts, [*starts[1:], timeline.length], strict=True)
        keys.append([mixer.key(start - S // 4, stop - S // 2) for start, stop in ranges])
    changed = [a != b for a, b in zip(*keys, strict=True)]
    assert changed[1]
    assert sum(changed) <= 2 + bed
    assert not any(changed[4:])


def test_silences_are_where_nothing_sounds():
    timeline = session(["a", 5, "bb", 16, "ccc"], bed=False)
    found = silences(timeline)
    assert found
    sound = Mixer(timeline, Sounds(), LEVELS).read(0, timeline.length)
    sounding = np.ones(timeline.length, bool)
    for start, end in found:
        assert not sound[start:end].any()
        sounding[start:end] = False
    clips = np.zeros(timeline.length, bool)
    for track in timeline.tracks:
        for clip in track.clips:
            clips[clip.start : clip.end] = True
    np.testing.assert_array_equal(clips, sounding)
    assert silences(session(["a", 5, "bb", 16, "ccc"])) == []


def test_a_hold_starts_a_block_only_with_sound():
    toned = session(["a", 5, "bb", 16], bed=False)
    voice = toned.track("voice")
    silent = replace(toned, tracks=(voice, *(Track(t.name, ()) for t in toned.tracks[1:])))
    lines, holds = [clip.start for clip in voice.clips], [gap.start for gap in voice.gaps]
    after_silence = {end for _, end in silences(toned)}
    bells = {clip.start for clip in toned.track("bells").clips} & after_silence
    assert content_starts(toned) == sorted({*lines, *holds, *bells})
    assert content_starts(silent) == lines


def test_what_changes_the_sound_changes_the_key():
    timeline = session(["a", 5, "bb", "ccc"])
    mixer = Mixer(timeline, Sounds(), LEVELS)
    key = mixer.key(0, 12 * S)
    assert key == Mixer(timeline, Sounds(), LEVELS).key(0, 12 * S)
    for name in ("voice", "breath", "bells", "bed"):
        gain = dict.fromkeys(NAMES, 1.5) if name == "voice" else 1.5
        louder = Mixer(timeline, Sounds(), replace(LEVELS, **{name: gain}))
        assert louder.key(0, 12 * S) != key, name
    assert mixer.key(1, 12 * S) != key


def test_a_changed_gain_changes_only_the_keys_of_its_voice():
    timeline = session(["a", 16, "bb", 16, "a"], bed=False)
    louder = replace(LEVELS, voice={**LEVELS.voice, "bb": -2.75})
    starts = content_starts(timeline)
    ranges = list(zip(starts, [*starts[1:], timeline.length], strict=True))
    before, after = (Mixer(timeline, Sounds(), levels) for levels in (LEVELS, louder))
    changed = [before.key(*place) != after.key(*place) for place in ranges]
    lines = [clip.start for clip in timeline.track("voice").clips]
    assert [place[0] for place, moved in zip(ranges, changed, strict=True) if moved] == [lines[1]]


def test_a_bed_is_the_same_whatever_it_is_asked_in_and_keeps_its_level():
    loop = Loop(np.random.default_rng(1).uniform(-0.3, 0.3, (7 * S, 1)).astype(np.float32))
    bed = AnchoredLoop([Anchor(0, 0), Anchor(5 * S, 3), Anchor(5 * S + 10, 4), Anchor(20 * S, 9)])
    whole = bed.read(loop, 0, 25 * S)
    edges = [0, 1, 5 * S - 7, 5 * S + 100, 5 * S + CROSSFADE, 13 * S, 20 * S + 5, 25 * S]
    parts = [bed.read(loop, a, b) for a, b in pairwise(edges)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)
    levels = np.sqrt(np.square(whole).reshape(-1, S // 5).mean(axis=1))
    assert levels.max() / levels.min() < 1.1


def test_a_bed_of_several_levels_moves_between_them_and_names_them_in_its_key():
    def levels(second: float) -> Mixer:
        timeline = session(["a", 16, "bb", 16, "a", 16])
        bed = timeline.track("bed").clips[0]
        half = timeline.length // 2
        clips = (
            replace(bed, length=half, media=BedSound("bed", 12.0, 8 * S, 8 * S)),
            replace(bed, id="bed2", start=half, length=timeline.length - half, level=second),
        )
        tracks = (*timeline.tracks[:3], replace(timeline.track("bed"), clips=clips))
        return Mixer(replace(timeline, tracks=tracks), Sounds(), LEVELS)

    mixer, other = levels(-12.0), levels(-6.0)
    half = mixer.timeline.length // 2
    assert mixer.key(0, half - S) == other.key(0, half - S)
    assert mixer.key(half, half + 9 * S) != other.key(half, half + 9 * S)
    sound = mixer.read(0, mixer.timeline.length, ("bed",))
    powers = np.square(sound[: len(sound) // S * S]).reshape(-1, S).mean(axis=1)
    steps = np.abs(np.diff(10 * np.log10(powers[2:-4])))
    assert steps.max() < 6.5
    parts = [mixer.read(a, b, ("bed",)) for a, b in pairwise((0, half - 5, half + 77, len(sound)))]
    np.testing.assert_array_equal(np.concatenate(parts), sound)


def test_soft_tones_come_up_where_nobody_speaks():
    tones = [Breath("in", "glide", number, soft=True) for number in range(12)]
    clips = [Clip(f"b{n}", 4 * n * S, 4 * S, tone) for n, tone in enumerate(tones)]
    timeline = session(["a", 46], bed=False)
    line = replace(timeline.track("voice").clips[0], start=30 * S)
    tracks = (Track("voice", (line,)), Track("breath", tuple(clips)), *timeline.tracks[2:])
    mixer = Mixer(replace(timeline, tracks=tracks), Sounds(), LEVELS)
    sound = mixer.read(0, 48 * S, ("breath",))
    powers = 10 * np.log10(np.square(sound).reshape(12, -1).mean(axis=1))
    assert powers[[0, 1, 2, 3, 10, 11]] == pytest.approx(powers[0], abs=1)
    assert powers[7] == pytest.approx(powers[0] - 12, abs=2.5)
