import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { get, post, uploadPhoto, wiring } from '@/api/client'
import { apiBase, csrfToken, fileUrl, hostAuth } from '@/api/host'

const fetched = vi.fn<typeof fetch>()
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })
const sent = () => fetched.mock.calls[0] as [string, RequestInit & { headers: Record<string, string> }]

beforeEach(() => {
  fetched.mockReset()
  vi.stubGlobal('fetch', fetched)
  wiring.bearer = () => ''
  wiring.onSignInNeeded = () => {}
  document.cookie = 'csrftoken=abc'
})
afterEach(() => {
  delete window.NIANGJIA
  document.head.innerHTML = ''
})

describe('where the API is', () => {
  it('is beside the page unless somebody says otherwise', () => {
    expect(apiBase()).toBe('/api/v1/')
    document.head.innerHTML = '<meta name="niangjia-api" content="https://a.example/x">'
    expect(apiBase()).toBe('https://a.example/x/')
    window.NIANGJIA = { api: 'https://b.example/y/' }
    expect(apiBase()).toBe('https://b.example/y/')
  })

  it('uses a bearer token where the API is on another origin, since cookies will not go there', () => {
    expect(hostAuth()).toBeUndefined()
    window.NIANGJIA = { api: 'https://b.example/y/' }
    expect(hostAuth()).toBe('bearer')
  })

  it('shows photos from the origin of the API', () => {
    window.NIANGJIA = { api: 'https://b.example/y/' }
    expect(fileUrl('/api/v1/photos/show?token=1')).toBe('https://b.example/api/v1/photos/show?token=1')
  })
})

describe('a call', () => {
  it('by cookie carries the CSRF token when it may write, and only then', async () => {
    fetched.mockImplementation(async () => json({}))
    await get('me')
    await post('sign-out')
    expect(sent()[1].headers).not.toHaveProperty('X-CSRFToken')
    expect(fetched.mock.calls[1]?.[1]?.headers).toMatchObject({ 'X-CSRFToken': 'abc' })
    expect(csrfToken()).toBe('abc')
  })

  it('by bearer carries the token and no CSRF', async () => {
    wiring.bearer = () => 'secret'
    fetched.mockResolvedValue(json({}))
    await post('sign-out')
    expect(sent()[1].headers).toMatchObject({ Authorization: 'Bearer secret' })
    expect(sent()[1].headers).not.toHaveProperty('X-CSRFToken')
  })

  it('puts arguments into the query or the body, never into the path', async () => {
    fetched.mockImplementation(async () => json({ items: [] }))
    await get('facts/employers', { q: '西湖 A&B' })
    expect(sent()[0]).toBe('/api/v1/facts/employers?q=%E8%A5%BF%E6%B9%96+A%26B')
    await get('inbox', { cursor: undefined })
    expect(fetched.mock.calls[1]?.[0]).toBe('/api/v1/inbox')
  })

  it('lets the browser name the parts of an upload', async () => {
    fetched.mockResolvedValue(json({ id: '1', url: '/x' }))
    await uploadPhoto(new Blob(['x']), 'profile')
    expect(sent()[1].body).toBeInstanceOf(FormData)
    expect(sent()[1].headers).not.toHaveProperty('Content-Type')
  })

  it('tells the session when a sign-in is needed', async () => {
    const needed = vi.fn()
    wiring.onSignInNeeded = needed
    fetched.mockResolvedValue(json({ error: { code: 'sign_in_needed', message: '请登录', next: '', fields: {}, retry_after: null } }, 401))
    await expect(get('me')).rejects.toMatchObject({ code: 'sign_in_needed', status: 401 })
    expect(needed).toHaveBeenCalledOnce()
  })

  it('says unexpected, not success, when a good status carries no JSON', async () => {
    fetched.mockResolvedValue(new Response('<html>', { status: 200 }))
    await expect(get('me')).rejects.toMatchObject({ code: 'unexpected' })
  })

  it('asks for the one consent that is missing and then goes on', async () => {
    const needed = () => json({ error: { code: 'consent_needed', message: 'x', next: '', fields: { purpose: 'marital' }, retry_after: null } }, 403)
    const asked = vi.fn(async () => true)
    wiring.askConsent = asked
    fetched.mockResolvedValueOnce(needed()).mockResolvedValueOnce(json({ kind: 'single' }))
    await expect(post('facts/single', { version: '1', agreed: true })).resolves.toEqual({ kind: 'single' })
    expect(asked).toHaveBeenCalledExactlyOnceWith('marital')
    wiring.askConsent = async () => false
    fetched.mockResolvedValueOnce(needed())
    await expect(post('facts/single', { version: '1', agreed: true })).rejects.toMatchObject({ code: 'consent_needed' })
  })

  it('notices whether the server is reached', async () => {
    const seen: boolean[] = []
    wiring.onAnswer = (reached) => seen.push(reached)
    fetched.mockRejectedValueOnce(new TypeError('down')).mockResolvedValueOnce(json({}))
    await expect(get('me')).rejects.toMatchObject({ code: 'unreachable' })
    await get('me')
    expect(seen).toEqual([false, true])
  })
})
