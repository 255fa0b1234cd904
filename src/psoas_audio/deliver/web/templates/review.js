"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const audio = byId("audio"), overview = byId("overview"), detail = byId("detail");
  const first = JSON.parse(byId("session").textContent);
  const LANES = ["voice", "breath", "bells", "bed"];
  const LANE_HEIGHTS = { voice: 96, breath: 64, bells: 64, bed: 64 }; // pixels, as in review.css
  const RULER_HEIGHT = 24, CHAPTERS_HEIGHT = 32; // pixels, above the lanes
  const MIN_SPAN = 3000; // milliseconds that are shown at least
  // The version that is shown and the one whose sound plays, as the server is asked for them.
  let session = null, version = "", sounding = "", view = { from: 0, span: 1 }, waves = {};
  const audible = new Set(LANES);

  // Every list has items [start, end, …] in milliseconds, sorted by start.
  const lastIndex = (list, t) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle][0] <= t) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const visible = (list) => list.filter((item) => item[1] > view.from && item[0] < view.from + view.span);
  const clock = (ms, tenths) => {
    const t = Math.max(0, ms), s = Math.floor(t / 1000), m = Math.floor(s / 60), h = Math.floor(m / 60);
    const two = (n) => String(n).padStart(2, "0");
    return (h ? `${h}:${two(m % 60)}` : String(m)) + `:${two(s % 60)}` + (tenths ? `.${Math.floor(t % 1000 / 100)}` : "");
  };
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const set = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  // A position chosen before the sound has loaded: it counts as the current position.
  let pending = null;
  const now = () => (pending === null ? audio.currentTime * 1000 : pending);

  // ---- Drawing --------------------------------------------------------------------------
  let tones = {};
  const readTones = () => {
    const style = getComputedStyle(document.documentElement);
    for (const name of [...LANES, "ink", "quiet", "line", "wash", "card", "accent", "care", "mind"]) {
      tones[name] = style.getPropertyValue(`--${name}`).trim();
    }
  };
  const clearCanvas = (box) => {
    const canvas = box.firstElementChild, scale = devicePixelRatio || 1;
    const { width, height } = box.getBoundingClientRect();
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = "12px system-ui, sans-serif";
    return { pen, width, height };
  };
  const drawText = (pen, text, x, y, room) => {
    if (room < 24) return;
    let shown = text;
    if (pen.measureText(shown).width > room) {
      let n = Math.floor(text.length * room / pen.measureText(text).width);
      while (n > 1 && pen.measureText(text.slice(0, n) + "…").width > room) n -= 1;
      if (n < 3) return;
      shown = text.slice(0, n).trimEnd() + "…";
    }
    pen.fillText(shown, x, y);
  };
  // A byte is a level from -72 to 0 dBFS. It is drawn as the square root of the amplitude, so that
  // quiet and loud sounds can both be seen.
  const HEIGHTS = Float32Array.from({ length: 256 }, (_, b) => (b ? 10 ** ((b / 255 - 1) * 72 / 20 * 0.5) : 0));
  const drawWave = (pen, bins, from, span, left, width, middle, half, tone) => {
    pen.fillStyle = tone;
    pen.beginPath();
    const each = span / width / session.binMs;
    for (let x = 0; x < width; x += 1) {
      const start = Math.max(0, Math.floor((from / session.binMs) + x * each));
      const stop = Math.min(bins.length, Math.max(start + 1, Math.ceil((from / session.binMs) + (x + 1) * each)));
      let high = 0;
      for (let i = start; i < stop; i += 1) if (bins[i] > high) high = bins[i];
      const h = HEIGHTS[high] * half;
      if (h > 0.2) pen.rect(left + x, middle - h, 1, 2 * h);
    }
    pen.fill();
  };

  const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800].map((s) => s * 1000);
  const drawDetail = () => {
    const { pen, width, height } = clearCanvas(detail);
    if (!session || !width) return;
    const x = (t) => (t - view.from) / view.span * width;
    const inside = (item) => [Math.max(0, x(item[0])), Math.min(width, x(item[1]))];
    visible(session.chapters).forEach((chapter) => {
      const [left, right] = inside(chapter), number = session.chapters.indexOf(chapter);
      if (number % 2 === 0) { pen.fillStyle = tones.wash; pen.fillRect(left, 0, right - left, height); }
      pen.fillStyle = tones.ink;
      pen.font = "600 13px system-ui, sans-serif";
      drawText(pen, chapter[2], left + 8, RULER_HEIGHT + 20, right - left - 12);
    });
    pen.font = "12px system-ui, sans-serif";
    const step = STEPS.find((s) => s / view.span * width >= 64) || 3600000;
    pen.fillStyle = tones.quiet;
    for (let t = Math.ceil(view.from / step) * step; t <= view.from + view.span; t += step) {
      pen.globalAlpha = 0.25;
      pen.fillRect(Math.round(x(t)), RULER_HEIGHT - 6, 1, height);
      pen.globalAlpha = 1;
      pen.fillText(clock(t), x(t) + 4, 15);
    }
    let top = RULER_HEIGHT + CHAPTERS_HEIGHT;
    for (const lane of LANES) {
      const tall = LANE_HEIGHTS[lane], middle = top + tall / 2;
      pen.globalAlpha = audible.has(lane) ? 1 : 0.25;
      ({ voice: drawVoice, breath: drawBreath, bells: drawBells, bed: drawBed })[lane](pen, { x, inside, top, tall, width });
      if (waves[lane]) {
        const half = lane === "voice" ? tall * 0.34 : tall * 0.45;
        drawWave(pen, waves[lane], view.from, view.span, 0, width, lane === "voice" ? top + tall * 0.62 : middle, half, tones[lane]);
      }
      pen.globalAlpha = 1;
      top += tall;
    }
    for (const [t, severity] of session.remarks) {
      if (t === null || t < view.from || t > view.from + view.span) continue;
      pen.fillStyle = severity === "warning" ? tones.mind : tones.care;
      pen.fillRect(x(t) - 1, RULER_HEIGHT, 2, height);
      pen.beginPath();
      pen.moveTo(x(t) - 7, RULER_HEIGHT - 4); pen.lineTo(x(t) + 7, RULER_HEIGHT - 4); pen.lineTo(x(t), RULER_HEIGHT + 9);
      pen.fill();
    }
  };
  const drawBox = (pen, left, right, top, tall, tone, strength) => {
    pen.save();
    pen.globalAlpha *= strength;
    pen.fillStyle = tone;
    pen.beginPath();
    pen.roundRect(left, top, Math.max(1, right - left), tall, Math.min(5, (right - left) / 2));
    pen.fill();
    pen.restore();
  };
  const drawVoice = (pen, { inside, top, tall }) => {
    for (const gap of visible(session.gaps)) {
      const [left, right] = inside(gap);
      pen.save();
      pen.globalAlpha *= 0.6;
      pen.strokeStyle = tones.voice;
      pen.setLineDash([4, 4]);
      pen.strokeRect(left + 0.5, top + 22.5, right - left - 1, tall - 28);
      pen.restore();
      pen.fillStyle = tones.quiet;
      drawText(pen, gap[2], left + 6, top + 16, right - left - 10);
    }
    for (const line of visible(session.lines)) {
      const [left, right] = inside(line);
      drawBox(pen, left, right, top + 4, tall - 8, tones.voice, 0.16);
      pen.fillStyle = tones.ink;
      drawText(pen, line[2], left + 6, top + 18, right - left - 10);
    }
  };
  const drawBreath = (pen, { x, top, tall }) => {
    const foot = top + tall - 6, rise = tall - 14;
    pen.save();
    pen.strokeStyle = tones.breath;
    pen.lineWidth = 1.5;
    for (const [start, end, , from, to, soft] of visible(session.breaths)) {
      const a = x(start), b = x(end), c = (a + b) / 2, y = foot - rise * from, z = foot - rise * to;
      pen.beginPath();
      pen.moveTo(a, y);
      pen.bezierCurveTo(c, y, c, z, b, z);
      pen.stroke();
      pen.lineTo(b, foot); pen.lineTo(a, foot); pen.closePath();
      pen.save();
      pen.globalAlpha *= soft ? 0.08 : 0.18;
      pen.fillStyle = tones.breath;
      pen.fill();
      pen.restore();
    }
    pen.restore();
  };
  const drawBells = (pen, { x, inside, top, tall }) => {
    for (const bell of visible(session.bells)) {
      const tick = bell[2].startsWith("tick"), [left, right] = inside(bell);
      if (!tick) drawBox(pen, left, right, top + 4, tall - 8, tones.bells, 0.16);
      pen.fillStyle = tones.bells;
      pen.beginPath();
      pen.arc(x(bell[0]), top + tall / 2, tick ? 2 : 5, 0, 7);
      pen.fill();
      if (!tick) { pen.fillStyle = tones.ink; drawText(pen, bell[2], left + 10, top + 18, right - left - 12); }
    }
  };
  const drawBed = (pen, { inside, top, tall }) => {
    for (const bed of visible(session.bed)) {
      const [left, right] = inside(bed);
      drawBox(pen, left, right, top + 4, tall - 8, tones.bed, 0.16);
      pen.fillStyle = tones.ink;
      drawText(pen, bed[2], left + 8, top + 18, right - left - 12);
    }
  };
  const drawOverview = () => {
    const { pen, width, height } = clearCanvas(overview);
    if (!session || !width) return;
    const x = (t) => t / session.length * width;
    pen.fillStyle = tones.wash;
    session.chapters.forEach((c, i) => { if (i % 2 === 0) pen.fillRect(x(c[0]), 0, x(c[1]) - x(c[0]), height); });
    for (const lane of ["bed", "breath", "bells", "voice"]) {
      if (waves[lane] && audible.has(lane)) drawWave(pen, waves[lane], 0, session.length, 0, width, height / 2, height * 0.46, tones[lane]);
    }
    pen.fillStyle = tones.accent;
    pen.globalAlpha = 0.16;
    pen.fillRect(x(view.from), 0, x(view.span), height);
    pen.globalAlpha = 1;
    pen.strokeStyle = tones.accent;
    pen.strokeRect(x(view.from) + 0.5, 0.5, Math.max(2, x(view.span) - 1), height - 1);
    for (const [t, severity] of session.remarks) {
      if (t === null) continue;
      pen.fillStyle = severity === "warning" ? tones.mind : tones.care;
      pen.fillRect(x(t) - 1, 0, 3, height);
    }
  };
  const heads = [overview, detail].map((box) => box.querySelector(".head"));
  const drawHead = () => {
    if (!session) return;
    const places = [now() / session.length, (now() - view.from) / view.span];
    heads.forEach((head, i) => {
      head.hidden = places[i] < 0 || places[i] > 1;
      head.style.transform = `translateX(${(places[i] * 100).toFixed(3)}%)`;
    });
  };
  const draw = () => { drawDetail(); drawOverview(); drawHead(); };

  // ---- The position ---------------------------------------------------------------------
  let current = -1;
  const paint = () => {
    if (!session) return;
    const t = now(), chapter = session.chapters[Math.max(0, lastIndex(session.chapters, t))];
    if (t > session.length && !audio.paused) audio.pause(); // of a version that was being spoken
    set(byId("now"), clock(t, true));
    const at = lastIndex(session.captions, t), caption = session.captions[at];
    const inside = caption && t < caption[1] ? caption[2] : "";
    set(byId("here"), [chapter && chapter[2], inside].filter(Boolean).join(" · "));
    overview.setAttribute("aria-valuenow", String(Math.round(t / 1000)));
    overview.setAttribute("aria-valuetext", `${clock(t)}${chapter ? `, ${chapter[2]}` : ""}`);
    if (at !== current) {
      current = at;
      const buttons = byId("lines").querySelectorAll("button");
      byId("lines").querySelector("[aria-current]")?.removeAttribute("aria-current");
      if (buttons[at]) {
        buttons[at].setAttribute("aria-current", "true");
        if (!audio.paused) buttons[at].scrollIntoView({ block: "nearest" });
      }
    }
    // Turn the page when the playhead leaves the view.
    if (!audio.paused && (t > view.from + view.span * 0.98 || t < view.from)) {
      showRange(t - view.span * 0.05, view.span);
    } else drawHead();
  };
  const showRange = (from, span) => {
    view.span = Math.min(session.length, Math.max(MIN_SPAN, span));
    view.from = Math.min(Math.max(0, from), session.length - view.span);
    draw();
  };
  const zoom = (factor, at = now()) => {
    const fixed = at >= view.from && at <= view.from + view.span ? at : view.from + view.span / 2;
    const part = (fixed - view.from) / view.span;
    const span = Math.min(session.length, Math.max(MIN_SPAN, view.span * factor));
    showRange(fixed - part * span, span);
  };
  const seek = (ms) => {
    const t = Math.min(Math.max(0, ms), Math.max(0, session.length - 20));
    if (audio.readyState > 0 && sounding === version) { audio.currentTime = t / 1000; pending = null; } else pending = t;
    if (sounding !== version) load(!audio.paused);
    if (t < view.from || t > view.from + view.span) showRange(t - view.span * 0.1, view.span);
    paint();
  };
  let frame = 0;
  const run = () => { paint(); frame = audio.paused || document.hidden ? 0 : requestAnimationFrame(run); };
  const play = () => audio.play().catch((reason) => {
    if (reason.name !== "AbortError") showTrouble(`The sound can't be played here: ${reason.message}`);
  });
  const toggle = () => { if (audio.paused) play(); else audio.pause(); };
  const showTrouble = (text) => { byId("trouble").hidden = !text; set(byId("trouble"), text); };

  const neighbour = (list, direction) => {
    const t = now(), at = lastIndex(list, t);
    if (direction > 0) return list[at + 1];
    return at > 0 && t - list[at][0] < 1500 ? list[at - 1] : list[at];
  };
  const to = (item) => { if (item) seek(item[0]); };
  const go = {
    "previous-line": () => to(neighbour(session.lines, -1)),
    "next-line": () => to(neighbour(session.lines, 1)),
    "previous-chapter": () => to(neighbour(session.chapters, -1)),
    "next-chapter": () => to(neighbour(session.chapters, 1)),
    in: () => zoom(0.5),
    out: () => zoom(2),
    whole: () => showRange(0, session.length),
    skip: () => { // to two seconds before the next line
      const next = session.lines[lastIndex(session.lines, now()) + 1];
      seek(next ? Math.max(now(), next[0] - 2000) : session.length - 5000);
    },
    remark: () => {
      const placed = session.remarks.filter((r) => r[0] !== null).sort((a, b) => a[0] - b[0]);
      to(placed.find((r) => r[0] > now() + 50) || placed[0]);
    },
  };

  // ---- Lists ----------------------------------------------------------------------------
  const showLines = () => {
    const list = byId("lines");
    list.replaceChildren();
    let chapter = -1;
    for (const [start, , text] of session.captions) {
      const at = lastIndex(session.chapters, start);
      const item = make("li", {});
      if (at !== chapter) {
        chapter = at;
        item.append(make("h3", { textContent: session.chapters[at][2] }));
      }
      const button = make("button", { type: "button", className: text.startsWith("[") ? "silence" : "" },
        make("span", { className: "time", textContent: clock(start, true) }), make("span", { textContent: text }));
      button.addEventListener("click", () => seek(start));
      item.append(button);
      list.append(item);
    }
  };
  const showChecks = () => {
    byId("remarks").replaceChildren(...session.remarks.map(([at, severity, name, message]) => {
      const text = `${at === null ? "" : `${clock(at, true)}  `}${message} [${name}]`;
      const button = make("button", { type: "button", textContent: text });
      button.dataset.severity = severity;
      if (at !== null) button.addEventListener("click", () => seek(at));
      return make("li", {}, button);
    }));
    byId("fine").hidden = session.remarks.length > 0;
    set(byId("fine"), session.figures.length ? "No faults in the finished file." : "No problems in the script.");
    byId("figures").replaceChildren(...session.figures.map(([name, value]) =>
      make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: value }))));
  };
  // Where position t of the old session is in the new one: at the same occurrence of its line.
  const positionIn = (old, fresh, t) => {
    const at = lastIndex(old.lines, t);
    if (at < 0) return t;
    const [start, , text] = old.lines[at];
    const occurrence = old.lines.slice(0, at).filter((l) => l[2] === text).length;
    const same = fresh.lines.filter((l) => l[2] === text)[occurrence];
    return same ? same[0] + t - start : t;
  };
  // Where the sound plays on, it is that of a version of which more has become known.
  const show = (fresh, playsOn) => {
    const old = session, t = now(), playing = !audio.paused;
    session = fresh;
    document.title = `${session.title} – review`;
    set(byId("title"), session.title);
    byId("facts").replaceChildren(...session.facts.map((fact) => make("span", { textContent: fact })));
    set(byId("of"), `/ ${clock(session.length)}`);
    overview.setAttribute("aria-valuemax", String(Math.round(session.length / 1000)));
    waves = {};
    for (const [lane, text] of Object.entries(session.waveforms || {})) {
      waves[lane] = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    }
    current = -1;
    showLines();
    showChecks();
    if (!old) view = { from: 0, span: Math.min(session.length, 120000) };
    if (!playsOn) {
      pending = old ? Math.min(positionIn(old, fresh, t), session.length) : startPosition();
      load(playing);
    }
    showRange(old ? view.from : pending - view.span * 0.1, view.span);
    paint();
  };
  const startPosition = () => {
    const asked = /^#t=([\d.]+)$/.exec(location.hash);
    return asked ? Number(asked[1]) * 1000 : 0;
  };
  const load = (playing) => {
    const lanes = LANES.filter((lane) => audible.has(lane)).join("+") || "none";
    audio.src = session.audio || `audio.wav?${version}&lanes=${lanes}`;
    sounding = version;
    if (playing) play();
  };
  const toggleLane = (lane) => {
    if (!first.live || !session) return;
    if (audible.has(lane)) audible.delete(lane); else audible.add(lane);
    document.querySelector(`[data-lane="${lane}"]`).setAttribute("aria-pressed", String(audible.has(lane)));
    pending = now();
    load(!audio.paused);
    draw();
  };

  // ---- The server of a preview ----------------------------------------------------------
  const follow = async () => {
    let seen = -1;
    for (;;) {
      try {
        const state = await (await fetch(`state?after=${seen}`)).json();
        seen = state.serial;
        showTrouble(state.problems.join("\n"));
        document.body.dataset.errors = String(state.problems.length);
        set(byId("state"), state.status);
        byId("state").toggleAttribute("data-busy", state.busy);
        const wanted = state.early ? `early=${state.early}` : `version=${state.version}`;
        // A version that is still being spoken has changed with every line.
        if (state.early || (state.version && wanted !== version)) await fetchSession(wanted);
      } catch {
        set(byId("state"), "The preview has stopped. Start it again to continue.");
        byId("state").removeAttribute("data-busy");
        await new Promise((done) => setTimeout(done, 1500));
        seen = -1;
      }
    }
  };
  const fetchSession = async (wanted) => {
    const answer = await fetch(`session.json?${wanted}`);
    if (answer.status !== 200) return; // a newer version follows
    const fresh = await answer.json(), early = wanted.startsWith("early");
    const finished = fresh.goesOn && wanted.replace("version", "early") === version;
    const playsOn = wanted === version || (finished && !audio.paused);
    version = wanted;
    show(fresh, playsOn);
    if (early) return;
    for (const lane of LANES) {
      const bins = await fetch(`waveform?${wanted}&lanes=${lane}`);
      if (version !== wanted) return;
      if (bins.status === 200) { waves[lane] = new Uint8Array(await bins.arrayBuffer()); draw(); }
    }
  };

  // ---- Controls ---------------------------------------------------------------------------
  byId("play").addEventListener("click", toggle);
  document.querySelectorAll("[data-go]").forEach((b) => b.addEventListener("click", () => session && go[b.dataset.go]()));
  document.querySelectorAll("button[data-lane]").forEach((b) => b.addEventListener("click", () => toggleLane(b.dataset.lane)));
  const positionAt = (box, event, from, span) => {
    const { left, width } = box.getBoundingClientRect();
    return from + Math.min(1, Math.max(0, (event.clientX - left) / width)) * span;
  };
  detail.addEventListener("pointerdown", (event) => {
    if (session && event.button === 0) seek(positionAt(detail, event, view.from, view.span));
  });
  detail.addEventListener("wheel", (event) => {
    if (!session) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, positionAt(detail, event, view.from, view.span));
    } else if (event.deltaX) {
      event.preventDefault();
      showRange(view.from + event.deltaX / detail.clientWidth * view.span, view.span);
    }
  }, { passive: false });
  const drag = (event) => {
    const t = positionAt(overview, event, 0, session.length);
    seek(t);
    showRange(t - view.span / 2, view.span);
  };
  overview.addEventListener("pointerdown", (event) => {
    if (!session) return;
    overview.setPointerCapture(event.pointerId);
    drag(event);
  });
  overview.addEventListener("pointermove", (event) => { if (session && event.buttons & 1) drag(event); });
  addEventListener("keydown", (event) => {
    if (!session || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.closest("button, a")) return;
    const act = {
      " ": toggle,
      ArrowLeft: event.shiftKey ? go["previous-chapter"] : () => seek(now() - 5000),
      ArrowRight: event.shiftKey ? go["next-chapter"] : () => seek(now() + 5000),
      ArrowUp: go["previous-line"], ArrowDown: go["next-line"],
      Home: () => seek(0), End: () => seek(session.length),
      "+": go.in, "=": go.in, "-": go.out, 0: go.whole, ".": go.skip,
      f: go.remark, F: go.remark,
      1: () => toggleLane("voice"), 2: () => toggleLane("breath"), 3: () => toggleLane("bells"), 4: () => toggleLane("bed"),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  audio.addEventListener("loadedmetadata", () => {
    if (pending !== null) audio.currentTime = pending / 1000;
    pending = null;
  });
  audio.addEventListener("play", () => {
    document.body.dataset.playing = "";
    byId("play").setAttribute("aria-label", "Pause");
    if (!frame) run();
  });
  audio.addEventListener("pause", () => {
    delete document.body.dataset.playing;
    byId("play").setAttribute("aria-label", "Play");
    if (session && sounding !== version) { pending = Math.min(now(), session.length); load(false); } // the finished sound
    paint();
  });
  audio.addEventListener("seeked", paint);
  audio.addEventListener("timeupdate", () => { if (!frame) paint(); });
  document.addEventListener("visibilitychange", () => { if (!frame) run(); });

  const root = document.documentElement, theme = byId("theme");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
  const showTheme = () => { theme.setAttribute("aria-pressed", String(isDark())); readTones(); draw(); };
  try { root.dataset.theme = localStorage.getItem("psoas-audio theme") || ""; } catch { /* Storage is blocked. */ }
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("psoas-audio theme", root.dataset.theme); } catch { /* Storage is blocked. */ }
    showTheme();
  });
  systemDark.addEventListener("change", showTheme);
  new ResizeObserver(draw).observe(detail);
  showTheme();
  if (first.live) follow(); else show(first);
})();
