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

// The JSON value of `text`, which is deflated and in base64.
const unpack = async (text) => {
  const deflated = new Blob([fromBase64(text)]).stream();
  const inflated = deflated.pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(inflated).text());
};
