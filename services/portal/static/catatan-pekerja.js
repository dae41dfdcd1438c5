// The log's service worker: keeps an empty page of the log and its files, and shows them where there is no signal.
// It keeps nothing of anybody; what people write is kept by the page itself (catatan.js).
"use strict";
const NAME = "catatan";
const PATIENCE = 10000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll([...FILES, SHELL])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const wanted = new Set([...FILES, SHELL]);
  event.waitUntil((async () => {
    const kept = await caches.open(NAME);
    for (const one of await kept.keys()) if (!wanted.has(new URL(one.url).pathname)) await kept.delete(one);
    await self.clients.claim();
  })());
});

const page = async (request) => {
  try {
    const late = new Promise((_, no) => setTimeout(no, PATIENCE, new Error("late")));
    const answer = await Promise.race([fetch(request), late]);
    if (answer.status >= 500) throw new Error(String(answer.status));
    return answer;
  } catch (error) {
    return (await caches.match(SHELL)) || Promise.reject(error);
  }
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || event.request.method !== "GET") return;
  if (event.request.mode === "navigate" && url.pathname === "/catatan") event.respondWith(page(event.request));
  else if (FILES.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept || fetch(event.request)));
  }
});
