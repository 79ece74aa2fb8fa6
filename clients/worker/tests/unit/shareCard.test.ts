// Text on the card to share breaks where the card ends, and never runs over it.
import { describe, expect, it } from 'vitest'
import { broken } from '@/views/activities/shareCard'

const upTo = (most: number) => (part: string) => [...part].length <= most

describe('text on the card', () => {
  it('breaks Chinese between any two characters', () => {
    expect(broken('西溪湿地冬日徒步', upTo(5), 3)).toEqual(['西溪湿地冬', '日徒步'])
  })
  it('keeps a time whole', () => {
    expect(broken('周六 09:00–13:00', upTo(12), 2)).toEqual(['周六 ', '09:00–13:00'])
  })
  it('ends with an ellipsis when there is too much', () => {
    expect(broken('一二三四五六七八九十', upTo(4), 2)).toEqual(['一二三四', '五六七…'])
  })
  it('loses nothing when it fits', () => {
    expect(broken('茶', upTo(4), 2).join('')).toBe('茶')
  })
})
