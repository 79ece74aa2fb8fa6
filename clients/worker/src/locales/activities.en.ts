import type zh from './activities.zh-CN'

const en: typeof zh = {
  title: 'Activities', one: 'Activity', why: 'Why it is here', online: 'Online', km: 'about {n} km', filter: 'Choose', show: 'Show activities', district: 'District', topics: 'Kinds', about: 'About it', programme: 'Programme',
  by: 'By {name}', free: 'Free of charge', paid: 'Free for you; the union pays about {n} yuan each', onlineHow: 'Live online; open from half an hour before', map: 'Map', calledOff: 'Called off: {reason}', photos: 'Photos', photo: '{title}, photo {n}', calendar: 'Calendar',
  nav: { all: 'What is on', mine: 'My activities' },
  order: { label: 'Order', soon: 'Soon', near: 'Near me', for_me: 'For me', nearHow: 'Your place is rounded to about a kilometre and not kept.', own: 'In my own order', how: 'By the kinds and district you chose and what you came to before. Off: in time.', unknown: 'Your phone did not tell where you are; choose a district instead' },
  taste: { open: 'Say what I like', title: 'What I like', lead: 'Used for the order only; nobody else sees it.' },
  days: { label: 'When', any: 'Any time', today: 'Today', tomorrow: 'Tomorrow', weekend: 'This weekend', week: 'Within 7 days', month: 'Within 30 days' },
  where: { label: 'Online or there', any: 'Either', offline: 'There', online: 'Online' },
  none: { title: 'Nothing on just now', text: 'Your union is preparing more. Look again in some days.', filtered: 'Nothing fits exactly', filteredText: 'Loosen one or two filters.', near: 'Nothing within 30 km', nearText: 'Have a look at “Soon”; some are online.' },
  festival: { title: 'Festival', line: '{days}, tap to see it all', of: 'Part of “{title}”, see all' },
  window: { soon: 'Opens {at}', closed: 'Registration closed', cancelled: 'Called off', over: 'Over' },
  places: { free: '{n} places left', few: 'Only {n} places left', full: 'Full', lottery: 'Lottery for {n} places', approval: 'By approval, {n} places' },
  state: { booked: 'Registered', held: 'Kept for you', offered: 'A place for you', waiting: 'Waiting list', asked: 'Being looked at', entered: 'In the lottery', unlucky: 'Not drawn', refused: 'Not accepted', called_off: 'Called off' },
  who: { title: 'Who may come', lacking: 'One step is missing:' },
  rules: {
    title: 'How places are given', first_come: 'First come, first served.', approval: 'The organiser looks at each registration and tells you.', lottery: 'Drawn after registration closes; early or late is the same, and anybody can recompute it.', left: '{free} of {capacity} left.', capacity: '{capacity} places.',
    first: 'First: {groups}.', waiting: 'When full there is a waiting list, in order.', waitingNow: 'When full there is a waiting list ({n} waiting), in order.', party: 'You may bring {n}.', opens: 'Opens {at}.', closes: 'Closes {at}.', cancel: 'Give it back until {at}.',
  },
  act: { verify: 'Get verified first', register: 'Register', enter: 'Enter the lottery', wait: 'Join the waiting list', full: 'Full, and there is no waiting list. Have a look at the others.', soon: 'Not open yet. Put it into your calendar.' },
  way: { mine: 'My activities', verify: 'Get verified', others: 'Other activities' },
  count: { fewer: 'One fewer', more: 'One more' },
  form: { optional: '{title} (optional)', yes: 'Yes', no: 'No', satisfied5: 'Very satisfied', satisfied4: 'Satisfied', satisfied3: 'So-so', satisfied2: 'Not quite satisfied', satisfied1: 'Not satisfied', choose: 'Please choose', missing: 'Please fill this in', count: '{n} to fill in, marked in red. The rest is kept.' },
  register: {
    title: 'Register', send: 'Register', full: 'All places are taken. Join the waiting list: when somebody gives one back, you are told in order.', guests: 'Who comes along', guestsHint: 'Up to {n}, they need no account. Alone? Leave it at 0.', tooMany: 'Too many, please take fewer', parts: 'Which parts', partsHint: 'Tick those you come to; each has its own places.', secret: 'Kept encrypted; only staff of this activity can read it, and every look is recorded.',
    booked: 'Done, see you there', waiting: 'You are on the waiting list', asked: 'We have it; the organiser tells you', entered: 'You are in the lottery', held: 'A place is kept; please confirm soon',
  },
  mine: {
    title: 'My activities', ahead: 'Coming up', past: 'Past', empty: 'Nothing yet', emptyText: 'Choose one you like.', look: 'See what is on', kept: 'No network: this is what you saw last.', offline: 'My tickets, without a network', with: '{n} with you', arrived: 'You came', absent: 'Not there',
    offered: 'A place came free for you! Say yes by {at}, then it goes to the next.', accept: 'I come', confirmed: 'The place is yours', inLine: 'You are number {n} in line; we tell you.', waiting: 'You are in line; we tell you.', asked: 'The organiser is looking at it and tells you.', entered: 'You are in the lottery; we tell you.',
  },
  ticket: {
    title: 'My ticket', fresh: 'Done. Here is your ticket', see: 'My ticket', picture: 'Ticket for {title}', show: 'Show it at the door', used: 'Let in', party: '{n} of you, come together', bring: 'What to bring', bringId: 'Your phone and an ID; the name may be checked.', works: 'Kept on this phone, it opens without a network.', needsNet: 'This picture changes, so connect before you come in.',
    kept: 'No network; this ticket works all the same.', stale: 'No network, so the picture is old. Give your name at the door.', more: 'About the activity',
  },
  cancel: {
    act: { booked: 'Give it back', offered: 'Leave it to the next', held: 'Give it back', waiting: 'Leave the line', asked: 'Withdraw', entered: 'Leave the lottery' }, yes: 'Yes', done: 'Done; the next one gets it', late: 'Too late to give it back here. Please tell the organiser.',
    place: { ask: 'Give your place back?', text: 'It goes to the next at once; to come you would register again.' }, line: { ask: 'Leave?', text: 'To come back you would queue again.' },
  },
  share: { act: 'Tell others', copied: 'Link copied', picture: 'As a picture', alt: 'Picture to share: {title}', scan: 'Scan to read more and register', hold: 'Hold the picture to save or send it. Nothing about you is on it.', send: 'Send', save: 'Save the picture' },
  addons: {
    title: 'Beside your place', left: '{n} left', none: 'Used up; you can wait for one', line: 'Used up, {n} waiting', waits: 'You wait for it; your place is sure all the same.', choose: 'Take it off and register again, or leave it and tap once more: then you wait for it.', mine: 'Beside my place', waiting: '{n} still waited for', drop: 'Give back', dropWhich: 'Give back “{title}”', given: 'Given back; the next in line has it',
  },
  pass: {
    act: 'Pass it on to a colleague', guest: 'A ticket of their own for guest {n}', title: 'Pass it on', guestTitle: 'A ticket for your guest', how: 'Let your colleague scan this, or send the link. Once they say yes the place is theirs and your ticket is void at once.', guestHow: 'Is your guest a colleague? By this they get a ticket of their own; yours stays as it is.', all: 'All {n} places, yours and your guests’, go together.', until: 'Works once, until {at}; then tap again for a new one.', picture: 'QR code to pass the place on', send: 'Send it', words: 'I cannot come to “{title}”; my place is for you:', copied: 'Copied; send it to your colleague',
  },
  take: {
    title: 'A place for you', lead: 'A colleague cannot come and would like you to have the place.', size: '{n} places, for you and guests', addons: 'With it: {what}', signIn: 'Sign in to take it.', toSignIn: 'Sign in', lacking: 'This is not for everybody. What is missing:', yes: 'I am coming', until: 'This link works until {at}; the first to say yes has the place.', done: 'The place is yours',
  },
  lottery: {
    title: 'Check the draw yourself', lead: 'Nobody can tamper with it. This is why.', how: 'How the lottery works', sealed: 'The sealed fingerprint', sealedHow: 'Published before registration opened; a single changed letter would show.', drawn: 'The draw', figures: '{entrants} entries, {winners} drawn.', recompute: 'Draw it again on my phone', right: 'Right: exactly what was published.', wrong: 'It does not agree! Please send the union a screenshot.', mineDrawn: 'Your number was drawn:', mineNot: 'Your number was not drawn:', save: 'Download all of it', script: 'Or use the public script docs/lottery/recompute.py.', notYet: 'Not drawn yet. It is published here after registration closes.',
    points: ['Before it opens, a secret number is sealed and its “fingerprint” published.', 'Your own phone draws your number; the organiser cannot choose it.', 'After the close the secret is revealed and puts all numbers in order; the first ones are drawn.', 'Anybody can do it again and must get the same.'],
  },
  survey: { title: 'How was it?', act: 'How was it? (three minutes)', lead: 'Three minutes, for a better next time.', secret: 'Anonymous: nobody knows which one is yours.', send: 'Send', done: 'Thank you', doneText: 'We read all of it.', closed: 'Nothing to fill in', closedText: 'You answered already, or the time is over.' },
  certificate: { given: 'With a certificate: {title}', open: 'My certificate' },
  live: {
    title: 'Live', act: 'Watch live', enter: 'Watch', counts: 'Coming in counts as being there; how long you stay is not recorded.', stream: '{title}, live', outside: 'Cannot see it? Open it outside', early: 'Not on yet. Open from half an hour before.', over: 'It is over, thank you for coming.', questions: 'Questions', ask: 'Ask the lecturer', askHint: 'Without your name; shown once staff let it through.', send: 'Ask', asked: 'We have your question', none: 'No questions yet', textFirst: 'Two characters at least',
    state: { waiting: 'Mine: being looked at', shown: 'Mine: shown', answered: 'Mine: answered', left: 'Mine: not taken this time' },
  },
  absences: {
    title: 'Places I did not use', lead: 'Things come up; everybody understands.', none: 'None at all', noneText: 'You came whenever you said so.', held: 'Others go first for a while', over: 'Over', what: 'What it means', reason: 'Why', until: 'Until', remedy: 'What to do', receipt: 'Receipt', outcome: 'Outcome', ask: 'Ask for another look', appeal: 'Ask another person', missed: 'Not used', explain: 'Explain', explainWhich: 'Explain: {title}', excused: 'Excused', asked: 'Being looked at',
    to: 'Not there? Tell us', how: 'Ill, working late, or you were there after all: a person looks at it and tells you.', text: 'What happened', textHint: 'A sentence or two.', textFirst: 'A sentence, please', send: 'Send', sent: 'Receipt {receipt}; you hear from us by {day}',
  },
}

export default en
