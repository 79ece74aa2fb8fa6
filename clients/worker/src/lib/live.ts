// Hearing at once that there is something new. Only "look again" comes down this line; what is new is asked for as ever.
// Where there is no such line (behind a gateway, with an old browser), nothing is lost: pages ask from time to time.
import { ref } from 'vue'
import { get } from '@/api/client'
import { fileUrl, hostAuth } from '@/api/host'
import { onSignOut, signedIn } from '@/state/session'

type Hear = (key: string) => void
interface Ear { room: string; hear: Hear }

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000
const ears = new Set<Ear>()
let line: AbortController | null = null

/** Whether the line is open now. */
export const listening = ref(false)

/** Calls `hear` with the key of what is new in this room of the app; "all" means that something may have been missed. */
export function onNews(room: string, hear: Hear): () => void {
  const ear = { room, hear }
  ears.add(ear)
  open()
  return () => {
    ears.delete(ear)
    if (!ears.size) close()
  }
}

function open() {
  // Behind a gateway only registered addresses pass, and answers come whole.
  if (line || !ears.size || document.hidden || !signedIn.value || hostAuth() === 'bearer') return
  line = new AbortController()
  void keepOpen(line.signal)
}

function close() {
  line?.abort()
  line = null
  listening.value = false
}

async function keepOpen(signal: AbortSignal) {
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const where = await get('live')
      if (!where.address) return
      const headers = { Authorization: `Bearer ${where.ticket}` }
      const answer = await fetch(fileUrl(where.address), { headers, signal, credentials: 'omit', cache: 'no-store' })
      if (!answer.ok || !answer.body) throw new Error('no line')
      listening.value = true
      await follow(answer.body.getReader())
      pause = FIRST_PAUSE_MS / 2 // it ended as agreed: a new ticket, at once
    } catch {
      // tried again below
    }
    if (signal.aborted) return
    listening.value = false
    await new Promise((done) => setTimeout(done, pause))
  }
}

async function follow(reader: ReadableStreamDefaultReader<Uint8Array>) {
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const parts = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = parts.pop() ?? ''
    parts.forEach(tell)
  }
}

function tell(part: string) {
  if (!part.startsWith('data: ')) return // a sign of life
  const [room, key = ''] = part.slice(6).split(' ')
  for (const ear of ears) if (room === 'all' || ear.room === room) ear.hear(room === 'all' ? 'all' : key)
}

document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
window.addEventListener('online', open)
onSignOut(close)
