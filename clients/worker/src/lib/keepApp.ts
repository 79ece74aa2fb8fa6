// With a ticket in hand the app itself is kept on the phone too: see public/keep.js.

/** True when the page and all its files lie on this phone; false where the web-view has no such shelf. */
export async function keepApp(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register('./keep.js')
    const { active } = await navigator.serviceWorker.ready
    if (!active) return false
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    const { port1, port2 } = new MessageChannel()
    const kept = new Promise<boolean>((done) => (port1.onmessage = () => done(true)))
    active.postMessage(loaded, [port2])
    return await kept
  } catch {
    return false
  }
}
