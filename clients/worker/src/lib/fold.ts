// Lines that read the same, one after the other, are one line that says how often.
export interface Folded<T> {
  one: T
  times: number
}

export function fold<T>(rows: readonly T[], reads: (row: T) => string): Folded<T>[] {
  const found: Folded<T>[] = []
  for (const one of rows) {
    const last = found[found.length - 1]
    if (last && reads(last.one) === reads(one)) last.times += 1
    else found.push({ one, times: 1 })
  }
  return found
}
