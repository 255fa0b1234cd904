// The transcript: it follows what is heard, and a click on its words goes there.
const showTranscript = (player) => {
  const box = byId("transcript"), { words } = player;
  let parts = []; // elements in the order of face.transcript
  let present = null;

  const paragraphs = () => {
    const found = [];
    for (const entry of player.face.transcript) {
      const last = found[found.length - 1], before = last && last[last.length - 1];
      const joins = before && entry[5] === "said" && before[5] === "said" && before[4] === entry[4]
        && lastIndex(player.face.chapters, before[0]) === lastIndex(player.face.chapters, entry[0]);
      if (joins) last.push(entry); else found.push([entry]);
    }
    return found;
  };
  const goTo = (start) => { player.go(start); player.play(); };
  const paragraph = (entries) => {
    const [start, , , , speaker, kind] = entries[0];
    const time = make("button", { type: "button", className: "time", onclick: () => goTo(start) }, clockAt(start));
    time.setAttribute("aria-label", fill(words["play-from"], { time: clockAt(start) }));
    const element = make("p", { className: kind === "silence" ? "silence" : "" }, time, " ");
    if (speaker) element.append(make("b", {}, `${speaker}:`), " ");
    for (const [at, , text, language] of entries) {
      const part = make("span", { onclick: () => goTo(at) }, text);
      if (language) part.lang = language;
      parts.push(part);
      element.append(part, " ");
    }
    return element;
  };

  player.on("use", () => {
    const { face } = player;
    parts = [];
    present = null;
    const blocks = paragraphs();
    box.replaceChildren(...face.chapters.map((chapter) => {
      const inside = blocks.filter(([entry]) => entry[0] >= chapter[0] && entry[0] < chapter[1]);
      const section = make("section", {}, make("h3", {}, chapter[2]));
      if (chapter[4]) section.append(make("div", { className: "picture" }, drawing(chapter[3], chapter[4])));
      section.append(...inside.map(paragraph));
      return section;
    }));
  });
  player.on("paint", ({ t, started }) => {
    const part = started ? parts[lastIndex(player.face.transcript, t)] : null;
    if (part === present) return;
    if (present) present.removeAttribute("aria-current");
    present = part;
    if (!part) return;
    part.setAttribute("aria-current", "true");
    const open = box.closest("details");
    if (open && open.open && player.playing && !box.matches(":hover, :focus-within") && box.scrollHeight > box.clientHeight + 4) {
      const gap = part.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
      box.scrollBy({ top: gap, behavior: reducedMotion.matches ? "auto" : "smooth" });
    }
  });
};
