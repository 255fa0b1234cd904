// Light, dark, or black for the night; without a choice as the system has it.
const THEMES = ["light", "dark", "night"];
const chooseTheme = (player) => {
  const { dataset } = document.documentElement;
  const use = (value) => {
    if (value) dataset.theme = value; else delete dataset.theme;
    player.paint();
  };
  const theme = remembered("theme", THEMES, "");
  use(theme);
  bindRadios("theme", theme, (value) => { remember("psoas-audio theme", value || null); use(value); });
};
