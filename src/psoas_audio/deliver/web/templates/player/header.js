// The stage fills what the header and the bar leave of the screen, however long the title is.
const measureHeader = () => {
  const header = document.querySelector("header");
  const measure = () => document.documentElement.style.setProperty("--head", `${header.offsetHeight}px`);
  measure();
  new ResizeObserver(measure).observe(header);
};
