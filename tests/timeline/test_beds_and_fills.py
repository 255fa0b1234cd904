"""Beds sound where and as loud as the script says, and silences are filled as it says."""

from __future__ import annotations

import json

import pytest

from psoas_audio.drafting.silence_sounds import silence_sounds
from psoas_audio.errors import ScriptError
from psoas_audio.planning import Choices, Stretch, estimated_length, expand
from psoas_audio.planning.apply_choices import apply_choices
from psoas_audio.script.load import parse_script
from psoas_audio.timeline import BedSound, Sound, Timeline, from_json, lay_out, to_json
from psoas_audio.units import SAMPLE_RATE

STEPS = """
chapters:
  - title: Arrive
    steps: [{say: Lie down.}, {rest: 30s}]
  - title: Stay
    bed: {level: -32, in_silence: -20}
    steps: [{say: Stay here.}, {hold: 40s, end: bowl}]
  - title: Leave
    steps: [{say: Roll over.}, {rest: 20s, end: small-bell}]
"""


def laid(head: str, steps: str = STEPS) -> Timeline:
    plan = expand(parse_script(f"title: T\nsafety: none\n{head}{steps}"), Choices(), Stretch())
    takes = {u.take: estimated_length(u) for u in plan.utterances()}
    return lay_out(plan, takes | dict.fromkeys(plan.sounds(), 200_000))


def beds(timeline: Timeline) -> list[tuple[float, float]]:
    """Each clip's level under words and in silence, in dB."""
    track = timeline.track("bed")
    return [
        (track.level + clip.level, track.level + clip.level + clip.media.rise)
        for clip in track.clips
        if isinstance(clip.media, BedSound)
    ]


def test_a_chapter_can_change_the_level_of_the_bed() -> None:
    timeline = laid("bed: soft-rain\n")
    assert beds(timeline) == [(-24, -10), (-32, -20), (-24, -10)]
    clips, markers = timeline.track("bed").clips, timeline.markers
    assert [clip.start for clip in clips] == [marker.start for marker in markers]
    assert [clip.end for clip in clips] == [marker.end for marker in markers]


@pytest.mark.parametrize(
    ("head", "levels"),
    [
        ("bed: soft-rain\n", (-24, -10)),
        ("bed: {sound: soft-rain, level: -40}\n", (-40, -24)),
        ("bed: {sound: soft-rain, level: -9}\n", (-9, -9)),
        ("bed: {sound: soft-rain, in_silence: -30}\n", (-24, -30)),
    ],
)
def test_a_bed_comes_up_to_a_usual_level_or_its_own(head: str, levels: tuple[int, int]) -> None:
    assert beds(laid(head, "steps: [{say: Rest.}, {rest: 30s}]\n")) == [levels]


@pytest.mark.parametrize("bed", ["", "bed: surf\n"])
def test_a_bed_apart_leaves_silences_as_under_a_bed_and_no_bed_in_the_file(bed: str) -> None:
    """Whether or not the script has one; nothing else moves."""

    def chosen(name: str) -> Timeline:
        script = parse_script(f"title: T\nsafety: none\n{bed}{STEPS}")
        plan = expand(apply_choices(script, Choices(bed=name)), Choices(), Stretch())
        takes = {u.take: estimated_length(u) for u in plan.utterances()}
        return lay_out(plan, takes | dict.fromkeys(plan.sounds(), 200_000))

    apart, none, rain = (chosen(name) for name in ("apart", "none", "soft-rain"))
    assert not apart.track("bed").clips
    assert apart.track("bells") == rain.track("bells")
    assert Sound("tick") in {clip.media for clip in none.track("bells").clips}
    assert Sound("tick") not in {clip.media for clip in apart.track("bells").clips}
    assert apart.track("voice") == none.track("voice") == rain.track("voice")


def test_a_bed_may_end_with_the_last_bell_and_fade_as_long_as_asked() -> None:
    timeline = laid("bed: {sound: surf, until: last-bell, fade_in: 2s, fade_out: 20s}\n")
    last = timeline.track("bed").clips[-1]
    bells = [c.start for c in timeline.track("bells").clips if c.media == Sound("small-bell")]
    assert last.end == bells[-1] < timeline.length
    media = last.media
    assert isinstance(media, BedSound)
    assert (media.fade_in, media.fade_out) == (2 * SAMPLE_RATE, 20 * SAMPLE_RATE)
    assert laid("bed: surf\n").track("bed").clips[-1].end == laid("bed: surf\n").length
    no_bell = laid("bed: {sound: surf, until: last-bell}\n", "steps: [{say: Rest.}, {rest: 30s}]\n")
    assert no_bell.track("bed").clips[-1].end == no_bell.length


def test_a_fill_for_the_whole_session_fills_what_has_none_of_its_own() -> None:
    steps = """
steps:
  - say: Rest.
  - rest: 40s
  - hold: 44s
    fill: breath
  - say: And now.
  - hold: {breaths: 3}
"""
    timeline = laid("bed: surf\nfill: tick\n", steps)
    gaps = [gap for gap in timeline.track("voice").gaps if gap.kind in ("rest", "hold")]
    assert [silence_sounds(timeline, gap) for gap in gaps] == [
        ("ticks", "surf at -10 dB"),
        ("breath tones", "surf at -24 dB"),
        ("ticks", "surf at -10 dB"),
    ]


def test_a_silence_without_any_sound_is_called_one() -> None:
    timeline = laid("", "steps: [{say: Rest.}, {rest: 15s}, {pause: 3s}]\n")
    gap = next(gap for gap in timeline.track("voice").gaps if gap.kind == "rest")
    assert silence_sounds(timeline, gap) == ("silence",)


def test_a_timeline_of_version_1_is_still_read() -> None:
    timeline = laid("bed: soft-rain\n")
    plain = json.loads(to_json(timeline))
    plain["version"] = 1
    for clip in plain["tracks"][3]["clips"]:
        clip["media"] = {"type": "sound", "name": clip["media"]["name"], "loop": True}
    for clip in plain["tracks"][2]["clips"]:
        clip["media"]["loop"] = False
    read = from_json(json.dumps(plain))
    assert read.track("bells") == timeline.track("bells")
    assert [clip.media for clip in read.track("bed").clips] == [BedSound("soft-rain")] * 3


@pytest.mark.parametrize(
    "bed",
    [
        "{sound: surf, fade_in: 2m}",
        "{sound: surf, until: noon}",
        "{sound: surf, in_silence: 3}",
    ],
)
def test_a_bed_that_can_not_be_is_refused_with_its_place(bed: str) -> None:
    with pytest.raises(ScriptError, match=":3:"):
        parse_script(f"title: T\nsafety: none\nbed: {bed}\nsteps: [{{say: Rest.}}]\n")
