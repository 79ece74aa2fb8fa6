type Choice = { value: number | null; title: string }

export const AGES = { from: 18, to: 70 }
export const HEIGHTS = { from: 140, to: 210 }

export function rangeChoices({ from, to }: { from: number; to: number }, any: string, unit: string): Choice[] {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  return [{ value: null, title: any }, ...numbers.map((value) => ({ value, title: `${value} ${unit}` }))]
}

/** From above to is a slip of the finger: put them right. */
export function inOrder(from: number | null, to: number | null): [number | null, number | null] {
  return from !== null && to !== null && from > to ? [to, from] : [from, to]
}
