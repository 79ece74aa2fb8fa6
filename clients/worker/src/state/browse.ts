// The list I was looking at: still there, at the same place, when I come back from a profile.
import { reactive, ref } from 'vue'
import { get, post, wiring } from '@/api/client'
import type { Card, Filters } from '@/api/types'
import { usePaged } from '@/lib/load'
import { visit } from '@/lib/storage'
import { onLanguage, onSignOut } from './session'

export type Chosen = Required<Omit<Filters, 'cursor' | 'home_town'>> & { home_town: string }

export const noFilters = (): Chosen => ({
  hobbies: [], age_from: null, age_to: null, height_from: null, height_to: null, educations: [], districts: [], home_town: '', marital: [],
  order: 'newest',
})

export const filters = reactive<Chosen>({ ...noFilters(), ...visit.read<Chosen>('filters') })
export const leftToday = ref<number>()
/** Whether the list stands in my own order; until the server has made one it is the newest first. */
export const forYou = ref(false)
const PERSONAL_ORDER = 'personalised_order'

export const people = usePaged<Card>(async (cursor) => {
  const page = await post('dating/browse', { ...filters, cursor: cursor ?? null })
  leftToday.value = page.left_today
  forYou.value = page.for_you
  return page
}, { now: false })

const isSet = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value))

/** How many conditions are on; the order is none. */
export function countFilters(chosen: Chosen): number {
  return Object.entries(chosen).filter(([key, value]) => key !== 'order' && isSet(value)).length
}

export async function applyFilters(chosen: Chosen): Promise<void> {
  Object.assign(filters, chosen)
  visit.write('filters', filters)
  people.data.value = undefined
  await people.run()
}

/** My own order is made from my hobbies, wishes and answers: only with my consent, asked for right here. */
async function agreedToOrder(): Promise<boolean> {
  const { items } = await get('consents')
  return items.some((item) => item.purpose === PERSONAL_ORDER && item.given) || wiring.askConsent(PERSONAL_ORDER)
}

export async function changeOrder(order: Chosen['order']): Promise<void> {
  if (order !== 'for_you' || (await agreedToOrder())) await applyFilters({ ...filters, order })
}

/** Everything from one sheet; the order stays as it was where my own was not agreed to. */
export async function applyAll(chosen: Chosen): Promise<void> {
  const asks = chosen.order === 'for_you' && filters.order !== 'for_you'
  await applyFilters(asks && !(await agreedToOrder()) ? { ...chosen, order: filters.order } : chosen)
}

/** Off means off: the server forgets my list, and the newest come first. */
export async function switchOrderOff(): Promise<void> {
  await post('consents', { purpose: PERSONAL_ORDER, given: false })
  await applyFilters({ ...filters, order: 'newest' })
}

export function withoutPerson(id: string): void {
  people.data.value = people.data.value?.filter((card) => card.id !== id)
}

export function markSaid(id: string, said: Card['said']): void {
  people.data.value = people.data.value?.map((card) => (card.id === id ? { ...card, said } : card))
}

onLanguage(() => (people.data.value = undefined))

onSignOut(() => {
  people.data.value = undefined
  people.error.value = undefined
  Object.assign(filters, noFilters())
  visit.remove('filters')
})
