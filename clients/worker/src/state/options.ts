// Words behind the codes: hobbies, districts, educations. Asked once a visit.
import { ref, watch } from 'vue'
import { get } from '@/api/client'
import type { Options } from '@/api/types'
import { looks } from './looks'

export const options = ref<Options>()
let asked: Promise<Options> | undefined

export function needOptions(): Promise<Options> {
  asked ??= get('dating/options').then(
    (answer) => (options.value = answer),
    (error) => {
      asked = undefined
      throw error
    },
  )
  return asked
}

watch(() => looks.language, () => {
  if (!asked) return
  asked = undefined
  void needOptions().catch(() => {})
})

/** The name of a district; nothing rather than a bare number. */
export const districtName = (code: string): string => titleOf('districts', code).replace(/^\d+$/, '')

/** The title of a code; a text that is no code is shown as it is. */
export function titleOf(kind: keyof Options, code: string): string {
  return options.value?.[kind].find((option) => option.code === code)?.title ?? code
}
