// A journey: a session as a list of pieces, and the changes to it that a listener asks for.
// Pure: it runs in browsers and in Node. All limits come from the document, none from here.
//
// A journey is {row, pieces: [{piece, put: [[edge, frames, copied], …]}], repeated: {group: times}}.
// `row` is the number of the row that its end comes from. `put` lists what was put into a piece:
// so many frames at that edge, silence or copies of the `copied` frames before the edge.
// Times are in milliseconds, or in frames of 24 ms, from the start of the session or of a piece.

const FRAME_MS = 24;
const SAMPLES_PER_MS = 48;
const FACE_PARTS = ["moments", "breaths", "steps", "lines", "transcript"];
const LONGER_FRAMES = 1250;  // how much "longer" puts in, at most: 30 seconds

// Whether what is heard from `ms` on belongs to the frames from `edge` on: half a millisecond less,
// as times are rounded, and less what the encoder looks ahead.
const isFrom = (edge, ms) => ms * SAMPLES_PER_MS - SAMPLES_PER_MS / 2 - 224 >= edge * MP3_FRAME;

const newJourney = (document, row) => ({
  row,
  pieces: document.rows[row].pieces.map((piece) => ({ piece, put: [] })),
  repeated: {},
});

const shiftEntry = (entry, ms, part) => {
  const moved = [entry[0] + ms, entry[1] + ms, ...entry.slice(2)];
  if (part === "lines") moved[4] = entry[4].map((start) => start + ms);
  return moved;
};

// Breaths with the numbers of their cycles and how many follow each other, counted again.
const countCycles = (breaths) => {
  const counted = [];
  let run = [];
  const close = () => {
    let number = 0, before = null;
    run.forEach((entry) => {
      if (entry[6] !== before || (["in", "up"].includes(entry[2]) && entry !== run[0])) number += 1;
      before = entry[6];
      entry[6] = number;
    });
    run.forEach((entry) => { entry[7] = number; });
    counted.push(...run);
    run = [];
  };
  for (const entry of breaths) {
    const last = run[run.length - 1];
    if (last && (Math.abs(entry[0] - last[1]) > 1 || entry[5] !== last[5])) close();
    run.push([...entry]);
  }
  close();
  return counted;
};

// `face` of a piece after `frames` were put in at `edge`.
const growFace = (face, [edge, frames, copied]) => {
  const at = edge * FRAME_MS, added = frames * FRAME_MS, grown = {};
  for (const part of FACE_PARTS) {
    grown[part] = [];
    for (const entry of face[part]) {
      if (isFrom(edge, entry[0])) grown[part].push(shiftEntry(entry, added, part));
      else if (entry[1] >= at && part !== "lines" && part !== "breaths") {
        grown[part].push([entry[0], entry[1] + added, ...entry.slice(2)]);
      } else grown[part].push(entry);
    }
    const again = copied === 0 ? [] : face[part].filter((entry) =>
      isFrom(edge - copied, entry[0]) && !isFrom(edge, entry[0]) && entry[1] < at + 2 * FRAME_MS);
    for (let ms = copied * FRAME_MS; ms <= added && again.length; ms += copied * FRAME_MS) {
      grown[part].push(...again.map((entry) => shiftEntry(entry, ms, part)));
    }
    grown[part].sort((a, b) => a[0] - b[0]);
  }
  if (copied) grown.breaths = countCycles(grown.breaths);
  return grown;
};

// The part of `runs` from frame `start` to `stop`.
const sliceRuns = (runs, start, stop) => {
  const found = [];
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    const count = Math.abs(runs[i + 1]), from = Math.max(start, at), to = Math.min(stop, at + count);
    if (from < to) {
      if (runs[i + 1] > 0) found.push(runs[i] + from - at, to - from);
      else found.push(runs[i], from - to);
    }
    at += count;
  }
  return found;
};

const growRuns = (runs, [edge, frames, copied]) => {
  const added = [];
  if (!copied) added.push(0, -frames);
  else for (let n = 0; n < frames; n += copied) added.push(...sliceRuns(runs, edge - copied, edge));
  return [...sliceRuns(runs, 0, edge), ...added, ...sliceRuns(runs, edge, framesIn(runs))];
};

// The same runs, in as few as possible.
const mergeRuns = (runs) => {
  const found = [];
  for (let i = 0; i < runs.length; i += 2) {
    const first = runs[i], count = runs[i + 1], n = found.length;
    const before = found[n - 2], length = found[n - 1];
    const alone = Math.abs(count) === 1;
    if (n && length < 0 && before === first && (count < 0 || alone)) found[n - 1] -= Math.abs(count);
    else if (n && length > 0 && count > 0 && before + length === first) found[n - 1] += count;
    else found.push(first, count);
  }
  return found;
};

// A piece of a journey as it is heard and shown: {frames, runs, face}.
const heardPiece = (document, { piece, put }) => {
  const { runs, face } = document.pieces[piece];
  let heard = { runs, face };
  // From the last edge to the first, so that the edges before stay where they are.
  for (const one of [...put].sort((a, b) => b[0] - a[0])) {
    heard = { runs: growRuns(heard.runs, one), face: growFace(heard.face, one) };
  }
  return { ...heard, frames: framesIn(heard.runs) };
};

// The whole journey: {runs, samples, face, starts, numbers}; `starts` has the first frame of each
// piece, `numbers` the number of each chapter in the document.
const assemble = (document, journey) => {
  const runs = [], starts = [], chapters = [];
  const face = { length: 0, chapters: [] };
  for (const part of FACE_PARTS) face[part] = [];
  let at = 0;
  for (const item of journey.pieces) {
    const heard = heardPiece(document, item), ms = at * FRAME_MS;
    starts.push(at);
    for (let i = 0; i < heard.runs.length; i += 1) runs.push(heard.runs[i]);
    for (const part of FACE_PARTS) {
      for (const entry of heard.face[part]) face[part].push(shiftEntry(entry, ms, part));
    }
    for (const [start, number] of document.pieces[item.piece].chapters) {
      const last = chapters[chapters.length - 1];
      if (!last || last[1] !== number) chapters.push([last ? ms + start : 0, number]);
    }
    at += heard.frames;
  }
  const row = document.rows[journey.row];
  const samples = row.samples + (at - frameCount(row.samples)) * MP3_FRAME;
  face.length = Math.floor((samples + SAMPLES_PER_MS / 2) / SAMPLES_PER_MS);
  face.chapters = chapters.map(([start, number], i) => [
    start, i + 1 < chapters.length ? chapters[i + 1][0] : face.length, ...document.chapters[number],
  ]);
  face.steps.forEach((step, i) => {
    step[1] = i + 1 < face.steps.length ? face.steps[i + 1][0] : face.length;
  });
  const numbers = chapters.map(([, number]) => number);
  return { runs: mergeRuns(runs), samples, face, starts, numbers };
};

// Where `ms` is in a journey: {index, frame} of the piece and in it.
const findPlace = (document, journey, ms) => {
  let frame = Math.max(0, Math.floor(ms / FRAME_MS)), index = 0;
  for (; index < journey.pieces.length - 1; index += 1) {
    const { frames } = heardPiece(document, journey.pieces[index]);
    if (frame < frames) break;
    frame -= frames;
  }
  return { index, frame };
};

// The time at which a place of a journey is.
const msOfPlace = (document, journey, { index, frame }) => {
  let at = frame;
  for (let i = 0; i < index; i += 1) at += heardPiece(document, journey.pieces[i]).frames;
  return at * FRAME_MS;
};

const stepsIn = (document, item) => document.pieces[item.piece].face.steps.map((step) => step[2]);
const limitsOf = (document, id) => document.steps[id] || {};

// The step of a piece that is heard at a frame of it.
const stepHeard = (document, item, frame) => {
  const { steps } = heardPiece(document, item).face;
  let found = steps.length ? steps[0][2] : "";
  for (const step of steps) if (!isFrom(frame + 1, step[0])) found = step[2];
  return found;
};

const withPieces = (journey, pieces, more = {}) => ({ ...journey, pieces, ...more });

// Each change returns {journey, place}, or null where the limits don't allow it.

// Where a frame of a piece is in the piece as the document has it; `inside`: in what was put in.
const placeBefore = (item, frame) => {
  let at = frame;
  for (const [edge, frames] of [...item.put].sort((a, b) => a[0] - b[0])) {
    if (at < edge) break;
    if (at < edge + frames) return { at: edge, inside: true };
    at -= frames;
  }
  return { at, inside: false };
};

// Put in more of what is heard now: silence, or breaths.
const makeLonger = (document, journey, { index, frame }) => {
  const item = journey.pieces[index], piece = document.pieces[item.piece];
  const id = stepHeard(document, item, frame);
  const done = item.put.filter((one) => one[3] === id).reduce((sum, one) => sum + one[1], 0);
  const { at, inside } = placeBefore(item, frame), next = inside ? at : at + 2;
  for (const [first, last, copied, most] of piece.spots[id] || []) {
    if (last < next) continue;
    const edge = Math.max(first, next);
    const left = most - done, wanted = Math.min(LONGER_FRAMES, left);
    const frames = copied === 0 ? wanted
      : copied > left ? 0 : Math.max(1, Math.floor(wanted / copied)) * copied;
    if (frames <= 0) continue;
    const same = item.put.findIndex((one) => one[0] === edge && one[2] === copied);
    const put = item.put.map((one, i) => (i === same ? [edge, one[1] + frames, copied, id] : one));
    if (same < 0) put.push([edge, frames, copied, id]);
    const pieces = journey.pieces.map((other, i) => (i === index ? { ...item, put } : other));
    return { journey: withPieces(journey, pieces), place: { index, frame } };
  }
  return null;
};

const maySkip = (document, item) =>
  stepsIn(document, item).every((id) => limitsOf(document, id).skip && !limitsOf(document, id).keep);

// Leave out what is done now, but for what can't be skipped, and go on with what follows.
const skipThis = (document, journey, { index, frame }) => {
  const { pieces } = journey, { face, starts } = assemble(document, journey);
  const segments = segmentsOf(face);
  const segmentAt = (at) => lastIndex(segments, (at + 2) * FRAME_MS);
  const now = segmentAt(starts[index] + frame);
  const isSkipped = (item, i) => i >= index && i < pieces.length - 1
    && (i === index || segmentAt(starts[i]) === now) && maySkip(document, item);
  const rest = pieces.filter((item, i) => !isSkipped(item, i));
  if (rest.length === pieces.length) return null;
  const stays = !maySkip(document, pieces[index]);
  return { journey: withPieces(journey, rest), place: { index, frame: stays ? frame : 0 } };
};

const groupOf = (document, item) => {
  const groups = stepsIn(document, item).map((id) => limitsOf(document, id).group || "");
  return groups.every((group) => group === groups[0]) ? groups[0] || "" : "";
};

// Hear the side once more after it has ended, as the document has it.
const repeatSide = (document, journey, { index, frame }) => {
  const { pieces, repeated, row } = journey, group = groupOf(document, pieces[index]);
  const times = repeated[group] || 0;
  if (!group || times >= (document.rows[row].repeats[group] || 0)) return null;
  const last = lastOfGroup(document, pieces, index);
  const own = document.rows[row].pieces.map((piece) => ({ piece, put: [] }));
  const again = own.filter((item, i) =>
    i > 0 && i < own.length - 1 && groupOf(document, item) === group);
  if (!again.length || last >= pieces.length - 1) return null;
  const all = [...pieces.slice(0, last + 1), ...again, ...pieces.slice(last + 1)];
  const more = { repeated: { ...repeated, [group]: times + 1 } };
  return { journey: withPieces(journey, all, more), place: { index, frame } };
};

const lastOfGroup = (document, pieces, index) => {
  const group = groupOf(document, pieces[index]);
  let last = index;
  while (group && last + 1 < pieces.length && groupOf(document, pieces[last + 1]) === group) last += 1;
  return last;
};

const isKept = (document, item) =>
  stepsIn(document, item).some((id) => limitsOf(document, id).keep);

// The way out of what is done now, and then only what ends the session safely. What must be heard
// is heard to its end before.
const thisHurts = (document, journey, { index, frame }) => {
  const { pieces, row } = journey, own = document.rows[row].pieces, now = pieces[index];
  const exit = new Set(limitsOf(document, stepHeard(document, now, frame)).exit || []);
  if (!exit.size) return null;
  const rest = own.filter((piece, i) => i === own.length - 1
    || document.pieces[piece].face.steps.some((step) => exit.has(step[2])));
  const isLast = index === pieces.length - 1;
  const kept = isKept(document, now) && !isLast && !rest.includes(now.piece);
  const past = pieces.slice(0, kept ? index + 1 : index);
  const all = [...past, ...rest.map((piece) => ({ piece, put: [] }))];
  const place = kept ? { index, frame } : { index: past.length, frame: 0 };
  return { journey: withPieces(journey, all), place };
};

// What of `next` is still to be heard after `past` and the piece at `from`, and what isn't again:
// a side that was heard is left out; a side, or what must be heard, that would be lost is added.
const stillToHear = (document, past, next, from) => {
  const heard = new Set(past.flatMap((item) => stepsIn(document, item)));
  const isHeard = (item) => stepsIn(document, item).every((id) => heard.has(id));
  const needed = (item) => groupOf(document, item) !== "" || isKept(document, item);
  const now = next.slice(from, lastOfGroup(document, next, from) + 1);
  const lost = next.slice(0, from).filter((item) => needed(item) && !isHeard(item));
  const later = next.slice(from + now.length);
  const rest = later.filter((item, i) => i === later.length - 1
    || groupOf(document, item) === "" || !isHeard(item));
  return rest.length || !lost.length ? [...now, ...lost, ...rest]
    : [...now.slice(0, -1), ...lost, ...now.slice(-1)];
};

// Go on in another row, at the same step and as far into it.
const changeRow = (document, journey, row, { index, frame }) => {
  const { pieces } = journey, next = newJourney(document, row);
  const firstStep = (item) => stepsIn(document, item)[0];
  const stepOf = (item, id) => heardPiece(document, item).face.steps.find((step) => step[2] === id);
  // The last piece, up to the one that is heard, that starts with a step with which `next` has one.
  for (let i = index; i >= 0; i -= 1) {
    const id = firstStep(pieces[i]);
    const from = next.pieces.findIndex((item) => id !== undefined && firstStep(item) === id);
    if (from < 0) continue;
    const past = pieces.slice(0, i);
    const rest = stillToHear(document, past, next.pieces, from);
    const all = { ...next, pieces: [...past, ...rest], repeated: journey.repeated };
    const now = stepHeard(document, pieces[index], frame);
    let target = rest.findIndex((item) => stepsIn(document, item).includes(now));
    if (target >= 0) {
      const old = stepOf(pieces[index], now), other = stepOf(rest[target], now);
      const into = Math.max(0, Math.floor((frame * FRAME_MS - old[0]) / FRAME_MS));
      const start = Math.floor(other[0] / FRAME_MS);
      const last = Math.max(start, Math.floor(other[1] / FRAME_MS) - 1);
      return { journey: all, place: { index: i + target, frame: Math.max(0, Math.min(start + into, last)) } };
    }
    // The step isn't in the new row: go on after the last one that was heard and is in it.
    const before = new Set(pieces.slice(i, index + 1).flatMap((item) => stepsIn(document, item)));
    target = rest.length - 1 - [...rest].reverse().findIndex((item) =>
      stepsIn(document, item).some((step) => before.has(step)));
    return { journey: all, place: { index: i + Math.min(target + 1, rest.length - 1), frame: 0 } };
  }
  return { journey: next, place: { index: 0, frame: 0 } };
};
