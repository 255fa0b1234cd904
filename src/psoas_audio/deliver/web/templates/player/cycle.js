// The ring around a breath: an arc for each phase of the cycle, dotted where it is held.
const CYCLE_RADIUS = 94, ARC_GAP = 3; // units of the drawing; degrees between arcs
const arcPath = (from, to) => {
  const at = (degrees) => {
    const angle = (degrees - 90) * Math.PI / 180;
    return `${(100 + CYCLE_RADIUS * Math.cos(angle)).toFixed(2)} ${(100 + CYCLE_RADIUS * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${at(from)}A${CYCLE_RADIUS} ${CYCLE_RADIUS} 0 ${to - from > 180 ? 1 : 0} 1 ${at(to)}`;
};
// The phases of the breath at t.
const cycleAt = (breaths, t) => {
  let first = lastIndex(breaths, t), last = first;
  if (first < 0) return [];
  const joins = (a, b) => a && b && a[1] === b[0] && a[6] === b[6];
  while (joins(breaths[first - 1], breaths[first])) first--;
  while (joins(breaths[last], breaths[last + 1])) last++;
  return breaths.slice(first, last + 1);
};
const HELD = ["full", "empty", "top", "bottom"];

const showCycle = (player) => {
  const ring = byId("cycle");
  let drawn = "";
  player.on("paint", ({ t, breath, state }) => {
    if (!breath || state !== "breathe") return;
    const phases = cycleAt(player.face.breaths, t);
    const start = phases[0][0], length = phases[phases.length - 1][1] - start;
    const degrees = (time) => 360 * (time - start) / length;
    const name = phases.map((phase) => `${phase[2]}${phase[1] - phase[0]}`).join();
    if (name === drawn) return;
    drawn = name;
    ring.replaceChildren(...phases.map(([from, to, kind]) => makeSvg("path", {
      d: arcPath(degrees(from) + ARC_GAP, degrees(to) - ARC_GAP),
      class: HELD.includes(kind) ? "held" : "moving",
    })));
  });
};
