"""The bodies in the figures could be real ones: limbs keep their length, nothing hovers."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from psoas_audio.deliver.figures.body import Ball, body
from psoas_audio.deliver.figures.drawing import Disc, Hull
from psoas_audio.deliver.figures.hulls import arcs
from psoas_audio.deliver.figures.lookup import SCENES, figure_svg
from psoas_audio.deliver.figures.scene import Cushion, Scene, Slab
from psoas_audio.deliver.figures.skeleton import (
    ARM,
    HALF_HIPS,
    HALF_SHOULDERS,
    HAND,
    HEEL,
    LEG,
    LOWER_TRUNK,
    NECK,
    SOLE,
    TOES,
    UPPER_TRUNK,
    Limb,
    Pose,
    both,
    halfway,
    joints,
)

BODIES = [
    pytest.param(name, pose, id=f"{name}-{moment}{number}")
    for name, scene in SCENES.items()
    for moment, poses in (("", scene.poses), ("start", scene.start))
    for number, pose in enumerate(poses)
]


def balls(pose: Pose) -> Iterator[Ball]:
    for part in body(pose):
        for layer in part.layers:
            for mass in layer.masses:
                yield from mass.balls


@pytest.mark.parametrize(("name", "pose"), BODIES)
def test_every_limb_keeps_its_length(name: str, pose: Pose) -> None:
    at = joints(pose)
    for i in (0, 1):
        bones = [
            (at.shoulders[i], at.elbows[i], ARM[0]),
            (at.elbows[i], at.wrists[i], ARM[1]),
            (at.wrists[i], at.fingers[i], HAND),
            (at.hip_joints[i], at.knees[i], LEG[0]),
            (at.knees[i], at.ankles[i], LEG[1]),
            (at.heels[i], at.toes[i], HEEL + TOES),
            (at.ankles[i], at.toes[i], math.hypot(TOES, SOLE)),
        ]
        for one, other, length in bones:
            assert math.dist(one, other) == pytest.approx(length, abs=0.5)
    assert math.dist(at.hips, at.waist) == pytest.approx(LOWER_TRUNK)
    assert math.dist(at.waist, at.chest) == pytest.approx(UPPER_TRUNK)
    assert math.dist(at.chest, at.head) == pytest.approx(NECK)
    assert math.dist(*at.shoulders) == pytest.approx(2 * HALF_SHOULDERS)
    assert math.dist(*at.hip_joints) == pytest.approx(2 * HALF_HIPS)


@pytest.mark.parametrize(("name", "pose"), BODIES)
def test_every_body_touches_the_floor_and_nothing_is_below_it(name: str, pose: Pose) -> None:
    lowest = min(ball.centre[2] - ball.radius for ball in balls(pose))
    assert -1.0 <= lowest <= 1.0


@pytest.mark.parametrize(("name", "pose"), BODIES)
def test_no_body_would_fall_over(name: str, pose: Pose) -> None:
    """Its middle is above what carries it: the floor, a seat, or a wall that it leans on."""
    held = [ball for ball in balls(pose) if is_held(ball, SCENES[name])]
    left = min(ball.centre[0] - ball.radius for ball in held)
    right = max(ball.centre[0] + ball.radius for ball in held)
    at = joints(pose)
    trunk = (at.hips[0] + at.waist[0] + at.chest[0]) / 3
    middle = 0.6 * trunk + 0.1 * at.head[0] + 0.15 * (at.knees[0][0] + at.knees[1][0])
    assert left <= middle <= right


def is_held(ball: Ball, scene: Scene) -> bool:
    low = ball.centre[2] - ball.radius
    return low < 2.0 or any(touches(ball, thing) for thing in scene.things)


def touches(ball: Ball, thing: Slab | Cushion) -> bool:
    if isinstance(thing, Cushion):
        reach = ball.radius + thing.radius + 2.0
        return any(math.dist(ball.centre, centre) < reach for centre in thing.centres)
    nearest = [
        min(max(c, low), high)
        for c, low, high in zip(ball.centre, thing.low, thing.high, strict=True)
    ]
    return math.dist(ball.centre, nearest) < ball.radius + 2.0


@pytest.mark.parametrize("name", ["sitting", "breathing", "ribs", "tip-the-pelvis", "march"])
def test_sitters_sit_on_their_chair(name: str) -> None:
    scene = SCENES[name]
    seat = max((t for t in scene.things if isinstance(t, Slab)), key=lambda t: t.high[0] - t.low[0])
    for pose in (*scene.poses, *scene.start):
        (trunk,) = (part for part in body(pose) if part.name == "trunk")
        lowest = min(b.centre[2] - b.radius for m in trunk.layers[0].masses for b in m.balls)
        assert lowest == pytest.approx(seat.high[2], abs=1.5)


@pytest.mark.parametrize("name", [name for name, scene in SCENES.items() if scene.start])
def test_a_movement_can_be_made(name: str) -> None:
    """Half way the limbs keep their lengths, too; what stays on the floor stays there."""
    scene = SCENES[name]
    for start, end in zip(scene.start, scene.poses, strict=True):
        lowest = min(ball.centre[2] - ball.radius for ball in balls(halfway(start, end)))
        assert -1.5 <= lowest <= 2.0


def test_a_plank_is_straight_and_the_head_in_line() -> None:
    (pose,) = SCENES["plank"].poses
    at = joints(pose)
    line = math.atan2(at.chest[2] - at.ankles[0][2], at.chest[0] - at.ankles[0][0])
    for point in (at.hips, at.knees[0], at.waist, at.head):
        away = (point[0] - at.ankles[0][0]) * math.sin(line)
        away -= (point[2] - at.ankles[0][2]) * math.cos(line)
        assert abs(away) < 2.5


@pytest.mark.parametrize("name", ["long-step", "lunge-reach", "wide-warrior", "warrior"])
def test_the_back_leg_of_a_standing_step_is_long(name: str) -> None:
    for pose in SCENES[name].poses:
        at = joints(pose)
        assert math.dist(at.hip_joints[0], at.ankles[0]) > 0.98 * sum(LEG)
        assert at.knees[0][2] > 25


def test_only_the_pelvis_tips() -> None:
    scene = SCENES["tip-the-pelvis"]
    (end,), (start,) = (map(joints, poses) for poses in (scene.poses, scene.start))
    for one, other in ((end.head, start.head), *zip(end.shoulders, start.shoulders, strict=True)):
        assert math.dist(one, other) < 0.1
    assert math.dist(end.waist, start.waist) > 10


@pytest.mark.parametrize(
    "name", ["long-step", "hip-flexor-stretch", "half-kneeling", "chair-swing"]
)
def test_the_far_leg_is_lighter(name: str) -> None:
    drawn = figure_svg(name)
    assert 'class="f-leg"' in drawn
    assert 'class="f-far-leg"' in drawn


def test_a_target_out_of_reach_is_an_error() -> None:
    far = both(Limb((500, -10, 5)))
    feet = both(Limb((0, -9, 6.5), end=(1, 0, 0)))
    with pytest.raises(ValueError, match="the limb reaches"):
        joints(Pose((0, 0, 88), (90, 90), far, feet))


@pytest.mark.parametrize("second", [(30, 0, 5), (0, 30, 5), (-30, 0, 8), (0, -30, 2), (2, 1, 30)])
def test_an_outline_goes_once_around_its_discs(second: tuple[float, float, float]) -> None:
    discs = (Disc(0, 0, 5), Disc(*second))
    around = arcs(Hull(discs))
    assert sum(arc.stop - arc.start for arc in around) == pytest.approx(2 * math.pi)
    for arc in around:
        for angle in (arc.start, (arc.start + arc.stop) / 2, arc.stop):
            x, y = arc.at(angle)
            for disc in discs:
                assert math.dist((x, y), (disc.x, disc.y)) >= disc.radius - 1e-6
