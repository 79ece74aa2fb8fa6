// One consent, one notice. Asked only after a tap; a no is a no and is not asked again in the same visit.

/** `platform.askNotices(ids)` gives {id: 'accept' | anything else}. At most three can be asked at once. */
function createNotices({ platform }) {
  const refused = new Set()

  async function ask(ids) {
    const wanted = ids.filter((id) => id && !refused.has(id)).slice(0, 3)
    if (!wanted.length) return []
    const answers = await platform.askNotices(wanted).catch(() => ({}))
    wanted.filter((id) => answers[id] !== 'accept').forEach((id) => refused.add(id))
    return wanted.filter((id) => answers[id] === 'accept')
  }

  return { ask }
}

module.exports = { createNotices }
