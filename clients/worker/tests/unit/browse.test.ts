import { beforeEach, describe, expect, it, vi } from 'vitest'
import { wiring } from '@/api/client'
import { changeOrder, filters, forYou, noFilters, switchOrderOff } from '@/state/browse'

let given = false
const sent: { path: string; body: Record<string, unknown> }[] = []

beforeEach(() => {
  given = false
  sent.length = 0
  Object.assign(filters, noFilters())
  wiring.askConsent = vi.fn(async () => false)
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body ?? '{}')) as Record<string, unknown>
    sent.push({ path, body })
    const consents = { items: [{ purpose: 'personalised_order', given }] }
    const page = { items: [], next: null, left_today: 9, for_you: body.order === 'for_you' }
    return new Response(JSON.stringify(path.includes('consents') ? consents : page), { headers: { 'Content-Type': 'application/json' } })
  })
})

describe('my own order', () => {
  it('is asked for once, and left alone by whoever says no', async () => {
    await changeOrder('for_you')
    expect(wiring.askConsent).toHaveBeenCalledWith('personalised_order')
    expect(filters.order).toBe('newest')
  })

  it('comes at once where it was agreed to before', async () => {
    given = true
    await changeOrder('for_you')
    expect(wiring.askConsent).not.toHaveBeenCalled()
    expect(filters.order).toBe('for_you')
    expect(forYou.value).toBe(true)
  })

  it('is taken back with one tap, and the newest come first', async () => {
    given = true
    await changeOrder('for_you')
    await switchOrderOff()
    expect(sent.some(({ path, body }) => path.includes('consents') && body.given === false)).toBe(true)
    expect(sent.at(-1)?.body.order).toBe('newest')
    expect(forYou.value).toBe(false)
  })
})
