// The changes that a listener asks for. Pure: they run in browsers and in Node. All limits come from the
// document, none from here. Each gives {journey, place}, or null where the limits don't allow it.

const LONGER_FRAMES = 1250;  // how much "longer" puts in, at most: 30 seconds

const wish = (journey, index, items, more) => ({
  ...journey, pieces: [...journey.pieces.slice(0, index), ...items, ...journey.pieces.slice(index + 1)], ...more,
});

// A piece of another row that is the same up to `frame`, with more breaths in the step `id`: what a row
// has is within the limits. By up to `wanted` frames longer if there is such a one, else the shortest.
const withMoreBreaths = (document, item, id, wanted, frame) => {
  const own = document.pieces[item.piece], size = framesIn(own.runs);
  if (!isWhole(item) || item.put.length || !own.face.breaths.length) return null;
  const shown = ({ face, chapters }) => JSON.stringify([
    face.steps.map((step) => step[2]), face.lines.map((line) => line[2]), chapters.map(([, number]) => number),
  ]);
  const breathsIn = ({ face }) => {
    const step = face.steps.find((each) => each[2] === id), next = face.steps[face.steps.indexOf(step) + 1];
    return face.breaths.filter(([start]) => start >= step[0] && !(next && start >= next[0])).length;
  };
  const heard = expandRuns(own.runs, frame).join(), name = shown(own), many = breathsIn(own);
  const found = document.pieces.map((piece, number) => [framesIn(piece.runs) - size, number]).filter(([more, number]) => {
    const piece = document.pieces[number];
    return more > 0 && piece.face.steps.length === own.face.steps.length && shown(piece) === name
      && breathsIn(piece) > many && expandRuns(piece.runs, frame).join() === heard;
  }).sort((a, b) => a[0] - b[0]);
  if (!found.length) return null;
  const [frames, piece] = found.filter(([more]) => more <= wanted).pop() || found[0];
  return { item: { ...item, piece }, frames };
};
// A piece with up to `wanted` frames more in the step `id`, put in after `frame`: {item, frames}.
const grow = (document, item, id, wanted, frame) => {
  const done = item.put.filter((one) => one[3] === id).reduce((sum, one) => sum + one[1], 0);
  const { at, inside } = placeBefore(item, frame), next = inside || frame === 0 ? at : at + 2;
  const to = item.to === undefined ? Infinity : item.to;
  for (const [first, last, copied, most] of document.pieces[item.piece].spots[id] || []) {
    if (last < next || first >= to) continue;
    const edge = Math.max(first, next), left = most - done;
    if (edge < (item.from || 0) || edge >= to) continue;
    const silence = Math.min(wanted, left);
    const frames = copied === 0 ? silence : copied > left ? 0 : Math.max(1, Math.floor(silence / copied)) * copied;
    if (frames <= 0) continue;
    const same = item.put.findIndex((one) => one[0] === edge && one[2] === copied);
    const put = item.put.map((one, i) => (i === same ? [edge, one[1] + frames, copied, id] : one));
    if (same < 0) put.push([edge, frames, copied, id]);
    return { item: { ...item, put }, frames };
  }
  return withMoreBreaths(document, item, id, wanted, frame);
};

// Put in more of what is heard now: silence, or breaths.
const makeLonger = (document, journey, place) => {
  const { index, frame } = place, here = journey.pieces[index];
  const id = stepAt(document, journey.pieces, place), found = grow(document, here, id, LONGER_FRAMES, frame);
  if (!found) return null;
  const key = keyOf(here, id), longer = { ...journey.longer, [key]: (journey.longer[key] || 0) + found.frames };
  return { journey: wish(journey, index, [found.item], { longer }), place };
};

const without = (longer, keys) =>
  Object.fromEntries(Object.entries(longer).filter(([key]) => !keys.includes(key)));

// Leave out what is done now, or what comes next of the same segment: whole pieces that may be left out,
// or else what is silent of a step.
const skipThis = (document, journey, place) => {
  const { index, frame } = place, { pieces } = journey, { face, starts } = assemble(document, journey);
  const segments = segmentsOf(face), segmentAt = (at) => lastIndex(segments, (at + 2) * FRAME_MS);
  const now = segmentAt(starts[index] + frame), skipped = [...journey.skipped];
  const isSkipped = (item, i) => i >= index && i < pieces.length - 1
    && (i === index || segmentAt(starts[i]) === now) && maySkip(document, item);
  if (!isSkipped(pieces[index], index)) {
    const here = pieces[index], ids = stepsIn(document, here), { at } = placeBefore(here, frame);
    for (const id of ids.slice(Math.max(0, ids.indexOf(stepAt(document, pieces, place))))) {
      const parts = cutStep(document, here, id, at + 1);
      if (!parts) continue;
      const key = keyOf(here, id), more = { skipped: [...skipped, key], longer: without(journey.longer, [key]) };
      const last = heardPiece(document, parts[0]).frames - 1;
      return { journey: wish(journey, index, parts, more), place: { index, frame: Math.min(frame, last) } };
    }
  }
  const rest = pieces.filter((item, i) => !isSkipped(item, i));
  if (rest.length === pieces.length) return null;
  pieces.forEach((item, i) => { if (isSkipped(item, i)) skipped.push(...keysIn(document, item)); });
  const stays = !isSkipped(pieces[index], index), longer = without(journey.longer, skipped);
  return { journey: { ...journey, pieces: rest, skipped, longer }, place: { index, frame: stays ? frame : 0 } };
};

// Hear the side once more after it has ended, as the document has it.
const repeatSide = (document, journey, place) => {
  const { row, pieces, repeated } = journey, run = runAt(document, pieces, place.index), { group, items } = run;
  const times = repeated[group] || 0, end = run.start + items.length;
  if (!group || journey.exit || times >= (document.rows[row].repeats[group] || 0) || end >= pieces.length) return null;
  const steps = items.flatMap((item) => stepsIn(document, item));
  const own = runsOf(document, newJourney(document, row).pieces).find((each) =>
    each.group === group && each.items.some((item) => stepsIn(document, item).some((id) => steps.includes(id))));
  if (!own) return null;
  const pass = Math.max(...items.map((item) => item.pass || 0)) + 1;
  const all = [...pieces.slice(0, end), ...own.items.map((item) => ({ ...item, pass })), ...pieces.slice(end)];
  const more = { repeated: { ...repeated, [group]: times + 1 }, again: [...journey.again, steps] };
  return { journey: { ...journey, pieces: all, ...more }, place };
};

const exitPieces = (document, row, exit) => {
  const own = newJourney(document, row).pieces;
  return own.filter((item, i) => i === own.length - 1 || stepsIn(document, item).some((id) => exit.includes(id)));
};
// The way out of what is done now, and then only what ends the session safely. What must be heard
// is heard to its end before.
const thisHurts = (document, journey, place) => {
  const { index, frame } = place, { pieces, row } = journey, now = pieces[index];
  const exit = limitsOf(document, stepAt(document, pieces, place)).exit || [];
  if (!exit.length || journey.exit) return null;
  const rest = exitPieces(document, row, exit);
  const isLast = index === pieces.length - 1;
  const kept = isKept(document, now) && !isLast && !rest.some(({ piece }) => piece === now.piece);
  const past = pieces.slice(0, kept ? index + 1 : index);
  const all = { ...journey, pieces: [...past, ...rest], exit };
  return { journey: all, place: kept ? { index, frame } : { index: past.length, frame: 0 } };
};
