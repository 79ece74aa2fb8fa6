// From the shell into the app. Nothing is asked on the first screen: `signIn` runs when the user taps.
const { createApi } = require('./api')
const { Failure } = require('./failure')
const { pageOf, safeNext } = require('./address')

const TOKEN = 'niangjia.token'

/**
 * `platform`: {name: 'wechat'|'alipay', getCode(), request(), store: {get, set, remove}}.
 * Every function gives the address to open in the web-view, or throws a Failure.
 */
function createJourney({ platform, app }) {
  const api = createApi({ platform, app })
  let running = null

  /** Looking around needs no account. */
  const lookAround = (next) => pageOf(app, safeNext(next) || '/')

  /** Two taps are one sign-in: a code works once. */
  function signIn(next) {
    running = running || enter(next).finally(() => (running = null))
    return running
  }

  async function enter(next) {
    const known = platform.store.get(TOKEN)
    const kept = known ? await bridge(known, next).catch(forgetIfEnded) : null
    if (kept) return kept
    const answer = await exchange()
    if (answer.state === 'phone_needed' && answer.bind_ticket) {
      return pageOf(app, '/bind', { ticket: answer.bind_ticket, next: safeNext(next) })
    }
    if (answer.state !== 'signed_in' || !answer.token) throw new Failure('broken')
    platform.store.set(TOKEN, answer.token)
    return bridge(answer.token, next)
  }

  /** A code may have grown old on a slow network: a refused one is tried once more, fresh. */
  async function exchange() {
    const path = `sign-in/${platform.name}`
    try {
      return await api.post(path, { code: await platform.getCode() })
    } catch (failure) {
      if (failure.kind !== 'refused' || failure.status !== 422) throw failure
      return api.post(path, { code: await platform.getCode() })
    }
  }

  /** A ticket lives a minute and works once, so one is fetched each time the web-view opens. */
  async function bridge(token, next) {
    const { ticket } = await api.post('bridge/ticket', {}, token)
    if (!ticket) throw new Failure('broken')
    return pageOf(app, '/bridge', { ticket, next: safeNext(next) })
  }

  /** A session that ended is no failure, only a reason to sign in again. */
  function forgetIfEnded(failure) {
    if (failure.status !== 401) throw failure
    platform.store.remove(TOKEN)
    return null
  }

  return { lookAround, signIn, api, token: () => platform.store.get(TOKEN) || '' }
}

module.exports = { createJourney, TOKEN }
