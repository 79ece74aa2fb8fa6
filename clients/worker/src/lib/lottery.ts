// Anybody can draw a lottery again: the same arithmetic as on the server, written apart (see docs/lottery/recompute.py).

export interface PublishedDraw {
  slot: string
  commitment: string
  seed?: string
  beacon?: string
  places?: Record<string, number>
  entrants?: string[]
  winners?: string[]
}

const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))
const fromText = (text: string) => new TextEncoder().encode(text)

async function sha256(...parts: Uint8Array[]): Promise<string> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const plain = (id: string) => id.replace(/-/g, '')

/** My number in the draw, made from the key that my own phone drew: nobody else could choose it. */
export async function ticketOf(slot: string, key: string): Promise<string> {
  return (await sha256(fromText('niangjia ticket'), fromHex(plain(slot)), fromHex(plain(key)))).slice(0, 32)
}

interface Party {
  ticket: string
  people: number
  tier: number
  quotas: string[]
  place: string
}

const before = (one: Party, other: Party) => one.tier - other.tier || (one.place < other.place ? -1 : one.place > other.place ? 1 : 0)

async function lineUp(draw: Required<PublishedDraw>): Promise<Party[]> {
  const salt = [fromHex(draw.seed), fromText(draw.beacon)]
  const taking = draw.entrants.map((text) => text.split(' ')).filter((words) => words[3] !== 'busy')
  const parties = taking.map(async ([ticket = '', people, tier, quotas = '-']) => ({
    ticket, people: Number(people), tier: Number(tier), quotas: quotas === '-' ? [] : quotas.split(',').sort(), place: await sha256(...salt, fromText(ticket)),
  }))
  return (await Promise.all(parties)).sort(before)
}

export async function winnersOf(draw: Required<PublishedDraw>): Promise<string[]> {
  const left = { ...draw.places }
  return (await lineUp(draw)).flatMap(({ ticket, people, quotas }) => {
    const from = [...quotas, ''].find((quota) => (left[quota] ?? 0) >= people)
    if (from === undefined) return []
    left[from] = (left[from] ?? 0) - people
    return [`${ticket} ${from}`.trim()]
  })
}

export const isDrawn = (draw: PublishedDraw): draw is Required<PublishedDraw> => draw.seed !== undefined

/** Whether the seed is the one sealed before registration opened, and the winners are those that it gives. */
export async function isRight(draw: Required<PublishedDraw>): Promise<boolean> {
  if ((await sha256(fromHex(draw.seed))) !== draw.commitment) return false
  const winners = await winnersOf(draw)
  return winners.length === draw.winners.length && winners.every((line, at) => line === draw.winners[at])
}
