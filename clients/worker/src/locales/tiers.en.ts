import type zh from './tiers.zh-CN'

const en: typeof zh = {
  title: 'Member tiers', lead: 'Only what is verified and how you behave. Never paid for, never by time online.', door: 'What the four mean, and what to do next', mine: 'You are', reached: 'Reached', fall: 'It falls when a fact falls or a report is upheld, and comes back when that is mended.',
  of: {
    registered: { title: 'Registered', text: 'A profile, nothing verified. Nobody sees you, you see nobody.' },
    real: { title: 'Real person', text: 'It is really you. Verify your employer and pledge to be single to look around.' },
    triple: { title: 'Verified three times', text: 'A real person, the employer, single: all three verified.' },
    at_ease: { title: 'At ease', text: 'All three for 90 days, no report upheld, came when a place was taken.' },
  },
  lacks: { real_person: 'Verify that it is you', employer: 'Verify your employer', single: 'Pledge to be single', days: 'On {day} all three have stood for 90 days; it comes by itself', conduct: 'A report was upheld; gone after a year or a successful appeal', absence: 'Places were left empty; gone by itself' },
}

export default en
