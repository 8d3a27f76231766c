// When the app cannot be reached, one page without content is shown. Nothing else is ever kept.
const CACHE = "shell-1";
const SHELL = ["{% url 'offline' %}", "{% static 'steadily/steadily.css' %}", "{% static 'steadily/icon.svg' %}"];
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate") return;
  event.respondWith(fetch(event.request).catch(() => caches.match(SHELL[0])));
});
