"""Write library.md, figures.md and figures.svg from the shipped scripts and figures.

Run it after a change to either: ``python docs/library.py``. A test fails while one is out of date.
"""

from __future__ import annotations

from pathlib import Path

from psoas_audio.deliver.figures.lookup import FIGURES, figure_description
from psoas_audio.deliver.figures.sheet import figure_sheet
from psoas_audio.drafting.library_listing import ListedSession, list_library
from psoas_audio.planning import Choices, Stretch, expand
from psoas_audio.planning.model import ChapterStart, Plan, SpokenLine
from psoas_audio.script.load import load_script
from psoas_audio.script.rules.readability import grade
from psoas_audio.script.safety_words import REQUIRED_POINTS

DOCS = Path(__file__).resolve().parent

_TALKS = ("about-the-psoas", "psoas-faq")
_MASSAGE = ("supine-ball-release", "supine-hands-release", "standing-release")
_STRETCH = ("kneeling-hip-flexor-stretch", "warrior-variations", "supine-knee-to-chest")
_CORE = ("plank", "bridge", "bird-dog")
_ALL_MASSAGE = ("locate-the-psoas", *_MASSAGE)
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what the psoas is", _TALKS),
    ("why tightness matters", _TALKS[:1]),
    ("what makes it tight", _TALKS[:1]),
    ("what massage may give", _TALKS),
    ("before you begin", ()),
    ("finding the muscle", ("locate-the-psoas",)),
    ("release lying down, with a ball", ("supine-ball-release",)),
    ("release lying down, with the hands", ("supine-hands-release",)),
    ("release standing", ("standing-release",)),
    ("breathing from the diaphragm", ("diaphragmatic-breathing",)),
    ("when to avoid it", (*_ALL_MASSAGE, "psoas-faq")),
    ("side effects", (*_ALL_MASSAGE, "psoas-faq")),
    ("when to seek help", (*_ALL_MASSAGE, "psoas-faq")),
    ("stretches", (*_STRETCH, "desk-break")),
    ("core strength", _CORE),
    ("a daily or weekly routine", ("evening-wind-down", "desk-break")),
    ("questions people ask", ("psoas-faq",)),
    ("pictures of the steps", ()),
)
"""What the library must cover, and the sessions that cover it; none means every session."""

_BY_KIND = {
    "self-massage": "who should leave it out; the place and the dose of pressure; side effects;"
    " reasons for urgent help",
    "stretch": "who should ask first; side effects; reasons to seek help",
    "strength": "who should ask first, high blood pressure above all; side effects",
    "breathing": "who should ask first; the slowing to 5 breaths a minute",
    "relaxation": "who should ask first; the slowing to 5 breaths a minute",
    "talk": "every statement about the body",
}
_OWN = {
    "standing-release": "pressure through the wall",
    "warrior-variations": "raised arms with high blood pressure",
    "psoas-faq": "who should leave it out; reasons for urgent help",
    "locate-the-psoas": "the strong beat under the hand",
}


def library() -> str:
    """The text of library.md."""
    sessions = {session.name: session for session in list_library()}
    topics = [
        [str(number), topic, ", ".join(f"`{n}`" for n in names) or "every session"]
        for number, (topic, names) in enumerate(TOPICS, 1)
    ]
    return (
        "# The library: what each session covers\n\n"
        "Made by `python docs/library.py` from the scripts. Lengths are the default and the\n"
        "range that the steps can be stretched to. The reading grade is Flesch–Kincaid over all\n"
        "that is spoken. No clinician has read the sessions yet: the last column says what one\n"
        "should look at in each; [safety](safety.md) has the questions and the sources.\n\n"
        + _table(["", "topic", "sessions"], topics)
        + "\nThe routine is also two programmes, `first-week` and `four-week-routine`; the\n"
        "spoken safety words are blocks in `scripts/blocks/safety/`.\n\n## The sessions\n\n"
        + _table(
            [
                "session",
                "kind",
                "level",
                "topics",
                "length",
                "grade",
                "figures",
                "for a clinician to review",
            ],
            [_row(session) for session in sessions.values()],
        )
        + "\nA chapter that names no figure shows that of its position:"
        " [the figures](figures.md).\n\n## The safety words of each kind\n\n"
        + _table(
            ["kind", "points that must be spoken"],
            [[kind, ", ".join(sorted(points))] for kind, points in REQUIRED_POINTS.items()],
        )
    )


_FIGURES = """# The figures

A chapter shows one by its name, as `figure: bridge`; without one it shows that of the
position the listener is in. They are drawn for the right side and mirrored for the
left. `psoas-audio figures -o FOLDER` writes each as SVG. Made by
`python docs/library.py`.

![Every figure with its name](figures.svg)

{table}
The near arm and leg are lighter or darker than the far ones, hair and a nose show where the head
looks, and the shadow on the floor shows what is lifted off it. Where a step is a movement, the
pose it starts from is a ghost behind the one it ends in; the page shows one after the other, unless
the listener asks for less motion.

## Add a figure

A figure is data: where the pelvis, the wrists and the ankles are, in centimetres, and which way the
trunk goes, in degrees. Elbows and knees are computed, so that every limb keeps its length; a target
out of reach is an error that says by how much.

```python
from psoas_audio.deliver.figures.render import draw
from psoas_audio.deliver.figures.scene import Arrow, Scene
from psoas_audio.deliver.figures.skeleton import Limb, Pose, both

feet = both(Limb((0, -11, 6.5), end=(1, -0.2, 0)))
standing = Pose((0, 0, 88), (90, 90), both(Limb((5, -21, 86))), feet)
squat = Pose((-24, 0, 52), (60, 66), both(Limb((52, -17, 96))), feet)
down = Arrow(((-62, 0, 92), (-62, 0, 60)))
figure = draw(Scene((squat,), (standing,), arrows=(down,), yaw=20))
```

`x` goes to the right, `y` away from the viewer, `z` up from the floor. The first pose is the one
shown, the second the one that a movement starts from. `Limb(to, bend, end)` is a wrist or an ankle,
where its elbow or knee points, and where its fingers or toes point; `both` mirrors the right one.
`things` are walls, chairs, pillows and balls; `mat`, `yaw` and `pitch` are the mat and where the
viewer stands (`scene.py`).

1. Put the scene into one of the files `poses_*.py` in `src/psoas_audio/deliver/figures/`, and its
   name into `FigureName` in `script/model.py`.
2. Describe it in the section `[figures]` of each language in `src/psoas_audio/locale/`.
3. Run `python docs/library.py` and `python docs/tables.py`.
4. `pytest tests/deliver/test_figure_bodies.py` measures the limbs, and finds what hovers or is
   below the floor, and who would fall over.
5. Show the picture to somebody who hasn't seen its name, and ask what the body does.

## Judge the figures

`python benchmarks/figures.py FOLDER` writes them numbered, in random order and without names, and
the answers in a file of their own. A viewer who saw only the pictures, numbered and without names,
named the position and the action of 40 of 42, and two more (shake-out, tip-the-pelvis) with
doubt. These and others that were hard to read were drawn again; another viewer then named 41 of 42,
and one (fingertips) with doubt: pressing, or breathing out. Later twelve figures were added that
show how something is let go, such as `ball-aside` and `hands-lift`: another viewer named ten of
them, and was in doubt about knee-eased (holding, or letting go) and rub-hands (rubbing, or
clasped).

"""


def figures() -> str:
    """The text of figures.md."""
    rows = [[f"`{name}`", figure_description(name, "en")] for name in FIGURES]
    return _FIGURES.format(table=_table(["name", "what it shows"], rows))


def _row(session: ListedSession) -> list[str]:
    plan = expand(load_script(session.name), Choices(), Stretch())
    topics = [str(n) for n, (_, names) in enumerate(TOPICS, 1) if session.name in names]
    review = [_BY_KIND[session.kind], _OWN.get(session.name, "")]
    return [
        f"`{session.name}`",
        session.kind,
        session.level,
        ", ".join(topics),
        f"{_minutes(session.default)} ({_minutes(session.shortest)} to"
        f" {_minutes(session.longest)})",
        f"{_grade(plan):.1f}",
        ", ".join(f"`{name}`" for name in _shown(plan)),
        "; ".join(filter(None, review)),
    ]


def _grade(plan: Plan) -> float:
    said = (item.utterance.text for item in plan.items if isinstance(item, SpokenLine))
    return max(0.0, grade(" ".join(said)))


def _shown(plan: Plan) -> list[str]:
    starts = [item for item in plan.items if isinstance(item, ChapterStart)]
    return list(dict.fromkeys(start.figure or start.position for start in starts))


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


MADE = {"library.md": library, "figures.md": figures, "figures.svg": figure_sheet}
"""Each file, and what makes its text."""


def main() -> None:
    """Write them all."""
    for name, make in MADE.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
