// Keeps the page of the door on the phone: from the network when there is one, else as it was last seen.
// Only pages and their files; never a list, never a scan.
const SHELF = "door-1";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  const ours = url.origin === location.origin && (url.pathname === "/console/activities/door" || url.pathname.startsWith("/static/"));
  if (request.method === "GET" && ours) event.respondWith(fresh(request));
});
async function fresh(request) {
  const shelf = await caches.open(SHELF);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await shelf.put(request, answer.clone());
    return answer;
  } catch (lost) {
    const kept = await shelf.match(request);
    if (kept) return kept;
    throw lost;
  }
}
