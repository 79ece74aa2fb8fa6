// The worker API as a shell needs it: POST, JSON, a bearer token. Every failure becomes a Failure.
const { Failure } = require('./failure')

const PATIENCE_MS = 10000

/** `platform.request({url, method, headers, body, timeout})` gives {status, data} or throws a Failure. */
function createApi({ platform, app }) {
  async function post(path, body, token = '') {
    const headers = { 'Content-Type': 'application/json', 'Accept-Language': 'zh-CN' }
    if (token) headers.Authorization = `Bearer ${token}`
    const request = { url: `${app}api/v1/${path}`, method: 'POST', headers, body: JSON.stringify(body), timeout: PATIENCE_MS }
    const { status, data } = await platform.request(request)
    const answer = parsed(data)
    if (status >= 200 && status < 300 && answer) return answer
    throw refusal(status, answer)
  }
  return { post }
}

/** Platforms parse JSON themselves, sometimes; an array, a number or a page of HTML is no answer. */
function parsed(data) {
  let value = data
  if (typeof data === 'string') {
    try {
      value = JSON.parse(data)
    } catch {
      return null
    }
  }
  return value && typeof value === 'object' && !Array.isArray(value) ? value : null
}

function refusal(status, answer) {
  const told = answer && answer.error && typeof answer.error === 'object' ? answer.error : {}
  const words = {
    message: text(told.message),
    next: text(told.next),
    retryAfter: Number(told.retry_after) || 0,
    code: text(told.code),
    status,
  }
  if (status === 429 || status >= 500) return new Failure('busy', words)
  if (status >= 400 && answer) return new Failure('refused', words)
  return new Failure('broken', { status })
}

const text = (value) => (typeof value === 'string' ? value : '')

module.exports = { createApi }
