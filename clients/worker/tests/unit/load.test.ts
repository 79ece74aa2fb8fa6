import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/errors'
import { useLoad, usePaged, useSend } from '@/lib/load'

const settle = () => new Promise((done) => setTimeout(done))

describe('loading', () => {
  it('shows the latest answer even when an earlier one comes later', async () => {
    const waiting: ((text: string) => void)[] = []
    const load = useLoad(() => new Promise<string>((done) => waiting.push(done)), { now: false })
    void load.run()
    void load.run()
    waiting[1]?.('second')
    waiting[0]?.('first')
    await settle()
    expect(load.data.value).toBe('second')
    expect(load.loading.value).toBe(false)
  })

  it('keeps the pages it has when the next one fails, and can try again', async () => {
    let fails = true
    const paged = usePaged(async (cursor) => {
      if (!cursor) return { items: [1], next: 'two' }
      if (fails) throw new ApiError(503, { code: 'unavailable', message: 'busy' })
      return { items: [2], next: null }
    })
    await settle()
    await paged.more()
    expect(paged.data.value).toEqual([1])
    expect(paged.error.value?.code).toBe('unavailable')
    fails = false
    await paged.more()
    expect(paged.data.value).toEqual([1, 2])
    expect(paged.next.value).toBeNull()
  })
})

describe('sending', () => {
  it('ignores a second tap while the first is on its way', async () => {
    let calls = 0
    const send = useSend(async () => ++calls)
    const [first, second] = await Promise.all([send.run(), send.run()])
    expect([first, second, calls]).toEqual([1, undefined, 1])
  })

  it('hands the mistake to its field', async () => {
    const send = useSend(async () => {
      throw new ApiError(422, { code: 'invalid', message: 'x', fields: { phone: '不对' } })
    })
    expect(await send.run()).toBeUndefined()
    expect(send.field('phone')).toBe('不对')
    expect(send.field('code')).toBe('')
  })
})
