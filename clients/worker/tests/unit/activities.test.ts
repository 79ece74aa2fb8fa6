import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ActivityCard, Question } from '@/api/types'
import { askedNow, toSend, unanswered } from '@/lib/answers'
import { attemptOf, drawKey } from '@/lib/attempt'
import { formatSpan } from '@/lib/dates'
import { toMap } from '@/lib/map'
import { standing } from '@/lib/places'
import { daysMeant, giveBack, places, showTicket } from '@/state/activities'

const question = (code: string, more: Partial<Question> = {}): Question =>
  ({ code, title: code, kind: 'text', required: false, help: '', options: [], least: null, most: null, when: null, ...more })
const FORM = [
  question('meal', { kind: 'yes_no', required: true }),
  question('diet', { kind: 'choices', required: true, when: { question: 'meal', answers: ['yes'] } }),
  question('nuts', { required: true, when: { question: 'diet', answers: ['allergy'] } }),
]

describe('a form with conditions', () => {
  const codes = (answers: Record<string, string | string[]>) => askedNow(FORM, answers).map(({ code }) => code)

  it('asks only what another answer calls for, also down the line', () => {
    expect(codes({})).toEqual(['meal'])
    expect(codes({ meal: 'yes', diet: ['spicy', 'allergy'] })).toEqual(['meal', 'diet', 'nuts'])
    expect(codes({ meal: 'no', diet: ['allergy'] })).toEqual(['meal'])
  })

  it('sends nothing of what is hidden, and no stray spaces', () => {
    expect(toSend(FORM, { meal: 'no', diet: ['allergy'], nuts: '花生' })).toEqual({ meal: 'no' })
    expect(toSend(FORM, { meal: 'yes', diet: ['allergy'], nuts: ' 花生 ' })).toEqual({ meal: 'yes', diet: ['allergy'], nuts: '花生' })
  })

  it('misses only what is asked and needed', () => {
    expect(unanswered(FORM, {})).toEqual(['meal'])
    expect(unanswered(FORM, { meal: 'yes', diet: [] })).toEqual(['diet'])
    expect(unanswered(FORM, { meal: 'no' })).toEqual([])
  })
})

describe('an attempt to register', () => {
  it('keeps its key while the wish is the same, and takes another for another wish', () => {
    const first = attemptOf(null, { guests: 0 })
    expect(attemptOf(first, { guests: 0 }).key).toBe(first.key)
    expect(attemptOf(first, { guests: 1 }).key).not.toBe(first.key)
    expect(drawKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('how it stands', () => {
  const card = (more: Partial<ActivityCard>) => ({ window: 'open', way: 'first_come', free: 30, capacity: 40, mine: null, opens_at: '2026-12-01T09:00:00+08:00', ...more }) as ActivityCard
  const words = (more: Partial<ActivityCard>) => standing(card(more), 'zh-CN', (key) => key).words

  it('tells my own place before how full it is, and a cancellation before everything', () => {
    expect(words({})).toBe('activities.places.free')
    expect(words({ free: 3 })).toBe('activities.places.few')
    expect(words({ free: 0 })).toBe('activities.places.full')
    expect(words({ free: 0, mine: 'waiting' })).toBe('activities.state.waiting')
    expect(words({ mine: 'booked', window: 'cancelled' })).toBe('activities.window.cancelled')
    expect(words({ way: 'lottery', free: null })).toBe('activities.places.lottery')
  })
})

describe('days and places', () => {
  it('a weekend is the one that comes or is on, in China', () => {
    const wednesday = new Date('2026-11-25T01:00:00+08:00') // still Tuesday in Europe
    expect(daysMeant('weekend', wednesday)).toEqual({ from_day: '2026-11-28', to_day: '2026-11-29' })
    expect(daysMeant('weekend', new Date('2026-11-29T12:00:00+08:00'))).toEqual({ from_day: '2026-11-29', to_day: '2026-11-29' })
    expect(daysMeant('today', wednesday)).toEqual({ from_day: '2026-11-25', to_day: '2026-11-25' })
    expect(daysMeant('any', wednesday)).toEqual({ from_day: null, to_day: null })
  })

  it('a time within one day names the day once', () => {
    const now = new Date('2026-11-22T12:00:00+08:00')
    expect(formatSpan('2026-11-28T14:00:00+08:00', '2026-11-28T17:00:00+08:00', 'zh-CN', now)).toBe('11月28日周六 14:00–17:00')
    expect(formatSpan('2026-12-31T20:00:00+08:00', '2027-01-01T01:00:00+08:00', 'zh-CN', now)).toContain('2027年1月1日')
  })

  it('what the phone measures is put where maps in China have it', () => {
    const { lat, lon } = toMap({ lat: 39.908, lon: 116.397 })
    expect(lat).toBeCloseTo(39.9094, 3)
    expect(lon).toBeCloseTo(116.4032, 3)
  })
})

describe('tickets', () => {
  const TICKET = { booking: 'b1', code: 'NJT', svg: '<svg/>', title: '徒步', starts_at: '', place: '', address: '', rotating: false }
  const answer = (body: unknown) => vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body)))
  const silence = () => vi.stubGlobal('fetch', async () => { throw new TypeError('no line') })
  beforeEach(() => localStorage.clear())

  it('seen once open without a network, and say so', async () => {
    answer(TICKET)
    await showTicket('b1')
    silence()
    expect(await showTicket('b1')).toMatchObject({ code: 'NJT', kept: true })
    await expect(showTicket('b2')).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('are not shown from the phone when the server says that they are void', async () => {
    answer(TICKET)
    await showTicket('b1')
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ error: { code: 'not_found', message: '没有了' } }), { status: 404 }))
    await expect(showTicket('b1')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('given back are gone from the phone too', async () => {
    answer(TICKET)
    await showTicket('b1')
    answer({ ahead: [], past: [] })
    await giveBack('b1')
    expect(places.data.value).toEqual({ ahead: [], past: [] })
    silence()
    await expect(showTicket('b1')).rejects.toMatchObject({ code: 'unreachable' })
  })
})
