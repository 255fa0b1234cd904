"use strict";
(() => {
  const session = JSON.parse(document.getElementById("session").textContent);
  const { chapters, moments, breaths, lines, length, words } = session;
  const byId = (id) => document.getElementById(id);
  const audio = byId("audio"), button = byId("play"), lung = byId("lung"), ring = byId("ring");
  const figures = [...document.querySelectorAll(".figure use")];
  const pictures = chapters.map((_, i) => document.querySelector(`.picture[data-of="${i}"]`));
  const chapterButtons = [...document.querySelectorAll("[data-chapter]")];
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const RING_LENGTH = 2 * Math.PI * 96; // in the units of the drawing
  const fill = (text, time) => text.replace("{time}", () => time);

  // Every list has items [start, end, …] in milliseconds, sorted by start.
  const lastIndex = (list, t) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle][0] <= t) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const during = (list, t) => {
    const item = list[lastIndex(list, t)];
    return item && t < item[1] ? item : null;
  };

  const clock = (ms) => {
    const s = Math.max(0, Math.ceil(ms / 1000)), m = Math.floor(s / 60);
    return m >= 60
      ? `${Math.floor(m / 60)}:${String(m % 60).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`
      : `${m}:${String(s % 60).padStart(2, "0")}`;
  };
  const inWords = (ms) => {
    const s = Math.round(ms / 1000), m = Math.floor(s / 60), rest = s % 60;
    const parts = [];
    if (m) parts.push(`${m} ${m === 1 ? words.minute : words.minutes}`);
    if (rest || !m) parts.push(`${rest} ${rest === 1 ? words.second : words.seconds}`);
    return parts.join(" ");
  };
  const set = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const say = (text, language) => {
    set(byId("said"), text);
    byId("said").lang = language || document.documentElement.lang;
  };

  // The word being said is marked, where the times of words are known.
  const marked = typeof Highlight === "function" ? new Highlight() : null;
  if (marked) {
    const style = new CSSStyleSheet(); // validators of CSS don't know ::highlight yet
    style.replaceSync("::highlight(word) { text-decoration: underline; text-underline-offset: .18em; }");
    document.adoptedStyleSheets.push(style);
    CSS.highlights.set("word", marked);
  }
  let markedWord = "";
  const follow = (line, t) => {
    const node = byId("said").firstChild;
    const heard = line && t < line[1] && node?.data === line[2] ? line[4] : [];
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

  // How full the lungs are at t, from 0 to 1: every phase follows a raised cosine.
  const fullness = (breath, t) => {
    const [start, end, , from, to] = breath;
    const p = Math.min(1, Math.max(0, (t - start) / (end - start)));
    return from + (to - from) * (1 - Math.cos(Math.PI * p)) / 2;
  };

  let started = false; // whether it has played, or a position was chosen, in this visit
  let restoring = false;
  const now = () => audio.currentTime * 1000;

  const comesNext = (t, moment) => {
    const after = moment ? moment[1] : t;
    const chapter = chapters[lastIndex(chapters, t) + 1];
    const next = moments[lastIndex(moments, Math.max(t, after - 1)) + 1];
    if (chapter && (!next || chapter[0] <= next[0])) return [chapter[2], ""];
    if (next) return [next[3], inWords(next[1] - next[0])];
    return moment || t < length - 10000 ? [words.end, ""] : ["", ""];
  };

  const showNext = (title, time) => {
    const text = title ? `${words.next}: ${title}${time ? `, ${time}` : ""}` : "";
    const element = byId("next");
    if (element.dataset.text === text) return;
    element.dataset.text = text;
    element.replaceChildren();
    if (!title) return;
    const small = (words) => Object.assign(document.createElement("small"), { textContent: words });
    element.append(small(`${words.next} `), title);
    if (time) element.append(small(` ${time}`));
  };

  const paint = () => {
    const t = now();
    const over = audio.ended || t >= length - 30;
    const moment = during(moments, t), breath = during(breaths, t);
    const number = Math.max(0, lastIndex(chapters, t)), chapter = chapters[number];
    const state = over ? "end" : !started ? "ready" : moment ? moment[2] : "listen";
    const body = document.body;
    if (body.dataset.state !== state) body.dataset.state = state;
    body.dataset.paused = String(audio.paused);
    chapterButtons.forEach((other, i) => {
      if (started && i === number) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    });
    button.setAttribute("aria-label", audio.paused ? (started && !over ? words.continue : words.play) : words["pause-playback"]);
    const figure = `#figure-${(chapter && chapter[3]) || "none"}`;
    const picture = pictures[number];
    set(byId("pose"), picture ? picture.getAttribute("aria-label") : "");
    for (const use of figures) if (use.getAttribute("href") !== figure) use.setAttribute("href", figure);

    let level = 1;
    if (breath && state !== "ready" && state !== "end") {
      const full = reducedMotion.matches ? (breath[4] > breath[3] || breath[2] === "full" ? 1 : 0) : fullness(breath, t);
      const least = breath[5] ? .8 : .56;
      lung.dataset.full = full.toFixed(4);
      level = least + (1 - least) * full;
    } else delete lung.dataset.full;
    lung.setAttribute("r", (88 * level).toFixed(2));

    let left = moment ? (moment[1] - t) / (moment[1] - moment[0]) : 0;
    if (reducedMotion.matches) left = Math.ceil(left * 60) / 60;
    ring.setAttribute("stroke-dasharray", `${(left * RING_LENGTH).toFixed(2)} ${RING_LENGTH}`);

    if (state === "ready") {
      set(byId("what"), t > 1000 ? fill(words.resume, clock(t)) : words.ready);
      say(session.need);
      return showNext("", "");
    }
    if (state === "end") {
      set(byId("what"), words.done);
      say(words.stay);
      return showNext("", "");
    }
    const line = lines[lastIndex(lines, t)], before = moments[lastIndex(moments, t)];
    const stale = !moment && before ? before[1] : 0; // lines spoken in a hold are hidden after it
    const current = line && line[0] >= chapter[0] && line[0] >= stale ? line : null;
    const past = Boolean(current && t >= current[1]);
    say(current ? current[2] : "", current && current[3]);
    byId("said").classList.toggle("past", past && state !== "listen");
    set(byId("what"), moment ? moment[3] : chapter[2]);
    if (moment && state === "breathe" && breath) {
      set(byId("phase"), words[`phase-${breath[2]}`]);
      set(byId("count"), String(Math.max(1, Math.ceil((breath[1] - t) / 1000))));
      say(fill(words["time-left"], clock(moment[1] - t)));
    } else if (moment) {
      set(byId("phase"), "");
      set(byId("count"), clock(moment[1] - t));
    }
    follow(current, t);
    showNext(...comesNext(t, moment));
  };

  let frame = 0;
  const run = () => {
    paint();
    frame = audio.paused || document.hidden ? 0 : requestAnimationFrame(run);
  };
  const wake = () => { if (!frame) run(); };

  const seek = (ms) => {
    audio.currentTime = Math.min(Math.max(0, ms), length) / 1000;
    started = started || ms > 0;
    paint();
  };
  const go = {
    back: () => seek(now() - 10000),
    forward: () => seek(now() + 10000),
    "previous-chapter": () => {
      const i = lastIndex(chapters, now());
      seek(now() - chapters[i][0] > 3000 || i === 0 ? chapters[i][0] : chapters[i - 1][0]);
    },
    "next-chapter": () => {
      const next = chapters[lastIndex(chapters, now()) + 1];
      if (next) seek(next[0]);
    },
  };
  const play = () => audio.play().catch((reason) => {
    if (reason.name !== "AbortError") set(byId("trouble"), words["playback-error"]);
  });
  const toggle = () => { if (audio.paused) play(); else audio.pause(); };

  button.addEventListener("click", toggle);
  chapterButtons.forEach((other, i) => other.addEventListener("click", () => {
    started = true;
    seek(chapters[i][0]);
    play();
  }));
  document.querySelectorAll("[data-go]").forEach((other) =>
    other.addEventListener("click", go[other.dataset.go]));
  byId("again").firstElementChild.addEventListener("click", () => {
    byId("again").hidden = true;
    seek(0);
    play();
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("button, a, audio, summary, input")) {
      if (event.key === " " || event.target.closest("audio")) return;
    }
    const act = {
      " ": toggle,
      ArrowLeft: event.shiftKey ? go["previous-chapter"] : go.back,
      ArrowRight: event.shiftKey ? go["next-chapter"] : go.forward,
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // Keep the screen on while it plays: from the floor, the phone is out of reach.
  let lock = null;
  const keepAwake = async () => {
    if (audio.paused || document.hidden || lock || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => { lock = null; });
      if (audio.paused) lock.release();
    } catch { lock = null; }
  };
  document.addEventListener("visibilitychange", () => { keepAwake(); wake(); });

  // Remember the position between visits, if the browser allows it.
  const key = `psoas-audio ${session.name} ${session.digest}`;
  const remember = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value);
    } catch { /* Storage is blocked. */ }
  };
  const recall = (name) => {
    try { return localStorage.getItem(name); } catch { return null; }
  };
  let savedPosition = 0;
  const savePosition = () => {
    const t = now();
    savedPosition = t;
    remember(key, t > 5000 && t < length - 10000 ? String(Math.round(t)) : null);
  };
  addEventListener("pagehide", savePosition);

  const media = navigator.mediaSession;
  const showMetadata = () => {
    if (!media) return;
    const chapter = chapters[Math.max(0, lastIndex(chapters, now()))];
    const title = chapter ? chapter[2] : session.title;
    if (media.metadata && media.metadata.title === title) return;
    media.metadata = new MediaMetadata({
      title, artist: session.artist, album: session.title,
      artwork: session.cover ? [{ src: session.cover, type: "image/jpeg" }] : [],
    });
  };
  const showPosition = () => {
    if (media && media.setPositionState && isFinite(audio.duration)) {
      media.setPositionState({ duration: audio.duration, playbackRate: audio.playbackRate,
        position: Math.min(audio.currentTime, audio.duration) });
    }
  };
  if (media) {
    const actions = {
      play, pause: () => audio.pause(), seekbackward: go.back, seekforward: go.forward,
      previoustrack: go["previous-chapter"], nexttrack: go["next-chapter"],
      seekto: (details) => seek(details.seekTime * 1000),
    };
    for (const [action, handler] of Object.entries(actions)) {
      try { media.setActionHandler(action, handler); } catch { /* Older browsers don't know it. */ }
    }
  }

  audio.addEventListener("play", () => {
    started = true;
    byId("again").hidden = true;
    set(byId("trouble"), "");
    showMetadata(); wake(); keepAwake();
  });
  audio.addEventListener("pause", () => { if (lock) lock.release(); savePosition(); paint(); });
  audio.addEventListener("ended", () => { savePosition(); paint(); });
  audio.addEventListener("seeked", () => {
    started = started || (!restoring && now() > 0);
    restoring = false;
    showPosition();
    paint();
  });
  audio.addEventListener("ratechange", showPosition);
  audio.addEventListener("timeupdate", () => {
    showMetadata();
    if (Math.abs(now() - savedPosition) > 5000) { savePosition(); showPosition(); }
    if (!frame) paint();
  });
  audio.addEventListener("error", () => set(byId("trouble"), words["sound-error"]));

  const root = document.documentElement, theme = byId("theme");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  const chosen = recall("psoas-audio theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("psoas-audio theme", root.dataset.theme);
    showTheme();
  });
  systemDark.addEventListener("change", showTheme);
  showTheme();

  const begin = () => {
    const asked = /^#t=([\d.]+)$/.exec(location.hash);
    if (asked) return seek(Number(asked[1]) * 1000);
    const place = Number(recall(key));
    if (place > 0 && place < length) {
      restoring = true;
      audio.currentTime = place / 1000;
      byId("again").hidden = false;
    }
    return paint();
  };
  if (audio.readyState > 0) begin();
  else audio.addEventListener("loadedmetadata", begin, { once: true });
  paint();
})();
