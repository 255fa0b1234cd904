// A programme: today's day, what is done, and the day's sessions one after another in one player.
page.source = (session) => {
  let current = session.sessions[0];
  const opened = ({ url, type, face }) => ({ url, type, face, choices: null });
  return {
    first: { ...opened(current), url: "" }, // nothing is loaded before a session is chosen
    open: async () => ({ ...opened(current), url: "" }),
    choose: (one) => { current = one; return opened(one); },
    choices: null,
    get key() { return `psoas-audio ${current.name} ${current.digest}`; },
  };
};

page.extensions.push((player, session) => {
  const { words, days } = session, title = session.title, artist = session.artist;
  const heading = document.querySelector("h1"), body = document.body;
  const facts = document.querySelector("header .facts"), about = facts.textContent;
  const marks = recallProgramme(session.name);
  if (!marks.start && session.start) Object.assign(marks, { start: session.start, at: session.at });
  let queue = []; // entries that are still to be played, the present one first
  let picked = null; // the day that the listener chose to see

  const allEntries = days.flatMap((day) => day.entries);
  const keyOf = new Map(allEntries.map((entry) => [entry.key, entry]));
  const isDone = (entry) => Boolean(marks.done[entry.key]);
  const isDayDone = (day) => day.entries.every(isDone);
  const save = () => {
    marks.days = days.filter(isDayDone).length;
    rememberProgramme(session.name, marks);
  };
  const dayName = (day) => fill(words["day-of-week"], day);
  const dateOf = (day) => new Date(`${addDays(marks.start, dayIndex(day))}T12:00:00`)
    .toLocaleDateString(document.documentElement.lang, { weekday: "short", day: "numeric", month: "short" });
  const timeOfDay = () => (/^\d\d:\d\d$/.test(marks.at) ? new Date(`2000-01-01T${marks.at}`)
    .toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" }) : "");
  // A day by its place in the programme, and by date and time where they are known.
  const whenIs = (day) => [dayName(day), ...(marks.start ? [dateOf(day), timeOfDay()] : [])].filter(Boolean).join(", ");
  const today = () => (marks.start ? daysBetween(marks.start, isoDay(new Date())) : null);

  // The day to show on top, what is said about it, the one after it, and an earlier one that is open.
  const presentDay = () => {
    const now = today(), open = days.filter((day) => !isDayDone(day));
    if (picked) return { day: picked, eyebrow: dayName(picked) };
    if (!open.length) return { day: null, eyebrow: "", said: words["programme-done"] };
    if (now === null) return { day: open[0], eyebrow: dayName(open[0]) };
    const day = days.find((each) => dayIndex(each) === now), coming = open.find((each) => dayIndex(each) > now);
    const earlier = open.find((each) => dayIndex(each) < now);
    const next = coming ? fill(words["coming-next"], { day: whenIs(coming) }) : "";
    if (now < 0) return { day: open[0], eyebrow: fill(words["not-yet"], { date: dateOf(days[0]) }) };
    if (!day) return { day: null, eyebrow: words.today, said: words["nothing-today"], next, coming, earlier };
    if (isDayDone(day)) return { day: null, eyebrow: words.today, said: words["done-today"], next, coming, earlier };
    return { day, eyebrow: `${words.today} · ${dayName(day)}`, earlier };
  };

  const markButton = (entry) => {
    const one = session.sessions[entry.session];
    const icon = makeSvg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
      makeSvg("circle", { cx: 12, cy: 12, r: 10 }), makeSvg("path", { d: "M7.5 12.5l3 3 6-7" }));
    const button = make("button", { type: "button", className: "mark" }, icon);
    button.setAttribute("aria-pressed", String(isDone(entry)));
    button.setAttribute("aria-label", `${words[isDone(entry) ? "mark-open" : "mark-done"]}: ${one.title}`);
    button.addEventListener("click", () => {
      if (isDone(entry)) delete marks.done[entry.key]; else marks.done[entry.key] = new Date().toISOString();
      save();
      show();
      const again = document.querySelector(`#programme [data-entry="${entry.key}"] .mark`);
      if (again) again.focus();
    });
    return button;
  };
  const sessionLine = (entry) => {
    const one = session.sessions[entry.session], place = recallPlace(`psoas-audio ${one.name} ${one.digest}`);
    const left = place && place.at > 0 && !isDone(entry) ? `${clockAt(place.at)} / ` : "";
    const link = make("a", { className: "one", href: one.page || one.url },
      make("span", { className: "name" }, one.title, ...(entry.guidance ? [" ", make("small", {}, entry.guidance)] : [])), " ",
      make("span", { className: "time" }, left + clockAt(one.face.length)));
    link.addEventListener("click", (event) => { event.preventDefault(); start([entry]); });
    const item = make("li", {}, markButton(entry), link);
    item.dataset.entry = entry.key;
    return item;
  };

  // A button that leads to a day.
  const showWay = (name, day, label) => {
    const way = byId(name);
    way.hidden = !day;
    if (!day) return;
    set(way, label);
    way.onclick = () => { picked = day; show(); byId("today-title").focus({ preventScroll: true }); };
  };
  const show = () => {
    const { day, eyebrow, said, next, coming, earlier } = presentDay(), offered = day || coming;
    set(byId("eyebrow"), eyebrow);
    set(byId("today-title"), said || (day ? day.title || day.entries.map((entry) => session.sessions[entry.session].title).join(", ") : ""));
    byId("today-sessions").replaceChildren(...(day ? day.entries.map(sessionLine) : next ? [make("li", {}, next)] : []));
    const button = byId("play-today");
    button.hidden = !offered;
    button.classList.toggle("early", !day);
    if (offered) {
      const { entries } = offered, open = entries.filter((entry) => !isDone(entry)), begun = open.length < entries.length && open.length;
      const length = (open.length ? open : entries).reduce((sum, entry) => sum + session.sessions[entry.session].face.length, 0);
      const verb = begun ? words.continue : words[day ? "play-day" : "do-now"];
      set(button, `${verb} · ${Math.max(1, Math.round(length / 60000))} ${words.min}`);
      button.dataset.day = `${offered.week}.${offered.day}`;
    }
    showWay("look-at", !day && coming, words["look-at"]);
    showWay("still-open", earlier, earlier && fill(words["still-open"], { day: dayName(earlier) }));
    byId("back-to-today").hidden = !picked;
    byId("progress").value = marks.days;
    set(byId("days-done"), fill(words["days-done"], { done: marks.days, all: days.length }));
    const now = today();
    for (const each of days) {
      const box = byId(`day-${each.week}-${each.day}`);
      box.classList.toggle("now", dayIndex(each) === now);
      box.classList.toggle("all-done", isDayDone(each));
      box.querySelector("ul").replaceChildren(...each.entries.map(sessionLine));
      if (marks.start) {
        const dateTime = addDays(marks.start, dayIndex(each));
        box.querySelector(".date").replaceChildren(make("time", { dateTime }, dateOf(each)));
      }
    }
    set(byId("begin"), words[marks.start ? "begin-again" : "begin-today"]);
    const form = byId("calendar");
    if (!form.start.value) form.start.value = marks.start || isoDay(new Date());
    if (!form.at.value) form.at.value = marks.at;
  };

  const view = (name) => {
    body.dataset.view = name;
    if (name === "programme") {
      player.pause();
      set(heading, title);
      set(facts, about);
      document.title = title;
      show();
    }
  };
  const begin = (entry) => {
    const one = session.sessions[entry.session];
    Object.assign(session, { title: one.title, artist: one.artist, cover: one.cover });
    set(heading, one.title);
    set(facts, title);
    document.title = `${one.title} – ${title}`;
    const opened = player.source.choose(one), place = isDone(entry) ? null : recallPlace(player.source.key);
    player.use(opened, place);
    player.go(timeOf(one.face, place) || 0);
    player.play();
    showThen();
  };
  const start = (entries) => {
    if (!marks.start) {
      const day = days.find((each) => each.entries.includes(entries[0]));
      marks.start = addDays(isoDay(new Date()), -dayIndex(day)); // the day that is played is today
      save();
    }
    queue = entries;
    view("player");
    begin(queue[0]);
    byId("play").focus({ preventScroll: true });
  };
  const playDay = (name) => {
    const day = days.find((each) => `${each.week}.${each.day}` === name);
    const open = day.entries.filter((entry) => !isDone(entry));
    start(open.length ? open : day.entries);
  };
  // What comes after the session: the next one of the day; or the next day that is open, with a link.
  const showThen = () => {
    const next = queue[1], title = byId("then-title"), last = queue[queue.length - 1];
    byId("then-play").hidden = !next;
    if (next) { set(title, fill(words.then, { title: session.sessions[next.session].title })); return; }
    const own = days.findIndex((day) => day.entries.includes(last));
    const coming = [...days.slice(own + 1), ...days.slice(0, own)].find((day) => !isDayDone(day));
    if (!coming) { set(title, words["programme-done"]); return; }
    const link = make("a", { href: `#day-${coming.week}-${coming.day}` }, fill(words["coming-next"], { day: whenIs(coming) }));
    title.replaceChildren(words["day-done"], " ", make("br"), link);
  };

  player.on("end", () => {
    if (!queue.length) return;
    marks.done[queue[0].key] = new Date().toISOString();
    save();
    showThen();
    if (queue.length > 1 && !player.ledOut) { queue = queue.slice(1); begin(queue[0]); }
  });
  byId("then-play").addEventListener("click", () => { queue = queue.slice(1); begin(queue[0]); });
  for (const button of document.querySelectorAll(".to-programme")) button.addEventListener("click", () => { picked = null; view("programme"); });
  byId("back-to-today").addEventListener("click", () => { picked = null; show(); byId("today-title").focus({ preventScroll: true }); });
  byId("play-today").addEventListener("click", (event) => playDay(event.currentTarget.dataset.day));
  for (const button of document.querySelectorAll(".play-day")) button.addEventListener("click", () => playDay(button.dataset.day));
  byId("begin").addEventListener("click", () => {
    const isAgain = Boolean(marks.start);
    marks.start = isoDay(new Date());
    if (isAgain) marks.done = {};
    picked = null;
    save();
    show();
    scrollTo(0, 0);
  });
  byId("calendar").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.currentTarget, text = calendarOf({ ...session, title }, form.start.value, form.at.value);
    Object.assign(marks, { start: form.start.value, at: form.at.value });
    save();
    show();
    const url = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    make("a", { href: url, download: `${session.name}.ics` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  });
  const fromHash = () => {
    const found = /^#day-(\d+)-(\d+)$/.exec(location.hash);
    picked = (found && days.find((day) => day.week === Number(found[1]) && day.day === Number(found[2]))) || null;
    view("programme");
  };
  addEventListener("hashchange", fromHash);
  save();
  fromHash();
});
