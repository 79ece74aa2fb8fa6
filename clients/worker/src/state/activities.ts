// What is on and how I look for it; what I take part in. My places and tickets stay on the phone, for doors without a network.
import { computed, reactive, ref } from 'vue'
import { get, post, wiring } from '@/api/client'
import { asApiError } from '@/api/errors'
import type { ActivityCard, ActivityOptions, ActivityWish, FestivalLine, MyActivity, Ticket } from '@/api/types'
import { chinaDay, dayAhead } from '@/lib/dates'
import { useLoad, usePaged } from '@/lib/load'
import { type Spot, whereAmI } from '@/lib/map'
import { device, visit } from '@/lib/storage'
import { onLanguage, onSignOut } from './session'

export const DAYS = ['any', 'today', 'tomorrow', 'weekend', 'week', 'month'] as const
export const WHERE = ['any', 'offline', 'online'] as const
export interface Chosen {
  order: 'soon' | 'near' | 'for_me'
  topics: string[]
  district: string
  days: (typeof DAYS)[number]
  where: (typeof WHERE)[number]
}
export const noChoice = (): Chosen => ({ order: 'soon', topics: [], district: '', days: 'any', where: 'any' })
export const chosen = reactive<Chosen>({ ...noChoice(), ...visit.read<Chosen>('activities') })
export const festivals = ref<FestivalLine[]>([])
const CONSENT = 'activities_for_me'
let here: Spot | undefined

/** From which day to which, both counted, as the calendar of China says. */
export function daysMeant(days: Chosen['days'], now = new Date()): { from_day: string | null; to_day: string | null } {
  const weekday = (new Date(`${chinaDay(now)}T12:00:00Z`).getUTCDay() + 6) % 7 // Monday is 0
  const spans: Record<Chosen['days'], [number, number] | null> = {
    any: null, today: [0, 0], tomorrow: [1, 1], weekend: [Math.max(0, 5 - weekday), 6 - weekday], week: [0, 6], month: [0, 29],
  }
  const span = spans[days]
  return { from_day: span && dayAhead(span[0], now), to_day: span && dayAhead(span[1], now) }
}

export function wish(choice: Chosen, cursor?: string): ActivityWish {
  const { order, topics, district } = choice
  const online = choice.where === 'any' ? null : choice.where === 'online'
  const spot = order === 'near' ? here : undefined
  return { order, topics, district, online, ...daysMeant(choice.days), lat: spot?.lat ?? null, lon: spot?.lon ?? null, cursor: cursor ?? null }
}

export const found = usePaged<ActivityCard>(async (cursor) => {
  if (chosen.order === 'near' && !here) await locate()
  const page = await post('activities/find', wish(chosen, cursor))
  festivals.value = page.festivals
  if (chosen.order === 'for_me' && !page.personal) chosen.order = 'soon' // withdrawn elsewhere
  return page
}, { now: false })

/** How many conditions are on; the order is none. */
export const conditions = computed(() => chosen.topics.length + [chosen.district, chosen.days !== 'any', chosen.where !== 'any'].filter(Boolean).length)

export async function look(change: Partial<Chosen>): Promise<void> {
  Object.assign(chosen, change)
  visit.write('activities', chosen)
  found.data.value = undefined
  await found.run()
}

async function locate(): Promise<void> {
  here = await whereAmI()
  if (!here) chosen.order = 'soon'
}

/** "unknown": the phone does not tell where it is. "no": the person does not want their own order. */
export async function changeOrder(order: Chosen['order']): Promise<'done' | 'unknown' | 'no'> {
  if (order === 'near' && !here) here = await whereAmI()
  if (order === 'near' && !here) return 'unknown'
  if (order === 'for_me' && !(await agreed())) return 'no'
  await look({ order })
  return 'done'
}

async function agreed(): Promise<boolean> {
  const { items } = await get('consents')
  if (items.some((item) => item.purpose === CONSENT && item.given)) return true
  return wiring.askConsent(CONSENT)
}

/** Off means off: without the consent nothing about me is looked at. */
export async function switchOff(): Promise<void> {
  await post('consents', { purpose: CONSENT, given: false })
  await look({ order: 'soon' })
}

export const options = ref<ActivityOptions>()
export const needOptions = async (): Promise<ActivityOptions> => (options.value ??= await get('activities/options'))
export const topicName = (code: string): string => options.value?.topics.find((topic) => topic.code === code)?.title ?? ''
export const districtName = (code: string): string => options.value?.districts.find((district) => district.code === code)?.title ?? ''

interface MyPlaces {
  ahead: MyActivity[]
  past: MyActivity[]
  /** Kept from an earlier look, since no answer came now. */
  kept?: boolean
}
const MINE = 'activities.mine'
const ticketKey = (booking: string) => `activities.ticket.${booking}`
const keyOf = (activity: string) => `activities.key.${activity}`

async function orKept<T>(ask: () => Promise<T>, key: string): Promise<T & { kept?: boolean }> {
  try {
    const answer = await ask()
    device.write(key, answer)
    return answer as T & { kept?: boolean }
  } catch (cause) {
    const kept = device.read<T>(key)
    if (kept === undefined || !asApiError(cause).isConnection) throw cause
    return { ...kept, kept: true }
  }
}

export const places = useLoad<MyPlaces>(() => orKept(() => get('activities/mine'), MINE), { now: false })

export const showTicket = (booking: string): Promise<Ticket & { kept?: boolean }> => orKept(() => get('activities/ticket', { booking }), ticketKey(booking))

/** Tickets that are not on the phone yet, so that the door may lie in a cellar. */
export async function keepTickets(): Promise<void> {
  for (const { my } of places.data.value?.ahead ?? []) {
    if (my.state === 'booked' && !device.read(ticketKey(my.booking))) await showTicket(my.booking).catch(() => {})
  }
}

export async function giveBack(booking: string): Promise<void> {
  places.data.value = await post('activities/cancel', { booking })
  device.write(MINE, places.data.value)
  forgetTicket(booking)
}

/** A ticket that is void must not look valid without a network. */
export const forgetTicket = (booking: string): void => device.remove(ticketKey(booking))

/** The number that my phone drew for a lottery stays here, so that I can find myself in the published list. */
export const rememberKey = (activity: string, key: string): void => device.write(keyOf(activity), key)
export const rememberedKey = (activity: string): string | undefined => device.read<string>(keyOf(activity))

onLanguage(() => {
  options.value = undefined
  found.data.value = undefined
  places.data.value = undefined
})

onSignOut(() => {
  device.removeAll('activities.')
  visit.remove('activities')
  Object.assign(chosen, noChoice())
  here = undefined
  found.data.value = undefined
  found.error.value = undefined
  places.data.value = undefined
  places.error.value = undefined
})
