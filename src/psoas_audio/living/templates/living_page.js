// What a living page has besides the player: the choices, and the changes on the way.
page.extensions.push((player, session) => {
  const { source } = player, { words } = session;
  const panel = byId("living-choices"), dialog = byId("change");
  const before = panel.parentElement, inside = dialog.querySelector(".living-place");
  const repeat = byId("repeat-side");
  const buttons = { longer: byId("longer"), skip: byId("skip"), hurts: byId("hurts"), repeat };
  const bed = bedPlayer(player, source);
  source.number = 0;

  const length = byId("living-length"), minutes = byId("living-minutes");
  const level = byId("living-level");
  const sayLength = (seconds) => set(minutes, inWords(seconds * 1000, words));
  const SAID_FOR = 12000; // ms that what was done, and how to undo it, is shown
  const undo = byId("living-undo");
  let undone = null, hiding = 0;
  // Says what was done; `before` is {journey, ms}, to which it can be undone.
  const say = (text, before) => {
    set(byId("living-said"), text);
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
  const hear = ({ journey, place }) => hearFrom(journey, msOfPlace(source.document, journey, place));
  let current = null;
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
    player.use({ url: "", type: "audio/mpeg", face, choices: source.choices }, recallPlace(source.key));
    showChoices();
    panel.disabled = false;
  };

  const placeNow = () => findPlace(source.document, source.journey, player.now());
  // Hears what is chosen, from the same step on, or from the start if nothing has been heard.
  const hearChosen = () => {
    const row = findRow(source.document, source.choices);
    const started = player.started && player.now() > 0;
    hear(started ? changeRow(source.document, source.journey, row, placeNow())
      : { journey: newJourney(source.document, row), place: { index: 0, frame: 0 } });
  };
  // The same once the frames of a site's page are there; what streams goes on meanwhile.
  const hearChosenLater = async () => {
    const { choices } = source;
    try { await source.loadPools(); } catch { set(byId("trouble"), words["error-network"]); return; }
    if (source.choices === choices) hearChosen();
  };
  const showChosen = () => {
    if (source.isStreamed()) { current = null; player.use(source.openStream(), { at: 0 }); return; }
    source.streaming = false;
    source.journey = newJourney(source.document, findRow(source.document, source.choices));
    player.audio.removeAttribute("src");
    player.audio.load();
    player.use({ url: "", type: "audio/mpeg", face: assemble(source.document, source.journey).face, choices: source.choices });
    if (session.pool) hearChosenLater();
  };
  const choose = (name, value) => {
    if (!source.document || source.choices[name] === value) return;
    source.choices = { ...source.choices, [name]: value };
    byId("living-level-row").hidden = source.choices.bed === "none";
    const isOfBed = name === "bed" || name === "level";
    if (source.streaming && player.started) hearChosenLater();
    else if (!source.pools && (session.pool || !isOfBed)) showChosen();
    else if (source.pools && (source.streaming || !isOfBed)) hearChosen();
    else { source.number += 1; bed.prepare(); }
    keepChoices();
  };
  length.addEventListener("input", () => {
    sayLength(source.document.offer.lengths[Number(length.value)]);
    length.setAttribute("aria-valuetext", minutes.textContent);
  });
  length.addEventListener("change", () =>
    choose("length", source.document.offer.lengths[Number(length.value)]));
  level.addEventListener("change", () => choose("level", Number(level.value)));
  for (const name of ["guidance", "side", "bed"]) {
    panel.querySelectorAll(`input[name="living-${name}"]`).forEach((box) =>
      box.addEventListener("change", () => choose(name, box.value)));
  }

  // The changes on the way; `words` say what was done.
  const changes = {
    longer: [makeLonger, words["living-longer-done"]],
    skip: [skipThis, words["living-skip-done"]],
    repeat: [repeatSide, words["living-repeat-done"]],
    hurts: [thisHurts, words["living-hurts-done"]],
  };
  for (const [name, [change, done]] of Object.entries(changes)) {
    buttons[name].addEventListener("click", (event) => {
      if (!source.whole || !source.pools) return;
      event.stopImmediatePropagation(); // the player's own "repeat this side" only goes back
      const before = { journey: source.journey, ms: player.now() };
      const found = change(source.document, source.journey, placeNow());
      if (!found) return;
      const wasPlaying = player.playing;
      hear(found);
      if (wasPlaying || name === "hurts") player.play();
      say(done, before);
    }, { capture: true });
  }
  undo.addEventListener("click", () => {
    if (!undone) return;
    hearFrom(undone.journey, undone.ms);
    say("", null);
  });
  // From the beginning, nothing is left of what was changed on the way.
  const forgetChanges = () => {
    say("", null);
    if (source.pools && !source.streaming) {
      hear({ journey: newJourney(source.document, findRow(source.document, source.choices)), place: { index: 0, frame: 0 } });
    }
  };
  for (const name of ["again", "start-again"]) byId(name).addEventListener("click", forgetChanges, { capture: true });
  let shown = "";
  const showButtons = () => {
    if (!source.whole || !player.started) return;
    const place = placeNow(), { document: living, journey } = source;
    const id = stepHeard(living, journey.pieces[place.index], place.frame);
    const state = `${source.number} ${Boolean(source.pools)} ${place.index} ${id} ${Math.floor(place.frame / 40)}`;
    if (state === shown) return;
    shown = state;
    for (const [name, [change]] of Object.entries(changes)) {
      buttons[name].hidden = !source.pools || change(living, journey, place) === null;
    }
  };
  // What streams comes first, and then the frames that changes on the way are made of.
  player.audio.addEventListener("playing", () => { if (source.streaming) source.loadPools().catch(() => {}); });
  player.on("time", showButtons);
  player.on("seek", showButtons);
  player.on("use", () => { shown = ""; showButtons(); });

  // Before the start the choices are on the stage, later behind a button.
  player.on("paint", ({ state }) => {
    const home = state === "ready" ? before : inside;
    if (panel.parentElement !== home) home.append(panel);
  });
  byId("change-button").addEventListener("click", () => openDialog(dialog));
});
