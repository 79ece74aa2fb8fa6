import { expect, it, vi } from 'vitest'
import type { Me } from '@/api/types'
import { needOptions, options } from '@/state/options'
import { session, speak } from '@/state/session'

const me: Me = { id: '1', name_masked: '', phone_masked: '', language: 'zh-hans', large_type: false, verified: [], waiting: 0 }

it('the account learns of the new language before its words are asked for anew', async () => {
  let account = 'zh-hans'
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.includes('me/settings')) account = (JSON.parse(String(init.body)) as { language: string }).language
    return new Response(JSON.stringify({ hobbies: [{ code: 'hiking', group: '', title: account === 'en' ? 'Hiking' : '徒步' }] }))
  })
  session.me = me
  await needOptions()
  expect(options.value?.hobbies[0]?.title).toBe('徒步')
  await speak('en')
  await vi.waitFor(() => expect(options.value?.hobbies[0]?.title).toBe('Hiking'))
})
