/** Where to go after sign-in: only to a page of this app. */
export function afterSignIn(next: unknown): string {
  const path = typeof next === 'string' ? next : ''
  return path.startsWith('/') && !path.startsWith('//') ? path : '/'
}

/** The address of a page of this app, for another site to come back to. */
export function addressOf(path: string): string {
  return `${location.href.split('#')[0]}#${path}`
}
