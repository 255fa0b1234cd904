// Pure questions to a face: what is shown at the time t, in milliseconds.
const EMPTY_FACE = { length: 0, chapters: [], moments: [], breaths: [], steps: [], lines: [], transcript: [] };

// A face whose items start later by so many milliseconds.
const shiftFace = (face, by) => Object.fromEntries(Object.entries(face).map(([name, list]) => [
  name,
  Array.isArray(list)
    ? list.map(([start, end, ...rest]) => (name === "lines"
      ? [start + by, end + by, rest[0], rest[1], rest[2].map((word) => word + by), ...rest.slice(3)]
      : [start + by, end + by, ...rest]))
    : list,
]));

const WORDS_BEFORE_MOVE = 1500; // ms between the words of a move and the move at most

// The figure and its description: a move shows where it leads, from the words that announce it; else
// what began last has its own, or the chapter's.
const figureAt = (face, t) => {
  const chapter = face.chapters[Math.max(0, lastIndex(face.chapters, t))];
  if (!chapter) return ["none", ""];
  const number = lastIndex(face.moments, t), moment = face.moments[number], next = face.moments[number + 1];
  const line = face.lines[lastIndex(face.lines, t)];
  if (moment && t < moment[1]) return [moment[4], moment[5]];
  if (next && next[2] === "move" && line && next[0] - line[1] < WORDS_BEFORE_MOVE) return [next[4], next[5]];
  const own = line && line[0] >= chapter[0] && line[6] ? [line[6], line[7]] : [chapter[3], chapter[4]];
  const isLineLast = line && (!moment || line[0] >= moment[1]);
  return moment && moment[0] >= chapter[0] && !isLineLast ? [moment[4], moment[5]] : own;
};

// Words that go on for long before the next chapter or what is done next: from when until when; else null,
// as where nothing is done any more.
const LONG_WORDS = 20000; // ms
const longWordsAt = (face, t) => {
  const number = lastIndex(face.moments, t), before = face.moments[number], next = face.moments[number + 1];
  const index = lastIndex(face.chapters, t), chapter = face.chapters[index], following = face.chapters[index + 1];
  if (!next || !chapter) return null;
  const start = Math.max(before ? before[1] : 0, index > 0 ? chapter[0] : 0);
  const end = Math.min(next[0], following ? following[0] : Infinity);
  return t >= start && end - start >= LONG_WORDS ? [start, end] : null;
};

// What comes after the present silence: its title, its length (0 for a chapter) and its figure.
const comesNext = (face, t, moment) => {
  const after = moment ? moment[1] : t;
  const chapter = face.chapters[lastIndex(face.chapters, t) + 1];
  const next = face.moments[lastIndex(face.moments, Math.max(t, after - 1)) + 1];
  if (chapter && (!next || chapter[0] <= next[0])) return { title: chapter[2], length: 0, figure: chapter[3] };
  if (next) return { title: next[3], length: next[1] - next[0], figure: next[4] };
  return moment || t < face.length - 10000 ? { end: true } : null;
};

// Milliseconds until a text may change: a second begins, or something starts or ends.
const LONGEST_WAIT = 250, RING_STEP = 100;
const untilChange = (face, t, rate) => {
  const moment = during(face.moments, t), breath = during(face.breaths, t), line = during(face.lines, t);
  const waits = [1000 - t % 1000, ((face.length - t) / rate) % 1000 * rate];
  for (const item of [moment, breath, line, longWordsAt(face, t)]) if (item) waits.push((item[1] - t) % 1000, item[1] - t);
  if (line) waits.push(...line[4].filter((start) => start > t).slice(0, 1).map((start) => start - t));
  for (const list of [face.chapters, face.moments, face.breaths, face.lines, face.transcript]) {
    const next = list[lastIndex(list, t) + 1];
    if (next) waits.push(next[0] - t);
  }
  const longest = moment && !breath ? RING_STEP : LONGEST_WAIT;
  return Math.min(longest, ...waits.filter((wait) => wait > 0).map((wait) => wait / rate));
};

// The segments by which a listener goes back and on: what is said before a hold, a rest or paced breathing,
// together with it; or the rest of a chapter. Each is [start, end].
const DOING = ["hold", "rest", "breathe"], SHORTEST_SEGMENT = 8000; // ms
const segmentsOf = (face) => {
  const found = [];
  for (const [first, last] of face.chapters) {
    let start = found.length ? first : 0;
    for (const [begin, end, kind] of face.moments) {
      const isSegment = DOING.includes(kind) && end - start >= SHORTEST_SEGMENT && last - end >= SHORTEST_SEGMENT;
      if (begin < start || begin >= last || !isSegment) continue;
      const next = face.steps.find((step) => step[0] >= end - 50);
      const edge = next && next[0] < last ? next[0] : end;
      if (edge <= start || last - edge < SHORTEST_SEGMENT) continue;
      found.push([start, edge]);
      start = edge;
    }
    found.push([start, last]);
  }
  return found;
};

// Where the side began that is being done; null if there is none.
const sideStart = (face, t) => {
  let i = lastIndex(face.steps, t);
  const group = i >= 0 ? face.steps[i][3] : "";
  if (!group) return null;
  while (i > 0 && face.steps[i - 1][3] === group) i--;
  return face.steps[i][0];
};

const placeAt = (face, t) => {
  const step = face.steps[lastIndex(face.steps, t)];
  return step ? { step: step[2], offset: Math.round(t - step[0]) } : { step: "", offset: Math.round(t) };
};
// The time of a place in this face; null if it has no such step.
const timeOf = (face, place) => {
  if (!place) return null;
  const step = place.step !== undefined && face.steps.find((each) => each[2] === place.step);
  if (step) return Math.min(step[1] - 1, step[0] + Math.max(0, Number(place.offset) || 0));
  const at = Number(place.at);
  return at >= 0 && at < face.length ? at : null;
};
