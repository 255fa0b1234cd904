"""*Longer here* finds room in every stay and in breathing, and never more than a script allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from node_scripts import needs_node, run_in_node
from test_journeys import SCRIPTS

import psoas_audio.living.build as building
from psoas_audio.drafting.render_settings import Settings
from psoas_audio.library import find_script, script_names
from psoas_audio.living.build import Offer, build_living
from psoas_audio.planning import Choices
from psoas_audio.script.load import load_script

_PRESS = """
const doc = readDocument(JSON.parse(fs.readFileSync("document.json", "utf8")));
const SECOND = 42, found = [];
doc.rows.forEach((row, number) => newJourney(doc, number).pieces.forEach((item, index) => {
  const { steps, breaths, moments } = faceOf(doc, item), { frames } = heardPiece(doc, item);
  const room = steps.reduce((sum, step) => sum + (growth[number][step[2]] || 0), 0);
  steps.forEach((step, i) => {
    const after = i + 1 < steps.length ? steps[i + 1][0] : frames * FRAME_MS;
    const isIn = ([start]) => start >= step[0] - 1 && start < after;
    if (!growth[number][step[2]]) return;
    const kind = breaths.some(isIn) ? "breath" : moments.some(isIn) ? "stay" : "words";
    let seconds = 0, more = 0;
    for (let frame = Math.ceil(step[0] / FRAME_MS); frame * FRAME_MS < after; frame += SECOND) {
      let journey = newJourney(doc, number), next = { index, frame }, pressed = null;
      const before = framesIn(assemble(doc, journey).runs);
      for (let times = 0; times < 100 && (pressed = makeLonger(doc, journey, next)); times += 1) {
        journey = pressed.journey;
      }
      const added = framesIn(assemble(doc, journey).runs) - before;
      if (added > 0) seconds += 1;
      more = Math.max(more, added);
    }
    found.push({ step: step[2], kind, seconds, more, room });
  });
}));
return found;
"""


def pressed(name: str, offer: Offer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What *longer here* did in every step that has room, in every row."""
    growth: list[dict[str, int]] = []
    rules_of = building.rules_of

    def noted(*arguments: Any) -> Any:
        rules, repeats = rules_of(*arguments)
        growth.append({step: rule.grow for step, rule in rules.items()})
        return rules, repeats

    monkeypatch.setattr(building, "rules_of", noted)
    living = build_living(load_script(find_script(name)), Choices(), offer, Settings())
    (folder / "document.json").write_text(json.dumps(living.document), encoding="utf-8")
    return run_in_node(SCRIPTS, _PRESS, folder, growth=growth)


def check(found: list[dict[str, Any]], breathing: float) -> None:
    """*breathing* is in what share of the breathing steps there is a place."""
    assert all(each["more"] <= each["room"] for each in found)
    stays = [each for each in found if each["kind"] == "stay"]
    assert all(each["seconds"] for each in stays), [e["step"] for e in stays if not e["seconds"]]
    breaths = [each for each in found if each["kind"] == "breath"]
    assert sum(bool(each["seconds"]) for each in breaths) >= breathing * len(breaths)


@needs_node
def test_longer_here_finds_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offer = Offer("9m,11m,14m", ("full",))
    found = pressed("desk-break", offer, tmp_path, monkeypatch)
    assert {each["kind"] for each in found} == {"breath", "stay", "words"}
    check(found, 0.5)


@needs_node
@pytest.mark.slow
@pytest.mark.parametrize("name", script_names())
def test_longer_here_finds_room_in_every_session(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(pressed(name, Offer(), tmp_path, monkeypatch), 0.8)
