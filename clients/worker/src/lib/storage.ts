// Web-views may forbid storage altogether; then we simply remember less.

function tryStorage(kind: 'localStorage' | 'sessionStorage'): Storage | null {
  try {
    return window[kind]
  } catch {
    return null
  }
}

export interface Shelf {
  read<T>(key: string): T | undefined
  write(key: string, value: unknown): void
  remove(key: string): void
  removeAll(prefix: string): void
}

function shelf(kind: 'localStorage' | 'sessionStorage'): Shelf {
  const full = (key: string) => `niangjia.${key}`
  return {
    read<T>(key: string): T | undefined {
      try {
        const text = tryStorage(kind)?.getItem(full(key))
        return text ? (JSON.parse(text) as T) : undefined
      } catch {
        return undefined
      }
    },
    write(key, value) {
      try {
        tryStorage(kind)?.setItem(full(key), JSON.stringify(value))
      } catch {
        // Full or forbidden: what is on screen stays on screen.
      }
    },
    remove: (key) => tryStorage(kind)?.removeItem(full(key)),
    removeAll(prefix) {
      const store = tryStorage(kind)
      const keys = Array.from({ length: store?.length ?? 0 }, (_, i) => store?.key(i) ?? '')
      keys.filter((key) => key.startsWith(full(prefix))).forEach((key) => store?.removeItem(key))
    },
  }
}

export const device = shelf('localStorage')
export const visit = shelf('sessionStorage')
