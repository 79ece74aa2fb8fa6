// My own dating profile, shared by the pages that show and change it.
import { get } from '@/api/client'
import { useLoad } from '@/lib/load'
import { onLanguage, onSignOut } from './session'

export const mine = useLoad(() => get('dating/profile'), { now: false })

onLanguage(() => (mine.data.value = undefined))

onSignOut(() => {
  mine.data.value = undefined
  mine.error.value = undefined
})
