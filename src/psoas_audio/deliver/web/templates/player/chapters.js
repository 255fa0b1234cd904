// The list of chapters.
const showChapters = (player) => {
  const list = byId("chapter-list");
  let buttons = [];
  player.on("use", () => {
    buttons = player.face.chapters.map(([start, , title]) => {
      const button = make("button", { type: "button" },
        make("span", {}, title), " ", make("span", { className: "time" }, clockAt(start)));
      button.addEventListener("click", () => { player.go(start); player.play(); });
      return button;
    });
    list.replaceChildren(...buttons.map((button) => make("li", {}, button)));
  });
  player.on("paint", ({ chapterIndex, started }) => buttons.forEach((button, i) => {
    if (started && i === chapterIndex) setAttribute(button, "aria-current", "true");
    else button.removeAttribute("aria-current");
  }));
};
