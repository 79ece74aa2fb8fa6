const assert = require('node:assert/strict')
const { test } = require('node:test')
const { createNotices } = require('../shared/notices')
const { PLATFORMS } = require('./play')

function set(name, subscribe) {
  const asked = []
  const seen = (ids) => (asked.push(ids), subscribe(ids))
  return { asked, notices: createNotices({ platform: PLATFORMS[name]({ server: null, subscribe: seen }) }) }
}

test('wechat: only an accept is an accept', async () => {
  const { notices } = set('wechat', () => ({ a: 'accept', b: 'reject', c: 'ban', errMsg: 'requestSubscribeMessage:ok' }))
  assert.deepEqual(await notices.ask(['a', 'b', 'c']), ['a'])
})

test('alipay: what was subscribed, and nothing else', async () => {
  const some = set('alipay', () => ({ behavior: 'subscribe', subscribedEntityIds: ['a'] }))
  assert.deepEqual(await some.notices.ask(['a', 'b']), ['a'])
  const none = set('alipay', () => ({ behavior: 'cancel', subscribedEntityIds: ['a'] }))
  assert.deepEqual(await none.notices.ask(['a']), [])
})

for (const name of ['wechat', 'alipay']) {
  test(`${name}: who said no is not asked again`, async () => {
    const { asked, notices } = set(name, () => ({}))
    await notices.ask(['a', 'b'])
    assert.deepEqual(await notices.ask(['a', 'b']), [])
    assert.deepEqual(asked, [['a', 'b']])
  })

  test(`${name}: a switched-off main switch is a no, not an error`, async () => {
    const { notices } = set(name, () => ({ errCode: 20004, error: 20004 }))
    assert.deepEqual(await notices.ask(['a']), [])
  })

  test(`${name}: at most three at once, and none asks for nothing`, async () => {
    const { asked, notices } = set(name, () => ({}))
    assert.deepEqual(await notices.ask([]), [])
    assert.deepEqual(await notices.ask(['']), [])
    await notices.ask(['a', 'b', 'c', 'd'])
    assert.deepEqual(asked, [['a', 'b', 'c']])
  })
}
