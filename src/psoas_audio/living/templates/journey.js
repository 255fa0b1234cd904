// A journey: a session as a list of pieces. Pure: it runs in browsers and in Node.
//
// A journey is {row, pieces, repeated, again, skipped, longer, exit}. `row` is the number of the row that
// its end comes from. The rest is what the listener wished on the way, so that it survives a change of
// row: how often each side comes again ({group: times}), the ids of the steps of each repeat, the keys
// (keyOf) of what is skipped, what is longer ({key: frames}), and, after "this hurts", the ids of the
// steps that lead out, else null.
// A piece of it is {piece, put, pass, from, to}: `put` lists what was put in, [edge, frames, copied,
// step id]: so many frames at that edge, silence or copies of the `copied` frames before the edge.
// `pass` counts how often its side was heard before. Of a piece that was parted, `from` and `to` are
// the edges of what is left, in frames of the piece as the document has it.
// Times are in milliseconds, or in frames of 24 ms, from the start of the session or of a piece.

const FRAME_MS = 24;
const SAMPLES_PER_MS = 48;
const FACE_PARTS = ["moments", "breaths", "steps", "lines", "transcript"];

const ENCODER_LOOKAHEAD = 224; // samples

// The first frame that can depend on what is heard from `ms` on: half a millisecond less, as times are
// rounded, and less what the encoder looks ahead.
const firstFrame = (ms) =>
  Math.max(0, Math.floor((ms * SAMPLES_PER_MS - SAMPLES_PER_MS / 2 - ENCODER_LOOKAHEAD) / MP3_FRAME));
// Whether what is heard from `ms` on belongs to the frames from `edge` on.
const isFrom = (edge, ms) => firstFrame(ms) >= edge;

const newJourney = (document, row) => ({
  row,
  pieces: document.rows[row].pieces.map((piece) => ({ piece, put: [] })),
  repeated: {}, again: [], skipped: [], longer: {}, exit: null,
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

// The part of `face` from frame `start` to `stop`, both in silence. What begins in the silence before
// an edge belongs to what follows it; what began before that is on both sides of it.
const sliceFace = (face, start, stop, joint) => {
  const slice = {}, from = start * FRAME_MS, to = stop * FRAME_MS;
  for (const part of FACE_PARTS) {
    slice[part] = [];
    for (const entry of face[part]) {
      const isOver = entry[1] < from + 2 * FRAME_MS, isSilence = part === "moments" || part === "steps" || entry[5] === "silence";
      const isLater = isFrom(stop, entry[0]) || (isSilence && entry[1] > to + 2 * FRAME_MS && isFrom(stop - joint - 1, entry[0]));
      if (isLater || (!isFrom(start, entry[0]) && (isOver || !isSilence))) continue;
      const cut = [Math.max(entry[0], from), isSilence ? Math.min(entry[1], to) : entry[1], ...entry.slice(2)];
      slice[part].push(shiftEntry(cut, -from, part));
    }
  }
  return slice;
};

// The chapters of a piece from frame `start` to `stop`: [ms, number].
const sliceChapters = (chapters, start, stop, joint) => {
  const begun = chapters.filter(([ms], i) => i === 0 || !isFrom(stop - joint - 1, ms));
  const first = begun.filter(([ms], i) => i === 0 || !isFrom(start, ms)).length - 1;
  return begun.slice(first).map(([ms, number]) => [Math.max(0, ms - start * FRAME_MS), number]);
};

// A piece of a journey as it is heard and shown: {frames, runs, face, chapters}.
const heardPiece = (document, { piece, put, from = 0, to }) => {
  const { runs, face, chapters } = document.pieces[piece];
  let heard = { runs, face, chapters };
  // From the last edge to the first, so that the edges before stay where they are.
  for (const one of [...put].sort((a, b) => b[0] - a[0])) {
    heard = {
      runs: growRuns(heard.runs, one),
      face: growFace(heard.face, one),
      chapters: heard.chapters.map(([ms, number], i) => [i && isFrom(one[0], ms) ? ms + one[1] * FRAME_MS : ms, number]),
    };
  }
  const frames = framesIn(heard.runs);
  if (!from && to === undefined) return { ...heard, frames };
  const stop = to === undefined ? frames : to + put.reduce((sum, one) => sum + one[1], 0);
  const joint = to === undefined ? -1 : document.joint;
  return {
    frames: stop - from,
    runs: sliceRuns(heard.runs, from, stop),
    face: sliceFace(heard.face, from, stop, joint),
    chapters: sliceChapters(heard.chapters, from, stop, joint),
  };
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
    for (const [start, number] of heard.chapters) {
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

const expandRuns = (runs, stop) => {
  const frames = [];
  for (let i = 0; i < runs.length && frames.length < stop; i += 2) {
    for (let n = 0; n < Math.abs(runs[i + 1]) && frames.length < stop; n += 1) {
      frames.push(runs[i] + (runs[i + 1] > 0 ? n : 0));
    }
  }
  return frames;
};
// How many frames from the start on two rows share.
const sharedFrames = (document, row, other) => {
  const a = document.rows[row].pieces, b = document.rows[other].pieces;
  let frames = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [own, its] = [a[i], b[i]].map((piece) => expandRuns(document.pieces[piece].runs, Infinity));
    const differs = own.findIndex((frame, n) => frame !== its[n]);
    if (a[i] !== b[i] && differs >= 0) return frames + differs;
    frames += own.length;
    if (own.length < its.length) return frames;
  }
  return frames;
};
