// The sleep timer: fades the sound out, or where a page can't (iOS) stops at the end of a step.
const FADE = 20000; // ms
const canFade = () => {
  const probe = new Audio();
  probe.volume = .5;
  return probe.volume === .5;
};
const bindSleepTimer = (player) => {
  const { audio, words } = player, fades = canFade();
  const shown = byId("sleep-left");
  let choice = "off", deadline = 0, edge = null; // deadline: ms of the clock; edge: ms of the session

  const endOf = (list) => {
    const item = list[Math.max(0, lastIndex(list, player.now()))];
    return item ? item[1] : player.face.length;
  };
  const setEdge = () => {
    edge = choice === "step" ? endOf(player.segments) : choice === "chapter" ? endOf(player.face.chapters) : null;
  };
  const show = () => {
    const left = deadline ? deadline - Date.now() : edge === null ? 0 : edge - player.now();
    set(shown, left > 0 ? fill(words["sleep-left"], { time: clockLeft(left) }) : "");
  };
  const choose = (value) => {
    choice = value;
    audio.volume = 1;
    deadline = Number(value) ? Date.now() + Number(value) * 60000 : 0;
    setEdge();
    show();
  };
  const stop = () => {
    player.pause();
    choose("off");
    for (const box of document.querySelectorAll('input[name="sleep"]')) box.checked = box.value === "off";
  };
  player.on("time", () => {
    if (choice === "off") return;
    if (deadline) {
      const left = deadline - Date.now();
      if (fades && left < FADE) audio.volume = Math.max(0, left / FADE) ** 2;
      if (left <= 0 && fades) stop();
      else if (left <= 0) { deadline = 0; edge = endOf(player.segments); }
    }
    if (edge !== null && player.now() >= edge - 60) stop();
    show();
  });
  player.on("seek", setEdge);
  bindRadios("sleep", "off", choose);
};
