// Plays one face with its sound. audio.currentTime is the only clock.
const LAST_FRAMES = 25, SETTLING = 600; // ms: before a change, and after sound begins
const SEEKING = 300; // ms in which a first seek is done
const createPlayer = (source, words) => {
  const audio = byId("audio");
  const handlers = {};
  const on = (name, handler) => { (handlers[name] ||= []).push(handler); };
  const emit = (name, ...values) => (handlers[name] || []).forEach((handler) => handler(...values));

  let face = EMPTY_FACE;
  let segments = [];
  let opened = { url: "", type: "" };
  let wanted = null; // ms: where to go once the sound can be sought
  let sought = null; // s: where a new sound was sent; WebKit sometimes loses a seek that comes so early
  let wish = false; // whether it should play; it does so as soon as there is sound
  let started = false; // whether it has played, or a position was chosen, in this visit
  let finished = false;
  let restoring = false; // whether a seek only brings back a place
  let asked = false; // whether that place is one that a link asked for
  let timer = 0, frame = 0, stepId = null;
  let resumed = -Infinity; // ms: when sound began last; its clock needs a moment to be steady

  const rate = () => audio.playbackRate || 1;
  const now = () => (wanted === null ? audio.currentTime * 1000 : wanted);
  const isSeekable = () => Boolean(opened.url) && audio.readyState > 0;
  const isLoading = () => wish && (!opened.url || audio.readyState < 3) && !audio.error;

  const look = () => {
    const t = now(), over = finished || (!wish && face.length > 0 && t >= face.length - 30);
    const moment = during(face.moments, t), breath = during(face.breaths, t);
    const chapterIndex = Math.max(0, lastIndex(face.chapters, t));
    const lineIndex = lastIndex(face.lines, t), spoken = face.lines[lineIndex];
    const isSaid = Boolean(spoken) && t < spoken[1];
    return {
      t, over, moment, breath, chapterIndex, started,
      coming: moment ? null : longWordsAt(face, t),
      chapter: face.chapters[chapterIndex],
      segmentIndex: Math.max(0, lastIndex(segments, t)),
      step: face.steps[Math.max(0, lastIndex(face.steps, t))],
      line: `${lineIndex} ${isSaid}`, word: isSaid ? spoken[4].filter((start) => start <= t).length : 0,
      state: over ? "end" : !started ? "ready" : moment ? moment[2] : "listen",
      playing: wish, loading: isLoading(), asked,
    };
  };
  // What texts depend on: as long as this is the same, none of them changes.
  const textKey = (view) => [
    view.state, view.playing, view.loading, view.started, view.chapterIndex, view.segmentIndex, view.line,
    view.word, Math.floor(view.t / 1000), Math.ceil((face.length - view.t) / 1000 / rate()),
    lastIndex(face.transcript, view.t),
    ...[view.moment, view.breath, view.coming].map((item) => item && `${item[0]} ${Math.ceil((item[1] - view.t) / 1000)}`),
  ].join();
  let painted = "";
  const show = () => {
    const view = look();
    emit("move", view);
    const key = textKey(view);
    if (key === painted) return;
    painted = key;
    const { dataset } = document.body;
    for (const [name, value] of [["state", view.state], ["paused", String(!wish)], ["loading", String(view.loading)]]) {
      if (dataset[name] !== value) dataset[name] = value;
    }
    emit("paint", view);
    const id = view.step ? view.step[2] : null;
    if (id !== stepId) { stepId = id; if (started) emit("place", id); }
  };
  const paint = () => { painted = ""; show(); };

  // What moves is moved by the browser. So the page only wakes when a text changes, and a few times
  // a second to hold the movement against the sound. Just before a change it follows the frames, so
  // that none shows the text of a moment ago.
  const run = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    show();
    if (audio.paused || document.hidden) return;
    const settling = performance.now() - resumed < SETTLING;
    const wait = Math.min(untilChange(face, now(), rate()), settling ? LAST_FRAMES : Infinity);
    timer = setTimeout(run, wait > LAST_FRAMES ? wait - LAST_FRAMES : wait + 1);
    if (wait <= LAST_FRAMES) frame = requestAnimationFrame(run);
  };

  const go = (ms) => {
    const at = Math.min(Math.max(0, ms), face.length);
    finished = false;
    sought = null;
    started = started || at > 0;
    if (isSeekable()) { wanted = null; audio.currentTime = at / 1000; } else wanted = at;
    emit("seek");
    paint();
  };
  const play = () => {
    wish = true;
    if (finished) go(0);
    if (audio.error) { // try again from here: the network may be back
      wanted = now();
      audio.load();
    }
    emit("trouble", "");
    // Before there is sound this waits, and tells Safari that the listener wants to hear it.
    audio.play().catch((reason) => {
      if (reason.name === "NotAllowedError") { wish = false; paint(); }
    });
    paint();
  };
  const fail = (text) => { wish = false; emit("trouble", text); paint(); };
  const pause = () => { wish = false; audio.pause(); paint(); };
  const step = (by) => {
    const { t, segmentIndex } = look(), present = segments[segmentIndex];
    if (!present) return;
    // Back goes to the start of this one first, as players do with tracks.
    const index = by < 0 && t - present[0] > 3000 ? segmentIndex : segmentIndex + by;
    if (segments[index]) go(segments[index][0]);
    else if (index < 0) go(0);
  };

  const use = (next, place) => {
    const changed = next.face !== face;
    const at = timeOf(next.face, place);
    const position = at !== null ? at : changed ? 0 : now();
    if (at !== null && place.asked) asked = true;
    face = next.face;
    sought = null;
    if (changed) segments = segmentsOf(face);
    if (next.url && next.url !== opened.url) {
      const playOn = wish;
      wanted = position;
      audio.src = next.url;
      if (playOn) play();
    } else if (at !== null || changed) {
      if (isSeekable()) { wanted = null; restoring = !started; audio.currentTime = position / 1000; } else wanted = position;
    }
    opened = next;
    if (changed) emit("use", next);
    paint();
  };

  audio.addEventListener("loadedmetadata", () => {
    sought = wanted ? wanted / 1000 : null;
    if (wanted) { restoring = !started; audio.currentTime = sought; }
    wanted = null;
    paint();
  });
  const seekAgainIfLost = () => {
    if (sought !== null && !audio.seeking && Math.abs(audio.currentTime - sought) > 1) {
      restoring = !started;
      audio.currentTime = sought;
    }
    sought = null;
  };
  audio.addEventListener("canplay", () => { if (sought !== null) setTimeout(seekAgainIfLost, SEEKING); });
  audio.addEventListener("play", () => { wish = true; finished = false; emit("play"); run(); });
  audio.addEventListener("playing", () => {
    started = true;
    resumed = performance.now();
    paint();
    run();
  });
  audio.addEventListener("pause", () => {
    if (audio.paused && opened.url) wish = false;
    emit("pause");
    paint();
  });
  audio.addEventListener("ended", () => { wish = false; finished = true; paint(); emit("end"); });
  audio.addEventListener("volumechange", paint);
  audio.addEventListener("seeking", () => { finished = false; });
  audio.addEventListener("seeked", () => {
    started = started || (!restoring && now() > 0);
    restoring = false;
    emit("seek");
    paint();
  });
  audio.addEventListener("timeupdate", () => { emit("time"); run(); });
  for (const name of ["waiting", "canplay", "stalled"]) audio.addEventListener(name, () => paint());
  audio.addEventListener("error", () => {
    if (opened.spare) { // not every browser plays blobs in a page from disk
      const { spare, ...rest } = opened;
      return use({ ...rest, url: spare }, { at: now() });
    }
    return fail(troubleWith(audio, opened, words));
  });
  document.addEventListener("visibilitychange", run);

  return {
    on, use, go, step, play, pause, fail, now, audio, source, words, look, paint,
    toggle: () => { if (wish) pause(); else play(); },
    offer: (place) => use(opened, place),
    place: () => placeAt(face, now()),
    get face() { return face; },
    get segments() { return segments; },
    get playing() { return wish; },
    get started() { return started; },
  };
};
