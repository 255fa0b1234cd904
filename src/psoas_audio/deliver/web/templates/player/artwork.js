// A figure of the page as a square picture for the lock screen; null where it can't be drawn.
const SIDE = 512; // pixels
const pictures = new Map();
const figureRules = () => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => /^\.(drawn|[fn]|[ef]-[a-z-]+)$/.test(rule.selectorText)).map((rule) => rule.cssText).join("");
const figureShades = () => (figureRules().match(/--fig-[a-z-]+/g) || []).map((name) => {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name);
  return value ? `${name}:${value};` : "";
}).join("");
// A left figure refers to its right one, which has to be in the picture itself.
const inside = (symbol) => symbol.innerHTML.replace(/<use href="#([^"]+)"[^>]*><\/use>/, (use, id) => byId(id).innerHTML);
const drawPicture = async (figure) => {
  const symbol = byId(`figure-${figure}`);
  if (!symbol) return null;
  const { color } = getComputedStyle(byId("figure")), ground = getComputedStyle(document.documentElement).backgroundColor;
  const drawn = `<svg xmlns="${SVG}" viewBox="0 -40 200 200" width="${SIDE}" height="${SIDE}" color="${color}">`
    + `<style>:root{--halo:${ground};${figureShades()}}${figureRules()}</style>`
    + `<path fill="${ground}" d="M0-40h200v200H0z"/>${inside(symbol)}</svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(drawn)}`;
  await image.decode();
  const canvas = make("canvas", { width: SIDE, height: SIDE });
  canvas.getContext("2d").drawImage(image, 0, 0, SIDE, SIDE);
  return { src: canvas.toDataURL("image/png"), type: "image/png", sizes: `${SIDE}x${SIDE}` };
};
const figurePicture = (figure) => {
  if (!pictures.has(figure)) pictures.set(figure, drawPicture(figure).catch(() => null));
  return pictures.get(figure);
};
