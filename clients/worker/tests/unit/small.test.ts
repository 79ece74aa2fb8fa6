import { describe, expect, it } from 'vitest'
import { chinaDay, dayPart, formatDay, formatMoment } from '@/lib/dates'
import { fold } from '@/lib/fold'
import { isIdNumber, plainIdNumber } from '@/lib/identity'
import { inOrder, rangeChoices } from '@/lib/ranges'
import { afterSignIn } from '@/lib/ways'
import { countFilters, noFilters } from '@/state/browse'

describe('dates', () => {
  it('are those of China, wherever the phone is', () => {
    expect(chinaDay(new Date('2026-11-21T16:30:00Z'))).toBe('2026-11-22')
    expect(formatDay('2026-11-21T16:30:00Z', 'zh-CN')).toBe('2026年11月22日')
    expect(formatDay('2026-11-22', 'zh-CN')).toBe('2026年11月22日')
  })

  it('show the hour today and the day otherwise', () => {
    const now = new Date('2026-11-22T12:00:00+08:00')
    expect(formatMoment('2026-11-22T00:05:00+08:00', 'zh-CN', now)).toBe('00:05')
    expect(formatMoment('2026-11-21T23:59:00+08:00', 'zh-CN', now)).toBe('2026年11月21日')
  })

  it('stay silent about what is no date', () => {
    expect([formatDay(null, 'en'), formatDay('', 'en'), formatDay('soon', 'en'), formatMoment('soon', 'en')]).toEqual(['', '', '', ''])
  })

  it('greet by the hour in China', () => {
    const at = (hour: string) => dayPart(new Date(`2026-11-22T${hour}:00:00+08:00`))
    expect(['00', '05', '11', '14', '18', '23'].map(at)).toEqual(['night', 'morning', 'noon', 'afternoon', 'evening', 'night'])
  })
})

describe('ID numbers', () => {
  it('are checked by their last character', () => {
    expect(isIdNumber('11010519491231002X')).toBe(true)
    expect(isIdNumber('110105 19491231 002x')).toBe(true)
    expect(isIdNumber('110105194912310021')).toBe(false)
    expect(isIdNumber('123')).toBe(false)
    expect(plainIdNumber(' 11010519491231002x ')).toBe('11010519491231002X')
  })
})

describe('ranges', () => {
  it('are put right when from and to were swapped', () => {
    expect(inOrder(40, 30)).toEqual([30, 40])
    expect(inOrder(null, 30)).toEqual([null, 30])
  })

  it('offer every number and the choice of none', () => {
    expect(rangeChoices({ from: 18, to: 20 }, '不限', '岁').map((choice) => choice.value)).toEqual([null, 18, 19, 20])
  })
})

describe('the way after sign-in', () => {
  it('stays inside the app', () => {
    expect(afterSignIn('/dating?x=1')).toBe('/dating?x=1')
    expect(afterSignIn('//evil.example')).toBe('/')
    expect(afterSignIn('https://evil.example')).toBe('/')
    expect(afterSignIn(['/a'])).toBe('/')
  })
})

describe('filters', () => {
  it('count the conditions and not the order', () => {
    expect(countFilters(noFilters())).toBe(0)
    expect(countFilters({ ...noFilters(), hobbies: ['a', 'b'], age_to: 40, order: 'active' })).toBe(2)
  })
})

describe('lines that read the same', () => {
  it('are one that says how often, and only while nothing else stands between them', () => {
    const folded = fold(['a', 'a', 'b', 'a'], (row) => row)
    expect(folded).toEqual([{ one: 'a', times: 2 }, { one: 'b', times: 1 }, { one: 'a', times: 1 }])
  })
})
