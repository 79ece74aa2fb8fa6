import { type ApiError, LOCAL_CODES } from '@/api/errors'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** The server speaks for itself; when nothing came from it, the app finds the words. */
export function explain(error: ApiError, t: Translate): { message: string; next: string } {
  const own = (LOCAL_CODES as readonly string[]).includes(error.code) || !error.message
  if (own) {
    const code = (LOCAL_CODES as readonly string[]).includes(error.code) ? error.code : 'unexpected'
    return { message: t(`error.${code}.message`), next: t(`error.${code}.next`) }
  }
  return { message: error.message, next: error.next }
}

/** How long still to wait, in the unit a person would use. */
export function waitWords(seconds: number, t: Translate): string {
  if (seconds <= 0) return t('error.waited')
  if (seconds < 100) return t('error.wait', { n: seconds })
  const minutes = Math.ceil(seconds / 60)
  return minutes < 100 ? t('error.waitMinutes', { n: minutes }) : t('error.waitHours', { n: Math.ceil(minutes / 60) })
}
