"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const say = JSON.parse(byId("words").textContent);
  const form = byId("filters"), cards = [...document.querySelectorAll(".card")];

  const fits = (card, { time, position, level, missing }) => {
    const { minutes, position: where, equipment } = card.dataset;
    return (!time || Number(minutes) <= Number(time)) && (!position || where === position)
      && (!level || card.dataset.level === level)
      && !equipment.split("|").some((thing) => missing.has(thing));
  };
  const filter = () => {
    const chosen = new FormData(form), things = [...form.querySelectorAll("[name=equipment]")];
    const missing = new Set(things.filter((thing) => !thing.checked).map((thing) => thing.value));
    const wishes = { time: chosen.get("time"), position: chosen.get("position"), level: chosen.get("level"), missing };
    let shown = 0;
    for (const card of cards) {
      card.hidden = !fits(card, wishes);
      shown += card.hidden ? 0 : 1;
    }
    const all = shown === cards.length;
    byId("count").textContent = say[all ? "session-count" : "filtered-count"]
      .replace("{shown}", shown).replace("{all}", cards.length);
    byId("reset").hidden = all && !wishes.time && !wishes.position && !wishes.level && !missing.size;
    byId("none").hidden = shown > 0;
  };
  form.hidden = !form.querySelector("input");
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    byId("sessions").focus();
  });
  addEventListener("pageshow", filter);
  filter();

  // Off the web, or in a browser without it, the page is as good as it was.
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  const tell = () => { byId("offline").textContent = navigator.onLine ? "" : say.offline; };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
  navigator.serviceWorker.register("worker.js").catch(() => {});

  const KEPT = "psoas-audio kept";
  for (const button of document.querySelectorAll(".keep")) {
    const files = button.dataset.files.split(" ");
    const words = button.firstElementChild;
    const show = (kept) => {
      button.setAttribute("aria-pressed", String(kept));
      words.textContent = say[kept ? "saved-offline" : "save-offline"];
    };
    caches.open(KEPT).then(async (cache) => {
      const found = await Promise.all(files.map((file) => cache.match(file)));
      show(found.every(Boolean));
      button.hidden = false;
      button.addEventListener("click", async () => {
        const keep = button.getAttribute("aria-pressed") !== "true";
        button.disabled = true;
        try {
          if (keep) { words.textContent = say["saving-offline"]; await cache.addAll(files); }
          else await Promise.all(files.map((file) => cache.delete(file)));
          show(keep);
        } catch { words.textContent = say["save-failed"]; }
        button.disabled = false;
      });
    }).catch(() => {});
  }
})();
