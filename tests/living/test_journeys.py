"""What is heard after any changes on the way is what a render of such a session would be."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from living_example import Example, example_script, fresh_frames, make_example, meant_timeline
from node_scripts import needs_node, run_in_node

from psoas_audio.deliver.details import Details
from psoas_audio.deliver.web.face import session_face
from psoas_audio.encode.mp3_formats import MP3_FORMATS

SCRIPTS = ("times.js", "face.js", "joiner.js", "document.js", "journey.js")
SCRIPTS += ("steps.js", "changes.js", "change_row.js")
CHANGES = ("makeLonger", "skipThis", "repeatSide", "thisHurts", "changeRow")
NEAR_MS = 25
"""How exact captions and moments are: about one MP3 frame."""

_WALK = """
const doc = readDocument(JSON.parse(fs.readFileSync("document.json", "utf8")));
const pool = readFile("pool.bin");
const change = { makeLonger, skipThis, repeatSide, thisHurts };
return journeys.map(({ row, changes }, number) => {
  let journey = newJourney(doc, row), place = { index: 0, frame: 0 };
  const done = [];
  for (const [name, way, other] of changes) {
    const total = assemble(doc, journey);
    const now = msOfPlace(doc, journey, place);
    const ms = now + way * (total.face.length - now);
    const at = findPlace(doc, journey, ms);
    const found = name === "changeRow" ? changeRow(doc, journey, other, at)
      : change[name](doc, journey, at);
    done.push([name, ms, found !== null]);
    if (found) ({ journey, place } = found); else place = at;
  }
  const { runs, samples, face } = assemble(doc, journey);
  writeFile(`journey-${number}.mp3`, joinMp3(doc.form, pool, runs, samples));
  return { journey, place, done, samples, face };
});
"""


def random_journeys(count: int, rows: int, seed: int) -> list[dict[str, Any]]:
    dice = random.Random(seed)
    return [
        {
            "row": dice.randrange(rows),
            "changes": [
                (dice.choice(CHANGES), dice.random() ** 2, dice.randrange(rows))
                for _ in range(dice.randint(1, 5))
            ],
        }
        for _ in range(count)
    ]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return make_example(example_script(), (310, 360, 450), tmp_path_factory.mktemp("living"))


def check(example: Example, count: int, seed: int) -> None:
    journeys = random_journeys(count, len(example.rows), seed)
    walked = run_in_node(SCRIPTS, _WALK, example.folder, journeys=journeys)
    size = MP3_FORMATS[example.script.channels].size
    happened: set[str] = set()
    for number, found in enumerate(walked):
        meant = meant_timeline(example, found["journey"], found["samples"])
        mp3 = (example.folder / f"journey-{number}.mp3").read_bytes()
        assert mp3[size:] == fresh_frames(example, meant), (journeys[number], found["done"])
        shown = session_face(meant, Details("Ball"))
        for part in ("chapters", "lines", "moments", "breaths"):
            assert_near(found["face"][part], shown[part])
        changed = {name for name, _, done in found["done"] if done}
        assert_safe(example, found["journey"], "thisHurts" in changed)
        happened |= changed
    assert happened == set(CHANGES) or count < 100


def assert_near(entries: list[Any], expected: list[Any]) -> None:
    assert len(entries) == len(expected)
    for entry, other in zip(entries, expected, strict=True):
        assert abs(entry[0] - other[0]) <= NEAR_MS
        assert abs(entry[1] - other[1]) <= NEAR_MS
        assert entry[2:4] == other[2:4]


def assert_safe(example: Example, journey: dict[str, Any], hurt: bool) -> None:
    """What must be heard is heard, and no step is longer, or comes more often, than it may."""
    document = example.document
    row = document["rows"][journey["row"]]
    steps = [step for item in journey["pieces"] for step in steps_of(document, item["piece"])]
    kept = [
        step
        for piece in row["pieces"]
        for step in steps_of(document, piece)
        if document["steps"][step].get("keep")
    ]
    after = kept[-1:] if hurt else kept
    assert set(after) <= set(steps)
    assert journey["pieces"][-1]["piece"] == row["pieces"][-1]
    for item in journey["pieces"]:
        spots = document["pieces"][item["piece"]]["spots"]
        for step in {put[3] for put in item["put"]}:
            most = max(spot[3] for spot in spots[step])
            assert sum(put[1] for put in item["put"] if put[3] == step) <= most
    passes = {
        (document["steps"][step].get("group"), item.get("pass", 0))
        for item in journey["pieces"]
        for step in steps_of(document, item["piece"])
        if step in document["steps"]
    }
    for group, times in Counter(group for group, number in passes if number).items():
        assert times <= max(each["repeats"].get(group, 0) for each in document["rows"])


def steps_of(document: dict[str, Any], piece: int) -> list[str]:
    """The ids of the steps of a piece."""
    entries = document["pieces"][piece]["face"]["steps"]
    return [document["items"][entry[2]][0] for entry in entries]


@needs_node
def test_what_is_heard_is_what_a_render_of_it_would_be(example: Example) -> None:
    check(example, 12, seed=1)


@needs_node
@pytest.mark.slow
def test_two_hundred_journeys(example: Example) -> None:
    check(example, 200, seed=2)


@needs_node
def test_each_row_is_its_render_and_shows_what_its_page_does(example: Example) -> None:
    rows = [{"row": number, "changes": []} for number in range(len(example.rows))]
    walked = run_in_node(SCRIPTS, _WALK, example.folder, journeys=rows)
    size = MP3_FORMATS[example.script.channels].size
    for number, (row, found) in enumerate(zip(example.rows, walked, strict=True)):
        assert (example.folder / f"journey-{number}.mp3").read_bytes()[size:] == row.frames
        assert found["face"] == row.face
