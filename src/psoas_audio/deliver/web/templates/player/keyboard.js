// Keys for the whole page; those with a letter can be turned off.
const listenToKeys = (player, actions) => {
  const keys = {
    " ": player.toggle, k: player.toggle,
    ArrowLeft: actions.back, ArrowRight: actions.forward,
    j: actions["previous-step"], l: actions["next-step"],
    m: () => { player.audio.muted = !player.audio.muted; },
    ...Object.fromEntries([..."0123456789"].map((digit) => [digit, () => player.go(player.face.length * digit / 10)])),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inside = event.target.closest("button, a, summary, input, select, dialog");
    if (inside && (event.key === " " || event.key === "Enter" || inside.matches("input, select, dialog"))) return;
    const act = event.shiftKey && event.key === "ArrowLeft" ? actions["previous-step"]
      : event.shiftKey && event.key === "ArrowRight" ? actions["next-step"]
      : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });
};
