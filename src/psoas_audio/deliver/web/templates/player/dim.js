// Darkens the screen when nobody touches it for a while; a tap or a key only wakes it.
const UNTOUCHED = 20000; // ms
const dimScreen = (player) => {
  const { dataset } = document.documentElement, cover = byId("dim-cover");
  let choice = remembered("dim", ["on", "off"], ""); // without a choice: at night only
  let timer = 0;
  const isOn = () => choice === "on" || (choice === "" && dataset.theme === "night");
  const wake = () => {
    clearTimeout(timer);
    delete dataset.dim;
    cover.hidden = true;
    if (player.playing && isOn()) timer = setTimeout(dim, UNTOUCHED);
  };
  const dim = () => {
    if (document.querySelector("dialog[open]")) return wake();
    dataset.dim = "true";
    cover.hidden = false;
    return undefined;
  };
  bindCheckbox("dim", isOn(), (value) => {
    choice = value ? "on" : "off";
    remember("psoas-audio dim", choice);
    wake();
  });
  byId("settings-button").addEventListener("click", () => { byId("dim").checked = isOn(); });
  for (const box of document.querySelectorAll('input[name="theme"]')) {
    box.addEventListener("change", () => { byId("dim").checked = isOn(); wake(); });
  }
  // The cover takes the tap, so that it doesn't press what lies under it.
  cover.addEventListener("click", (event) => { event.stopPropagation(); wake(); });
  addEventListener("keydown", wake, true);
  addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") wake(); }, { passive: true });
  addEventListener("pointerdown", (event) => { if (event.target !== cover) wake(); }, { passive: true });
  player.on("play", wake);
  player.on("pause", wake);
  player.on("end", wake);
};
