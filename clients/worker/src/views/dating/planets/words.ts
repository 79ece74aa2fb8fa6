// Counts in steps, in words.
export const members = (step: string, t: (key: string, named: Record<string, unknown>) => string): string =>
  step === 'none' ? t('planets.nobody', {}) : step === 'few' ? t('planets.few', {}) : t('planets.step', { n: step })
