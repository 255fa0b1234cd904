// What comes next in the programmes that a session belongs to, as far as they are done.
const nextInProgramme = ({ name, entries }) => {
  const { done, start } = recallProgramme(name), isOpen = (entry) => !done[entry.key];
  const here = entries.findIndex((entry) => entry.own && isOpen(entry));
  const next = entries.slice(here + 1).find((entry) => !entry.own && isOpen(entry));
  return { next, begun: Boolean(start) };
};
const showNextInProgrammes = (programmes, words) => {
  for (const programme of programmes) {
    const way = document.querySelector(`[data-programme="${CSS.escape(programme.name)}"]`);
    const { next, begun } = nextInProgramme(programme);
    if (!way || !next) continue;
    way.href = `${programme.page}#day-${next.week}-${next.day}`;
    way.classList.toggle("begun", begun);
    way.replaceChildren(make("small", {}, fill(words["next-in"], { title: programme.title })), " ",
      make("span", {}, next.title), " ", make("small", {}, fill(words["day-of-week"], next)));
  }
};
page.extensions.push((player, session) => player.on("end", () => showNextInProgrammes(session.programmes, session.words)));
