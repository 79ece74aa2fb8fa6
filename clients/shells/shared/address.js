// Addresses of pages of the phone app, which routes behind the hash. Secrets stand there too: what is behind a hash is sent to no server.

/** `app` ends with a slash. */
function pageOf(app, path, query = {}) {
  const given = Object.keys(query).filter((name) => query[name])
  const asked = given.map((name) => `${name}=${encodeURIComponent(query[name])}`).join('&')
  return `${app}#${path}${asked ? `?${asked}` : ''}`
}

/** Where somebody wanted to go, if that is a page of ours; a shared link may hold anything. */
function safeNext(next) {
  const path = typeof next === 'string' ? next : ''
  return /^\/[a-z0-9][a-z0-9/_-]{0,99}$/i.test(path) && !path.includes('//') ? path : ''
}

/** A shell opens nothing but the app. */
function isOurs(app, address) {
  return typeof address === 'string' && (address === app || address.startsWith(`${app}#`))
}

module.exports = { pageOf, safeNext, isOurs }
