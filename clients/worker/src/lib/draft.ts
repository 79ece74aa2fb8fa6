// What someone typed survives a reload, a crash of the web-view and a sign-in, until it is sent.
import { reactive, watch } from 'vue'
import { visit } from './storage'

const PREFIX = 'draft.'

export interface Draft<T extends object> {
  value: T
  /** Whether something typed earlier was found again. */
  restored: boolean
  clear(): void
}

/** `secret` fields (codes, ID numbers) are never written down. */
export function useDraft<T extends object>(key: string, fresh: T, secret: (keyof T)[] = []): Draft<T> {
  const kept = visit.read<Partial<T>>(PREFIX + key)
  const value = reactive({ ...fresh, ...kept }) as T
  watch(
    () => ({ ...value }),
    (now) => {
      secret.forEach((field) => delete now[field])
      visit.write(PREFIX + key, now)
    },
    { deep: true, flush: 'sync' },
  )
  return {
    value,
    restored: kept !== undefined,
    clear() {
      Object.assign(value, fresh)
      visit.remove(PREFIX + key)
    },
  }
}

export function forgetDrafts(): void {
  visit.removeAll(PREFIX)
}
