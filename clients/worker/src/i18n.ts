import { createI18n } from 'vue-i18n'
import zh from './locales/zh-CN'

export type Language = 'zh-CN' | 'en'
export type Messages = typeof zh

export const i18n = createI18n<[Messages], Language, false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh } as Record<Language, Messages>,
})

export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./locales/en')).default)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
