import { createHash, webcrypto } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { isRight, type PublishedDraw, ticketOf, winnersOf } from '@/lib/lottery'

vi.stubGlobal('crypto', webcrypto)
const sha = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const seed = '5e'.repeat(32)
const tickets = Array.from({ length: 40 }, (_, n) => sha(String(n)).slice(0, 32))
const place = (ticket: string) => sha(Buffer.concat([Buffer.from(seed, 'hex'), Buffer.from('beacon'), Buffer.from(ticket)]))
const inLine = [...tickets].sort((one, other) => (place(one) < place(other) ? -1 : 1))
const draw = (more: Partial<PublishedDraw> = {}): Required<PublishedDraw> => ({
  slot: '11111111-1111-4111-8111-111111111111', commitment: sha(Buffer.from(seed, 'hex')), seed, beacon: 'beacon', places: { '': 5 },
  entrants: tickets.map((ticket) => `${ticket} 1 1 -`), winners: inLine.slice(0, 5), ...more,
})

describe('a draw', () => {
  it('drawn again gives the same', async () => {
    expect(await isRight(draw())).toBe(true)
  })

  it('with another winner, another seed or another order is found out', async () => {
    expect(await isRight(draw({ winners: [...inLine.slice(0, 4), inLine[6] ?? ''] }))).toBe(false)
    expect(await isRight(draw({ seed: '5f'.repeat(32) }))).toBe(false)
    expect(await isRight(draw({ beacon: 'other' }))).toBe(false)
  })

  it('lets lower tiers go first, gives groups together, uses quotas first and leaves out who is busy', async () => {
    const [a = '', b = '', c = '', d = ''] = inLine
    const entrants = [`${a} 1 1 -`, `${b} 2 1 -`, `${c} 1 1 q0001`, `${d} 1 0 -`, `${inLine[4]} 1 1 busy`]
    expect(await winnersOf(draw({ places: { '': 2, q0001: 1 }, entrants }))).toEqual([d, a, `${c} q0001`])
  })

  it('knows my number from the key that my phone drew', async () => {
    const [slot, key] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
    const bytes = Buffer.concat([Buffer.from('niangjia ticket'), Buffer.from(slot.replace(/-/g, ''), 'hex'), Buffer.from(key.replace(/-/g, ''), 'hex')])
    expect(await ticketOf(slot, key)).toBe(sha(bytes).slice(0, 32))
  })
})
