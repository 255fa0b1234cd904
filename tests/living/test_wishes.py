"""What a listener wished on the way stays when length, guidance or side change."""

from __future__ import annotations

from typing import Any

import pytest
from living_example import Example, example_script, make_example
from node_scripts import needs_node, run_in_node
from test_journeys import SCRIPTS

pytestmark = needs_node

_HEAD = """
const doc = readDocument(JSON.parse(fs.readFileSync("document.json", "utf8")));
const row = (length, guidance, side) => findRow(doc, { length, guidance, side, bed: "none" });
const at = (journey, step, ms) => {
  const { steps } = assemble(doc, journey).face;
  const found = steps.find((each) => each[2].endsWith(step));
  return findPlace(doc, journey, found[0] + ms);
};
const sides = ({ pieces }) => runsOf(doc, pieces).filter(({ group }) => group).flatMap((run) => {
  const side = run.group.split(".")[1];
  return [...new Set(run.items.map(({ pass }) => `${side} ${pass || 0}`))];
});
const length = (journey, step) => {
  const { steps } = assemble(doc, journey).face;
  const own = steps.filter((each) => each[2].endsWith(step));
  return own.reduce((sum, [start, end]) => sum + end - start, 0);
};
const HOLD = ".3.right.1";
const usual = newJourney(doc, row(360, "full", "right")), here = at(usual, HOLD, 8000);
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return make_example(example_script(), (310, 360, 450), tmp_path_factory.mktemp("wishes"))


def run(example: Example, code: str, other: str = "360, 'full', 'left'") -> Any:
    """What *code* returns, for which *other* is the row to change to."""
    return run_in_node(SCRIPTS, f"{_HEAD}const other = row({other});\n{code}", example.folder)


OTHERS = ("450, 'full', 'right'", "360, 'reminder', 'right'", "310, 'reminder', 'left'")


@pytest.mark.parametrize("other", OTHERS)
def test_a_queued_repeat_stays(example: Example, other: str) -> None:
    found = run(
        example,
        """const asked = repeatSide(doc, usual, here);
        const { journey, dropped } = changeRow(doc, asked.journey, other, asked.place);
        return [sides(journey), dropped, repeatSide(doc, journey, asked.place) === null];""",
        other,
    )
    assert found[:2] == [["right 0", "right 1", "left 0"], []]


@pytest.mark.parametrize("other", OTHERS)
def test_added_time_stays_as_far_as_the_other_version_allows_it(
    example: Example, other: str
) -> None:
    before, plain, longer, most, dropped = run(
        example,
        """const asked = makeLonger(doc, usual, here);
        const without = changeRow(doc, usual, other, here);
        const found = changeRow(doc, asked.journey, other, asked.place);
        const added = Object.values(asked.journey.longer)[0] * FRAME_MS;
        const room = Math.max(0, ...doc.rows[other].pieces.flatMap((piece) =>
          Object.entries(doc.pieces[piece].spots).filter(([id]) => id.endsWith(HOLD))
            .flatMap(([, spots]) => spots.map((spot) => spot[3] * FRAME_MS))));
        const lengths = [without, found].map(({journey}) => length(journey, HOLD));
        return [added, ...lengths, room, found.dropped];
        """,
        other,
    )
    assert before > 0
    assert longer == plain + min(before, most)
    assert dropped == ([] if most else ["longer"])


@pytest.mark.parametrize("other", OTHERS)
def test_what_was_skipped_stays_away(example: Example, other: str) -> None:
    plain, skipped, dropped, back = run(
        example,
        """const asked = skipThis(doc, usual, here);
        const plain = changeRow(doc, usual, other, here);
        const found = changeRow(doc, asked.journey, other, asked.place);
        const left = ({journey, place}) =>
          assemble(doc, journey).face.length - msOfPlace(doc, journey, place);
        const lengths = [plain, found].map(({journey}) => length(journey, HOLD));
        return [...lengths, found.dropped, left(plain) - left(found)];""",
        other,
    )
    assert skipped < plain / 2
    assert dropped == []
    assert back > 10_000


@pytest.mark.parametrize("other", OTHERS)
def test_after_this_hurts_nothing_comes_back(example: Example, other: str) -> None:
    before, after, exits = run(
        example,
        """const out = thisHurts(doc, usual, here);
        const rest = ({ journey, place }) =>
          journey.pieces.slice(place.index).flatMap((item) => stepsIn(doc, item));
        const after = changeRow(doc, out.journey, other, out.place);
        return [rest(out), rest(after), out.journey.exit];""",
        other,
    )
    # A rest may share its piece with the first words of the way out.
    assert after[-1] == before[-1] == exits[-1]
    assert not {step for step in after if step.split(".")[0] in ("2", "3", "4", "5")}
    assert len(after) <= len(exits) + 1


def test_a_side_that_has_begun_is_finished_first_and_the_page_can_say_so(example: Example) -> None:
    found = run(
        example,
        """const found = changeRow(doc, usual, other, here);
        const early = { index: 0, frame: 20 };
        const before = (place) => ({ journey: usual, place });
        return [isSame(doc, before(here), found), sides(found.journey),
          isSame(doc, before(early), changeRow(doc, usual, other, early))];""",
    )
    assert found == [True, ["right 0", "left 0"], False]


def test_no_chapter_comes_twice(example: Example) -> None:
    titles = run(
        example,
        """const { journey } = changeRow(doc, usual, row(450, "reminder", "left"), here);
        return assemble(doc, journey).face.chapters.map((chapter) => chapter[2]);""",
    )
    assert len(titles) == len(set(titles))


def test_a_skip_removes_the_added_time_of_its_step(example: Example) -> None:
    code = """const longer = makeLonger(doc, usual, here);
    return skipThis(doc, longer.journey, longer.place).journey.longer;"""
    assert run(example, code) == {}


def test_nothing_hurts_before_anything_is_done(example: Example) -> None:
    assert run(example, "return thisHurts(doc, usual, { index: 0, frame: 20 });") is None


_WALKS = """
let seed = 7;
const dice = (sides) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * sides);
};
const wrong = [];
for (let walk = 0; walk < 150; walk += 1) {
  let journey = newJourney(doc, dice(doc.rows.length)), place = { index: 0, frame: 0 };
  const done = [];
  for (let step = 0; step < 6; step += 1) {
    const now = msOfPlace(doc, journey, place), left = assemble(doc, journey).face.length - now;
    place = findPlace(doc, journey, now + left * (dice(1000) / 1000) ** 3);
    const changes = [makeLonger, skipThis, repeatSide], number = dice(6);
    const found = number < 3 ? changes[number](doc, journey, place)
      : changeRow(doc, journey, dice(doc.rows.length), place);
    done.push([number, place, journey.row]);
    if (found) ({ journey, place } = found);
    const { frames } = heardPiece(doc, journey.pieces[place.index]);
    if (place.frame < 0 || place.frame > frames) wrong.push(["place", done]);
  }
  const sides = runsOf(doc, journey.pieces).filter(({ group }) => group).map(({ group }) => group);
  if (sides.length !== 2 || sides[0] === sides[1]) wrong.push([sides, done]);
  const heard = new Set(journey.pieces.flatMap((item) => stepsIn(doc, item)));
  const kept = doc.rows[journey.row].pieces.flatMap((piece) => stepsIn(doc, { piece, put: [] }))
    .filter((id) => limitsOf(doc, id).keep);
  if (kept.some((id) => !heard.has(id))) wrong.push(["kept", done]);
}
return wrong.slice(0, 3);
"""


def test_each_side_comes_and_none_comes_back_however_often_choices_change(
    example: Example,
) -> None:
    assert run(example, _WALKS) == []
