// "This hurts": plays the way out of the position and then the end, or pauses and says what to do.
const SECOND_TOUCH = 1000; // ms after the touch in which a hasty second one doesn't undo it
const LATE = 2000; // ms after a part; later, the listener has gone elsewhere
const bindHurts = (player) => {
  const button = byId("hurts"), said = byId("hurts-said"), { words } = player;
  if (!button) return;
  let way = null; // where it was touched, and the parts that lead out: {from, played, touched, parts, part}
  const isStop = () => Boolean(way) && !way.parts.length;
  const sayNothing = () => { way = null; set(said, ""); };

  const show = () => {
    const t = player.now(), list = player.face.exits || [];
    const why = way || during(list, t) ? "" : words[list.some(([start]) => t < start) ? "hurts-none" : "hurts-end"];
    setAttribute(button, "aria-disabled", String(Boolean(why)));
    set(byId("hurts-why"), why);
    set(button, way ? button.dataset.undo : button.dataset.label);
    return why;
  };
  const leave = () => {
    const [, , parts] = during(player.face.exits, player.now());
    way = { from: player.now(), played: player.playing, touched: performance.now(), parts, part: 0 };
    if (parts.length) { player.go(parts[0][0]); player.play(); } else player.pause();
    set(said, words[parts.length ? "hurts-done" : "hurts-stop"]);
  };
  const undo = () => {
    const { from, played } = way;
    way = null;
    player.go(from);
    if (played) player.play(); else player.pause();
    set(said, words.undone);
  };
  button.addEventListener("click", () => {
    const why = show();
    if (why) { set(said, why); return; }
    if (!way) leave(); else if (performance.now() - way.touched > SECOND_TOUCH) undo();
    show();
  });
  player.on("time", () => {
    if (way && !isStop()) {
      const next = way.parts[way.part + 1], over = player.now() - way.parts[way.part][1];
      if (next && over >= LATE) sayNothing();
      else if (next && over >= 0) { way.part += 1; player.go(next[0]); }
    }
    show();
  });
  player.on("seek", () => {
    const part = way && way.parts[way.part];
    if (part && (player.now() < part[0] - 50 || player.now() > part[1])) sayNothing();
    show();
  });
  player.on("play", () => { if (isStop()) sayNothing(); show(); });
  player.on("use", () => { sayNothing(); show(); });
  player.on("end", () => { player.ledOut = Boolean(way); sayNothing(); });
};
