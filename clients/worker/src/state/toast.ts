import { reactive } from 'vue'

export const toast = reactive({ text: '', tone: 'good' as 'good' | 'bad' })
let timer: ReturnType<typeof setTimeout> | undefined

export function say(text: string, tone: 'good' | 'bad' = 'good'): void {
  clearTimeout(timer)
  Object.assign(toast, { text, tone })
  timer = setTimeout(() => (toast.text = ''), 4500)
}
