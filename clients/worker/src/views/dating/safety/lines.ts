// Numbers that are the same all over China; a tap calls.
export const LINES = [
  { key: 'police', number: '110' },
  { key: 'fraud', number: '96110' },
  { key: 'women', number: '12338' },
  { key: 'youth', number: '12355' },
  { key: 'mind', number: '12356' },
  { key: 'health', number: '12320' },
] as const
