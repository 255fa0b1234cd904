// Light, dark, or black for the night; without a choice as the system has it.
const THEMES = ["light", "dark", "night"];
const chooseTheme = (player) => {
  const root = document.documentElement;
  const chosen = recall("psoas-audio theme");
  if (THEMES.includes(chosen)) root.dataset.theme = chosen;
  const boxes = [...document.querySelectorAll('input[name="theme"]')];
  const show = () => boxes.forEach((box) => { box.checked = box.value === (root.dataset.theme || ""); });
  boxes.forEach((box) => box.addEventListener("change", () => {
    if (box.value) root.dataset.theme = box.value; else delete root.dataset.theme;
    remember("psoas-audio theme", box.value || null);
    player.paint();
  }));
  show();
};
