// Keeps the app's own page and files on the phone, so that a ticket opens at a door without a network.
// The page always comes from the network when there is one. Never an answer of the API, and nothing outside this folder.
const SHELF = 'app-1'
const HOME = new URL('./', location.href).href
const isPage = (url) => url.split(/[?#]/)[0] === HOME
const isFile = (url) => url.startsWith(`${HOME}assets/`)

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request
  if (method === 'GET' && isPage(url)) event.respondWith(page(event.request))
  else if (method === 'GET' && isFile(url)) event.respondWith(file(event.request))
})
// What the app has loaded by now; older versions of it go.
self.addEventListener('message', (event) => event.waitUntil(keep(event.data, event.ports[0])))

async function keep(urls, port) {
  const shelf = await caches.open(SHELF)
  const wanted = new Set([HOME, ...urls.filter(isFile)])
  for (const { url } of await shelf.keys()) if (!wanted.has(url)) await shelf.delete(url)
  await Promise.all([...wanted].map(async (url) => (await shelf.match(url)) || shelf.add(url)))
  port?.postMessage('kept')
}

async function page(request) {
  const shelf = await caches.open(SHELF)
  try {
    const answer = await fetch(request)
    if (answer.ok) await shelf.put(HOME, answer.clone())
    return answer
  } catch (lost) {
    const kept = await shelf.match(HOME)
    if (kept) return kept
    throw lost
  }
}

// Their names change with their content, so a kept one is never an old one.
async function file(request) {
  const shelf = await caches.open(SHELF)
  return (await shelf.match(request.url)) ?? fetch(request)
}
