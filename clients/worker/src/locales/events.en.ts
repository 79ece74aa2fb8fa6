import type zh from './events.zh-CN'

const en: typeof zh = {
  title: 'Dating events', lead: 'Held by unions, among verified singles.', enterHere: 'Mutual selection, evenings, online talks', enterHereText: 'Dating events of the unions', none: 'Nothing on just now', noneText: 'Your union is preparing more.',
  kind: { selection: 'Mutual selection', evening: 'Speed-dating evening', online: 'Online, one to one' },
  state: { ahead: 'Entering', open: 'Open now', closed: 'Closed', cancelled: 'Cancelled' },
  by: 'By {name}', gig: 'For gig workers', mine: 'I take part', line: 'In line', free: '{n} places left', full: 'Full',
  how: {
    title: 'How it goes', secret: 'Whom you choose is known to you alone; staff cannot read it.',
    selection: ['From {from} to {to}: look at the cards and choose up to {n}.', 'At the close, two who chose each other learn of it together.', 'Whatever was not returned is destroyed on the spot.'],
    rounds: ['{rounds} rounds of {minutes} minutes; at the bell comes the next.', 'After each talk tap “again” in private, or do not.', 'At the end only two who both would know of it.'],
  },
  enter: 'Take part', wait: 'Wait in line', entered: 'You are in', waiting: 'You are in line; we tell you when there is room', withdraw: 'Not after all', withdrawAsk: 'Not take part?', withdrawText: 'All you chose here is deleted and your place goes to somebody else.', withdrawn: 'You are out', number: 'Your number', choose: 'See the cards', room: 'To the room', opensAt: 'Begins {at}',
  choosing: { title: 'Cards', left: '{n} more to choose', none: 'All chosen', pick: 'Choose', picked: 'Chosen', unpick: 'Take back', chosen: 'My choices', chosenLead: 'Only you see them.', chosenNone: 'None yet', end: 'That was everybody', empty: 'Nobody else yet', emptyText: 'People are coming in; look again in a while.' },
  receipt: { title: 'My receipt', lead: 'After the close anybody can check with the published fingerprints that their choice was counted. The receipt is yours alone.', copy: 'Copy the receipt', copied: 'Copied; keep it for yourself' },
  result: { title: 'Result', found: 'Somebody chose you too!', foundText: 'See who it is; say hello when you like.', go: 'See who', none: 'Nobody you chose had chosen you this time. It says nothing about you. What you chose has been destroyed.', figures: '{people} took part, {pairs} pairs.', proof: 'Published commitment' },
  second: { title: 'One more chance', lead: 'Somebody who may suit you. Whatever you say, they will not know, unless both say yes.', yes: 'I would', no: 'No, thanks', said: { yes: 'You said yes', no: 'You said no' }, pair: 'You both would!', until: 'Can be changed until {at}' },
  evening: {
    waiting: 'Waiting for the host', waitingText: 'Tell the staff that you are here. Your number is', table: 'Table {n}', videoRoom: 'Room {n}', round: 'Round {n} of {all}', left: 'Left', over: 'Time is up: to the next table', overOnline: 'Time is up: wait for the next', rest: 'You rest in this round', next: 'Next: table {n}', nextOnline: 'Next: room {n}', again: 'Meet again', againYes: 'Again', secret: 'In private: they will not know unless they would too.', end: 'It is over', toResult: 'To the result', host: 'Host', gone: 'They have left',
  },
  call: { start: 'Turn the camera on and go in', hint: 'Only the two of you see and hear it. Nothing is recorded.', waiting: 'Waiting for the other', on: 'Connected', failed: 'No connection: tell the host, or try another network', noCamera: 'The camera or microphone is off; please allow it in the settings', mine: 'Me', theirs: 'The other', leave: 'Leave this call', leaveAsk: 'Leave this call?', leaveText: 'At any time, without a reason. The next round goes on.', leftNow: 'You have left; the next round goes on', report: 'Report', mute: 'Mute', unmute: 'Unmute' },
}
export default en
