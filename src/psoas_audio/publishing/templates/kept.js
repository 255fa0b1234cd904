// What a listener keeps on the device. Each kept thing has a mark that lists its files; a file that
// two things need is stored once, and goes with the last of them.
const KEPT = "psoas-audio kept";
const AFTER_SOUND = 8000; // ms: what the worker loads doesn't compete with the first sound
const canKeep = "serviceWorker" in navigator && "caches" in self && location.protocol.startsWith("http");
const addressOf = (file) => new URL(file, document.baseURI).href.split(/[?#]/)[0];
const markOf = (name) => addressOf(`kept/${encodeURIComponent(name)}`);

const keptMarks = async () => {
  const cache = await caches.open(KEPT), home = addressOf("kept/");
  const requests = (await cache.keys()).filter((request) => request.url.startsWith(home));
  return Promise.all(requests.map(async (request) => (await cache.match(request)).json()));
};
const keepThing = async (thing) => {
  const cache = await caches.open(KEPT);
  const before = new Set((await keptMarks()).filter((mark) => mark.name !== thing.name).flatMap((mark) => mark.files.map(([file]) => file)));
  const wanted = thing.files.filter((file) => !before.has(file) || file === thing.page);
  await cache.addAll(wanted.map((file) => new Request(file, { cache: "reload" })));
  const sized = await Promise.all(thing.files.map(async (file) => [file, (await (await cache.match(addressOf(file))).blob()).size]));
  await cache.put(markOf(thing.name), new Response(JSON.stringify({ ...thing, files: sized }), { headers: { "Content-Type": "application/json" } }));
};
const forgetThing = async (name) => {
  const cache = await caches.open(KEPT), marks = await keptMarks();
  const needed = new Set(marks.filter((mark) => mark.name !== name).flatMap((mark) => mark.files.map(([file]) => file)));
  const own = marks.find((mark) => mark.name === name);
  await cache.delete(markOf(name));
  await Promise.all((own ? own.files : []).filter(([file]) => !needed.has(file)).map(([file]) => cache.delete(addressOf(file))));
};
const keptBytes = (marks) => [...new Map(marks.flatMap((mark) => mark.files)).values()].reduce((sum, size) => sum + size, 0);
const megabytes = (bytes) => (bytes < 1e7 ? (bytes / 1e6).toFixed(1) : String(Math.round(bytes / 1e6)));

// A button that keeps what its data says, and lets go of it.
const showKeepButton = (button, say, changed) => {
  const thing = JSON.parse(button.dataset.keep), words = button.firstElementChild;
  let kept = null;
  const show = (marks) => {
    kept = marks.find((mark) => mark.name === thing.name) || null;
    const old = kept && kept.digest !== thing.digest;
    button.setAttribute("aria-pressed", String(Boolean(kept)));
    words.textContent = !kept ? `${say["save-offline"]} (${button.dataset.size})`
      : old ? say["update-offline"] : say["saved-offline"];
    button.title = kept && !old ? say["remove-offline"] : "";
    button.hidden = false;
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if (kept && kept.digest === thing.digest) await forgetThing(thing.name);
      else { words.textContent = say["saving-offline"]; await keepThing(thing); }
      await changed();
    } catch { words.textContent = say["save-failed"]; }
    button.disabled = false;
    button.focus();
  });
  return show;
};
const showKeepButtons = (buttons, say, also = () => {}) => {
  if (!canKeep) return () => {};
  const register = () => navigator.serviceWorker.register("worker.js").catch(() => {});
  setTimeout(register, document.querySelector("audio") ? AFTER_SOUND : 0);
  const shows = [];
  const refresh = async () => {
    const marks = await keptMarks();
    shows.forEach((show) => show(marks));
    also(marks, refresh);
  };
  shows.push(...buttons.map((button) => showKeepButton(button, say, refresh)));
  const tryRefresh = () => refresh().catch(() => {});
  tryRefresh();
  return tryRefresh;
};
