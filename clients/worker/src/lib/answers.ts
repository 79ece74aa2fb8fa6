// Forms that an organiser wrote: which questions are asked now, and which still want an answer. The server checks all of it again.
import type { Question } from '@/api/types'

export type Answer = string | string[]
export type Answers = Record<string, Answer>

const given = (value: Answer | undefined): string[] => (Array.isArray(value) ? value : value ? [value] : [])

/** A question that hangs on another one's answer is asked only when that one is asked and answered so. */
export function askedNow(questions: Question[], answers: Answers): Question[] {
  const asked = new Set<string>()
  return questions.filter(({ code, when }) => {
    const isAsked = !when || (asked.has(when.question) && given(answers[when.question]).some((answer) => when.answers.includes(answer)))
    if (isAsked) asked.add(code)
    return isAsked
  })
}

/** What is sent: only what is asked, without stray spaces. What was typed into a question now hidden stays on the phone. */
export function toSend(questions: Question[], answers: Answers): Answers {
  const tidy = (value: Answer) => (typeof value === 'string' ? value.trim() : value)
  return Object.fromEntries(askedNow(questions, answers).map(({ code }) => [code, tidy(answers[code] ?? '')]).filter(([, value]) => value?.length))
}

/** The codes of questions that must be answered and are not. */
export function unanswered(questions: Question[], answers: Answers): string[] {
  const sent = toSend(questions, answers)
  return askedNow(questions, answers).filter(({ code, required }) => required && !(code in sent)).map(({ code }) => code)
}
