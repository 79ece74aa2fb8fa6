import type zh from './circle.zh-CN'

const en: typeof zh = {
  title: 'Circle', lead: 'People who share something with you. Whom you may not see elsewhere, you do not see here.', door: 'Same town, trade, school or hobby',
  kind: { town: 'From {value} too', trade: 'Same trade: {value}', school: 'Same school: {value}', outing: 'Were where you were', hobby: 'Also like {value}' },
  link: { town: 'Both from {value}', trade: 'Both {value}', school: 'Both went to {value}', outing: 'At the same activity on {day}', hobby: 'Both like {value}' },
  stated: 'in their own words', checked: 'both checked in', step: '{n} or more', few: 'A few', none: 'Nothing links you to anybody yet', noneText: 'Fill in your home town, work and hobbies, and the circle grows.', fill: 'Fill in',
  people: 'People', empty: 'Nobody you may see right now', emptyText: 'Come back in a few days; new people come every day.', left: '{n} more new people today',
  ties: { title: 'More that links', school: 'A school you went to', schoolHint: 'Shown as said by yourself. Leave it empty if you like.', outing: 'Activities you both went to', outingText: 'Only those who switched it on too learn that you were at the same one. Only of ten people or more.', save: 'Save', saved: 'Saved' },
}

export default en
