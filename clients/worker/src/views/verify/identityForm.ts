// Name and ID number, shared by both ways of the real-person step. The number is never written to the phone.
import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useDraft } from '@/lib/draft'
import { isIdNumber, plainIdNumber } from '@/lib/identity'

export function useIdentityForm() {
  const { t } = useI18n()
  const draft = useDraft('identity', { legal_name: '', id_number: '' }, ['id_number'])
  const tried = ref(false)
  const nameProblem = computed(() => (tried.value && draft.value.legal_name.trim().length < 2 ? t('person.nameWrong') : ''))
  const numberProblem = computed(() => (tried.value && !isIdNumber(draft.value.id_number) ? t('person.numberWrong') : ''))
  function ready(): boolean {
    tried.value = true
    return !nameProblem.value && !numberProblem.value
  }
  const body = () => ({ legal_name: draft.value.legal_name.trim(), id_number: plainIdNumber(draft.value.id_number) })
  return { form: draft.value, clear: draft.clear, nameProblem, numberProblem, ready, body }
}
