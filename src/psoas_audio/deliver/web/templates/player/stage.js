// The stage: what to do, for how long, what is said, what comes next.
const showStage = (player) => {
  const { words } = player;
  const what = byId("what"), next = byId("next"), pose = byId("pose"), use = byId("figure").firstElementChild;
  const count = byId("count"), phase = byId("phase"), cycles = byId("cycles"), ring = byId("ring");
  const RING_LENGTH = 2 * Math.PI * 96; // in the units of the drawing

  const showNext = (coming) => {
    const title = !coming ? "" : coming.end ? words.end : coming.title;
    const time = coming && coming.length ? inWords(coming.length, words) : "";
    const name = `${title} ${time} ${(coming && coming.figure) || ""}`;
    if (next.dataset.name === name) return;
    next.dataset.name = name;
    next.replaceChildren();
    if (!title) return;
    if (coming.figure && coming.figure !== "none") next.append(drawing(coming.figure, ""));
    const text = make("span", {}, make("small", {}, words.next), " ", title);
    if (time) text.append(" ", make("small", {}, time));
    next.append(text);
  };

  const startAgain = byId("start-again");
  startAgain.addEventListener("click", () => { player.go(0); player.play(); });

  player.on("move", ({ t, state, moment, coming }) => {
    const timed = moment || coming;
    if (!timed || state === "breathe") return; // there the ring is that of the cycle
    const left = (timed[1] - t) / (timed[1] - timed[0]);
    const drawn = reducedMotion.matches ? Math.ceil(left * 60) / 60 * RING_LENGTH : left * RING_LENGTH;
    setAttribute(ring, "stroke-dasharray", `${Math.round(drawn)} ${RING_LENGTH.toFixed(1)}`);
  });
  // A long word makes the letters smaller, so that it isn't broken.
  const FEW = 12; // letters of a word that fits at any size
  const setWhat = (text) => {
    set(what, text);
    const longest = Math.max(FEW, ...text.split(/[\s-]+/).map((word) => word.length));
    if (what.style.getPropertyValue("--longest") !== String(longest)) what.style.setProperty("--longest", longest);
  };
  player.on("paint", (view) => {
    const { t, state, moment, breath, chapter, coming } = view, { face } = player;
    const [figure, shows] = figureAt(face, t);
    setAttribute(document.body, "data-coming", String(Boolean(coming)));
    setAttribute(use, "href", `#figure-${figure}`);
    set(pose, shows);
    if (state === "ready") {
      startAgain.hidden = t <= 1000;
      const invitation = t <= 1000 ? words.ready : fill(view.asked ? words["begin-at"] : words.resume, { time: clockAt(t) });
      setWhat(view.loading ? words.loading : invitation);
      return showNext(null);
    }
    if (state === "end") {
      setWhat(words.done);
      return showNext(null);
    }
    setWhat(moment ? moment[3] : chapter ? chapter[2] : "");
    if (moment && breath && state === "breathe") {
      set(phase, words[`phase-${breath[2]}`] || "");
      set(count, String(Math.max(1, Math.ceil((breath[1] - t) / 1000))));
      set(cycles, fill(words["breath-of"], { number: breath[6], count: breath[7] }));
    } else {
      set(phase, "");
      set(count, moment || coming ? clockLeft((moment || coming)[1] - t) : "");
      set(cycles, "");
    }
    return showNext(comesNext(face, t, moment));
  });

  // The stage is a large button for the hand; the one below it is there for everyone else.
  byId("room").addEventListener("click", player.toggle);
};
