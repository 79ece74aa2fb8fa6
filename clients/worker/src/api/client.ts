import { ApiError, noAnswer, refusal } from './errors'
import { apiBase, csrfToken } from './host'
import type { Body, GetPath, Out, Photo, PhotoPurpose, PostPath, Query } from './types'

const PATIENCE_MS = 20_000
const UPLOAD_PATIENCE_MS = 90_000

/** What the transport needs to know of the session; set by state/session. */
export const wiring = {
  bearer: () => '' as string,
  language: () => 'zh-CN' as string,
  onSignInNeeded: () => {},
  /** Asks the person; true when they agreed and the call may be made again. */
  askConsent: (async () => false) as (purpose: string) => Promise<boolean>,
  onAnswer: (() => {}) as (reached: boolean) => void,
}

function headers(method: string): Record<string, string> {
  const out: Record<string, string> = { Accept: 'application/json', 'Accept-Language': wiring.language() }
  const bearer = wiring.bearer()
  if (bearer) out.Authorization = `Bearer ${bearer}`
  else if (method !== 'GET') out['X-CSRFToken'] = csrfToken()
  return out
}

async function reach(url: string, init: RequestInit, patience: number): Promise<Response> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), patience)
  try {
    const answer = await fetch(url, { ...init, signal: abort.signal, credentials: 'include', cache: 'no-store' })
    wiring.onAnswer(true)
    return answer
  } catch (cause) {
    wiring.onAnswer(false)
    throw noAnswer(cause, navigator.onLine)
  } finally {
    clearTimeout(timer)
  }
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text()
  if (!text) return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError(answer.status, { code: 'unexpected' })
  }
}

async function call(method: 'GET' | 'POST', path: string, init: RequestInit, patience = PATIENCE_MS): Promise<unknown> {
  try {
    return await attempt(method, path, init, patience)
  } catch (error) {
    const purpose = error instanceof ApiError && error.code === 'consent_needed' && error.fields.purpose
    if (!purpose || !(await wiring.askConsent(purpose))) throw error
    return attempt(method, path, init, patience)
  }
}

async function attempt(method: 'GET' | 'POST', path: string, init: RequestInit, patience: number): Promise<unknown> {
  const answer = await reach(apiBase() + path, { method, ...init }, patience)
  if (answer.ok) return read(answer)
  const body = await read(answer).catch(() => null)
  const error = refusal(answer.status, body, answer.headers.get('Retry-After'))
  if (error.needsSignIn) wiring.onSignInNeeded()
  throw error
}

function withQuery(path: string, query: object | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null)
  return given.length ? `${path}?${new URLSearchParams(given.map(([k, v]) => [k, String(v)]))}` : path
}

export async function get<P extends GetPath>(path: P, query?: Query<P>): Promise<Out<P, 'get'>> {
  return (await call('GET', withQuery(path, query as object), { headers: headers('GET') })) as Out<P, 'get'>
}

/** A file, as text: a calendar entry, a page to keep. */
export async function fetchFile(path: GetPath, query: object): Promise<string> {
  const answer = await reach(apiBase() + withQuery(path, query), { headers: { ...headers('GET'), Accept: '*/*' } }, PATIENCE_MS)
  if (answer.ok) return answer.text()
  const body = await read(answer).catch(() => null)
  throw refusal(answer.status, body, answer.headers.get('Retry-After'))
}

export async function post<P extends PostPath>(
  path: P,
  ...[body]: Body<P> extends undefined ? [] : [Body<P>]
): Promise<Out<P, 'post'>> {
  const init = {
    headers: { ...headers('POST'), 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  }
  return (await call('POST', path, init)) as Out<P, 'post'>
}

/** What only the signed-in may hear or see, where an address of its own would carry no token. */
export async function fetchBlob(path: GetPath, query: object): Promise<Blob> {
  const answer = await reach(apiBase() + withQuery(path, query), { headers: { ...headers('GET'), Accept: '*/*' } }, PATIENCE_MS)
  if (answer.ok) return answer.blob()
  const body = await read(answer).catch(() => null)
  throw refusal(answer.status, body, answer.headers.get('Retry-After'))
}

export async function postFile<P extends PostPath>(path: P, file: Blob, fields: Record<string, string>): Promise<Out<P, 'post'>> {
  const form = new FormData()
  form.append('file', file)
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return (await call('POST', path, { headers: headers('POST'), body: form }, UPLOAD_PATIENCE_MS)) as Out<P, 'post'>
}

export async function uploadPhoto(file: Blob, purpose: PhotoPurpose): Promise<Photo> {
  const form = new FormData()
  form.append('file', file)
  form.append('purpose', purpose)
  return (await call('POST', 'photos', { headers: headers('POST'), body: form }, UPLOAD_PATIENCE_MS)) as Photo
}
