// The end: what was done in this visit, what was said last, and again.
const LAST_WORDS = 320; // characters of what is shown again, at most
// The last sentences of the last chapter, as entries of the transcript: the words for afterwards.
const lastWords = ({ chapters, transcript }) => {
  const last = chapters[chapters.length - 1];
  const said = transcript.filter((entry) => entry[5] === "said" && last && entry[0] >= last[0]);
  let size = 0;
  const from = said.findLastIndex((entry) => { size += entry[2].length + 1; return size > LAST_WORDS; });
  return said.slice(from + 1);
};
const today = () => new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "full" });

const showEnding = (player) => {
  const { words } = player;
  const heard = new Map(); // start of a chapter → ms heard
  const LONGEST = 2500; // ms between two looks, with the page hidden too; more is a seek
  let before = null;
  player.on("time", () => {
    const t = player.now(), passed = before === null ? 0 : t - before;
    before = t;
    const chapter = player.face.chapters[lastIndex(player.face.chapters, t)];
    if (chapter && passed > 0 && passed < LONGEST * player.audio.playbackRate) heard.set(chapter[0], (heard.get(chapter[0]) || 0) + passed);
  });
  player.on("end", () => {
    const { chapters } = player.face;
    const done = chapters.filter(([start, end]) => (heard.get(start) || 0) >= (end - start) / 2);
    const total = [...heard.values()].reduce((sum, ms) => sum + ms, 0);
    const minutes = Math.max(1, Math.round(total / 60000));
    const count = done.length === 1 ? words["one-chapter"] : fill(words["many-chapters"], { count: done.length });
    const time = `${minutes} ${minutes === 1 ? words.minute : words.minutes}`;
    set(byId("did"), done.length ? fill(words["you-did"], { chapters: count, time }) : "");
    set(byId("did-title"), document.querySelector("h1").textContent);
    set(byId("did-when"), today());
    byId("did-list").replaceChildren(...done.map(([, , title, figure]) =>
      make("li", {}, figure === "none" ? "" : drawing(figure, ""), make("span", {}, title))));
  });
  player.on("use", () => {
    const box = byId("last-words"), said = lastWords(player.face);
    box.hidden = said.length === 0;
    box.lastElementChild.replaceChildren(...said.flatMap(([, , text, language]) =>
      [make("span", { lang: language || document.documentElement.lang }, text), " "]));
  });
  byId("again").addEventListener("click", () => { heard.clear(); before = null; player.go(0); player.play(); });
};
