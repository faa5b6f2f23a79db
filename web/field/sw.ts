/**
 * Keeps the program for days without a network: the page and the files it names. Never an answer of the API: what is about
 * people lives encrypted in IndexedDB and nowhere else.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
const CACHE = "field-program";
const PAGE = "/field/";

/** The newest page together with all that it needs, or nothing of it. */
async function keepProgram(): Promise<void> {
  const page = await fetch(PAGE, { cache: "no-store" });
  if (!page.ok) return;
  const cache = await caches.open(CACHE);
  const text = await page.clone().text();
  const files = [...text.matchAll(/(?:src|href)="(\/field\/[^"]+)"/g)].map((m) => m[1] ?? "");
  await cache.addAll(files);
  await cache.put(PAGE, page);
  const wanted = new Set([PAGE, ...files]);
  for (const old of await cache.keys()) if (!wanted.has(new URL(old.url).pathname)) await cache.delete(old);
}

self.addEventListener("install", (e) => e.waitUntil(keepProgram().then(() => self.skipWaiting())));
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (e) => {
  const { pathname } = new URL(e.request.url);
  if (e.request.method !== "GET" || !pathname.startsWith(PAGE)) return;
  if (e.request.mode !== "navigate") {
    e.respondWith(caches.match(e.request, { ignoreVary: true }).then((kept) => kept ?? fetch(e.request)));
    return;
  }
  // Weak signal is worse than none: the kept page opens at once, a newer one is there the next time.
  e.respondWith(caches.match(PAGE, { ignoreVary: true }).then((kept) => kept ?? fetch(e.request)));
  e.waitUntil(keepProgram().catch(() => undefined));
});
