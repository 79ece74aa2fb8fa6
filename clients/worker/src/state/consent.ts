// The server refuses what it has no consent for, and names the purpose. We ask right there, for that one purpose, and go on.
import { shallowReactive } from 'vue'
import { get, wiring } from '@/api/client'
import type { Consent } from '@/api/types'

export const question = shallowReactive<{ consent: Consent | null; answer: (given: boolean) => void }>({ consent: null, answer: () => {} })

wiring.askConsent = async (purpose) => {
  const { items } = await get('consents')
  const consent = items.find((item) => item.purpose === purpose)
  if (!consent || question.consent) return false
  return new Promise((done) => {
    question.consent = consent
    question.answer = (given) => {
      question.consent = null
      done(given)
    }
  })
}
