// Keeps the page, so that it opens without a network. The name of the store changes with the page.
const STORE = "intune-err-%MARK%";

addEventListener("install", (event) => {
  const kept = caches.open(STORE).then((store) => store.addAll(["intune-err.html", "intune-err.webmanifest"]));
  event.waitUntil(kept.then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name.startsWith("intune-err-") && name !== STORE));
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  event.respondWith(caches.open(STORE).then((store) => store.match(event.request, { ignoreSearch: true })).then((kept) => kept ?? fetch(event.request)));
});
