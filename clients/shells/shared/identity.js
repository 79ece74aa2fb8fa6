// The native identity check of Alipay. What the phone reports is only a hint for the wording:
// whether somebody passed is asked of the server, which asks Alipay.
const { Failure } = require('./failure')
const { pageOf } = require('./address')

const HINTS = {
  9000: 'done',
  6001: 'cancelled',
  6002: 'offline',
  4000: 'failed',
}

/** What the web-view asks of the shell, or null if it is not a check we know. */
function wantedCheck(message) {
  const { action, certify_id: id, url } = message || {}
  const known = action === 'certify' && /^[0-9A-Za-z_-]{1,64}$/.test(id || '')
  return known && /^https:\/\/[^\s]{1,2000}$/.test(url || '') ? { id, url } : null
}

/**
 * `platform.certify({id, url})` gives Alipay's resultStatus as text.
 * Gives {state, hint, address}: the server's word, the phone's hint, and the page of the app to open next.
 */
async function checkIdentity({ platform, api, token, app, id, url }) {
  const hint = HINTS[await startCheck(platform, { id, url })] || 'failed'
  try {
    const fact = await api.post('facts/identity/finish', { certify_id: id }, token)
    if (!fact.state) throw new Failure('broken')
    return { state: fact.state, hint, address: pageOf(app, '/verify') }
  } catch (failure) {
    // Nothing is known. The app's own page asks again, with its own session.
    return { state: 'unknown', hint, failure, address: pageOf(app, '/verify/face', { back: '1', certify_id: id }) }
  }
}

async function startCheck(platform, check) {
  try {
    return String(await platform.certify(check))
  } catch {
    return '4000'
  }
}

module.exports = { checkIdentity, wantedCheck }
