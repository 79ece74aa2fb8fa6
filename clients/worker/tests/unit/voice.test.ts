import { describe, expect, it } from 'vitest'
import { MOST_SECONDS, muLaw, RATE, wavOf } from '@/lib/voice'

function heard(code: number): number {
  const value = ~code & 0xff
  const size = (((value & 0x0f) << 3) + 132) << ((value >> 4) & 7)
  return (value & 0x80 ? 132 - size : size - 132) / 32_768
}

describe('a voice note', () => {
  it('sounds as it was spoken, loud or soft', () => {
    for (let level = -1; level <= 1; level += 0.001) {
      expect(Math.abs(heard(muLaw(level)) - level)).toBeLessThan(0.03 * Math.abs(level) + 0.002)
    }
  })

  it('is a file of exactly the kind that the server takes', () => {
    const file = wavOf(new Float32Array(RATE))
    const view = new DataView(file.buffer)
    expect(String.fromCharCode(...file.slice(0, 4), ...file.slice(8, 16))).toBe('RIFFWAVEfmt ')
    expect([20, 22, 32, 34].map((at) => view.getUint16(at, true))).toEqual([7, 1, 1, 8])
    expect([24, 28, 54].map((at) => view.getUint32(at, true))).toEqual([RATE, RATE, RATE])
    expect(view.getUint32(4, true)).toBe(file.length - 8)
  })

  it('ends after a minute, whatever was recorded', () => {
    expect(wavOf(new Float32Array(RATE * (MOST_SECONDS + 9))).length).toBe(58 + RATE * MOST_SECONDS)
  })
})
