// Tries the page again until the network answers, and lists what plays without one.
const RETRY = 5000; // ms
const byId = (id) => document.getElementById(id);
const open = () => location.replace(`${location.pathname}?wait${location.hash}`);
const retry = async () => {
  try {
    const answer = await fetch(location.pathname, { cache: "reload" });
    if (answer.ok) return open();
  } catch { /* Not yet. */ }
  return setTimeout(retry, RETRY);
};
// It stands in for another page; at its own address there is nothing to try.
if (!location.pathname.endsWith("/offline.html")) {
  byId("again").hidden = false;
  byId("again").addEventListener("click", open);
  addEventListener("online", open);
  retry();
}

keptMarks().then((marks) => {
  const list = byId("kept").querySelector("ul");
  for (const { page, title } of marks) {
    const link = Object.assign(document.createElement("a"), { href: page, textContent: title });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  byId("kept").hidden = !marks.length;
}).catch(() => {});
