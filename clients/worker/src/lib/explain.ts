import { type ApiError, LOCAL_CODES } from '@/api/errors'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** The server speaks for itself; when nothing came from it, the app finds the words. */
export function explain(error: ApiError, t: Translate): { message: string; next: string } {
  const own = (LOCAL_CODES as readonly string[]).includes(error.code) || !error.message
  if (own) {
    const code = (LOCAL_CODES as readonly string[]).includes(error.code) ? error.code : 'unexpected'
    return { message: t(`error.${code}.message`), next: t(`error.${code}.next`) }
  }
  const wait = error.retryAfter > 0 && !error.next ? t('error.wait', { seconds: error.retryAfter }) : ''
  return { message: error.message, next: error.next || wait }
}
