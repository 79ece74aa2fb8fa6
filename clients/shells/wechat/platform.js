// WeChat as the shared journey sees it. `wx` is passed in, so that tests can play it.
const { Failure } = require('./shared/failure')

function createPlatform(wx) {
  const promised = (call, options = {}) =>
    new Promise((success, fail) => call({ ...options, success, fail }))

  async function getCode() {
    const { code } = await promised(wx.login, { timeout: 10000 }).catch((error) => {
      throw failureOf(error)
    })
    if (!code) throw new Failure('broken')
    return code
  }

  async function request({ url, method, headers, body, timeout }) {
    const options = { url, method, header: headers, data: body, timeout, dataType: 'text' }
    const answer = await promised(wx.request, options).catch((error) => {
      throw failureOf(error)
    })
    return { status: answer.statusCode, data: answer.data }
  }

  const askNotices = (tmplIds) => promised(wx.requestSubscribeMessage, { tmplIds })

  const store = {
    get: (key) => wx.getStorageSync(key),
    set: (key, value) => wx.setStorageSync(key, value),
    remove: (key) => wx.removeStorageSync(key),
  }
  return { name: 'wechat', getCode, request, askNotices, store }
}

function failureOf(error) {
  const told = String((error && error.errMsg) || '')
  if (/cancel|deny/.test(told)) return new Failure('cancelled')
  return new Failure(/timeout/.test(told) ? 'busy' : 'offline')
}

module.exports = { createPlatform }
