// All times are shown as in China, whatever the phone's own zone.
const ZONE = 'Asia/Shanghai'

function parts(at: Date): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}

const isDayOnly = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
const parse = (text: string) => new Date(isDayOnly(text) ? `${text}T00:00:00+08:00` : text)

export function formatDay(text: string | null | undefined, language: string): string {
  if (!text) return ''
  const at = parse(text)
  if (Number.isNaN(at.getTime())) return ''
  return new Intl.DateTimeFormat(language, { timeZone: ZONE, year: 'numeric', month: 'long', day: 'numeric' }).format(at)
}

export function chinaDay(at: Date): string {
  const { year, month, day } = parts(at)
  return `${year}-${month}-${day}`
}

/** Today: the hour. Otherwise: the day, and the hour where it matters. */
export function formatMoment(text: string | null | undefined, language: string, now = new Date()): string {
  if (!text) return ''
  const at = parse(text)
  if (Number.isNaN(at.getTime())) return ''
  const { hour, minute } = parts(at)
  return chinaDay(at) === chinaDay(now) ? `${hour}:${minute}` : formatDay(text, language)
}

export type DayPart = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night'

export function dayPart(now: Date): DayPart {
  const hour = Number(parts(now).hour)
  if (hour < 5) return 'night'
  if (hour < 11) return 'morning'
  if (hour < 14) return 'noon'
  if (hour < 18) return 'afternoon'
  return hour < 23 ? 'evening' : 'night'
}

export const hourOf = (text: string): string => {
  const { hour, minute } = parts(new Date(text))
  return `${hour}:${minute}`
}

/** The day as it is said: “11月28日周六”; with the year only where it is another one. */
export function formatDate(text: string, language: string, now = new Date()): string {
  const at = parse(text)
  const year = parts(at).year === parts(now).year ? undefined : 'numeric'
  return new Intl.DateTimeFormat(language, { timeZone: ZONE, year, month: 'short', day: 'numeric', weekday: 'short' }).format(at)
}

/** From when to when; the day once where both are the same. */
export function formatSpan(from: string, to: string, language: string, now = new Date()): string {
  const start = `${formatDate(from, language, now)} ${hourOf(from)}`
  const sameDay = chinaDay(new Date(from)) === chinaDay(new Date(to))
  return sameDay ? `${start}–${hourOf(to)}` : `${start} – ${formatDate(to, language, now)} ${hourOf(to)}`
}

/** The calendar day so many days from now, in China. */
export const dayAhead = (days: number, now = new Date()): string => chinaDay(new Date(now.getTime() + days * 86_400_000))

/** A leaf of the calendar. */
export function dayParts(text: string, language: string): { month: string; day: string; weekday: string } {
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options }).format(parse(text))
  return { month: of({ month: 'short' }), day: parts(parse(text)).day?.replace(/^0/, '') ?? '', weekday: of({ weekday: 'short' }) }
}
