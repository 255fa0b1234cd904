// Joins frames of a pool to one complete, gapless MP3. Pure: it runs in browsers and in Node.
//
// `form` describes the frames: {header (8 hex digits), size (bytes), kbps, channels, lowpass (Hz)}.
// `pool` is a Uint8Array of whole frames. `runs` lists a first frame and a count, and so on: a
// positive count stands for consecutive frames, a negative one repeats the same frame.

const MP3_FRAME = 1152;      // samples of a frame
const ENCODER_DELAY = 576;   // samples of silence before the signal
const CRC_PERIOD = 32767;    // bytes after which a byte's contribution to the CRC repeats

const frameCount = (samples) => Math.ceil((samples + 2 * ENCODER_DELAY) / MP3_FRAME);

const framesIn = (runs) => {
  let frames = 0;
  for (let i = 1; i < runs.length; i += 2) frames += Math.abs(runs[i]);
  return frames;
};

// CRC-16 with the polynomial 0x8005, reflected, from 0.
const crc16 = (bytes) => {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
};

// The same of long data, folded to one period first.
const crc16Folded = (bytes) => {
  const sum = new Uint8Array(CRC_PERIOD), length = bytes.length;
  for (let at = 0; at < length; at += CRC_PERIOD) {
    const count = Math.min(CRC_PERIOD, length - at);
    for (let i = 0; i < count; i += 1) sum[i] ^= bytes[at + i];
  }
  const last = length % CRC_PERIOD, turned = new Uint8Array(CRC_PERIOD);
  turned.set(sum.subarray(last));
  turned.set(sum.subarray(0, last), CRC_PERIOD - last);
  return crc16(turned);
};

const writeInfoFrame = (mp3, form, frames, samples, musicCrc) => {
  const view = new DataView(mp3.buffer, mp3.byteOffset);
  const size = mp3.length, mono = form.channels === 1;
  const text = (at, letters) => [...letters].forEach((l, i) => { mp3[at + i] = l.charCodeAt(0); });
  view.setUint32(0, parseInt(form.header, 16));
  let at = 4 + (mono ? 17 : 32);
  text(at, "Info");
  view.setUint32(at + 4, 0xf);
  view.setUint32(at + 8, frames);
  view.setUint32(at + 12, size);
  for (let i = 0; i < 100; i += 1) {
    mp3[at + 16 + i] = Math.floor((256 * (100 + i * frames)) / (100 * (frames + 1)));
  }
  at += 116;
  const endPadding = frames * MP3_FRAME - ENCODER_DELAY - samples;
  view.setUint32(at, 57);                     // LAME's quality
  text(at + 4, "LAME3.100");
  mp3[at + 13] = 0x01;                        // tag revision 0, constant bit rate
  mp3[at + 14] = Math.floor(form.lowpass / 100);
  mp3[at + 23] = !mono && form.kbps >= 160 ? 0x34 : 0x14; // psychoacoustic model, ATH type
  mp3[at + 24] = Math.min(form.kbps, 255);
  mp3[at + 25] = ENCODER_DELAY >> 4;
  mp3[at + 26] = ((ENCODER_DELAY & 15) << 4) | (endPadding >> 8);
  mp3[at + 27] = endPadding & 255;
  // What the encoder says of its source: 48 kHz, joint stereo, not the best rate, noise shaping.
  mp3[at + 28] = 0x80 | (form.kbps === 320 ? 0 : 0x20) | (mono ? 0 : 0x0c) | (form.kbps < 192 ? 2 : 1);
  view.setUint16(at + 30, form.kbps);
  view.setUint32(at + 32, size);
  view.setUint16(at + 36, musicCrc);
  view.setUint16(at + 38, crc16(mp3.subarray(0, at + 38)));
};

// The MP3 of `runs`, which decodes to `samples` samples; throws if they don't fit to each other.
const joinMp3 = (form, pool, runs, samples) => {
  const { size } = form, frames = framesIn(runs);
  if (frames !== frameCount(samples)) throw new Error("the runs don't have the session's length");
  const mp3 = new Uint8Array((frames + 1) * size);
  let at = size;
  for (let i = 0; i < runs.length; i += 2) {
    const first = runs[i] * size, bytes = Math.abs(runs[i + 1]) * size;
    const source = pool.subarray(first, first + (runs[i + 1] > 0 ? bytes : size));
    if (source.length < (runs[i + 1] > 0 ? bytes : size)) throw new Error("the pool is too short");
    mp3.set(source, at);
    // What is there is doubled until the run is full.
    for (let done = source.length; done < bytes; done *= 2) {
      mp3.copyWithin(at + done, at, at + Math.min(done, bytes - done));
    }
    at += bytes;
  }
  writeInfoFrame(mp3, form, frames, samples, crc16Folded(mp3.subarray(size)));
  return mp3;
};
