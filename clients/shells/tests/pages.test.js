// The pages themselves, as shipped: what happens when they open, and when somebody taps.
const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const vm = require('node:vm')
const { createRequire } = require('node:module')
const { describe, test } = require('node:test')
const { build } = require('../build')
const { APP, PLATFORMS, built, playServer, ok, no } = require('./play')

const TICKET = { 'bridge/ticket': [ok({ ticket: 't1' })] }

/** Runs a page file with a played host around it and gives the page, opened with `query`. */
function open(shell, name, { server = playServer({}), address = '', query = {}, certify } = {}) {
  const file = path.join(built, shell, `pages/${name}/${name}.js`)
  const moves = []
  const kept = {}
  const platform = PLATFORMS[shell]({ server, kept, certify, subscribe: () => ({ t1: 'accept' }) })
  const config = createRequire(file)('../../shared/config')
  const globalData = { config, platform, address }
  const host = {
    navigateTo: ({ url }) => moves.push(['to', url]),
    reLaunch: ({ url }) => moves.push(['back', url]),
    showToast: ({ content }) => moves.push(['say', content]),
  }
  let page
  const around = { require: createRequire(file), getApp: () => ({ globalData }), wx: host, my: host, Page: (given) => (page = given) }
  vm.runInNewContext(fs.readFileSync(file, 'utf8'), { ...around, decodeURIComponent, Promise })
  page.setData = function (change) {
    this.data = { ...this.data, ...change }
  }
  page.onLoad(query)
  return { page, moves, globalData, server, kept }
}

for (const shell of ['wechat', 'alipay']) {
  describe(shell, () => {
    const signIn = `sign-in/${shell}`

    test('the first screen asks for nothing', () => {
      const { page, moves, server } = open(shell, 'index')
      page.onShow()
      assert.deepEqual(server.asked, [])
      assert.deepEqual(moves, [])
      assert.equal(page.data.mayAsk, false)
    })

    test('a tap signs in, and the address goes through memory, not through the page query', async () => {
      const server = playServer({ [signIn]: [ok({ state: 'signed_in', token: 'x' })], ...TICKET })
      const { page, moves, globalData } = open(shell, 'index', { server, query: { next: '%2Fdating' } })
      await page.signIn()
      assert.deepEqual(moves, [['to', '/pages/web/web']])
      assert.equal(globalData.address, `${APP}#/bridge?ticket=t1&next=%2Fdating`)
      assert.deepEqual([page.data.busy, page.data.line], [false, ''])
    })

    test('a failure is told in a line, and one may tap again', async () => {
      const server = playServer({ [signIn]: [no(429, { message: '太快了', retry_after: 30 })] })
      const { page, moves } = open(shell, 'index', { server })
      await page.signIn()
      assert.equal(page.data.line, '太快了，请等 30 秒。')
      assert.equal(page.data.busy, false)
      assert.deepEqual(moves, [])
    })

    test('looking around opens the app without an account', () => {
      const { page, globalData, server } = open(shell, 'index')
      page.lookAround()
      assert.equal(globalData.address, `${APP}#/`)
      assert.deepEqual(server.asked, [])
    })

    test('who is known may be asked about notices, after a tap', async () => {
      const server = playServer({ [signIn]: [ok({ state: 'signed_in', token: 'x' })], ...TICKET })
      const { page } = open(shell, 'index', { server })
      await page.signIn()
      page.onShow()
      assert.equal(page.data.mayAsk, true)
      await page.askNotices()
      assert.equal(page.data.mayAsk, false)
    })

    test('the web-view opens the app once, and nothing but the app', () => {
      const { page, globalData } = open(shell, 'web', { address: `${APP}#/bridge?ticket=t1` })
      assert.equal(page.data.address, `${APP}#/bridge?ticket=t1`)
      assert.equal(globalData.address, '')
      for (const address of ['', 'https://evil.test/', `${APP.slice(0, -1)}.evil.test/`, `${APP}other`, undefined]) {
        const stranger = open(shell, 'web', { address })
        assert.equal(stranger.page.data.address, '')
        assert.deepEqual(stranger.moves, [['back', '/pages/index/index']])
      }
    })

    test('a shared page holds no ticket', () => {
      for (const name of ['index', 'web']) {
        const { page } = open(shell, name, { address: `${APP}#/bridge?ticket=t1` })
        assert.equal(page.onShareAppMessage().path, '/pages/index/index')
      }
    })

    test('every page that is declared is there', () => {
      const { pages } = JSON.parse(fs.readFileSync(path.join(built, shell, 'app.json'), 'utf8'))
      const view = shell === 'wechat' ? 'wxml' : 'axml'
      for (const page of pages) {
        for (const kind of ['js', 'json', view]) assert.ok(fs.existsSync(path.join(built, shell, `${page}.${kind}`)))
        const markup = fs.readFileSync(path.join(built, shell, `${page}.${view}`), 'utf8')
        const { page: code } = open(shell, page.split('/')[1], { address: APP })
        for (const [, handler] of markup.matchAll(/(?:bindtap|onTap|onMessage)="(\w+)"/g)) {
          assert.equal(typeof code[handler], 'function', `${page}: ${handler}`)
        }
      }
    })
  })
}

const WISH = { action: 'certify', certify_id: 'abc', url: 'https://openapi.alipay.com/x' }

test('alipay: an identity check wanted by the app ends on the page that shows the facts', async () => {
  const server = playServer({ 'facts/identity/finish': [ok({ state: 'verified' })] })
  const { page, moves } = open('alipay', 'web', { server, address: APP, certify: { resultStatus: '6002' } })
  assert.equal(await page.onMessage({ detail: WISH }), true)
  assert.equal(page.data.address, `${APP}#/verify`)
  assert.deepEqual(moves, [])
})

test('alipay: a cancelled check is told kindly', async () => {
  const server = playServer({ 'facts/identity/finish': [ok({ state: 'none' })] })
  const { page, moves } = open('alipay', 'web', { server, address: APP, certify: { resultStatus: '6001' } })
  await page.onMessage({ detail: WISH })
  assert.deepEqual(moves, [['say', '已取消认证，想好了随时再来。']])
})

test('alipay: other messages start nothing', async () => {
  const { page, server } = open('alipay', 'web', { address: APP })
  assert.equal(await page.onMessage({ detail: { action: 'other' } }), false)
  assert.deepEqual(server.asked, [])
})

test('the build refuses an address that is not ours to trust, and the repository holds no real app id', () => {
  for (const app of ['', 'http://union.test/', 'https://union.test', 'https://union.test/#/', 'https://a b/']) {
    assert.throws(() => build({ app, out: built }), /https/)
  }
  const project = JSON.parse(fs.readFileSync(path.join(__dirname, '../wechat/project.config.json'), 'utf8'))
  assert.equal(project.appid, 'touristappid')
})
