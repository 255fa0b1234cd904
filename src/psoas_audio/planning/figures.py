"""Which pictures a session shows if its script names none: nothing presses or holds on while the
words let go.

A script names the picture of a chapter, and of the steps after a ``figure``. What leads out of a
position, and the rest after a hold, have the picture of letting go in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from psoas_audio.planning.model import Item
from psoas_audio.script.model import FigureName

_EASED: Mapping[str, FigureName] = {
    "supine-ball": "ball-resting",
    "fingertips": "hands-lift",
    "standing-ball": "ball-at-the-wall",
    "knee-to-chest": "knee-eased",
    "knees-to-chest": "supine",
    "bridge": "supine",
    "bird-dog": "all-fours",
    "plank": "rest-on-heels",
    "knee-plank": "rest-on-heels",
    "planks": "rest-on-heels",
    "hip-flexor-stretch": "half-kneeling",
    "chair-stretch": "at-the-chair",
    "chair-reach": "at-the-chair",
    "long-step": "long-step-tall",
    "lunge-reach": "long-step-tall",
    "wide-warrior": "long-step-tall",
    "warrior": "long-step-tall",
}
"""The picture of an effort to that of the rest after it."""
_WAY_OUT: Mapping[str, FigureName] = {
    **_EASED,
    "supine-ball": "ball-aside",
    "ball-resting": "ball-aside",
    "psoas-spot": "hands-lift",
    "standing-ball": "step-back",
    "ball-at-the-wall": "step-back",
    "knee-to-chest": "supine",
    "knee-eased": "supine",
    "bridge": "roll-down",
    "bird-dog": "rest-on-heels",
    "long-step": "standing",
    "lunge-reach": "standing",
    "wide-warrior": "standing",
    "warrior": "standing",
    "long-step-tall": "standing",
}
"""The picture of an effort to that of the way out of it."""


def figure_out_of(figure: str) -> str:
    """The picture of the way out of what *figure* shows; *figure* itself if it has none."""
    return _WAY_OUT.get(figure, figure)


def with_eased_figures(items: Iterable[Item]) -> Iterator[Item]:
    """*items*, where what follows a hold up to the end of the rest shows how it is let go.

    Without another hold in the chapter that is up to the chapter's end; if another hold comes
    before a rest, nothing is let go. What the script shows apart from the hold stays.
    """
    chapter: list[Item] = []
    for item in items:
        if item.begins_chapter:
            yield from _eased(chapter)
            chapter = []
        chapter.append(item)
    yield from _eased(chapter)


def _eased(chapter: Sequence[Item]) -> Iterator[Item]:
    """The items of one *chapter*, its start first."""
    own = chapter[0].figure if chapter and chapter[0].begins_chapter else ""
    stays = [item.stay for item in chapter if item.stay]
    held = ""
    for item in chapter:
        shown = item.figure or own
        if item.stay:
            stays.pop(0)  # what is left are those after it
        if item.stay == "hold":
            held = shown if shown in _EASED and stays[:1] != ["hold"] else ""
            yield item
            continue
        yield item.showing(_EASED[held]) if held and shown == held else item
        if item.stay == "rest" and "hold" in stays:
            held = ""
