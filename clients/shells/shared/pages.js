// What the pages of both shells do; each shell only hands in its platform and its way to move.
const { createJourney } = require('./journey')
const { checkIdentity, wantedCheck } = require('./identity')
const { isOurs } = require('./address')

/** `say(text)` shows a line, `open(address)` goes to the web-view page. */
function createDoor({ platform, app, say, open }) {
  const journey = createJourney({ platform, app })

  async function signIn(next) {
    try {
      open(await journey.signIn(next))
    } catch (failure) {
      say(lineOf(failure))
    }
  }

  const lookAround = (next) => open(journey.lookAround(next))

  /** A message of the web-view. True when an identity check was wanted and has ended. */
  async function onMessage(message) {
    const check = platform.certify && wantedCheck(message)
    if (!check) return false
    const { hint, state, address } = await checkIdentity({
      platform,
      api: journey.api,
      token: journey.token(),
      app,
      ...check,
    })
    if (state !== 'verified' && HINT_LINES[hint]) say(HINT_LINES[hint])
    open(address)
    return true
  }

  const mayOpen = (address) => isOurs(app, address)

  const isKnown = () => journey.token() !== ''

  return { signIn, lookAround, onMessage, mayOpen, isKnown }
}

const HINT_LINES = {
  cancelled: '已取消认证，想好了随时再来。',
  offline: '网络好像断了，连上网后再试。',
  failed: '这次没有认证成功，可以再试，或到柜台用证件认证。',
}

function lineOf(failure) {
  if (!failure.kind) return '出了点问题，请再试一次。'
  const wait = failure.retryAfter ? `请等 ${failure.retryAfter} 秒。` : failure.next
  return failure.kind === 'cancelled' ? '' : `${failure.message}，${wait}`
}

module.exports = { createDoor, lineOf }
