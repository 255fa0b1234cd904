// A bed: the frames of its loop, repeated, each at the level that it has there. Pure.
//
// Layer III has a gain for every granule (half a frame) and channel, in steps of 1.505 dB, so that
// an MP3 gets fades and swells without being decoded.

const GAIN_STEP_DB = 20 * Math.log10(2) / 4;
const GRANULE_MS = 12;
const GRANULE_SHIFT_MS = -6;   // from a granule's start in the stream to the middle of its sound
const SWELL_MS = 3000;         // shortest way up or down
const SWELL_MS_PER_DB = 220;   // how long either way takes at least for each dB
const SWELL_AHEAD_MS = 400;    // how long before words the way down has ended
const SWELL_WORTH = 0.8;       // share of the way that a silence must have room for
const SECTION_MS = 4000;       // shortest way from the level of one chapter to that of the next
const FADE_DB_PER_MS = 0.005;
const FADE_DEPTH_DB = [20, 40];
const FADE_EDGE_MS = 500;      // the last step of a fade, into silence

// The bits of a frame at which the gains of its granules start, by channel.
const GAIN_BITS = { 1: [[39], [98]], 2: [[41, 100], [159, 218]] };

const gentle = (way) => {
  const share = Math.min(1, Math.max(0, way));
  return share - (0.2 / (2 * Math.PI)) * Math.sin(2 * Math.PI * share);
};

// What the bed makes room for, words and breath tones: [start, end] in ms, sorted, without the
// silences that are too short for it to come up.
const bedFront = (face, bed, rise, end) => {
  const way = Math.max(SWELL_MS, Math.abs(rise) * SWELL_MS_PER_DB);
  const shortest = SWELL_WORTH * 2 * way + SWELL_AHEAD_MS;
  const heard = [...face.lines, ...face.breaths].map(([from, to]) => [from, to])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const last = heard.reduce((latest, [, to]) => Math.max(latest, to), 0);
  const front = [[0, bed.fadeIn], ...heard];
  if (end - last < way + bed.fadeOut) front.push([last, end]);
  const merged = [];
  for (const [from, to] of front) {
    const before = merged[merged.length - 1];
    if (before && from - before[1] < shortest) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return { merged, way };
};

// How far a fade has come so many ms after its silent end, in dB; -Infinity at that end.
const fadeDb = (after, length) => {
  if (after >= length) return 0;
  if (after <= 0) return -Infinity;
  const depth = Math.min(Math.max(FADE_DB_PER_MS * length, FADE_DEPTH_DB[0]), FADE_DEPTH_DB[1]);
  const edge = Math.min(1, after / Math.max(1, Math.min(FADE_EDGE_MS, length / 4)));
  return depth * (after / length - 1) + 20 * Math.log10(0.5 - 0.5 * Math.cos(Math.PI * edge));
};

// The level in dB of each granule of a bed under the session that `face` shows, relative to its
// frames in the pool. `bed` is {fadeIn, fadeOut, before (ms before the session's end at which it
// ends), top, level, rise (dB), chapters: {number: [level, rise]}}; `numbers` has the numbers of the
// face's chapters, `extra` what the listener adds, in dB.
const bedLevels = (face, numbers, bed, extra, granules) => {
  const end = Math.max(0, face.length - bed.before);
  const sections = face.chapters.map(([start], i) =>
    [start, ...(bed.chapters[numbers[i]] || [bed.level, bed.rise])]);
  const rises = sections.map(([, , rise]) => Math.abs(rise));
  const { merged, way } = bedFront(face, bed, Math.max(0, ...rises), end);
  const levels = new Float64Array(granules);
  let front = 0, section = 0;
  for (let i = 0; i < granules; i += 1) {
    const t = i * GRANULE_MS + GRANULE_SHIFT_MS;
    while (front + 1 < merged.length && t >= merged[front][1] + way) front += 1;
    let share = 1;
    for (let k = front; k < merged.length && merged[k][0] - SWELL_AHEAD_MS - way < t; k += 1) {
      const falling = gentle((merged[k][0] - SWELL_AHEAD_MS - t) / way);
      share = Math.min(share, Math.max(falling, gentle((t - merged[k][1]) / way)));
    }
    while (section + 1 < sections.length && t >= sections[section + 1][0]) section += 1;
    let [start, level, rise] = sections[section] || [0, bed.level, bed.rise];
    if (section > 0) {
      const [, before, rose] = sections[section - 1];
      const far = Math.abs(level - before) + Math.abs(rise - rose);
      const done = gentle((t - start) / Math.max(SECTION_MS, far * SWELL_MS_PER_DB));
      level = before + (level - before) * done;
      rise = rose + (rise - rose) * done;
    }
    levels[i] = level + rise * share - bed.top + extra
      + fadeDb(t, bed.fadeIn) + fadeDb(end - t, bed.fadeOut);
  }
  return levels;
};

// Adds `steps` to the 8 bits from `bit` on of the frame at `at`, within 0 to 255.
const addGain = (mp3, at, bit, steps) => {
  const byte = at + 32 / 8 + (bit >> 3), shift = 8 - (bit & 7);
  const both = (mp3[byte] << 8) | mp3[byte + 1];
  const gain = Math.min(255, Math.max(0, ((both >> shift) & 255) + steps));
  const changed = (both & ~(255 << shift)) | (gain << shift);
  mp3[byte] = changed >> 8;
  mp3[byte + 1] = changed & 255;
};

// A bed of `samples` samples as an MP3: `loop` has the frames of one period, `levels` one value in
// dB for each granule.
const bedMp3 = (form, loop, samples, levels) => {
  const { size, channels } = form, frames = frameCount(samples), period = loop.length / size;
  const mp3 = new Uint8Array((frames + 1) * size);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = (frame + 1) * size, from = (frame % period) * size;
    mp3.set(loop.subarray(from, from + size), at);
    for (let granule = 0; granule < 2; granule += 1) {
      const db = levels[2 * frame + granule];
      const steps = db === -Infinity ? -255 : Math.floor(db / GAIN_STEP_DB + 0.5);
      for (const bit of GAIN_BITS[channels][granule]) addGain(mp3, at, bit, steps);
    }
  }
  writeInfoFrame(mp3, form, frames, samples, crc16Folded(mp3.subarray(size)));
  return mp3;
};
