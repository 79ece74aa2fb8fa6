// Plays the two platforms and the server, each exactly as badly as a test wants.
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { build } = require('../build')

const APP = 'https://union.test/'

/** The shells as they are shipped, in a folder that is thrown away. */
const built = fs.mkdtempSync(path.join(os.tmpdir(), 'shells-'))
build({ app: APP, out: built, notices: { wechat: ['t1', 't2'], alipay: ['t1'] } })
process.on('exit', () => fs.rmSync(built, { recursive: true, force: true }))

const shipped = (name) => require(path.join(built, name))

/** `answers`: path → list of {status, data} or errors, one per call; the last one repeats. */
function playServer(answers) {
  const asked = []
  function answerTo(url, headers, body) {
    const name = url.replace(`${APP}api/v1/`, '')
    asked.push({ name, body: JSON.parse(body), authorization: headers.Authorization })
    const list = answers[name] || [{ status: 404, data: '{"error":{"code":"not_found"}}' }]
    return list.length > 1 ? list.shift() : list[0]
  }
  return { asked, answerTo }
}

const ok = (value) => ({ status: 200, data: JSON.stringify(value) })
const no = (status, error = {}) => ({ status, data: JSON.stringify({ error }) })

function playStore(kept = {}) {
  return { kept, get: (key) => kept[key], set: (key, value) => (kept[key] = value), remove: (key) => delete kept[key] }
}

function playWx({ server, codes = ['c1', 'c2', 'c3'], loginFails, subscribe = () => ({}), kept = {} }) {
  const store = playStore(kept)
  return {
    login: ({ success, fail }) => (loginFails ? fail(loginFails) : success({ code: codes.shift() })),
    request: ({ url, header, data, success, fail }) => {
      const answer = server.answerTo(url, header, data)
      if (answer.fail) fail(answer.fail)
      else success({ statusCode: answer.status, data: answer.data })
    },
    requestSubscribeMessage: ({ tmplIds, success, fail }) => {
      const answer = subscribe(tmplIds)
      if (answer.errCode) fail(answer)
      else success(answer)
    },
    getStorageSync: (key) => store.get(key) || '',
    setStorageSync: store.set,
    removeStorageSync: store.remove,
    kept,
  }
}

function playMy({ server, codes = ['c1', 'c2', 'c3'], loginFails, certify, subscribe = () => ({}), kept = {} }) {
  const store = playStore(kept)
  const started = []
  return {
    getAuthCode: ({ scopes, success, fail }) => {
      if (scopes !== 'auth_base') throw new Error('a prompt would be shown')
      if (loginFails) fail(loginFails)
      else success({ authCode: codes.shift() })
    },
    request: ({ url, headers, data, success, fail }) => {
      const answer = server.answerTo(url, headers, data)
      if (answer.fail) fail(answer.fail)
      else if (answer.status >= 400) fail({ error: 19, status: answer.status, data: answer.data })
      else success(answer)
    },
    call: (name, options, done) => {
      started.push({ name, ...options, param: JSON.parse(options.param) })
      done(certify)
    },
    requestSubscribeMessage: ({ entityIds, success, fail }) => {
      const answer = subscribe(entityIds)
      if (answer.error) fail(answer)
      else success(answer)
    },
    getStorageSync: ({ key }) => ({ data: store.get(key) }),
    setStorageSync: ({ key, data }) => store.set(key, data),
    removeStorageSync: ({ key }) => store.remove(key),
    kept,
    started,
  }
}

const PLATFORMS = {
  wechat: (options) => shipped('wechat/platform').createPlatform(playWx(options)),
  alipay: (options) => shipped('alipay/platform').createPlatform(playMy(options)),
}

module.exports = { APP, PLATFORMS, built, shipped, playServer, playWx, playMy, ok, no }
