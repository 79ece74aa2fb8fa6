// Which fields belong to which section of the profile editor.
import type { MyProfile } from '@/api/types'

export const PARTS = ['basics', 'life', 'hobbies', 'about', 'wishes'] as const
export type Part = (typeof PARTS)[number]

const FIELDS = {
  basics: ['nickname', 'trade', 'height_cm', 'education', 'home_town', 'district'],
  life: ['marital', 'children', 'smoking', 'drinking'],
  hobbies: ['hobbies'],
  about: ['about'],
  wishes: ['wish_text', 'wishes'],
} as const satisfies Record<Part, readonly (keyof MyProfile)[]>

export type Fields = Pick<MyProfile, (typeof FIELDS)[Part][number]>

// What I wrote, also where others read something else until it was looked at.
export function fieldsOf(part: Part, profile: MyProfile): Partial<Fields> {
  const held = Object.fromEntries(profile.held.map((one) => [one.field, one.text]))
  return Object.fromEntries(FIELDS[part].map((field) => [field, held[field] ?? profile[field]]))
}
