// Small helpers around the document; all of them leave it alone where nothing changes.
const byId = (id) => document.getElementById(id);
const set = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};
const setAttribute = (element, name, value) => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};
const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const SVG = "http://www.w3.org/2000/svg";
const makeSvg = (tag, attributes, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const drawing = (figure, shows) => makeSvg(
  "svg",
  { viewBox: "0 0 200 120", class: "figure", ...(shows ? { role: "img", "aria-label": shows } : { "aria-hidden": "true" }) },
  makeSvg("use", { href: `#figure-${figure}` }),
);
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
