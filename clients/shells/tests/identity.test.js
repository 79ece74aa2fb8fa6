const assert = require('node:assert/strict')
const { test } = require('node:test')
const { createApi } = require('../shared/api')
const { checkIdentity, wantedCheck } = require('../shared/identity')
const { APP, playMy, playServer, shipped, ok, no } = require('./play')

const CHECK = { id: 'abc123', url: 'https://openapi.alipay.com/gateway.do?sign=x' }
const FINISH = 'facts/identity/finish'

async function check(resultStatus, answers) {
  const server = playServer({ [FINISH]: answers })
  const my = playMy({ server, certify: resultStatus === undefined ? undefined : { resultStatus } })
  const platform = shipped('alipay/platform').createPlatform(my)
  const api = createApi({ platform, app: APP })
  return { server, my, got: await checkIdentity({ platform, api, token: 'secret', app: APP, ...CHECK }) }
}

const HINTS = [['9000', 'done'], [9000, 'done'], ['6001', 'cancelled'], ['6002', 'offline'], ['4000', 'failed'], ['8000', 'failed'], [undefined, 'failed']]

for (const [code, hint] of HINTS) {
  for (const state of ['verified', 'none']) {
    test(`the phone says ${code}, the server says ${state}: the server is believed`, async () => {
      const { server, my, got } = await check(code, [ok({ state })])
      assert.deepEqual(got, { state, hint, address: `${APP}#/verify` })
      assert.deepEqual(server.asked, [{ name: FINISH, body: { certify_id: CHECK.id }, authorization: 'Bearer secret' }])
      assert.deepEqual(my.started, [{ name: 'startBizService', ...my.started[0], param: { certifyId: CHECK.id, url: CHECK.url } }])
    })
  }
}

test('the check is started by its name', async () => {
  const server = playServer({ [FINISH]: [ok({ state: 'none' })] })
  const calls = []
  const my = { ...playMy({ server }), call: (name, options, done) => (calls.push([name, options.name]), done({})) }
  const platform = shipped('alipay/platform').createPlatform(my)
  await checkIdentity({ platform, api: createApi({ platform, app: APP }), token: '', app: APP, ...CHECK })
  assert.deepEqual(calls, [['startBizService', 'open-certify']])
})

const UNKNOWN = [
  ['the network is gone', { fail: { error: 12 } }],
  ['the session ended', no(401)],
  ['the server is busy', no(503)],
  ['the answer is garbled', { status: 200, data: '{' }],
  ['the answer holds no state', ok({})],
]
for (const [what, answer] of UNKNOWN) {
  test(`${what} after a 9000: nothing is known, and the app's page asks again`, async () => {
    const { got } = await check('9000', [answer])
    assert.equal(got.state, 'unknown')
    assert.equal(got.address, `${APP}#/verify/face?back=1&certify_id=abc123`)
  })
}

test('a platform that breaks is a failed check, and the server is still asked', async () => {
  const server = playServer({ [FINISH]: [ok({ state: 'none' })] })
  const platform = { ...shipped('alipay/platform').createPlatform(playMy({ server })), certify: () => Promise.reject(new Error('x')) }
  const got = await checkIdentity({ platform, api: createApi({ platform, app: APP }), token: '', app: APP, ...CHECK })
  assert.equal(got.hint, 'failed')
  assert.equal(server.asked.length, 1)
})

test('only a well-formed wish of the web-view starts a check', () => {
  const wish = { action: 'certify', certify_id: CHECK.id, url: CHECK.url }
  assert.deepEqual(wantedCheck(wish), CHECK)
  for (const bad of [
    null,
    undefined,
    {},
    { ...wish, action: 'pay' },
    { ...wish, certify_id: '' },
    { ...wish, certify_id: '../x' },
    { ...wish, certify_id: 'a'.repeat(65) },
    { ...wish, url: 'http://openapi.alipay.com/' },
    { ...wish, url: 'alipays://platformapi/' },
    { ...wish, url: undefined },
  ]) {
    assert.equal(wantedCheck(bad), null)
  }
})
