// The weekly list and the live programme.
export default {
  title: 'Singles of the week', door: 'This week’s list: a number is enough', lead: 'Everybody here agreed to be listed and is verified three times. No contacts; numbers are drawn anew each week.',
  town: 'Which district', number: 'No. {n}', wishes: 'Wishes for', none: 'No list here this week', noneText: 'As soon as somebody agrees to be listed there is one, next Monday. You could begin.',
  empty: 'Nobody on this list whom you can see', emptyText: 'Colleagues, people blocked and your own sex are not shown. Try another district?', until: 'Until {day} · {by}',
  ask: 'I would like to know them', asked: 'You asked', askedText: 'Only if they say yes too will either of you know.', takeBack: 'Take back', mutual: 'You both said yes: have a look', said: 'Done. If they say yes too, you will be told', hotline: 'Rather by phone? Call the union’s hotline 12351 and say the number.',
  toMine: 'Put me on the list', toAsked: 'Who would like to know me',
  mine: {
    title: 'Put me on the list', lead: 'One line is enough. A draft is made every Monday, and published once staff have looked at it.', says: 'One line about yourself', saysHint: 'For example: grew up in Longjing, in the hills every weekend. No name, firm or phone.', wishes: 'Whom would you like to meet', wishesHint: 'May stay empty.',
    photo: 'Show a photo', photoText: 'Off unless you wish. Signed-in singles then see your first photo.', open: 'Also on the printed, public list', openText: 'Anybody can read it, colleagues too. Only number, age band, trade and your lines; no nickname, no photo.',
    keep: 'Put me on', change: 'Keep for the next list', kept: 'Done: you are on the next list', on: 'You agreed to be listed', number: 'This week you are number {n} ({town})', soon: 'Waiting for the next list', leave: 'Leave the list', leaveAsk: 'Leave the list?', leaveText: 'You are gone from every list at once, and so are those who asked. You may come back at any time.', left: 'You are off the list, everywhere',
    out: 'Not on this week’s list', outWhy: 'Staff say: {reason}', outNext: 'Change your words; the next list begins anew. If you disagree, another person looks again.', object: 'Let somebody else look', objectHint: 'Your reason', objected: 'Sent: another person looks at it', district: 'Lists go by district: please choose yours in your profile first', toEdit: 'Choose a district',
  },
  asking: {
    title: 'Who would like to know me', lead: 'What you answer only you know; if both say yes, both are told.', none: 'Nobody has asked yet', noneText: 'Who would like to know you is asked about here, in private.', yes: 'I would like to', no: 'No, thank you', saidYes: 'You said yes', saidNo: 'You said no; they will not know', pair: 'You both said yes!', byCall: 'By the union’s hotline', until: 'You may change it until {day}',
    calls: 'Did you call the hotline?', callText: '{at}: somebody called from your number about No. {n} in {town}. Was it you? Nobody is asked before you say so.', me: 'It was me', notMe: 'Not me', meSaid: 'Done: they are asked in private', notMeSaid: 'Done: the note is deleted',
  },
}
