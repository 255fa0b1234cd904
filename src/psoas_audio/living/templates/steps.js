// Questions to the pieces of a journey: their steps and sides, and where they may be parted. Pure.

const limitsOf = (document, id) => document.steps[id] || {};
const isWhole = (item) => item.from === undefined && item.to === undefined;
const faceOf = (document, item) =>
  (isWhole(item) && !item.put.length ? document.pieces[item.piece] : heardPiece(document, item)).face;
const stepsIn = (document, item) => faceOf(document, item).steps.map((step) => step[2]);
const stepOf = (document, item, id) => faceOf(document, item).steps.find((step) => step[2] === id);

// What tells a step from the same one of a side that is heard once more.
const keyOf = (item, id) => `${id} ${item.pass || 0}`;
const keysIn = (document, item) => stepsIn(document, item).map((id) => keyOf(item, id));

// The step that is heard at a place; in a silence before the first step of a piece it is the one before.
const stepAt = (document, pieces, { index, frame }) => {
  const { steps } = faceOf(document, pieces[index]);
  let found = steps.length ? steps[0][2] : "";
  for (const step of steps) if (!isFrom(frame + 1, step[0])) found = step[2];
  for (let i = index - 1; i >= 0 && !found; i -= 1) found = stepsIn(document, pieces[i]).pop() || "";
  return found;
};

const isKept = (document, item) => stepsIn(document, item).some((id) => limitsOf(document, id).keep);
const maySkip = (document, item) => {
  const ids = stepsIn(document, item);
  return ids.length > 0 && ids.every((id) => limitsOf(document, id).skip && !limitsOf(document, id).keep);
};

const groupOf = (document, item) => {
  const own = stepsIn(document, item); // what is left of a parted piece may have none
  const ids = own.length || isWhole(item) ? own : document.pieces[item.piece].face.steps.map((step) => step[2]);
  const groups = ids.map((id) => limitsOf(document, id).group || "");
  return groups.every((group) => group === groups[0]) ? groups[0] || "" : "";
};
// The pieces as runs of one side each: {group, start, items}. What has no side is a run for itself.
const runsOf = (document, pieces) => {
  const runs = [];
  pieces.forEach((item, start) => {
    const group = groupOf(document, item), last = runs[runs.length - 1];
    if (group && last && last.group === group) last.items.push(item);
    else runs.push({ group, start, items: [item] });
  });
  return runs;
};
const runAt = (document, pieces, index) =>
  runsOf(document, pieces).find(({ start, items }) => index < start + items.length);

// The edges at which a piece may be parted, sorted: enough is silent before them, and no words and no
// breath are under way.
const knownEdges = new WeakMap();
const edgesOf = (document, number) => {
  const piece = document.pieces[number];
  if (knownEdges.has(piece)) return knownEdges.get(piece);
  const { face, runs } = piece;
  const busy = [...face.breaths, ...face.transcript.filter((entry) => entry[5] === "said")];
  const isBusy = (edge) => busy.some(([start, end]) => !isFrom(edge, start) && end > edge * FRAME_MS);
  const edges = [];
  let silent = document.joint, at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    for (let n = 0; n < Math.abs(runs[i + 1]); n += 1) {
      if (silent >= document.joint && !isBusy(at)) edges.push(at);
      silent = runs[i] + (runs[i + 1] > 0 ? n : 0) === 0 ? silent + 1 : 0;
      at += 1;
    }
  }
  knownEdges.set(piece, edges);
  return edges;
};
const frameOf = (step) => firstFrame(step[0]);
// Where a frame of a piece is in the piece as the document has it; `inside`: in what was put in.
const placeBefore = (item, frame) => {
  let at = frame + (item.from || 0);
  for (const [edge, frames] of [...item.put].sort((a, b) => a[0] - b[0])) {
    if (at < edge) break;
    if (at < edge + frames) return { at: edge, inside: true };
    at -= frames;
  }
  return { at, inside: false };
};

const partAt = (item, edge) => [
  { ...item, put: item.put.filter((one) => one[0] < edge), to: edge },
  { ...item, put: item.put.filter((one) => one[0] >= edge), from: edge },
];
// A piece without a step of it, from frame `next` on, as two parts; null if it can't be parted so, or if
// less than a second would be gone.
const SHORTEST_CUT = 42; // frames
const cutStep = (document, item, id, next) => {
  const { face } = document.pieces[item.piece], index = face.steps.findIndex((step) => step[2] === id);
  if (index < 0 || !limitsOf(document, id).skip || limitsOf(document, id).keep) return null;
  const start = Math.max(frameOf(face.steps[index]), next, (item.from || 0) + 1);
  const stop = index + 1 < face.steps.length ? frameOf(face.steps[index + 1]) : Infinity;
  const most = item.to === undefined ? Infinity : item.to;
  const edges = edgesOf(document, item.piece).filter((at) => at >= start && at <= Math.min(stop, most));
  const first = edges[0], last = edges[edges.length - 1];
  if (!edges.length || last - first < SHORTEST_CUT) return null;
  return [partAt(item, first)[0], partAt(item, last)[1]];
};
