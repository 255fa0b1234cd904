"use strict";
// What is kept on the device comes first. The network has two seconds; then the catalogue as it was
// last seen, or the page of our own that says so. Nothing is kept that nobody asked for, but the
// catalogue itself.
const SHELL = `psoas-audio shell ${registration.scope} SHELL_DIGEST`, KEPT = "psoas-audio kept";
const JOINED = "psoas-audio joined"; // what a living page has put together, where blobs aren't played
const FILES = SHELL_FILES;
const OFFLINE = "offline.html";
const PATIENCE = 2000; // ms

const addressOf = (file) => new URL(file, registration.scope).href;
const SHELL_ADDRESSES = new Set(FILES.map(addressOf));

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
    await skipWaiting();
  })());
});

const isOldShell = (name) => name.startsWith("psoas-audio shell") && name !== SHELL
  && (name.startsWith(`psoas-audio shell ${registration.scope} `) || name.split(" ").length === 3);
// Earlier versions kept every page that was visited, with its sound inside.
const removeUnasked = async () => {
  const cache = await caches.open(KEPT), requests = await cache.keys();
  const home = addressOf("kept/"), asked = new Set();
  for (const request of requests.filter(({ url }) => url.startsWith(home))) {
    for (const [file] of (await (await cache.match(request)).json()).files) asked.add(addressOf(file));
  }
  await Promise.all(requests.filter(({ url }) => url.startsWith(registration.scope) && !url.startsWith(home) && !asked.has(url))
    .map((request) => cache.delete(request)));
};
addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await Promise.all((await caches.keys()).filter(isOldShell).map((name) => caches.delete(name)));
    await removeUnasked();
    await clients.claim();
  })());
});

// Safari plays only from servers that answer ranges, and a cache holds whole files.
const part = async (whole, range) => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range || "");
  if (!match || (!match[1] && !match[2]) || whole.status !== 200) return whole;
  const body = await whole.blob(), size = body.size;
  const first = match[1] ? Number(match[1]) : Math.max(0, size - Number(match[2]));
  const last = match[1] && match[2] ? Math.min(size - 1, Number(match[2])) : size - 1;
  if (first > last) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${size}` } });
  }
  const headers = new Headers(whole.headers);
  headers.set("Content-Range", `bytes ${first}-${last}/${size}`);
  headers.set("Content-Length", String(last - first + 1));
  headers.set("Accept-Ranges", "bytes");
  return new Response(body.slice(first, last + 1), { status: 206, statusText: "Partial Content", headers });
};

const inTime = (answer) => new Promise((go, fail) => {
  const timer = setTimeout(() => fail(new Error("too slow")), PATIENCE);
  answer.then(go, fail).finally(() => clearTimeout(timer));
});
const lastSeen = async (address) => (await caches.open(SHELL)).match(address);

const answer = async (request) => {
  const [address, search] = request.url.split("#")[0].split("?");
  const cache = await caches.open(address.includes(".joined-") ? JOINED : KEPT);
  const kept = await cache.match(address);
  if (kept) return part(kept, request.headers.get("range"));
  if (SHELL_ADDRESSES.has(address)) {
    try {
      const fresh = await inTime(fetch(request));
      if (fresh.ok || fresh.status === 304) return fresh;
      return (await lastSeen(address)) || fresh;
    } catch (error) {
      const seen = await lastSeen(address);
      if (seen) return seen;
      throw error;
    }
  }
  if (request.mode !== "navigate") return fetch(request);
  try {
    return await (search === "wait" ? fetch(request) : inTime(fetch(request)));
  } catch (error) {
    const page = await lastSeen(addressOf(OFFLINE));
    if (!page) throw error;
    return new Response(await page.blob(), { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
};
addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = request.method === "GET" && request.url.startsWith(registration.scope);
  // Who reloads wants it from the network.
  if (isOurs && !["reload", "no-store"].includes(request.cache)) event.respondWith(answer(request));
});
