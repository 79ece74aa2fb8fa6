// A registration is sent under a key that the phone draws once: sent again after a broken line, it never counts twice.
export interface Attempt {
  key: string
  body: string
}

/** Web-views over plain http have no crypto.randomUUID. */
export function drawKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The same wish keeps its key; another one is another attempt. */
export function attemptOf(last: Attempt | null, wish: object): Attempt {
  const body = JSON.stringify(wish)
  return last?.body === body ? last : { key: drawKey(), body }
}
