// Goes on in another row, at the same step and as far into it. What the listener wished on the way is
// wished there too; `dropped` names the wishes that the other row doesn't allow. Pure.

// The pieces of `row` with what was wished: repeats come, what is skipped doesn't; after "this hurts" it
// is only what leads out. `failed` has the keys of steps that can't be left out there, `repeated` and
// `again` are what is left of those of the journey.
const planOf = (document, journey, row) => {
  if (journey.exit) return { plan: exitPieces(document, row, journey.exit), failed: [], repeated: {}, again: [] };
  const plan = [], failed = [], again = [], repeated = {}, skipped = new Set(journey.skipped);
  const withoutSkipped = (item) => {
    const keys = keysIn(document, item);
    if (keys.length && keys.every((key) => skipped.has(key)) && maySkip(document, item)) return [];
    let parts = [item];
    stepsIn(document, item).filter((id) => skipped.has(keyOf(item, id))).forEach((id) => {
      const cut = cutStep(document, parts[parts.length - 1], id, 0);
      if (cut) parts = [...parts.slice(0, -1), ...cut]; else failed.push(keyOf(item, id));
    });
    return parts;
  };
  for (const { group, items } of runsOf(document, newJourney(document, row).pieces)) {
    const steps = new Set(items.flatMap((item) => stepsIn(document, item)));
    const allowed = Math.max(0, (document.rows[row].repeats[group] || 0) - (repeated[group] || 0));
    const wished = group ? journey.again.filter((ids) => ids.some((id) => steps.has(id))).slice(0, allowed) : [];
    again.push(...wished);
    if (wished.length) repeated[group] = (repeated[group] || 0) + wished.length;
    for (let pass = 0; pass <= wished.length; pass += 1) {
      plan.push(...items.flatMap((item) => withoutSkipped(pass ? { ...item, pass } : item)));
    }
  }
  return { plan, failed, repeated, again };
};

// What of `plan` is still to be heard after `past`, from the piece at `from` on, and what isn't again: a side
// of which something was heard is left out, but for the one that is heard if `from` is in it; a side, or
// what must be heard, that would be lost is added.
const stillToHear = (document, past, plan, from, isIn = true) => {
  const heard = new Set(past.flatMap((item) => keysIn(document, item)));
  const runs = runsOf(document, plan), isHeard = (item) => keysIn(document, item).some((key) => heard.has(key));
  const current = isIn && runs.find(({ start, items }) => from < start + items.length);
  const end = current ? current.start + current.items.length : from;
  const lost = [], later = [];
  for (const { group, start, items } of runs) {
    if (current && start === current.start) continue;
    const isBefore = start < from, isNew = !items.some(isHeard);
    if (isBefore && (group ? isNew : isNew && items.some((item) => isKept(document, item)))) lost.push(...items);
    if (!isBefore && start >= end && (!group || isNew || start + items.length === plan.length)) later.push(...items);
  }
  const now = plan.slice(from, end);
  return later.length || !lost.length ? [...now, ...lost, ...later]
    : [...now.slice(0, -1), ...lost, ...now.slice(-1)];
};

// Where the listener is in `pieces`, who was at `place` in `before`; null if that step isn't in them.
const samePlace = (document, journey, place, pieces, first) => {
  const here = journey.pieces[place.index], now = stepAt(document, journey.pieces, place), key = keyOf(here, now);
  const found = pieces.map((item, i) => i).filter((i) => i >= first && keysIn(document, pieces[i]).includes(key));
  if (!found.length || !stepOf(document, here, now)) return null;
  const atEnd = journey.skipped.includes(key) && here.from !== undefined;
  const index = found[atEnd ? found.length - 1 : 0];
  const old = stepOf(document, here, now), other = stepOf(document, pieces[index], now);
  const start = Math.floor(other[0] / FRAME_MS), end = Math.min(Math.floor(other[1] / FRAME_MS), heardPiece(document, pieces[index]).frames);
  const into = Math.max(0, Math.floor((place.frame * FRAME_MS - old[0]) / FRAME_MS));
  const left = Math.max(0, Math.floor(old[1] / FRAME_MS) - place.frame);
  const frame = atEnd ? end - left : start + into;
  return { index, frame: Math.max(0, start, Math.min(frame, Math.max(start, end - 1))) };
};

const goOn = (document, journey, plan, place) => {
  const { pieces } = journey, { index } = place, here = pieces[index];
  const name = (item) => { const [id] = stepsIn(document, item); return id === undefined ? "" : keyOf(item, id); };
  const places = (i) => plan.findIndex((item) => name(item) !== "" && name(item) === name(pieces[i]));
  const group = groupOf(document, here);
  if (journey.exit && places(index) < 0) {
    const past = pieces.slice(0, index + 1), isOut = stepsIn(document, here).some((id) => journey.exit.includes(id));
    const heard = new Set(past.slice(-1).flatMap((item) => stepsIn(document, item)));
    const rest = isOut ? plan.slice(plan.findIndex((item) => stepsIn(document, item).some((id) => heard.has(id))) + 1) : plan;
    return { pieces: [...past, ...rest], place };
  }
  // A round of a side that the other row doesn't have is heard to its end.
  const isRepeat = (item) => groupOf(document, item) === group && item.pass === here.pass;
  if (here.pass && !plan.some(isRepeat)) {
    let last = index;
    while (last + 1 < pieces.length && isRepeat(pieces[last + 1])) last += 1;
    const past = pieces.slice(0, last + 1);
    let from = plan.length - 1;
    plan.forEach((item, i) => { if (groupOf(document, item) === group) from = Math.min(i + 1, plan.length - 1); });
    return { pieces: [...past, ...stillToHear(document, past, plan, from, false)], place };
  }
  // From the last piece on, up to the one that is heard, that begins as one of the plan does.
  for (let i = index; i >= 0; i -= 1) {
    const from = places(i);
    if (from < 0) continue;
    const past = pieces.slice(0, i), all = [...past, ...stillToHear(document, past, plan, from)];
    const same = samePlace(document, journey, place, all, i);
    if (same) return { pieces: all, place: same, first: i };
    // The step isn't in the other row: go on after the last one that was heard and is in it.
    const before = new Set(pieces.slice(i, index + 1).flatMap((item) => keysIn(document, item)));
    let target = all.length - 1;
    while (target > i && !keysIn(document, all[target]).some((key) => before.has(key))) target -= 1;
    return { pieces: all, place: { index: Math.min(target + 1, all.length - 1), frame: 0 } };
  }
  return { pieces: plan, place: { index: 0, frame: 0 } };
};

// The repeats that are still to come after a place.
const repeatsAfter = (document, pieces, index) => new Set(pieces.slice(index + 1)
  .filter((item) => item.pass && item.pass !== pieces[index].pass).map((item) => `${groupOf(document, item)} ${item.pass}`)).size;

const changeRow = (document, journey, row, place) => {
  const { plan, failed, repeated, again } = planOf(document, journey, row);
  const found = goOn(document, journey, plan, place), dropped = new Set();
  const pieces = [...found.pieces], isOld = (item) => journey.pieces.includes(item);
  for (const [key, wanted] of Object.entries(journey.longer)) {
    const has = (item) => keysIn(document, item).includes(key);
    const at = pieces.findIndex((item) => !isOld(item) && has(item));
    if (!journey.pieces.slice(place.index).some(has)) continue; // it has been heard
    const grown = at < 0 ? null : grow(document, pieces[at], key.split(" ")[0], wanted, 0);
    if (grown) pieces[at] = grown.item;
    else if (at >= 0 || !pieces.some(has)) dropped.add("longer");
  }
  if (repeatsAfter(document, journey.pieces, place.index) > repeatsAfter(document, pieces, found.place.index)) dropped.add("repeat");
  if (pieces.slice(found.place.index).some((item) => keysIn(document, item).some((key) => failed.includes(key)))) dropped.add("skip");
  const same = found.first === undefined ? null : samePlace(document, journey, place, pieces, found.first);
  const next = { ...journey, row, pieces, repeated, again };
  return { journey: next, place: same || found.place, dropped: [...dropped] };
};

// Whether what is still to be heard is the same.
const isSame = (document, before, after) => {
  const rest = ({ journey, place }) => {
    const { runs, starts } = assemble(document, journey);
    return mergeRuns(sliceRuns(runs, starts[place.index] + place.frame, framesIn(runs))).join();
  };
  return rest(before) === rest(after);
};
