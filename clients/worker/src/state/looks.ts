// How the app looks and speaks: kept on the device, and with the account once signed in.
import { reactive, watch } from 'vue'
import { hostWantsLargeType } from '@/api/host'
import { device } from '@/lib/storage'
import { type Language, setLanguage } from '@/i18n'

export type Theme = 'system' | 'light' | 'dark'
interface Looks {
  language: Language
  large: boolean
  theme: Theme
}

export const looks = reactive<Looks>({ language: 'zh-CN', large: false, theme: 'system', ...device.read<Looks>('looks') })
const systemDark = window.matchMedia('(prefers-color-scheme: dark)')

function apply() {
  const dark = looks.theme === 'dark' || (looks.theme === 'system' && systemDark.matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.documentElement.dataset.type = looks.large ? 'large' : 'normal'
}

export async function startLooks(): Promise<void> {
  apply()
  systemDark.addEventListener('change', apply)
  watch(looks, (now) => {
    apply()
    device.write('looks', now)
    void setLanguage(now.language)
  })
  void hostWantsLargeType().then((large) => large && (looks.large = true))
  await setLanguage(looks.language)
}
