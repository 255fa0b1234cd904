// The bar below the stage: play and pause, steps, ten seconds, where the session is.
const showBar = (player) => {
  const { words } = player;
  const play = byId("play"), slider = byId("position");
  const actions = {
    back: () => player.go(player.now() - 10000),
    forward: () => player.go(player.now() + 10000),
    "previous-step": () => player.step(-1),
    "next-step": () => player.step(1),
  };
  play.addEventListener("click", player.toggle);
  document.querySelectorAll("[data-go]").forEach((button) =>
    button.addEventListener("click", actions[button.dataset.go]));
  slider.addEventListener("input", () => player.go(Number(slider.value) * 1000));

  player.on("use", () => { slider.max = String(Math.floor(player.face.length / 1000)); });
  player.on("paint", (view) => {
    const { t, over, playing, started, loading, segmentIndex } = view, { face, audio, segments } = player;
    setAttribute(play, "aria-label", playing ? words["pause-playback"] : started && !over ? words.continue : words.play);
    const at = String(Math.floor(t / 1000));
    if (slider.value !== at) slider.value = at;
    const done = `${face.length ? (100 * t / face.length).toFixed(1) : 0}%`;
    if (slider.dataset.done !== done) {
      slider.dataset.done = done;
      slider.style.setProperty("--done", done);
    }
    const left = clockLeft((face.length - t) / (audio.playbackRate || 1));
    const remaining = fill(words["time-left"], { time: left });
    set(byId("left"), loading ? words.loading : audio.muted ? `${words.muted} · ${remaining}` : remaining);
    const step = segments.length > 1 ? fill(words["step-of"], { number: segmentIndex + 1, count: segments.length }) : "";
    set(byId("step"), step);
    setAttribute(slider, "aria-valuetext", `${clockAt(t)}${step ? `, ${step}` : ""}`);
  });
  const side = byId("repeat-side");
  side.addEventListener("click", () => { player.go(sideStart(player.face, player.now()) || 0); player.play(); });
  player.on("paint", ({ t, state }) => {
    side.hidden = ["ready", "end"].includes(state) || sideStart(player.face, t) === null;
  });
  player.on("trouble", (text) => set(byId("trouble"), text));
  return actions;
};
