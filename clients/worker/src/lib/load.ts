// Three ways to talk to the server, each with its states: load once, load page by page, send.
import { type Ref, ref, shallowRef } from 'vue'
import { ApiError, asApiError } from '@/api/errors'

export interface Load<T> {
  data: Ref<T | undefined>
  error: Ref<ApiError | undefined>
  loading: Ref<boolean>
  run(): Promise<void>
}

export function useLoad<T>(fetch: () => Promise<T>, { now = true } = {}): Load<T> {
  const data = shallowRef<T>()
  const error = shallowRef<ApiError>()
  const loading = ref(now)
  let latest = 0
  async function run() {
    const mine = ++latest
    loading.value = true
    error.value = undefined
    try {
      const answer = await fetch()
      if (mine === latest) data.value = answer
    } catch (cause) {
      if (mine === latest) error.value = asApiError(cause)
    } finally {
      if (mine === latest) loading.value = false
    }
  }
  if (now) void run()
  return { data, error, loading, run }
}

export interface Paged<T> extends Load<T[]> {
  next: Ref<string | null>
  more(): Promise<void>
}

export function usePaged<T>(
  fetch: (cursor: string | undefined) => Promise<{ items: T[]; next?: string | null }>,
  options?: { now: boolean },
): Paged<T> {
  const next = ref<string | null>(null)
  const load = useLoad(async () => {
    const page = await fetch(undefined)
    next.value = page.next ?? null
    return page.items
  }, options)
  async function more() {
    if (!next.value || load.loading.value) return
    load.loading.value = true
    load.error.value = undefined
    try {
      const page = await fetch(next.value)
      load.data.value = [...(load.data.value ?? []), ...page.items]
      next.value = page.next ?? null
    } catch (cause) {
      load.error.value = asApiError(cause)
    } finally {
      load.loading.value = false
    }
  }
  return { ...load, next, more }
}

export interface Send<A extends unknown[], T> {
  busy: Ref<boolean>
  error: Ref<ApiError | undefined>
  /** The server's word on one field. */
  field(name: string): string
  /** The answer, or undefined when it was refused. A second tap while busy does nothing. */
  run(...args: A): Promise<T | undefined>
}

export function useSend<A extends unknown[], T>(act: (...args: A) => Promise<T>): Send<A, T> {
  const busy = ref(false)
  const error = shallowRef<ApiError>()
  async function run(...args: A): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    error.value = undefined
    try {
      return await act(...args)
    } catch (cause) {
      error.value = asApiError(cause)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, error, field: (name) => error.value?.fields[name] ?? '', run }
}
