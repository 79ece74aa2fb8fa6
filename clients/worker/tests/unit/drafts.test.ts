import { beforeEach, describe, expect, it } from 'vitest'
import { forgetDrafts, useDraft } from '@/lib/draft'

beforeEach(() => sessionStorage.clear())

describe('drafts', () => {
  it('bring back what was typed before', () => {
    useDraft('report', { text: '' }).value.text = '他要我转账'
    const again = useDraft('report', { text: '' })
    expect(again.value.text).toBe('他要我转账')
    expect(again.restored).toBe(true)
  })

  it('never write secrets down', () => {
    const draft = useDraft('identity', { legal_name: '', id_number: '' }, ['id_number'])
    Object.assign(draft.value, { legal_name: '林一', id_number: '11010519491231002X' })
    expect(JSON.stringify({ ...sessionStorage })).toContain('林一')
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('11010519491231002X')
    expect(draft.value.id_number).toBe('11010519491231002X')
  })

  it('are gone once sent', () => {
    const draft = useDraft('appeal', { text: '' })
    draft.value.text = '理由'
    draft.clear()
    expect(draft.value.text).toBe('')
    expect(useDraft('appeal', { text: '' }).restored).toBe(false)
  })

  it('of everything are gone after sign-out, and nothing else is', () => {
    useDraft('a', { text: '' }).value.text = 'x'
    sessionStorage.setItem('niangjia.token', '"t"')
    forgetDrafts()
    expect(useDraft('a', { text: '' }).value.text).toBe('')
    expect(sessionStorage.getItem('niangjia.token')).toBe('"t"')
  })

  it('live with a phone that forbids storage', () => {
    const real = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!
    Object.defineProperty(window, 'sessionStorage', { configurable: true, get: () => { throw new Error('forbidden') } })
    const draft = useDraft('b', { text: '' })
    draft.value.text = 'still on screen'
    expect(draft.value.text).toBe('still on screen')
    Object.defineProperty(window, 'sessionStorage', real)
  })
})
