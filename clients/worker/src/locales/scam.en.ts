export default {
  title: 'Scam guard', door: 'How swindlers talk, how we warn, and the line 96110', lead: 'Swindlers who speak of love all tell much the same story. Here is how it goes, and how we watch out for you.',
  call: 'Call {n}, the anti-fraud line', callText: 'Not sure? Call, it takes a minute. If money has already gone, call 110 at once.',
  steps: { title: 'The three steps of the story', items: ['First warmth: good mornings, pet names, fate, a sad life; but never a meeting, never a video call.', 'Then away from here: this app is inconvenient, add me elsewhere, install this, open that link.', 'Then money: profits, inside news, earn with me; or an illness, a parcel, a bill that is just short.'] },
  ours: { title: 'How we warn', items: ['Whoever is about to send such words is asked first whether they mean it.', 'If they send them, we hold the message for you: you read the warning first, with the very words that worried us, and open it with one tap.', 'Union staff see those words only, not your conversation; and what you choose to show in a report.', 'Nobody is punished for words alone: people decide, with a reason, and there is an appeal.', 'It is sometimes wrong and sometimes misses. No warning does not mean no danger.'] },
  never: { title: 'Four things to remember', items: ['Money before you have met: take it for a swindle.', 'If you are to keep it from your family, tell your family.', 'Sure profit and inside news are never true.', 'Give nobody codes, bank cards or pictures of your ID.'] },
  pause: { title: 'You cannot begin new conversations for now', until: 'Ends by itself at {at}. Those you have go on.', why: 'Why', receipt: 'Receipt {n}', text: 'A mistake? Write one sentence; a person reads it', hint: 'For example: I teach people about fraud.', send: 'Ask a person', done: 'Received; a person reads it and answers', textFirst: 'Please write one sentence' },
  say: { fine: 'I know, it is fine', afraid: 'I am worried' },
  unfold: 'I have read this; open the message',
  said: { fine: 'Noted', afraid: 'Thank you for saying so; the union will keep an eye on it' },
}
