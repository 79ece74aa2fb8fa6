import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Me } from '@/api/types'
import { useDraft } from '@/lib/draft'
import { enter, forget, leave, onSignOut, session, startSession } from '@/state/session'

const me: Me = { id: '1', name_masked: '林*', phone_masked: '138****1234', language: 'zh-hans', large_type: false, verified: [], waiting: 0 }
const fetched = vi.fn<typeof fetch>()
const refused = () => new Response(JSON.stringify({ error: { code: 'sign_in_needed', message: 'x', next: '', fields: {}, retry_after: null } }), { status: 401 })
const ok = (body: unknown) => new Response(JSON.stringify(body))

beforeEach(() => {
  fetched.mockReset()
  vi.stubGlobal('fetch', fetched)
  delete window.NIANGJIA
  forget()
  sessionStorage.clear()
})

describe('a session', () => {
  it('forgets the token where the cookie arrives', async () => {
    fetched.mockResolvedValue(ok(me))
    await enter({ token: 'secret', me })
    expect(session.token).toBe('')
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain('secret')
  })

  it('keeps the token for this visit where the cookie does not arrive', async () => {
    fetched.mockResolvedValue(refused())
    await enter({ token: 'secret', me })
    expect(session.token).toBe('secret')
    expect(sessionStorage.getItem('niangjia.token')).toBe('"secret"')
    expect(JSON.stringify({ ...localStorage })).not.toContain('secret')
  })

  it('asks nothing extra where the host says bearer', async () => {
    window.NIANGJIA = { auth: 'bearer' }
    await enter({ token: 'secret', me })
    expect(fetched).not.toHaveBeenCalled()
    expect(session.token).toBe('secret')
  })

  it('leaves nothing behind on sign-out', async () => {
    const forgotten = vi.fn()
    onSignOut(forgotten)
    window.NIANGJIA = { auth: 'bearer' }
    await enter({ token: 'secret', me })
    useDraft('about', { text: '' }).value.text = '私事'
    fetched.mockResolvedValue(ok({}))
    await leave()
    expect(session.me).toBeNull()
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toMatch(/secret|私事/)
    expect(forgotten).toHaveBeenCalled()
  })

  it('that cannot be asked about is not taken for signed out', async () => {
    localStorage.setItem('niangjia.seen', 'true')
    fetched.mockRejectedValue(new TypeError('down'))
    await startSession()
    expect(session.trouble?.isConnection).toBe(true)
    expect(localStorage.getItem('niangjia.seen')).toBe('true')
  })
})
