// The buttons for changes on the way. They keep their places: what isn't possible is marked as disabled,
// and says why when it is focused or touched.

const actionButtons = (player, session, { hear, undo, say, placeNow }) => {
  const { source } = player, { words } = session;
  const changes = { longer: makeLonger, skip: skipThis, "again-side": repeatSide, hurts: thisHurts };
  const buttons = Object.fromEntries(Object.keys(changes).map((name) => [name, byId(name)]).filter(([, button]) => button));
  const ownSide = byId("repeat-side");
  if (ownSide) ownSide.remove();
  let hurt = null, hurtAt = 0; // where "this hurts" was touched, and when

  // What a change would give, or why there is none.
  const tryChange = (name) => {
    const { document: living, journey } = source, place = placeNow();
    const found = changes[name](living, journey, place);
    if (found) return { found };
    if (name === "longer") return { why: words["living-longer-none"] };
    if (name === "skip") return { why: words["living-skip-none"] };
    if (name === "again-side") {
      const { group } = limitsOf(living, stepAt(living, journey.pieces, place));
      return { why: words[group ? "living-repeat-enough" : "living-repeat-none"] };
    }
    const comes = journey.pieces.slice(place.index).some((item) => stepsIn(living, item).some((id) => limitsOf(living, id).exit));
    return { why: words[comes ? "hurts-none" : "hurts-end"] };
  };
  const isUndo = (name) => name === "hurts" && Boolean(hurt && (source.journey.exit || source.coming));

  const act = (name) => {
    if (!source.whole) return;
    if (isUndo(name)) {
      if (performance.now() - hurtAt > SECOND_TOUCH) undo(hurt);
      return;
    }
    const { found, why } = tryChange(name), canJoin = Boolean(source.pools);
    if (!found || (!canJoin && name !== "hurts")) { say(found ? words["living-frames"] : why, null); return; }
    const before = { journey: source.journey, ms: player.now(), choices: source.choices }, wasPlaying = player.playing;
    const done = { longer: "living-longer-done", skip: "living-skip-done", "again-side": "living-repeat-done", hurts: "hurts-done" };
    if (name === "hurts") { hurt = before; hurtAt = performance.now(); }
    hear(found);
    if (wasPlaying || name === "hurts") player.play();
    say(words[done[name]], name === "hurts" ? null : before);
  };
  for (const [name, button] of Object.entries(buttons)) button.addEventListener("click", () => act(name));

  let shown = "";
  const show = () => {
    if (!source.whole || !player.started) return;
    const { document: living, journey } = source, place = placeNow();
    const id = stepAt(living, journey.pieces, place);
    const state = `${source.number} ${Boolean(source.pools)} ${Boolean(source.coming)} ${place.index} ${id} ${Math.floor(place.frame / 40)}`;
    if (state === shown) return;
    shown = state;
    if (!journey.exit && !source.coming) hurt = null;
    for (const [name, button] of Object.entries(buttons)) {
      const { found, why } = isUndo(name) ? { found: true } : tryChange(name);
      const isOff = !found || (!source.pools && name !== "hurts");
      setAttribute(button, "aria-disabled", String(isOff));
      set(byId(`${name}-why`), isOff ? why || words["living-frames"] : "");
      if (name === "hurts") set(button, isUndo(name) ? button.dataset.undo : button.dataset.label);
    }
  };
  player.on("time", show);
  player.on("seek", show);
  player.on("use", () => { shown = ""; show(); });
};
