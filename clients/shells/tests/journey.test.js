const assert = require('node:assert/strict')
const { test } = require('node:test')
const { createJourney, TOKEN } = require('../shared/journey')
const { APP, PLATFORMS, playServer, ok, no } = require('./play')

const TICKET = { 'bridge/ticket': [ok({ ticket: 't&1', expires_in: 60 })] }
const OFFLINE = {
  wechat: { fail: { errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED' } },
  alipay: { fail: { error: 12, errorMessage: 'network' } },
}
const TIMEOUT = { wechat: { fail: { errMsg: 'request:fail timeout' } }, alipay: { fail: { error: 13 } } }

function set(name, answers, options = {}) {
  const server = playServer(answers)
  const kept = options.kept || {}
  const platform = PLATFORMS[name]({ server, ...options, kept })
  return { server, kept, journey: createJourney({ platform, app: APP }) }
}

const failsWith = (promise, expected) => assert.rejects(promise, (failure) => {
  for (const [key, value] of Object.entries(expected)) assert.equal(failure[key], value, key)
  assert.ok(failure.message && failure.next)
  return true
})

for (const name of ['wechat', 'alipay']) {
  const signIn = `sign-in/${name}`

  test(`${name}: nothing is asked before somebody taps`, () => {
    const { server, journey } = set(name, {})
    assert.equal(journey.lookAround(), `${APP}#/`)
    assert.equal(journey.lookAround('/dating'), `${APP}#/dating`)
    assert.deepEqual(server.asked, [])
  })

  test(`${name}: a known account goes over the bridge with a ticket, not with the token`, async () => {
    const { server, kept, journey } = set(name, { [signIn]: [ok({ state: 'signed_in', token: 'secret' })], ...TICKET })
    const address = await journey.signIn('/dating')
    assert.equal(address, `${APP}#/bridge?ticket=t%261&next=%2Fdating`)
    assert.deepEqual(server.asked.map((call) => call.name), [signIn, 'bridge/ticket'])
    assert.deepEqual(server.asked[0].body, { code: 'c1' })
    assert.equal(server.asked[1].authorization, 'Bearer secret')
    assert.equal(kept[TOKEN], 'secret')
  })

  test(`${name}: a new account ties a phone on the app's own page`, async () => {
    const { kept, journey } = set(name, { [signIn]: [ok({ state: 'phone_needed', bind_ticket: 'b1' })] })
    assert.equal(await journey.signIn(), `${APP}#/bind?ticket=b1`)
    assert.deepEqual(kept, {})
  })

  test(`${name}: who came before needs no new code`, async () => {
    const { server, journey } = set(name, TICKET, { kept: { [TOKEN]: 'old' } })
    await journey.signIn()
    assert.deepEqual(server.asked.map((call) => call.name), ['bridge/ticket'])
  })

  test(`${name}: a session that ended is renewed, and forgotten if that fails`, async () => {
    const ended = { 'bridge/ticket': [no(401), ok({ ticket: 't2' })], [signIn]: [ok({ state: 'signed_in', token: 'new' })] }
    const renewed = set(name, ended, { kept: { [TOKEN]: 'old' } })
    assert.equal(await renewed.journey.signIn(), `${APP}#/bridge?ticket=t2`)
    assert.equal(renewed.kept[TOKEN], 'new')
    const lost = set(name, { 'bridge/ticket': [no(401)], [signIn]: [no(503)] }, { kept: { [TOKEN]: 'old' } })
    await failsWith(lost.journey.signIn(), { kind: 'busy' })
    assert.deepEqual(lost.kept, {})
  })

  test(`${name}: a kept token survives a bad network`, async () => {
    const { kept, journey } = set(name, { 'bridge/ticket': [OFFLINE[name]] }, { kept: { [TOKEN]: 'old' } })
    await failsWith(journey.signIn(), { kind: 'offline' })
    assert.equal(kept[TOKEN], 'old')
  })

  test(`${name}: a code that grew old is tried once more, fresh`, async () => {
    const { server, journey } = set(name, { [signIn]: [no(422), ok({ state: 'signed_in', token: 'x' })], ...TICKET })
    await journey.signIn()
    assert.deepEqual(server.asked.slice(0, 2).map((call) => call.body.code), ['c1', 'c2'])
  })

  test(`${name}: a second no is a no, in the server's words`, async () => {
    const { server, journey } = set(name, { [signIn]: [no(422, { message: '没认出来', next: '用手机号吧' })] })
    await failsWith(journey.signIn(), { kind: 'refused', message: '没认出来', next: '用手机号吧' })
    assert.equal(server.asked.length, 2)
  })

  test(`${name}: two taps are one sign-in`, async () => {
    const { server, journey } = set(name, { [signIn]: [ok({ state: 'signed_in', token: 'x' })], ...TICKET })
    const [one, two] = await Promise.all([journey.signIn(), journey.signIn()])
    assert.equal(one, two)
    assert.equal(server.asked.length, 2)
    await journey.signIn()
    assert.equal(server.asked.length, 3)
  })

  test(`${name}: after a failure the next tap tries again`, async () => {
    const { journey } = set(name, { [signIn]: [OFFLINE[name], ok({ state: 'signed_in', token: 'x' })], ...TICKET })
    await failsWith(journey.signIn(), { kind: 'offline' })
    assert.ok(await journey.signIn())
  })

  const failures = [
    ['no network', OFFLINE[name], { kind: 'offline' }],
    ['a timeout', TIMEOUT[name], { kind: 'busy' }],
    ['too many', no(429, { message: '慢一点', retry_after: 30 }), { kind: 'busy', retryAfter: 30, message: '慢一点' }],
    ['a broken server', { status: 500, data: '<h1>' }, { kind: 'busy' }],
    ['a page instead of an answer', { status: 200, data: '<html>' }, { kind: 'broken' }],
    ['nothing', { status: 200, data: '' }, { kind: 'broken' }],
    ['a list', { status: 200, data: '[]' }, { kind: 'broken' }],
    ['a list with a bad status', { status: 403, data: '[]' }, { kind: 'broken' }],
    ['null', { status: 200, data: 'null' }, { kind: 'broken' }],
    ['a state nobody knows', ok({ state: 'signed_out' }), { kind: 'broken' }],
    ['a phone needed without a ticket', ok({ state: 'phone_needed' }), { kind: 'broken' }],
    ['signed in without a token', ok({ state: 'signed_in' }), { kind: 'broken' }],
    ['a redirect', { status: 302, data: '' }, { kind: 'broken' }],
  ]
  for (const [what, answer, expected] of failures) {
    test(`${name}: ${what} lets nobody in`, async () => {
      const { kept, journey } = set(name, { [signIn]: [answer], ...TICKET })
      await failsWith(journey.signIn(), expected)
      assert.deepEqual(kept, {})
    })
  }

  test(`${name}: a bridge without a ticket is no bridge`, async () => {
    const { journey } = set(name, { [signIn]: [ok({ state: 'signed_in', token: 'x' })], 'bridge/ticket': [ok({})] })
    await failsWith(journey.signIn(), { kind: 'broken' })
  })

  for (const next of ['//evil.test', 'https://evil.test', '/a?x=1', '/a#b', '/a\\b', '/../x', 7, null]) {
    test(`${name}: a link cannot lead to ${JSON.stringify(next)}`, () => {
      assert.equal(set(name, {}).journey.lookAround(next), `${APP}#/`)
    })
  }
}

test('a cancelled prompt is no error', async () => {
  const alipay = set('alipay', {}, { loginFails: { error: 11, errorMessage: '用户取消授权' } })
  await failsWith(alipay.journey.signIn(), { kind: 'cancelled' })
  const wechat = set('wechat', {}, { loginFails: { errMsg: 'login:fail auth deny' } })
  await failsWith(wechat.journey.signIn(), { kind: 'cancelled' })
})

test('no code is no sign-in', async () => {
  for (const name of ['wechat', 'alipay']) {
    const { server, journey } = set(name, {}, { codes: [''] })
    await failsWith(journey.signIn(), { kind: 'broken' })
    assert.deepEqual(server.asked, [])
  }
})
