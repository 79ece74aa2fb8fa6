// Chinese resident ID numbers: eighteen characters, the last one checks the others. The server decides; this only saves a trip.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

export const plainIdNumber = (text: string): string => text.replace(/\s/g, '').toUpperCase()

export function isIdNumber(text: string): boolean {
  const number = plainIdNumber(text)
  if (!/^\d{17}[\dX]$/.test(number)) return false
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0)
  return CHECKS[sum % 11] === number[17]
}
