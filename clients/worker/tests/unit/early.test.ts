import { describe, expect, it } from 'vitest'
import { createRouter, createWebHashHistory } from 'vue-router'
import { hearEarly } from '@/lib/early'

const page = { template: '<p />' }
const turn = () => new Promise((done) => setTimeout(done))

/** A router whose first page comes when `arrive` is called. */
function slowRouter() {
  let arrive = () => {}
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', component: () => new Promise<typeof page>((done) => (arrive = () => done(page))) },
      { path: '/inbox', component: page },
    ],
  })
  return { router, arrive: () => arrive() }
}

async function openAndLeave(hear: boolean): Promise<string> {
  location.hash = '#/'
  await turn()
  const go = hearEarly()
  const { router, arrive } = slowRouter()
  const first = router.push('/')
  await turn()
  location.hash = '#/inbox'
  await turn()
  arrive()
  await first
  if (hear) await go(router)
  return router.currentRoute.value.fullPath
}

describe('a link opened while the first page loads', () => {
  it('is lost on the router alone', async () => expect(await openAndLeave(false)).toBe('/'))
  it('is followed when the router is ready', async () => expect(await openAndLeave(true)).toBe('/inbox'))
})
