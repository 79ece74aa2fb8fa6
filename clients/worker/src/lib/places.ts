// How it stands with an activity and with me, in a few plain words.
import type { ActivityCard } from '@/api/types'
import { formatDate, hourOf } from './dates'

type Translate = (key: string, values?: Record<string, unknown>) => string
export type Tone = 'leaf' | 'honey' | 'clay' | 'bad' | ''
export interface Standing {
  words: string
  tone: Tone
}

const FEW = 10
export const LIVE = ['asked', 'entered', 'waiting', 'held', 'offered', 'booked']
const TOLD = [...LIVE, 'unlucky', 'refused']
const TONES: Record<string, Tone> = { booked: 'leaf', held: 'leaf', offered: 'clay', refused: 'bad', called_off: 'bad', unlucky: '' }

/** My own standing goes before how full it is. */
export function standing(card: ActivityCard, language: string, t: Translate): Standing {
  if (card.window === 'cancelled') return { words: t('activities.window.cancelled'), tone: 'bad' }
  if (card.window === 'over') return { words: t('activities.window.over'), tone: '' }
  if (card.mine && TOLD.includes(card.mine)) return mine(card.mine, t)
  if (card.window === 'soon') return { words: t('activities.window.soon', { at: `${formatDate(card.opens_at, language)} ${hourOf(card.opens_at)}` }), tone: 'honey' }
  if (card.window === 'closed') return { words: t('activities.window.closed'), tone: '' }
  return places(card, t)
}

export const mine = (state: string, t: Translate): Standing => ({ words: t(`activities.state.${state}`), tone: TONES[state] ?? 'honey' })

function places(card: ActivityCard, t: Translate): Standing {
  if (card.way === 'lottery') return { words: t('activities.places.lottery', { n: card.capacity }), tone: 'leaf' }
  if (card.way === 'approval') return { words: t('activities.places.approval', { n: card.capacity }), tone: 'leaf' }
  const free = card.free ?? 0
  if (free === 0) return { words: t('activities.places.full'), tone: '' }
  return free <= FEW ? { words: t('activities.places.few', { n: free }), tone: 'honey' } : { words: t('activities.places.free', { n: free }), tone: 'leaf' }
}

/** What each refusal leads to. */
const WAYS: Record<string, { to: string; key: string }> = {
  already_booked: { to: '/activities/mine', key: 'mine' },
  overlapping: { to: '/activities/mine', key: 'mine' },
  not_entitled: { to: '/verify', key: 'verify' },
  closed: { to: '/activities', key: 'others' },
  called_off: { to: '/activities', key: 'others' },
  not_found: { to: '/activities', key: 'others' },
}
export const wayOut = (code: string | undefined) => WAYS[code ?? '']
