"""What a figure shows, as data: bodies, things and arrows in space, and the viewer's place."""

from __future__ import annotations

from dataclasses import dataclass

from psoas_audio.deliver.figures.skeleton import Pose
from psoas_audio.deliver.figures.vectors import Vector


@dataclass(frozen=True, slots=True)
class Slab:
    """A thing with flat sides: a wall, a seat, a leg of a chair."""

    low: Vector
    """The corner with the least of each coordinate."""
    high: Vector


@dataclass(frozen=True, slots=True)
class Cushion:
    """A round thing: a ball, or a pillow between two balls."""

    centres: tuple[Vector, ...]
    radius: float
    after: str = ""
    """The part of the body that it is painted after; empty if it is behind the body."""
    is_ball: bool = False
    """Whether it is a ball, which has the strongest colour, as it is small."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Where a movement goes, in space."""

    points: tuple[Vector, ...]
    heads: int = 1
    """How many: 2 for to and fro, 0 for a mere line."""
    is_breath: bool = False
    """Whether it shows what an in-breath moves. As the breath goes out it points the other way."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A figure before it is drawn."""

    poses: tuple[Pose, ...]
    """One body each; of a movement, the poses it ends in."""
    start: tuple[Pose, ...] = ()
    """The pose of each body before its movement; empty if nothing moves."""
    things: tuple[Slab | Cushion, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    mat: bool = False
    """Whether a mat lies under the body."""
    yaw: float = 12.0
    """Degrees by which the viewer walks around the body, toward its front if it faces right."""
    pitch: float = 14.0
    """Degrees by which the viewer looks down: 0 level, 90 from above."""
    over: tuple[str, ...] = ()
    """Parts of the body that are painted last, in this order."""
    under: tuple[str, ...] = ()
    """Parts that are painted first, in this order."""
