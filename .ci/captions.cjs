// Captions read by other people's parsers: node captions.cjs PACKAGE FILE...
"use strict";
const fs = require("fs");
const [name, ...files] = process.argv.slice(2);
let faults = 0;
for (const file of files) {
  const text = fs.readFileSync(file, "utf8");
  let found = [];
  if (name === "webvtt-parser" && file.endsWith(".vtt")) {
    const { WebVTTParser } = require("webvtt-parser");
    found = new WebVTTParser().parse(text, "subtitles/captions/descriptions").errors;
  } else if (name === "srt-validator" && file.endsWith(".srt")) {
    const tool = require("srt-validator");
    found = (tool.default || tool)(text);
  }
  for (const fault of found) console.log(`${file}: ${JSON.stringify(fault)}`);
  faults += found.length;
}
process.exit(faults ? 1 : 0);
