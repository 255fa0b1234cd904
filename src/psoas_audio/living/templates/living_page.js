// What a living page has besides the player: the choices, and the changes on the way.
page.extensions.push((player, session) => {
  const { source } = player, { words } = session;
  const panel = byId("living-choices"), dialog = byId("change");
  const before = panel.parentElement, inside = dialog.querySelector(".living-place");
  const bed = bedPlayer(player, source);
  source.number = 0;

  const length = byId("living-length"), minutes = byId("living-minutes");
  const level = byId("living-level");
  const sayLength = (seconds) => set(minutes, inWords(seconds * 1000, words));
  const SAID_FOR = 12000; // ms that what was done, and how to undo it, is shown
  const undo = byId("living-undo");
  let undone = null, hiding = 0;
  // Says what was done; `before` is {journey, ms, choices}, to which it can be undone.
  const say = (text, before) => {
    set(byId("living-said"), text);
    set(byId("change-said"), text);
    undone = before;
    undo.hidden = !before;
    clearTimeout(hiding);
    if (text) hiding = setTimeout(() => say("", null), SAID_FOR);
  };

  const showChoices = () => {
    const { offer } = source.document, { choices } = source;
    length.max = String(offer.lengths.length - 1);
    length.value = String(offer.lengths.indexOf(choices.length));
    sayLength(choices.length);
    length.setAttribute("aria-valuetext", minutes.textContent);
    for (const name of ["guidance", "side", "bed"]) {
      panel.querySelectorAll(`input[name="living-${name}"]`).forEach((box) => {
        box.checked = box.value === choices[name];
      });
    }
    level.value = String(choices.level);
    level.setAttribute("aria-valuetext", `${choices.level} dB`);
    byId("living-level-row").hidden = choices.bed === "none";
  };

  const keepChoices = () => {
    const place = recallPlace(source.key) || {};
    remember(source.key, JSON.stringify({ ...place, choices: source.choices }));
    try { history.replaceState(null, "", choicesAsHash(source.document, source.choices)); } catch { /* Not allowed here. */ }
  };

  // Hears `journey` from `ms` on; what played goes on playing.
  const hearFrom = (journey, ms) => {
    source.number += 1;
    current = source.openJourney(journey);
    player.use(current, { at: ms });
  };
  let current = null;
  const placeNow = () => findPlace(source.document, source.journey, player.now());
  const rowChosen = () => findRow(source.document, source.choices);

  // Not every browser plays blobs: then the same sound under another address.
  const tryNext = async (failed, at, wasPlaying) => {
    const url = await failed.nextSpare();
    if (current !== failed) return;
    if (!url) { player.pause(); set(byId("trouble"), words["error-browser"]); return; }
    player.use({ ...failed, url }, { at });
    if (wasPlaying) player.play();
  };
  player.audio.addEventListener("error", (event) => {
    if (!current) return;
    event.stopImmediatePropagation();
    tryNext(current, player.now(), player.playing);
  }, { capture: true });
  const openAgain = source.open;
  source.open = async (asked) => {
    const opened = await openAgain(asked);
    current = opened.nextSpare ? opened : null;
    source.number += 1;
    return opened;
  };
  // The page is whole before the sound is: the pool comes last.
  source.showFirst = (row) => {
    const face = assemble(source.document, newJourney(source.document, row)).face;
    player.use({ url: "", type: "audio/mpeg", face, choices: source.choices }, askedPlace(location.hash) || recallPlace(source.key));
    showChoices();
    panel.disabled = false;
  };

  // Hears a change. While a site's file streams and the frames are on their way, it goes to the place
  // that the change leads to, as far as the file has it, and on with the change when they are there.
  const hear = (found) => {
    const { document: living } = source, ms = msOfPlace(living, found.journey, found.place);
    if (source.pools) { hearFrom(found.journey, ms); return; }
    const { piece } = found.journey.pieces[found.place.index];
    const streamed = newJourney(living, living.default), there = streamed.pieces.findIndex((item) => item.piece === piece);
    const at = there < 0 ? player.now() : msOfPlace(living, streamed, { ...found.place, index: there });
    source.coming = found.journey;
    player.go(at);
    source.loadPools().then(() => {
      if (source.coming === found.journey) hearFrom(found.journey, ms + Math.max(0, player.now() - at));
    }, () => set(byId("trouble"), words["error-network"]));
  };

  // What a change of choices did, in words; `dropped` names what was wished and can't be kept.
  const labelOf = (name) => {
    const box = panel.querySelector(`input[name="living-${name}"]:checked`);
    return box ? box.nextElementSibling.textContent : "";
  };
  const inMinutes = (ms) => {
    const count = Math.max(1, Math.round(ms / 60000));
    return `${count} ${count === 1 ? words.minute : words.minutes}`;
  };
  const tell = (name, undoTo, dropped = []) => {
    const values = { length: inMinutes(player.face.length), choice: labelOf(name), level: source.choices.level };
    const lost = dropped.map((each) => words[`living-dropped-${each}`]);
    say([fill(words[`living-${name}-done`], values), ...lost].join(" "), undoTo);
  };

  // Hears what is chosen, from the same step on, or from the start if nothing has been heard.
  const hearChosen = (name, undoTo) => {
    const { document: living, journey } = source, row = rowChosen();
    if (!(player.started && player.now() > 0)) { hearFrom(newJourney(living, row), 0); return; }
    const place = placeNow(), found = changeRow(living, journey, row, place);
    const isOfBed = name === "bed" || name === "level";
    if (!isOfBed && isSame(living, { journey, place }, found)) {
      const { group } = limitsOf(living, stepAt(living, journey.pieces, place));
      say(words[name === "side" && group ? "living-side-same" : "living-same"], null);
      return;
    }
    hear(found);
    tell(name, undoTo, found.dropped);
  };
  // The same once the frames of a site's page are there; what streams goes on meanwhile.
  const hearChosenLater = async (name, undoTo) => {
    const { choices } = source;
    say(words["living-later"], null);
    try { await source.loadPools(); } catch { set(byId("trouble"), words["error-network"]); return; }
    if (source.choices === choices) hearChosen(name, undoTo);
  };
  const showChosen = () => {
    const row = rowChosen();
    if (source.isStreamed()) { current = null; player.use(source.openStream(), { at: 0 }); return; }
    if (source.beginsAsStream(row, 0)) { current = null; player.use(source.openBeginning(row), { at: 0 }); return; }
    source.streaming = false;
    source.journey = newJourney(source.document, row);
    player.audio.removeAttribute("src");
    player.audio.load();
    player.use({ url: "", type: "audio/mpeg", face: assemble(source.document, source.journey).face, choices: source.choices });
    if (session.pool) hearChosenLater("length", null);
  };
  const choose = (name, value) => {
    if (!source.document || source.choices[name] === value) return;
    const undoTo = source.journey && { journey: source.journey, ms: player.now(), choices: source.choices };
    source.choices = { ...source.choices, [name]: value };
    byId("living-level-row").hidden = source.choices.bed === "none";
    const isOfBed = name === "bed" || name === "level";
    if (source.streaming && player.started) hearChosenLater(name, undoTo);
    else if (!source.pools && (session.pool || !isOfBed)) showChosen();
    else if (source.pools && (source.streaming || !isOfBed)) hearChosen(name, undoTo);
    else {
      source.number += 1;
      bed.prepare();
      if (player.started) tell(name, null);
    }
    keepChoices();
  };
  length.addEventListener("input", () => {
    sayLength(source.document.offer.lengths[Number(length.value)]);
    length.setAttribute("aria-valuetext", minutes.textContent);
  });
  length.addEventListener("change", () =>
    choose("length", source.document.offer.lengths[Number(length.value)]));
  level.addEventListener("change", () => {
    level.setAttribute("aria-valuetext", `${level.value} dB`);
    choose("level", Number(level.value));
  });
  for (const name of ["guidance", "side", "bed"]) {
    panel.querySelectorAll(`input[name="living-${name}"]`).forEach((box) =>
      box.addEventListener("change", () => choose(name, box.value)));
  }

  const undoTo = ({ journey, ms, choices }) => {
    source.choices = choices;
    source.coming = null;
    showChoices();
    keepChoices();
    if (source.pools) hearFrom(journey, ms); else { source.journey = journey; player.go(ms); }
    say(words["undone"], null);
  };
  undo.addEventListener("click", () => { if (undone) undoTo(undone); });
  actionButtons(player, session, { hear, undo: undoTo, say, placeNow });

  // From the beginning, nothing is left of what was changed on the way.
  const forgetChanges = () => {
    say("", null);
    if (source.pools && !source.streaming) hearFrom(newJourney(source.document, rowChosen()), 0);
  };
  for (const name of ["again", "start-again"]) byId(name).addEventListener("click", forgetChanges, { capture: true });

  // What streams comes first, and then the frames that changes on the way are made of. Where only its
  // beginning is that of what was chosen, it goes on with what is joined, between two lines if it can.
  const goOnJoined = () => {
    const t = player.now(), left = source.beginning - t;
    if (!source.beginning || source.coming) return;
    if (source.pools && (left < HURRY || !during(player.face.lines, t))) {
      hearFrom(source.journey, t);
      if (isWaiting) player.play();
      isWaiting = false;
    } else if (left <= 0 && player.playing) {
      isWaiting = true;
      player.pause();
      say(words.loading, null);
      joinOnceLoaded();
    }
  };
  const joinOnceLoaded = () => source.loadPools().then(goOnJoined).catch(() => {
    if (isWaiting) set(byId("trouble"), words["error-network"]);
  });
  const HURRY = 3000; // ms before the end of the beginning
  let isWaiting = false;
  player.audio.addEventListener("playing", () => {
    if (source.streaming) joinOnceLoaded();
  });
  player.on("time", goOnJoined);
  player.on("seek", goOnJoined);

  // The minutes at the top are those of what is heard.
  const fact = document.querySelector(".facts span");
  player.on("use", () => {
    if (fact) set(fact, `${Math.max(1, Math.round(player.face.length / 60000))} ${words.min}`);
  });

  // Before the start the choices are on the stage, later behind a button.
  player.on("paint", ({ state }) => {
    const home = state === "ready" ? before : inside;
    if (panel.parentElement !== home) home.append(panel);
  });
  byId("change-button").addEventListener("click", () => openDialog(dialog));
});
