import type zh from './care.zh-CN'

const en: typeof zh = {
  title: 'Safety', lead: 'Before a date, on a date, on a bad day: we are here.', door: 'Tell somebody of a date, take a break, help lines',
  tips: { title: 'Meeting for the first time', items: ['By day, where there are people; come and go by yourself.', 'Tell somebody you trust where you are and until when.', 'Charge your phone; keep an eye on your drink.', 'Never send money, invest, lend or pass on a code.', 'Uneasy? Leave. No need to explain.'] },
  date: {
    title: 'Back-safely check', lead: 'If you do not say in time that you are back, we text the one you chose. If you do, they hear nothing.', start: 'I am going on a date', with: 'With', withNobody: 'Not said', place: 'Where', placeHint: 'A few words.', district: 'District', noDistrict: 'Not said', from: 'From', until: 'Back by', grace: 'Wait so long after that', minutes: '{n} minutes', who: 'Whom to tell', whoHint: 'What you call them', phone: 'Their phone number', phoneHint: 'Kept encrypted; no message unless needed.', save: 'That is the plan', saved: 'Noted. Have a good time',
    open: 'Out', safe: 'Back safely', told: '{name} has been asked to call', untilWords: 'Back by {at}', alarm: 'At {at} we ask {name} to call you', contact: '{name} {phone}', back: 'I am back safely', backDone: 'Good that you are back', help: 'Help: tell {name} now', helpAsk: 'Ask {name} to call now?', helpText: 'A message goes out at once. In danger call 110.', helpYes: 'Tell them', helpDone: '{name} has been told', forget: 'Delete this', forgetAsk: 'Delete this date?', forgetText: 'Nobody waits for you to check in, nobody is told.', deleted: 'Deleted by itself: {at}',
  },
  rest: { title: 'Not today', text: 'One tap and nobody sees you; you come back by yourself.', tomorrow: 'Until tomorrow', week: 'For a week', done: 'Rest well', until: 'Until {at}; then you are back by yourself', back: 'Come back now', backDone: 'Welcome back' },
  looks: { title: 'Who looked at me', text: 'About how many, no names: everybody may look in peace.', week: 'Week of {day}', none: 'Nobody yet', few: 'A few', step: '{n} or more' },
  lines: { title: 'Somebody to talk to', text: 'Tap to call.', items: { police: 'Police, in danger', fraud: 'Against fraud', women: 'Women’s rights', youth: 'Young people', mind: 'Psychological help', health: 'Health line' } },
}

export default en
