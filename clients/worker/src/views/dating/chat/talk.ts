// One conversation on this phone: what the server has, and what is still on its way there.
import { computed, onUnmounted, reactive, ref, shallowRef, watch } from 'vue'
import { get, post, postFile } from '@/api/client'
import { type ApiError, asApiError } from '@/api/errors'
import type { Conversation, Message } from '@/api/types'
import { drawKey } from '@/lib/attempt'
import { isShut } from '@/lib/doors'
import { useDraft } from '@/lib/draft'
import { listening, onNews } from '@/lib/live'
import { online } from '@/state/online'

/** A message that the server has not confirmed. `ask`: it wants to know whether this is meant so. */
export interface Outgoing {
  key: string
  kind: Message['kind']
  text: string
  file?: Blob
  at: string
  state: 'sending' | 'failed' | 'ask'
  error?: ApiError
}

const QUICK_MS = 2500
const QUIET_MS = 8000
const WITH_LINE_MS = 30_000
const QUIET_AFTER_MS = 120_000

export function useTalk(pair: string) {
  const about = shallowRef<Conversation>()
  const error = shallowRef<ApiError>()
  const messages = ref<Message[]>([])
  const older = ref(false)
  // Words survive a reload until they have arrived; pictures and sounds live as long as the page.
  const kept = useDraft(`chat.${pair}`, { text: '', outbox: [] as Outgoing[] })
  const outbox = computed(() => kept.value.outbox)
  const over = computed(() => error.value?.code === 'chat_over')
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking = false
  let again = false
  let gone = false
  let lastNews = Date.now()

  const stopped = () => over.value || isShut(error.value)
  const last = () => messages.value[messages.value.length - 1]?.number ?? 0

  function merge(found: Conversation) {
    about.value = found
    const known = new Map(messages.value.map((row) => [row.number, row]))
    for (const row of found.messages) known.set(row.number, row)
    for (const number of found.taken_back) {
      const row = known.get(number)
      if (row && !row.taken_back) known.set(number, { ...row, taken_back: true, text: '', picture: null, thumb: null, until: null })
    }
    messages.value = [...known.values()].sort((a, b) => a.number - b.number)
    const arrived = new Set(messages.value.map((row) => row.key))
    kept.value.outbox = kept.value.outbox.filter((row) => !arrived.has(row.key))
  }

  async function look(): Promise<void> {
    if (gone) return
    if (looking) return void (again = true)
    looking = true
    clearTimeout(timer)
    const before = last()
    try {
      const found = await get('dating/chat/messages', messages.value.length ? { pair, after: before } : { pair })
      if (!messages.value.length) older.value = found.more
      merge(found)
      error.value = undefined
      if (last() > before) lastNews = Date.now()
      if (found.more && before) again = true
      await readThem()
    } catch (cause) {
      error.value = asApiError(cause)
    } finally {
      looking = false
    }
    if (again && !stopped()) {
      again = false
      return look()
    }
    if (!gone && !stopped()) timer = setTimeout(() => void look(), pause())
  }

  const pause = () => (listening.value ? WITH_LINE_MS : Date.now() - lastNews > QUIET_AFTER_MS ? QUIET_MS : QUICK_MS)

  async function readThem() {
    const theirs = messages.value.filter((row) => !row.mine)
    const newest = theirs[theirs.length - 1]?.number ?? 0
    if (document.hidden || newest <= (about.value?.mine_read ?? 0)) return
    await post('dating/chat/read', { pair, number: newest })
    if (about.value) about.value = { ...about.value, mine_read: newest }
  }

  async function earlier() {
    const found = await get('dating/chat/messages', { pair, before: messages.value[0]?.number })
    older.value = found.more
    merge(found)
  }

  /** One after the other, so that they arrive in the order in which they were written. */
  let queue = Promise.resolve()
  function deliver(row: Outgoing, sure = false) {
    row.state = 'sending'
    row.error = undefined
    queue = queue.then(() => attempt(row, sure))
  }

  async function attempt(row: Outgoing, sure: boolean) {
    const given = { pair, key: row.key }
    try {
      const sent =
        row.kind === 'text' ? await post('dating/chat/send', { ...given, text: row.text, sure })
        : row.file ? await postFile(row.kind === 'voice' ? 'dating/chat/voice' : 'dating/chat/picture', row.file, given)
        : undefined
      if (!sent) return void drop(row)
      merge({ ...(about.value as Conversation), messages: [sent as Message], taken_back: [] })
      lastNews = Date.now()
      if (sent.number > last() || messages.value.some((m, i) => i && m.number > (messages.value[i - 1]?.number ?? 0) + 1)) void look()
    } catch (cause) {
      row.error = asApiError(cause)
      row.state = row.error.code === 'are_you_sure' ? 'ask' : 'failed'
      if (row.error.code === 'chat_over') error.value = row.error
    }
  }

  function send(kind: Outgoing['kind'], text: string, file?: Blob) {
    const row = reactive<Outgoing>({ key: drawKey(), kind, text, file, at: new Date().toISOString(), state: 'sending' })
    kept.value.outbox = [...kept.value.outbox, row]
    deliver(row)
  }

  const drop = (row: Outgoing) => (kept.value.outbox = kept.value.outbox.filter((other) => other.key !== row.key))

  async function takeBack(message: Message) {
    const changed = await post('dating/chat/take-back', { message: message.id })
    merge({ ...(about.value as Conversation), messages: [changed], taken_back: [] })
  }

  async function unfold(message: Message) {
    const opened = await post('dating/chat/unfold', { message: message.id })
    merge({ ...(about.value as Conversation), messages: [opened], taken_back: [] })
  }

  // What a reload interrupted: words are sent again under their key, the rest is gone.
  kept.value.outbox = kept.value.outbox.filter((row) => row.kind === 'text').map((row) => ({ ...row, state: row.state === 'ask' ? 'ask' : 'failed' }))
  const resend = () => kept.value.outbox.filter((row) => row.state === 'failed' && row.error?.isConnection !== false).forEach((row) => deliver(row))
  watch(online, (now) => now && (resend(), void look()))

  const seen = () => !document.hidden && void look()
  document.addEventListener('visibilitychange', seen)
  const deaf = onNews('chat', (key) => (key === pair || key === 'all') && void look())
  onUnmounted(() => {
    gone = true
    clearTimeout(timer)
    deaf()
    document.removeEventListener('visibilitychange', seen)
  })
  void look().then(resend)

  return { about, error, messages, older, outbox, over, draft: kept.value, send, deliver, drop, takeBack, unfold, earlier, look }
}
