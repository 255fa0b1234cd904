// The catalogue: languages, search, filters, what is under way, what is kept.
const all = JSON.parse(byId("words").textContent);
const cards = [...document.querySelectorAll(".card")], programmes = [...document.querySelectorAll(".programme")];
const form = byId("filters"), search = byId("search"), language = byId("language");
const onTheWeb = location.protocol.startsWith("http");
let say = all.words[all.language], spoken = all.language;
let refreshKept = () => {};
let texts = null; // name to all that is said, once the listener searches

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const wanted = () => plain(search.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const titles = new Map(cards.map((card) => [card, plain([".title", ".summary", ".facts"]
  .map((name) => (card.querySelector(name) || {}).textContent || "").join(" "))]));
const wholeText = (card) => (texts && texts[card.dataset.name]) || "";
const says = (card, words) => {
  if (!words.length) return true;
  const text = `${titles.get(card)} ${plain(wholeText(card))}`;
  return words.every((word) => text.includes(word));
};
// Where the first word that isn't in the title is said, with some words around it.
const AROUND = 60; // characters
const showHit = (card, words) => {
  const hit = card.querySelector(".hit"), text = wholeText(card);
  const word = words.find((each) => !titles.get(card).includes(each));
  const lower = text.toLowerCase(), at = word && plain(lower).length === lower.length ? plain(lower).indexOf(word) : -1;
  hit.hidden = at < 0;
  hit.replaceChildren();
  if (at < 0) return;
  const from = Math.max(0, text.lastIndexOf(" ", Math.max(0, at - AROUND))), to = text.indexOf(" ", at + word.length + AROUND);
  const end = to < 0 ? text.length : to;
  hit.append(`${from > 0 ? "…" : ""}${text.slice(from, at)}`, make("mark", {}, text.slice(at, at + word.length)), `${text.slice(at + word.length, end)}…`);
};

const isSpoken = (element) => !language || element.dataset.language === spoken;
const fits = (card, { time, position, level, missing }) => {
  const { minutes, position: where, equipment } = card.dataset;
  return (!time || Number(minutes) <= Number(time)) && (!position || where === position)
    && (!level || card.dataset.level === level)
    && !equipment.split("|").some((thing) => missing.has(thing));
};
const filter = () => {
  const data = new FormData(form), things = [...form.querySelectorAll("[name=equipment]")];
  const missing = new Set(things.filter((thing) => !thing.checked).map((thing) => thing.value));
  const wishes = { time: data.get("time"), position: data.get("position"), level: data.get("level"), missing };
  const words = wanted(), ours = cards.filter(isSpoken);
  document.body.classList.toggle("searching", words.length > 0);
  let shown = 0;
  for (const card of cards) {
    card.hidden = !isSpoken(card) || !fits(card, wishes) || !says(card, words);
    shown += card.hidden ? 0 : 1;
    if (!card.hidden) showHit(card, words);
  }
  const every = shown === ours.length;
  set(byId("count"), fill(say[!every ? "filtered-count" : shown === 1 ? "one-session" : "session-count"], { shown, all: ours.length }));
  const chosen = [wishes.time, wishes.position, wishes.level].filter(Boolean).length + (missing.size ? 1 : 0);
  set(byId("chosen"), chosen ? String(chosen) : "");
  byId("reset").hidden = !chosen;
  byId("none").hidden = shown > 0;
  set(byId("none"), say[words.length ? "no-result" : "no-match"]);
};
form.addEventListener("input", filter);
form.addEventListener("reset", () => setTimeout(filter));
form.addEventListener("submit", (event) => { event.preventDefault(); byId("sessions").focus(); });
const learnTexts = async () => {
  if (texts || !onTheWeb) return;
  texts = {};
  try { texts = await (await fetch("search.json")).json(); filter(); } catch { texts = null; }
};
search.addEventListener("focus", learnTexts);
search.addEventListener("input", () => { learnTexts(); filter(); });

// What is under way: sessions that were left in the middle, programmes that were begun.
const MOST = 6;
const showGoing = () => {
  const going = [];
  for (const card of cards) {
    const place = recallPlace(card.dataset.key), length = Number(card.dataset.length);
    card.classList.toggle("done", Boolean(place && place.done));
    if (!isSpoken(card) || !place || !(place.at > 0)) continue;
    const link = make("a", { className: "open", href: card.querySelector(".open").href },
      make("span", { className: "title" }, card.querySelector(".title").textContent),
      make("span", { className: "facts" }, fill(say["go-on-at"], { time: clockAt(place.at), length: clockAt(length) })));
    const bar = make("progress", { max: length, value: place.at });
    bar.setAttribute("aria-hidden", "true");
    const item = make("li", {}, link, bar);
    item.lang = card.lang;
    item.dir = card.dir;
    going.push(item);
  }
  for (const card of programmes) {
    const begun = recallProgramme(card.dataset.name), days = Number(card.dataset.days);
    const done = begun.days;
    const state = card.querySelector(".state");
    state.hidden = !done && !begun.start;
    set(state, fill(all.words[card.dataset.language]["days-done"], { done, all: days }));
    card.hidden = !isSpoken(card);
  }
  if (byId("programmes")) byId("programmes").hidden = programmes.every((card) => card.hidden);
  byId("go-on").querySelector("ul").replaceChildren(...going.slice(0, MOST));
  byId("go-on").hidden = !going.length;
};

const showKept = (marks, refresh) => {
  const line = byId("kept"), button = line.querySelector("button");
  line.hidden = !marks.length;
  set(line.firstElementChild, fill(say["kept-total"], { size: megabytes(keptBytes(marks)) }));
  button.onclick = async () => {
    for (const { name } of marks) await forgetThing(name);
    refresh();
  };
};
const tellOffline = () => set(byId("offline"), navigator.onLine ? "" : say.offline);

const speak = (tag) => {
  spoken = tag;
  say = all.words[tag];
  const root = document.documentElement;
  root.lang = all.tags[tag];
  root.dir = all.directions[tag];
  for (const element of document.querySelectorAll("[data-say]")) set(element, say[element.dataset.say]);
  search.placeholder = say["search-hint"];
  setAttribute(form, "aria-label", say.filters);
  for (const label of form.querySelectorAll("[data-languages]")) {
    label.hidden = Boolean(language) && !label.dataset.languages.split(" ").includes(tag);
  }
  byId("feed").href = all.feeds[tag] || byId("feed").href;
  document.title = document.querySelector("h1").textContent;
  filter();
  showGoing();
  tellOffline();
  refreshKept();
};

for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
byId("filter-box").hidden = !form.querySelector("input");
// A language by the name that its speakers give it.
const ownName = (tag) => {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};
if (language) {
  for (const option of language.options) set(option, ownName(option.value));
  const remembered = recall("psoas-audio language");
  const wishes = [remembered, ...navigator.languages.map((tag) => tag.split("-")[0])];
  const own = wishes.find((tag) => tag && tag in all.words) || all.language;
  language.value = own;
  language.addEventListener("change", () => { remember("psoas-audio language", language.value); speak(language.value); });
  speak(own);
} else {
  filter();
  showGoing();
}
addEventListener("pageshow", () => { filter(); showGoing(); });
if (onTheWeb) {
  addEventListener("online", tellOffline);
  addEventListener("offline", tellOffline);
  tellOffline();
}
refreshKept = showKeepButtons([...document.querySelectorAll(".keep")], new Proxy({}, { get: (_, name) => say[name] }), showKept);
