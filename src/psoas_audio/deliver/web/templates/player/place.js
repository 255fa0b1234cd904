// The place that a link asks for: #t=90, #t=1:30, also with an end (#t=90,120); null without one.
const askedPlace = (hash) => {
  const found = /[#&]t=(?:npt:)?((?:\d+:){0,2}\d+(?:\.\d+)?)/.exec(hash);
  if (!found) return null;
  const seconds = found[1].split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
  return { at: Math.round(1000 * seconds), asked: true };
};

// The place between visits: step and offset, so that it stays right when a session is made again.
const keepPlace = (player) => {
  const { source } = player; // one with several sessions changes its key
  const NEAR_START = 5000, NEAR_END = 10000, EVERY = 5000; // ms
  let saved = 0;
  const save = () => {
    const t = player.now(), inside = t > NEAR_START && t < player.face.length - NEAR_END;
    const { done = null, choices = null } = recallPlace(source.key) || {};
    saved = t;
    if (!inside && !done && !choices) return remember(source.key, null);
    const place = inside ? { ...player.place(), at: Math.round(t) } : {};
    return remember(source.key, JSON.stringify({ ...place, done, choices }));
  };
  player.on("pause", save);
  player.on("end", () => {
    const { choices = null } = recallPlace(source.key) || {};
    remember(source.key, JSON.stringify({ done: new Date().toISOString(), choices }));
  });
  player.on("time", () => { if (Math.abs(player.now() - saved) > EVERY) save(); });
  addEventListener("pagehide", () => { if (player.started) save(); });
};
