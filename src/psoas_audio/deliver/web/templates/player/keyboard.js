// Keys for the whole page. Those with letters and digits can be turned off, for people who speak to
// their computer or whose fingers slip.
const listenToKeys = (player, actions, toggleCaptions) => {
  const named = { " ": player.toggle, ArrowLeft: actions.back, ArrowRight: actions.forward };
  const shifted = { ArrowLeft: actions["previous-step"], ArrowRight: actions["next-step"] };
  const letters = {
    k: player.toggle, j: actions["previous-step"], l: actions["next-step"], c: toggleCaptions,
    m: () => { player.audio.muted = !player.audio.muted; },
    "?": () => openDialog(byId("keys")),
    ...Object.fromEntries([..."0123456789"].map((digit) => [digit, () => player.go(player.face.length * digit / 10)])),
  };
  let useLetters = remembered("letter-keys", ["off"], "on") === "on";
  bindCheckbox("letter-keys", useLetters, (value) => {
    useLetters = value;
    remember("psoas-audio letter-keys", value ? null : "off");
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("dialog, input, select, textarea")) {
      const onSlider = event.target.id === "position" && (event.key === " " || event.key.length === 1);
      if (!onSlider) return;
    }
    if (event.target.closest("button, a, summary") && event.key === " ") return;
    const act = (event.shiftKey && shifted[event.key]) || named[event.key]
      || (useLetters && letters[event.key.toLowerCase()]);
    if (act) { event.preventDefault(); act(); }
  });
};
