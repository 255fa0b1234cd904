// What the listener chooses for all sessions.
const bindRadios = (name, chosen, choose) => {
  for (const box of document.querySelectorAll(`input[name="${name}"]`)) {
    box.checked = box.value === chosen;
    box.addEventListener("change", () => choose(box.value));
  }
};
const bindCheckbox = (id, chosen, choose) => {
  const box = byId(id);
  box.checked = chosen;
  box.addEventListener("change", () => choose(box.checked));
};
const remembered = (name, allowed, fallback) => {
  const value = recall(`psoas-audio ${name}`);
  return allowed.includes(value) ? value : fallback;
};

const openDialog = (dialog) => {
  dialog.showModal();
  dialog.querySelector(".dialog-body").scrollTop = 0;
};
const bindDialogs = () => {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector(".close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
  byId("settings-button").addEventListener("click", () => openDialog(byId("settings")));
  byId("keys-button").addEventListener("click", () => { byId("settings").close(); openDialog(byId("keys")); });
};

const SPEEDS = ["0.8", "0.9", "1", "1.1", "1.25"];
const chooseSpeed = (player) => {
  const { audio } = player;
  audio.preservesPitch = audio.webkitPreservesPitch = true;
  const use = (speed) => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed);
    player.paint();
  };
  const speed = remembered("speed", SPEEDS, "1");
  use(speed);
  bindRadios("speed", speed, (value) => { remember("psoas-audio speed", value); use(value); });
};

const chooseCaptions = (player) => {
  const { dataset } = document.documentElement, button = byId("captions-button"), box = byId("captions-box");
  const use = (value) => {
    dataset.captions = value;
    box.checked = value === "on";
    setAttribute(button, "aria-pressed", String(value === "on"));
    player.paint();
  };
  const choose = (shown) => {
    remember("psoas-audio captions", shown ? "on" : "off");
    use(shown ? "on" : "off");
  };
  use(remembered("captions", ["on", "off"], "on"));
  bindCheckbox("captions-box", box.checked, choose);
  const size = remembered("caption-size", ["small", "medium", "large"], "medium");
  dataset.captionSize = size;
  bindRadios("caption-size", size, (value) => {
    dataset.captionSize = value;
    remember("psoas-audio caption-size", value);
  });
  const toggle = () => choose(dataset.captions !== "on");
  button.addEventListener("click", toggle);
  return toggle;
};
