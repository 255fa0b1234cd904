// Reads a living session's document. Pure: it runs in browsers and in Node.

// The document with the entries of its faces written out, as `plain` has each text only once.
const readDocument = (plain) => {
  const entry = ([start, end, item], part) => {
    const whole = [start, end, ...plain.items[item]];
    if (part === "lines") whole[4] = whole[4].map((word) => word + start);
    return whole;
  };
  const pieces = plain.pieces.map((piece) => {
    const face = {};
    for (const [part, entries] of Object.entries(piece.face)) {
      face[part] = entries.map((one) => entry(one, part));
    }
    return { ...piece, face };
  });
  return { ...plain, pieces };
};

// The number of the row for `choices`: {length (s), guidance, side, bed}; the nearest length, if
// none has that one, and whatever of the rest the rows have.
const findRow = (document, choices) => {
  const weight = (row) => Math.abs(row.length - choices.length)
    + (row.guidance !== choices.guidance && 1e6) + (row.side !== choices.side && 1e5)
    + (row.bed !== "" && (row.bed === "none") !== (choices.bed === "none") && 1e5);
  let found = 0;
  document.rows.forEach((row, i) => { if (weight(row) < weight(document.rows[found])) found = i; });
  return found;
};

// The bytes of base64 text.
const fromBase64 = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
};

// The `count` bytes of text in which two characters stand for 13 bits: the printable ones of ASCII
// but "<", ">" and "&". That is less text than base64.
const fromText = (text, count) => {
  const numbers = new Uint8Array(128), bytes = new Uint8Array(count);
  for (let code = 0x21, number = 0; code < 0x7f; code += 1) {
    if (!"<>&".includes(String.fromCharCode(code))) { numbers[code] = number; number += 1; }
  }
  let bits = 0, left = 0, out = 0;
  for (let i = 0; out < count; i += 2) {
    bits = (bits << 13) | (numbers[text.charCodeAt(i)] * 91 + numbers[text.charCodeAt(i + 1)]);
    left += 13;
    while (left >= 8 && out < count) {
      left -= 8;
      bytes[out] = bits >> left;
      out += 1;
    }
    bits &= (1 << left) - 1;
  }
  return bytes;
};

const inflate = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")));

// The JSON value of `text`, which is deflated and in base64.
const unpack = async (text) => inflate(fromBase64(text)).json();
