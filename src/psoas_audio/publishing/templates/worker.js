"use strict";
// Network first: what is new is shown. Without a network, what was kept is there.
const SHELL = "psoas-audio shell SHELL_DIGEST", KEPT = "psoas-audio kept";
const FILES = SHELL_FILES;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("psoas-audio shell") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
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

const kept = async (request) => {
  const found = await caches.match(request.url.split("#")[0], { ignoreSearch: true });
  return found && part(found, request.headers.get("range"));
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith((async () => {
    try {
      const fresh = await fetch(request);
      if (!fresh.ok && fresh.status !== 304) return (await kept(request)) || fresh;
      if (request.mode === "navigate" && fresh.status === 200) {
        const copy = fresh.clone();
        event.waitUntil(caches.open(KEPT).then((cache) => cache.put(request.url.split("#")[0], copy)).catch(() => {}));
      }
      return fresh;
    } catch (error) {
      const found = await kept(request);
      if (found) return found;
      throw error;
    }
  })());
});
