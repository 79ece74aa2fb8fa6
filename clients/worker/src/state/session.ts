// Who is here. A cookie where cookies work; a bearer token, for this visit only, where they do not.
import { computed, reactive } from 'vue'
import { get, post, wiring } from '@/api/client'
import { type ApiError, asApiError } from '@/api/errors'
import { hostAuth } from '@/api/host'
import type { Me, Meta, SignedIn } from '@/api/types'
import type { Language } from '@/i18n'
import { forgetDrafts } from '@/lib/draft'
import { device, visit } from '@/lib/storage'
import { looks } from './looks'
import { online } from './online'

interface Session {
  me: Me | null
  meta: Meta | null
  token: string
  /** Why it is not known yet whether someone is signed in. */
  trouble: ApiError | null
}

export const session = reactive<Session>({ me: null, meta: null, token: visit.read<string>('token') ?? '', trouble: null })
export const signedIn = computed(() => session.me !== null)
const STALE_MS = 20_000
let lastAsked = 0
const forgetters: (() => void)[] = []

const renewers: (() => void)[] = []

/** Texts of the server's own are asked for anew once it knows that the language has changed. */
export function onLanguage(renew: () => void): void {
  renewers.push(renew)
}

const SERVER_NAMES = { 'zh-CN': 'zh-hans', en: 'en' } as const

/** Shown at once; the account learns of it when it can. The server answers in the language of the account. */
export async function keepLooks(): Promise<void> {
  if (signedIn.value) await post('me/settings', { language: SERVER_NAMES[looks.language], large_type: looks.large }).catch(() => {})
}

export async function speak(language: Language): Promise<void> {
  looks.language = language
  await keepLooks()
  renewers.forEach((run) => run())
}

/** Data of one person must not outlive their session. */
export function onSignOut(forget: () => void): void {
  forgetters.push(forget)
}

wiring.bearer = () => session.token
wiring.language = () => looks.language
wiring.onAnswer = (reached) => (online.value = reached)

function keepToken(token: string) {
  session.token = token
  if (token) visit.write('token', token)
  else visit.remove('token')
}

export function welcome(me: Me): void {
  session.me = me
  lastAsked = Date.now()
  device.write('seen', true)
  if (me.large_type) looks.large = true
  const spoken: Language = me.language === 'en' ? 'en' : 'zh-CN'
  if (spoken === looks.language) return
  if (device.read('looks')) void keepLooks() // chosen on this device, before signing in
  else looks.language = spoken
}

/** After a sign-in: ask with the cookie alone; the token is kept only where the cookie did not arrive. */
export async function enter(answer: SignedIn): Promise<void> {
  if (hostAuth() === 'bearer') keepToken(answer.token)
  else if (hostAuth() === 'cookie') keepToken('')
  else {
    keepToken('')
    const cookieWorks = await get('me').then(() => true, () => false)
    if (!cookieWorks) keepToken(answer.token)
  }
  welcome(answer.me)
}

export function forget(): void {
  session.me = null
  keepToken('')
  device.remove('seen')
  forgetters.forEach((run) => run())
}

export async function leave(): Promise<void> {
  await post('sign-out')
  forgetDrafts()
  forget()
}

export async function refreshMe(): Promise<void> {
  session.me = await get('me')
  lastAsked = Date.now()
}

/** What waits for me may have changed: on coming back to the app, and on going from place to place. */
export function freshen(): void {
  if (!signedIn.value || document.hidden || Date.now() - lastAsked < STALE_MS) return
  lastAsked = Date.now()
  void refreshMe().catch(() => {})
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Both questions at once; the page waits for them a little, so that nothing on it jumps when they arrive. */
export async function startSession(): Promise<void> {
  const meta = get('meta').then((answer) => void (session.meta = answer), () => {})
  const known = Boolean(session.token || device.read('seen'))
  const me = known ? get('me').then(welcome, (error) => void (session.trouble = asApiError(error))) : undefined
  await Promise.all([Promise.race([meta, pause(1500)]), me])
}

/** After a start without an answer: ask again. */
export async function retrySession(): Promise<void> {
  session.trouble = null
  await startSession()
}
