import { describe, expect, it } from 'vitest'
import { ApiError, noAnswer, refusal } from '@/api/errors'
import { explain, waitWords } from '@/lib/explain'

const t = (key: string, values?: Record<string, unknown>) => (values ? `${key} ${JSON.stringify(values)}` : key)

describe('errors', () => {
  it('keeps what the server says, field by field', () => {
    const body = { error: { code: 'invalid', message: '请看一看', next: '改好再发', fields: { phone: '不对' }, retry_after: null } }
    const error = refusal(422, body, null)
    expect(error).toMatchObject({ status: 422, code: 'invalid', next: '改好再发', fields: { phone: '不对' }, retryAfter: 0 })
    expect(explain(error, t)).toEqual({ message: '请看一看', next: '改好再发' })
  })

  it('speaks itself when a gateway answers in its own way', () => {
    const error = refusal(502, '<html>', '7')
    expect(error).toMatchObject({ code: 'unexpected', retryAfter: 7 })
    expect(explain(error, t).message).toBe('error.unexpected.message')
  })

  it('says how long to wait when the server only gave a number', () => {
    const error = refusal(429, { error: { code: 'too_many', message: '太快了', next: '', fields: {}, retry_after: 30 } }, null)
    expect(waitWords(error.retryAfter, t)).toBe('error.wait {"n":30}')
    expect(waitWords(300, t)).toBe('error.waitMinutes {"n":5}')
    expect(waitWords(86_400, t)).toBe('error.waitHours {"n":24}')
    expect(waitWords(0, t)).toBe('error.waited')
  })

  it('tells being offline, a slow line and an unreachable server apart', () => {
    expect(noAnswer(new TypeError('x'), false).code).toBe('offline')
    expect(noAnswer(new DOMException('x', 'AbortError'), true).code).toBe('timeout')
    expect(noAnswer(new TypeError('x'), true).code).toBe('unreachable')
  })

  it('knows which errors decided nothing', () => {
    expect(new ApiError(0, { code: 'offline' }).isConnection).toBe(true)
    expect(new ApiError(409, { code: 'conflict' }).isConnection).toBe(false)
  })
})
