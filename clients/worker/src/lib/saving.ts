// Files of the server: opened by their address where the cookie goes along, fetched and handed over where only the token does.
import { fetchFile } from '@/api/client'
import { apiBase, fileUrl } from '@/api/host'
import type { GetPath } from '@/api/types'
import { session } from '@/state/session'

const click = (href: string, extra: Partial<HTMLAnchorElement>) => Object.assign(document.createElement('a'), { href, ...extra }).click()

export async function saveFile(path: GetPath, query: Record<string, string>, name: string, type: string): Promise<void> {
  if (!session.token) return click(fileUrl(`${apiBase()}${path}?${new URLSearchParams(query)}`), type === 'text/html' ? { target: '_blank', rel: 'noopener' } : { download: name })
  const url = URL.createObjectURL(new Blob([await fetchFile(path, query)], { type }))
  click(url, { download: name })
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
