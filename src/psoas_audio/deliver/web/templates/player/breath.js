// The circle that breathes. It is only scaled and faded, which costs the processor next to nothing.
const showBreath = (player) => {
  const lung = byId("lung"), trails = [...document.querySelectorAll(".trail")];
  const DELAY = 260; // ms by which each trail follows
  const LEAST = .5, LEAST_SOFT = .8; // size of the empty circle
  const scaleAt = (breath, t) => {
    const least = breath[5] ? LEAST_SOFT : LEAST;
    return least + (1 - least) * fullness(breath, t);
  };
  let shown = "";
  player.on("paint", ({ t, breath, state }) => {
    const active = breath && state !== "ready" && state !== "end";
    setAttribute(document.body, "data-phase", active ? breath[2] : "");
    if (!active) {
      if (shown) { lung.style.transform = lung.style.opacity = shown = ""; delete lung.dataset.full; }
      return;
    }
    const full = fullness(breath, t);
    lung.dataset.full = full.toFixed(4);
    if (reducedMotion.matches) { // it grows lighter and darker instead
      lung.style.transform = "";
      lung.style.opacity = String(Math.round((.35 + .65 * full) * 20) / 20);
    } else {
      lung.style.opacity = "";
      lung.style.transform = `scale(${scaleAt(breath, t).toFixed(4)})`;
      trails.forEach((trail, i) => {
        const then = t - DELAY * (i + 1), before = during(player.face.breaths, then);
        trail.style.transform = `scale(${scaleAt(before || breath, then).toFixed(4)})`;
      });
    }
    shown = lung.dataset.full;
  });
};
