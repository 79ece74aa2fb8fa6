// Words behind the codes: hobbies, districts, educations. Asked once a visit.
import { ref } from 'vue'
import { get } from '@/api/client'
import type { Options } from '@/api/types'
import { onLanguage } from './session'

export const options = ref<Options>()
let asked: Promise<Options> | undefined

export function needOptions(): Promise<Options> {
  return asked ?? ask()
}

function ask(): Promise<Options> {
  const mine: Promise<Options> = get('dating/options').then(
    (answer) => (asked === mine ? (options.value = answer) : answer),
    (error) => {
      if (asked === mine) asked = undefined
      throw error
    },
  )
  return (asked = mine)
}

onLanguage(() => {
  if (asked) void ask().catch(() => {})
})

/** The name of a district; nothing rather than a bare number. */
export const districtName = (code: string): string => titleOf('districts', code).replace(/^\d+$/, '')

/** The title of a code; a text that is no code is shown as it is. */
export function titleOf(kind: keyof Options, code: string): string {
  return options.value?.[kind].find((option) => option.code === code)?.title ?? code
}
