// Pulses at turns and ends, for those who keep their eyes closed: long for in, two short for out.
const PULSES = {
  in: [220], sip: [120], out: [70, 110, 70], full: [30], empty: [30],
  up: [220], down: [70, 110, 70], top: [30], bottom: [30],
}; // ms on, off, on
const TURN = [120, 80, 120], LAST = [400, 150, 400];
const MAX_LATE = 400; // ms: later than this, such as after a seek, there is no pulse

const bindVibration = (player) => {
  const box = byId("vibration"), able = typeof navigator.vibrate === "function";
  let active = able && remembered("vibration", ["on"], "off") === "on";
  let breathStart = null, momentStart = null;
  const pulse = (pattern) => { if (active && player.playing) navigator.vibrate(pattern); };
  box.disabled = !able;
  if (!able) set(byId("vibration-hint"), byId("vibration-hint").dataset.unable);
  bindCheckbox("vibration", active, (value) => {
    active = value;
    remember("psoas-audio vibration", value ? "on" : null);
    if (value) navigator.vibrate(PULSES.in);
  });
  player.on("paint", ({ t, breath, moment }) => {
    const turns = moment ? moment[0] : null, starts = breath ? breath[0] : null;
    if (starts !== breathStart) {
      breathStart = starts;
      if (breath && t - starts < MAX_LATE) return pulse(PULSES[breath[2]]);
    }
    if (turns !== momentStart) {
      const before = player.face.moments[lastIndex(player.face.moments, t - 1)];
      const edge = turns !== null ? turns : before ? before[1] : -1;
      momentStart = turns;
      if (t - edge >= 0 && t - edge < MAX_LATE) pulse(TURN);
    }
    return undefined;
  });
  player.on("end", () => { if (active) navigator.vibrate(LAST); });
};
