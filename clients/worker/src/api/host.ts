// The page may run under any prefix of any host: here is what the host told us.

interface HostSettings {
  /** Address of the API, ending with a slash or not. */
  api?: string
  /** 'bearer' where cookies never arrive (gateways), 'cookie' where they do; otherwise found out at sign-in. */
  auth?: 'bearer' | 'cookie'
  /** 'elder' asks for large type from the start. */
  ui?: 'elder' | 'normal'
}

declare global {
  interface Window {
    NIANGJIA?: HostSettings
    ZWJSBridge?: { getUiStyle?: () => Promise<{ uiStyle?: string }> }
  }
}

export function apiBase(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="niangjia-api"]')?.content
  const address = window.NIANGJIA?.api || meta || '/api/v1/'
  return address.endsWith('/') ? address : `${address}/`
}

export function hostAuth(): HostSettings['auth'] {
  const elsewhere = new URL(apiBase(), location.href).origin !== location.origin
  return window.NIANGJIA?.auth ?? (elsewhere ? 'bearer' : undefined)
}

/** Photo addresses come relative to the API's origin. */
export function fileUrl(url: string): string {
  return new URL(url, new URL(apiBase(), location.href)).href
}

export function csrfToken(): string {
  return /(?:^|;\s*)(?:__Host-csrf|csrftoken)=([^;]+)/.exec(document.cookie)?.[1] ?? ''
}

/** Government apps tell whether their user chose large type. */
export async function hostWantsLargeType(): Promise<boolean> {
  if (window.NIANGJIA?.ui) return window.NIANGJIA.ui === 'elder'
  const style = await window.ZWJSBridge?.getUiStyle?.().catch(() => undefined)
  return style?.uiStyle === 'elder'
}
