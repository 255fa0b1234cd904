"""How long and how often: sets, repetitions, tempo, intervals and sides, in four languages.

Each line of the two tables stands in a list of exercises; behind the arrow are the steps it
becomes, without the words. The second table was written before the importer was run on it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from psoas_audio import parse_script, plan
from psoas_audio.importing.convert import import_sources
from psoas_audio.planning.model import PlannedHold
from psoas_audio.units import samples_to_seconds

FOLDER = Path(__file__).parent
CASES = [
    line.split(" => ")
    for table in ("doses_written_first.txt", "doses_written_second.txt")
    for line in (FOLDER / table).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LINES = pytest.mark.parametrize(("line", "steps"), CASES, ids=[line for line, _ in CASES])


def imported(page: str, name: str = "page.txt", **options: bool) -> str:
    """The script that *page* becomes, which ``check`` accepts."""
    found = import_sources([(name, page.encode())], "page", **options)
    assert [str(p) for p in found.problems if p.severity == "error"] == []
    parse_script(found.text)
    return found.text


def steps_of(script: str) -> list[Any]:
    """The steps of *script* without words."""
    document = yaml.load(script, Loader=yaml.BaseLoader)
    chapters = document.get("chapters", [document])
    return [step for chapter in chapters for step in unspoken(chapter["steps"])]


def unspoken(steps: list[Any]) -> list[Any]:
    return [
        {**step, "steps": unspoken(step["steps"])} if "steps" in step else step
        for step in steps
        if "say" not in step
    ]


def in_text(line: str) -> str:
    return f"Programme\n\n- Rest: lie down for 2 minutes.\n- {line}\n"


def in_markdown(line: str) -> str:
    name = re.match(r"[^\d:–(,.]+\w", line)
    assert name is not None
    bold = f"**{name[0]}**{line[name.end() :]}"
    return f"# Programme\n\n* Rest: lie down for 2 minutes.\n* {bold}\n"


@LINES
def test_a_line_of_a_list_becomes_the_steps_it_asks_for(line: str, steps: str) -> None:
    expected = yaml.load(f"[{steps}]", Loader=yaml.BaseLoader)
    assert steps_of(imported(in_text(line)))[1:] == expected


@LINES
def test_a_bold_name_in_markdown_changes_nothing(line: str, steps: str) -> None:
    expected = yaml.load(f"[{steps}]", Loader=yaml.BaseLoader)
    assert steps_of(imported(in_markdown(line), "page.md"))[1:] == expected


@LINES
def test_no_word_of_it_is_lost(line: str, steps: str) -> None:
    script = imported(in_text(line)).lower()
    name = re.match(r"[^\d:–(,.]+\w", line)
    assert name is not None
    for word in re.findall(r"[^\W\d_]{3,}", name[0].lower()):
        assert word in script
    assert steps


def test_doses_in_sentences_of_their_own_complete_the_exercise() -> None:
    script = imported(
        "Evening\n\n"
        "1. Bridge. Lift your hips. 3 sets of 10. Rest 45 s between sets. Tempo 3-1-2.\n"
        "2. Curl. Up for 2 seconds, down for 4 seconds. 12 reps. 2 sets.\n"
        "3. Rest: lie down for 2 minutes.\n"
    )
    assert steps_of(script) == [
        {
            "reps": {"count": "10", "tempo": {"down": "3s", "hold": "1s", "up": "2s"}},
            "sets": {"count": "3", "rest": "45s"},
        },
        {"rest": "45s"},
        {"reps": {"count": "12", "tempo": {"up": "2s", "down": "4s"}}, "sets": "2"},
        {"hold": "2m"},
    ]
    assert "say: Curl. Up for 2 seconds, down for 4 seconds." in script
    assert "# Tempo 3-1-2" in script
    assert not re.search("say:.*3-1-2", script)
    assert "# guessed: tempo 3-1-2 is 3 s down, 1 s hold, 2 s up" in script
    assert "# guessed: the rest between the sets, repeated before the next exercise" in script


def test_lines_below_an_exercise_are_its_dose() -> None:
    page = "Programme\n\nSplit squat\nSets: 3\nReps: 8 each leg\nTempo: 3-0-1\nRest: 60 s\n"
    assert steps_of(imported(page)) == [
        {
            "sets": {"count": "3", "rest": "1m"},
            "steps": [
                {
                    "sides": "both",
                    "steps": [{"reps": {"count": "8", "tempo": {"down": "3s", "up": "1s"}}}],
                }
            ],
        }
    ]


TABLE = [
    ["Exercise", "Sets x Reps", "Tempo", "Rest"],
    ["Squat", "3 x 8-10", "3-1-1", "60s"],
    ["Row", "2x12", "", "45s"],
    ["Plank", "3 x 30 s", "", ""],
]
TABLE_STEPS = [
    {
        "reps": {"count": "8-10", "tempo": {"down": "3s", "hold": "1s", "up": "1s"}},
        "sets": {"count": "3", "rest": "1m"},
    },
    {"rest": "1m"},
    {"reps": "12", "sets": {"count": "2", "rest": "45s"}},
    {"rest": "45s"},
    {"repeat": "3", "rest": "2s", "steps": [{"hold": "30s"}]},
]


def test_a_table_in_csv_and_in_markdown() -> None:
    csv = "\n".join(",".join(row) for row in TABLE)
    rows = [f"| {' | '.join(row)} |" for row in TABLE]
    markdown = "\n".join([rows[0], "|---|---|---|---|", *rows[1:]])
    assert steps_of(imported(f"{csv}\n", "gym.csv")) == TABLE_STEPS
    assert steps_of(imported(f"# Gym\n\n{markdown}\n", "gym.md")) == TABLE_STEPS


def test_lists_and_tables_of_word() -> None:
    docx = pytest.importorskip("docx", reason="needs python-docx, which comes with the test extra")
    document = docx.Document()
    document.add_heading("Programme", 0)
    document.add_paragraph("Heel raises: 3 sets of 10, rest 45 s", style="List Bullet")
    document.add_paragraph("Plank: 45s on / 15s off x 4", style="List Bullet")
    table = document.add_table(rows=len(TABLE), cols=len(TABLE[0]))
    for row, cells in enumerate(TABLE):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    saved = io.BytesIO()
    document.save(saved)
    found = import_sources([("gym.docx", saved.getvalue())], "gym")
    assert [str(p) for p in found.problems if p.severity == "error"] == []
    assert steps_of(found.text) == [
        {"reps": "10", "sets": {"count": "3", "rest": "45s"}},
        {"rest": "45s"},
        {
            "intervals": {
                "work": "45s",
                "rest": "15s",
                "rounds": "4",
                "stations": ["Plank"],
                "announce": "false",
            }
        },
        *TABLE_STEPS,
    ]


CIRCUIT = (
    "Circuit\n\n3 rounds, 40s work / 20s rest, 60s between rounds\n\n"
    "- Squats\n- Push-ups (knees are fine)\n- Side plank: 30 s each side\n"
)


def test_a_circuit_is_written_out_or_becomes_intervals() -> None:
    held = [{"hold": "40s"}, {"rest": "20s"}] * 2
    sides = {"sides": "both", "steps": [{"hold": "30s"}]}
    written_out = {"repeat": "3", "steps": [*held, sides, {"rest": "1m"}]}
    assert steps_of(imported(CIRCUIT)) == [written_out]
    assert steps_of(imported(CIRCUIT, intervals=True)) == [
        {
            "intervals": {
                "work": "40s",
                "rest": "20s",
                "rounds": "3",
                "round_rest": "1m",
                "stations": [
                    "Squats",
                    {"name": "Push-ups", "say": "knees are fine."},
                    {"name": "Side plank", "work": "30s", "sides": "both"},
                ],
            }
        }
    ]


def test_the_plan_is_as_long_as_the_page_says() -> None:
    page = (
        "Programme\n\n- Rise. 3 sets of 10, rest 45 s, tempo 2-1-1\n- Hops: 45s on / 15s off x 4\n"
    )
    planned = plan(parse_script(imported(page))).fitted.plan
    stays = [
        (item.kind, samples_to_seconds(item.length))
        for item in planned.items
        if isinstance(item, PlannedHold)
    ]
    sets = [("hold", 40), ("rest", 45)] * 3
    assert stays == [*sets, ("rest", 10), *([("hold", 45), ("rest", 15)] * 4)[:-1]]


@pytest.mark.parametrize(
    "line",
    [
        "You have three sets of muscles here, and they rest at night.",
        "On a scale of 3 to 10, notice how it feels.",
        "It was 20/20 vision, times four.",
        "Look up for a moment, and down again.",
        "Dos veces al día, sin dolor.",
        "In 10 Wiederholungen steckt viel Ruhe, sagte sie.",
    ],
)
def test_sentences_that_only_sound_like_doses_are_spoken(line: str) -> None:
    script = imported(f"Evening\n\nLie down.\n\n{line}\n\nRest now.\n")
    assert steps_of(script) == []
    assert line in script
