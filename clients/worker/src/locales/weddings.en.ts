// Group weddings: two apply together, each with their own yes; how a name is shown is one's own choice.
export default {
  title: 'Group weddings', lead: 'Weddings the union holds. One applies, the other says yes on their own phone.', enterHere: 'Marry together with many others', none: 'No group wedding at present', noneText: 'When there is a day, it stands here.',
  by: 'By {name}', until: 'Apply until {at}', free: '{n} places left', full: 'All places are taken', over: 'Applying is over', how: 'How to apply',
  phone: 'The other’s phone number', phoneHint: 'One text message that names nobody. They sign in with that number and say yes; without an answer it is deleted after 14 days.', apply: 'We apply', applied: 'Done. Now the other says yes on their phone',
  asked: { title: 'Somebody applied with you', text: '“{title}”, with your phone number. Is it your other half?', yes: 'Yes, together', no: 'No', joined: 'You apply together now', refused: 'Deleted' },
  state: { asked: 'The other has not said yes yet', joined: 'Both said yes. Please show your certificate at the union', seen: 'Certificate seen. A place is to be confirmed', confirmed: 'You have a place. Congratulations!' },
  receipt: 'Receipt {n}', shows: 'My name on the published list', show: { none: 'Do not publish', full: 'My full name', masked: 'My family name only', hidden: 'Not my name (“newly-wed”)' }, shown: 'Kept', leave: 'We withdraw', leaveAsk: 'Withdraw?', leaveText: 'The application of both is taken back; the place goes to others.', left: 'Withdrawn',
  list: 'The couples', listOf: '{title} · the couples', somebody: 'newly-wed', listNone: 'Nobody has agreed to be named yet', listLead: 'Only those who both agreed stand here.',
}
