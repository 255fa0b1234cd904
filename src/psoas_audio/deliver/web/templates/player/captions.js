// What is said, with the word being said marked where the times of words are known.
const showCaptions = (player) => {
  const said = byId("said");
  const marked = typeof Highlight === "function" ? new Highlight() : null;
  if (marked) {
    const style = new CSSStyleSheet(); // validators of CSS don't know ::highlight yet
    style.replaceSync("::highlight(word) { text-decoration: underline; text-underline-offset: .18em; }");
    document.adoptedStyleSheets.push(style);
    CSS.highlights.set("word", marked);
  }
  let markedWord = "";
  const mark = (line, t) => {
    const node = said.firstChild;
    const heard = line && t < line[1] && node && node.data === line[2] ? line[4] : [];
    const index = heard.filter((start) => start <= t).length - 1;
    const word = index < 0 ? null : [...line[2].matchAll(/\S+/g)][index];
    const name = word ? `${line[0]} ${index}` : "";
    if (!marked || name === markedWord) return;
    markedWord = name;
    marked.clear();
    if (!word) return;
    const range = new Range();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    marked.add(range);
  };
  const say = (text, language) => {
    set(said, text);
    setAttribute(said, "lang", language || document.documentElement.lang);
  };

  player.on("paint", ({ t, state, moment, breath, chapter }) => {
    const { face, words } = player;
    if (state === "ready") { say(words.need, ""); said.classList.remove("past"); return mark(null, t); }
    if (state === "end") { say(words.stay, ""); said.classList.remove("past"); return mark(null, t); }
    const line = face.lines[lastIndex(face.lines, t)], before = face.moments[lastIndex(face.moments, t)];
    const stale = moment ? moment[0] - 15000 : before ? before[1] : 0; // words of a silence go with it
    const isOld = line && (breath ? line[1] <= breath[0] : line[0] < stale); // the circle tells the next phase
    const current = line && chapter && line[0] >= chapter[0] && !isOld ? line : null;
    say(current ? current[2] : "", current ? current[3] : "");
    said.classList.toggle("past", Boolean(current && state !== "listen" && t >= current[1]));
    return mark(current, t);
  });
};
