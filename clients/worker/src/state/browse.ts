// The list I was looking at: still there, at the same place, when I come back from a profile.
import { reactive, ref } from 'vue'
import { post } from '@/api/client'
import type { Card, Filters } from '@/api/types'
import { usePaged } from '@/lib/load'
import { visit } from '@/lib/storage'
import { onSignOut } from './session'

export type Chosen = Required<Omit<Filters, 'cursor' | 'home_town'>> & { home_town: string }

export const noFilters = (): Chosen => ({
  hobbies: [], age_from: null, age_to: null, height_from: null, height_to: null, educations: [], districts: [], home_town: '', marital: [],
  order: 'newest',
})

export const filters = reactive<Chosen>({ ...noFilters(), ...visit.read<Chosen>('filters') })
export const leftToday = ref<number>()
export const people = usePaged<Card>(async (cursor) => {
  const page = await post('dating/browse', { ...filters, cursor: cursor ?? null })
  leftToday.value = page.left_today
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

export function withoutPerson(id: string): void {
  people.data.value = people.data.value?.filter((card) => card.id !== id)
}

export function markSaid(id: string, said: Card['said']): void {
  people.data.value = people.data.value?.map((card) => (card.id === id ? { ...card, said } : card))
}

onSignOut(() => {
  people.data.value = undefined
  people.error.value = undefined
  Object.assign(filters, noFilters())
  visit.remove('filters')
})
