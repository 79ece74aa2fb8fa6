// Alipay as the shared journey sees it. `my` is passed in, so that tests can play it.
const { Failure } = require('./shared/failure')

const CANCELLED = new Set(['11', '6001'])
const TIMED_OUT = new Set(['13'])

function createPlatform(my) {
  const promised = (call, options = {}) =>
    new Promise((success, fail) => call({ ...options, success, fail }))

  /** `auth_base` shows no prompt and tells only who it is. */
  async function getCode() {
    const { authCode } = await promised(my.getAuthCode, { scopes: 'auth_base' }).catch((error) => {
      throw failureOf(error)
    })
    if (!authCode) throw new Failure('broken')
    return authCode
  }

  async function request({ url, method, headers, body, timeout }) {
    const options = { url, method, headers, data: body, timeout, dataType: 'text' }
    const answer = await promised(my.request, options).catch((error) => {
      // Alipay calls a status of 400 or more a failure, and hands the answer over with it.
      if (error && error.status >= 400) return error
      throw failureOf(error)
    })
    return { status: answer.status, data: answer.data }
  }

  /** 9000 done, 6001 cancelled, 6002 network, 4000 failed. */
  const certify = ({ id, url }) =>
    new Promise((resolve) => {
      const param = { certifyId: id, url }
      my.call('startBizService', { name: 'open-certify', param: JSON.stringify(param) }, (answer) =>
        resolve((answer && answer.resultStatus) || '4000'),
      )
    })

  async function askNotices(entityIds) {
    const answer = await promised(my.requestSubscribeMessage, { entityIds })
    const agreed = answer.behavior === 'subscribe' ? answer.subscribedEntityIds || answer.subscribeEntityIds || [] : []
    return Object.fromEntries(agreed.map((id) => [id, 'accept']))
  }

  const store = {
    get: (key) => my.getStorageSync({ key }).data,
    set: (key, data) => my.setStorageSync({ key, data }),
    remove: (key) => my.removeStorageSync({ key }),
  }
  return { name: 'alipay', getCode, request, certify, askNotices, store }
}

function failureOf(error) {
  const code = String((error && (error.error ?? error.errorCode)) ?? '')
  if (CANCELLED.has(code)) return new Failure('cancelled')
  return new Failure(TIMED_OUT.has(code) ? 'busy' : 'offline')
}

module.exports = { createPlatform }
