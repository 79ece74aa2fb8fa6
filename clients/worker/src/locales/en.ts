import type { Messages } from '@/i18n'
import activities from './activities.en'
import chat from './chat.en'
import care from './care.en'
import circle from './circle.en'
import scam from './scam.en'
import planets from './planets.en'
import tiers from './tiers.en'
import events from './events.en'
import weekly from './weekly.en'
import venues from './venues.en'
import live from './live.en'
import held from './held.en'
import help from './help.en'
import weddings from './weddings.en'

const en: Messages = {
  activities,
  chat,
  care,
  circle,
  scam,
  planets,
  tiers,
  events,
  weekly,
  venues,
  live,
  held,
  help,
  weddings,
  app: {
    name: 'Niangjia', back: 'Back', close: 'Close', cancel: 'Not now', ok: 'OK', save: 'Save', more: 'Show more', tomorrow: 'That is enough new people for one day. The others are here tomorrow.', retry: 'Try again', loading: 'Loading, one moment',
    offline: 'You are offline. What you typed is still here.',
  },
  nav: { label: 'Main', home: 'Home', dating: 'Dating', inbox: 'Inbox', me: 'Me', unread: 'unread' },
  demo: { label: 'Demo', text: 'This is a demo city; everybody in it is made up.', inbox: 'Open the pretend text messages' },
  error: {
    offline: { message: 'Your phone is offline', next: 'Connect and tap “Try again”. What you typed is still here.' },
    unreachable: { message: 'Niangjia cannot be reached just now', next: 'The line may be weak. Try again soon; what you typed is still here.' },
    timeout: { message: 'No answer came for too long', next: 'The line may be slow. Please try again.' },
    unexpected: { message: 'Something went wrong, and it was not you', next: 'Please try again in a while. If it stays, tell your union.' },
    wait: 'Please try again in {n} seconds.', waitMinutes: 'Please try again in {n} minutes.', waitHours: 'Please try again in {n} hours.', waited: 'You can try again now.',
  },
  welcome: {
    title: 'Come home', lead: 'What matters to a worker matters to the family.', enter: 'Come in', free: 'Everything is free, from the union to its workers.',
    activities: { title: 'What your union has on', text: 'Free, registered in a minute' },
    dating: { title: 'Meet someone who fits', text: 'Verified single workers only; take your time' },
    verify: { title: 'Show that you are you', text: 'Person, employer, pledge of being single: three steps' },
    data: { title: 'My data is mine', text: 'See who looked and why; delete it any time' },
  },
  home: {
    greeting: { night: 'It is late, rest well', morning: 'Good morning', noon: 'Good day, have you eaten?', afternoon: 'Good afternoon', evening: 'Good evening, well done today' },
    lead: 'Welcome home.', waits: 'Waiting for you', told: 'From your union', can: 'What you can do now', nothing: 'Nothing to do. Put your feet up.',
  },
  signIn: {
    title: 'Come in with your phone', lead: 'If you are new, this makes your home too.', bindTitle: 'One more thing: your phone', bindLead: 'So that you find your home again from anywhere.',
    phone: 'Mobile number', phoneExample: '11 digits', phoneWrong: 'A mobile number has 11 digits and begins with 1', send: 'Send me a code',
    promise: 'Used to sign in and for important news only; nobody else sees it.', codeTitle: 'Enter the code', codeLead: 'Six digits were sent to {phone}; they hold for 5 minutes.',
    code: 'Code', codeWrong: 'The code has 6 digits', enter: 'Come in', resend: 'Send again', resendIn: 'Send again in {n} s', otherPhone: 'Another number',
    ended: 'You were signed out. Sign in and carry on.',
  },
  bridge: { title: 'Coming in', phone: 'Sign in with your phone' },
  soon: { title: 'This room is being prepared', head: 'Nearly there', text: 'We will tell you when this service opens.', home: 'Home' },
  inbox: { title: 'Inbox', empty: 'Nothing yet', emptyText: 'Important news will be here.', unread: '{n} unread', readAll: 'Mark all read', new: 'Unread' },
  fact: {
    by: '{source}, {day}',
    state: { none: 'Not verified yet', waiting: 'Being verified', verified: 'Verified', fallen: 'No longer valid' },
    real_person: { title: 'Real person', short: 'Person', why: 'Shows that you are you. By face or by document: both count the same.', act: 'Verify' },
    employer: { title: 'Employer', short: 'Employer', why: 'Compared with the union’s member roll; for most people at once.', act: 'Find my employer' },
    single: { title: 'Pledge of being single', short: 'Single', why: 'Read it, sign it; it holds for a year.', act: 'Read the pledge' },
  },
  verify: {
    title: 'Three steps', lead: 'Trust first, then take your time.', all: 'All three are verified. Go and meet people.', meet: 'Meet people', source: 'Vouched by', since: 'Since', until: 'Until',
    employer: { changed: 'Changed jobs', end: 'I left', endAsk: 'You left this employer?', endText: 'This verification falls at once; verify your new employer when you have one.' },
    single: { end: 'I am no longer single', endAsk: 'No longer single? Congratulations!', endText: 'The pledge falls at once and nobody sees your dating profile any more.' }, endYes: 'Yes',
  },
  person: {
    title: 'Show that it is you', lead: 'Two ways with exactly the same worth. Choose the one you like.', equal: 'No wish to show your face? That is fine: with a document you get the very same services.',
    face: { title: 'By face', text: 'On the provider’s page, look into your phone', time: 'About 1 minute' },
    desk: { title: 'By ID card', text: 'Photos from home, or at a union desk', time: 'Within 3 working days' },
    faceLead: 'You go to the check and come back by yourself.', deskLead: 'Our staff compare it with your document.', name: 'Legal name', nameWrong: 'The name on your ID card, please',
    number: 'ID number', numberHint: 'For this check only; kept encrypted and shown to nobody.', numberWrong: '18 characters, please check once more', go: 'Go to the check', send: 'Send',
    useDesk: 'Use my ID card instead', useFace: 'Use my face instead', photos: 'Photos of the ID card', photosHint: 'Both sides, clearly. Would you rather not? Bring it to a union desk and our staff do it with you.', front: 'Side with the portrait', backSide: 'Side with the emblem', photosFirst: 'At least the side with the portrait', district: 'Which district', districtHint: 'Its union does the check.', anyDistrict: 'Any',
    resultTitle: 'The result', resultLead: 'When you finished the check, tap below.', check: 'I am done, look it up', restart: 'Start again', done: 'Verified: it is you', waiting: 'No result yet, look again soon',
    notPassed: 'Not passed this time. Try again or use your ID card', deskDone: 'We have it', deskDoneLead: 'Our staff compare it with your document and tell you at once.',
  },
  employer: {
    title: 'Where do you work?', lead: 'Find it and tap it.', search: 'Employer', example: 'for example 西湖快递', hint: 'Two characters are enough; the registered name works best.',
    none: 'Not found', noneText: 'Try another name, or ask your union chair to register it.', here: 'This one', ask: 'Do you work at “{name}”?', askText: 'We compare with the member roll; if that fails, your employer or union confirms. They never learn which services you use.', yes: 'Yes', thanks: 'Thank you',
    verified: { title: 'Employer verified', text: 'You are on the member roll.' },
    enterprise_asked: { title: 'Your employer was asked', text: 'You are not on the roll yet. We will tell you when they answer.' },
    union_asked: { title: 'The union was asked', text: 'You are not on the roll yet. We will tell you when they answer.' },
  },
  pledge: { title: 'Pledge of being single', lead: 'Read it in peace, then decide.', agree: 'I have read it, I am single, and I pledge it', tickFirst: 'Please tick after reading', sign: 'Sign', done: 'Signed, for one year' },
  dating: {
    title: 'Meet people', nav: { label: 'Dating', browse: 'Look', said: 'My yes', pairs: 'Pairs', mine: 'My profile', more: 'More' }, more: { title: 'More', lead: 'More ways to get to know somebody.' }, age: '{n}', why: 'Why you might fit', profile: 'Profile',
    order: { label: 'Order', for_you: 'For you', newest: 'Newest', active: 'Active lately', own: 'My own order', how: 'By hobbies, wishes and what you said yes and no to. Off: newest first, and the list is deleted.', soon: 'Your list is being prepared; the newest come first meanwhile.' }, filter: 'Filter', filters: '{n} filters', narrow: 'Filter', left: '{n} more new people today', none: 'Nobody new right now', noneText: 'New people come every day. Look again tomorrow.', otherWays: 'See other ways',
    noneFiltered: 'Nobody fits exactly', noneFilteredText: 'Loosen one or two filters.', clearFilters: 'Clear', verifiedFacts: 'Verified', details: 'About', ownWords: 'All but “Verified” is in their own words.',
    },
  door: { no_profile: 'Write my profile', not_verified: 'Get verified', restricted: 'See why', paused: 'Come back' },
  filter: { any: 'Any', years: 'years', ageFrom: 'Age from', ageTo: 'Age to', heightFrom: 'Height from', heightTo: 'Height to', show: 'Show people' },
  decide: {
    yes: 'I would like to meet', pass: 'Pass', takeBack: 'Take back', takeBackFrom: 'Take back my yes to {name}', takenBack: 'Taken back; they will not know', yes_said: 'You said yes. They only learn of it if they say yes too.', passed: 'Passed; they will not show up again.',
    mutualTitle: 'You both said yes!', mutualText: 'You and {name} would like to meet. Leave a contact: both are shown once both of you did.', toPairs: 'See the pair',
  },
  said: { title: 'My yes', lead: 'Only you know, until they say yes too.', empty: 'No yes yet', emptyText: 'When someone fits, say that you would like to meet.', look: 'Look around' },
  pairs: { title: 'Pairs', lead: 'You both would like to meet.', empty: 'It is on its way', emptyText: 'When they say yes too, they appear here.', since: 'Both since {day}' },
  contact: {
    phone: 'Phone', wechat: 'WeChat', other: 'Other', offer: 'Leave a contact', how: 'Both contacts are shown once both of you left one. Until then you can take yours back.', kind: 'Which one', value: 'Contact', send: 'Leave it', none: 'You both said yes. Who leaves a contact first?',
    theyOffered: '{name} left one. Leave yours and you see each other’s.', waiting: 'Yours is there. When {name} leaves one, both are shown.', mine: 'My {kind}: {value}', theirs: '{name}’s {kind}', copy: 'Copy', copied: 'Copied', notCopied: 'Could not copy; press and hold it',
    withdraw: 'Take back', withdrawAsk: 'Take back your contact?', withdrawText: 'They no longer see it; what they wrote down we cannot take back.', offered: 'Left', bothDone: 'Both are there. Say hello!',
  },
  safety: {
    menu: 'Something wrong?', menuFor: 'Report or block {name}', short: 'Report', report: 'Report', reportText: 'Our staff look into it; they never learn it was you', block: 'Block', blockAsk: 'Block {name}?', blockText: 'You no longer see each other; they are not told',
    blocked: '{name} is blocked', tipsTitle: 'From the family', tip: 'Whoever speaks of transfers, investments or loans: say no and report.', tips: ['Meet in busy places at first and tell someone where.', 'No transfers, no investments, no loans, no codes.', 'If it feels wrong, stop; reporting is one tap.'],
  },
  photo: {
    of: 'Photo of {name}', blurredOf: 'Photo of {name}, blurred for now', blurredWhy: 'Photos become clear once you both say yes.', all: 'Photos', mine: 'Photo {n}', first: 'Cover', add: 'Add a photo', sending: 'Sending', earlier: 'Move photo {n} earlier', later: 'Move photo {n} later', remove: 'Remove photo {n}',
    rules: 'Recent photos of yourself, at most 9. Places stored in a photo are removed.',
  },
  mine: {
    title: 'My profile', start: 'Begin with a photo and a few words.', complete: 'Completeness', full: 'All there. Lovely.', photoCount: '{n} photos', toFill: 'Not filled in', safety: 'Visibility and safety', saved: 'Saved', restored: 'We kept what you had not saved.',
    paused: 'You are taking a break; nobody sees you.', change: 'Change', hobbyCount: '{n} chosen, 20 at most', ages: '{from}–{to}',
  },
  part: {
    photos: { title: 'Photos', lead: 'The first is the cover. Natural ones are best.' }, basics: { title: 'Basics', lead: 'A few lines; leave out what you like.' }, life: { title: 'Life', lead: 'The truth finds the right person.' },
    hobbies: { title: 'Hobbies', lead: 'Something to talk about.' }, about: { title: 'About me', lead: 'Two or three sentences, as to a friend.' }, wishes: { title: 'Whom I wish to meet', lead: 'A direction, no more.' },
  },
  field: {
    unsaid: 'Not said', nickname: 'Name to show', nicknameHint: 'What others see; not your legal name.', height_cm: 'Height', education: 'Education', district: 'Works in', districtHint: 'District only, never an address.', home_town: 'Home town', home_townExample: 'for example 浙江金华', trade: 'My work', tradeHint: 'For example: nurse, rider. Not the employer.',
    marital: 'Marital history', children: 'Children', smoking: 'Smoking', drinking: 'Drinking', hobbies: 'Hobbies', about: 'About me', aboutHint: 'No phone numbers here; pairs can exchange them.', wish_text: 'Whom I wish to meet', wish_textHint: 'For example: laughs easily, likes hills on Sundays.',
  },
  visibility: {
    title: 'Who sees me', lead: 'You decide, at any time.',
    seen: { label: 'Who sees my profile', verified: { title: 'All verified singles', text: 'More chances' }, fitting: { title: 'Only those I wish for', text: 'Quieter' } },
    photos: { label: 'Who sees clear photos', mutual: { title: 'Those we both said yes', text: 'Others see them blurred' }, verified: { title: 'All verified singles', text: 'Clear from the start' } },
    colleagues: 'Let colleagues see me', colleaguesText: 'When off, people of your employer and you do not see each other.', pauseTitle: 'Need a break?', pauseText: 'Nobody sees you; everything is kept.', pause: 'Pause', pausedTitle: 'You are on a break', pausedText: 'Nobody sees you; everything is kept.', resume: 'I am back',
  },
  report: {
    title: 'Report {name}', lead: 'Tell us what happened; we look into it.', reason: 'Reason', reasonFirst: 'Please choose a reason', details: 'What happened', detailsHint: 'When, what was said, whether money was asked for.', evidence: 'Screenshots (optional)', send: 'Send', secret: 'They never learn who reported.',
    done: 'We have it, thank you', doneLead: 'You hear from us by {day}.', follow: 'Follow it under “My reports”.', alsoBlock: 'Block {name} too',
  },
  reports: { title: 'My reports', lead: 'Each is looked after, with a date.', empty: 'No reports', number: 'Receipt {receipt}', due: 'Answer by {day}' },
  restrictions: { title: 'Restrictions on me', lead: 'Each with its reason, the way out and an appeal.', empty: 'None at all', emptyText: 'All is well.', reason: 'Reason', remedy: 'The way out', until: 'Until' },
  appeal: { act: 'Appeal', title: 'Appeal', lead: 'Somebody else looks at it anew.', text: 'Your reasons', hint: 'What is wrong, and what shows it.', textFirst: 'Please write your reasons', send: 'Send', done: 'Received; somebody else will look at it' },
  blocked: { title: 'Blocked', lead: 'You do not see each other.', empty: 'Nobody is blocked', free: 'Unblock', freeWho: 'Unblock {name}', freed: '{name} is no longer blocked' },
  me: {
    title: 'Me', moreFacts: '{n} to verify', signOut: 'Sign out', signedOut: 'Signed out. See you.',
    verify: { title: 'My verification', text: 'Person, employer, pledge' }, looks: { title: 'Who looked at my data', text: 'Every look is recorded' }, consents: { title: 'My consents', text: 'One tap takes one back' }, privacy: { title: 'Privacy and data', text: 'Download or delete my data' }, settings: { title: 'Settings', text: 'Large type, dark, language' },
  },
  looks: { lead: 'Whoever looks at your data or changes it, it is written here.', empty: 'Nobody looked', emptyText: 'When somebody does, it is written here.', for: 'For: {purpose}', own: 'Show what I did myself too', times: '{n} times' },
  consents: { ask: 'We ask you first', free: 'For this alone. Saying no leaves the rest working; a yes can be taken back any time.', yes: 'I agree', no: 'No', lead: 'Take one back and the rest keeps working.', sensitive: 'Sensitive', since: 'Given {day}', version: 'Version {version}', given: 'Given: {title}', withdrawn: 'Taken back: {title}' },
  settings: { large: 'Large type', largeText: 'Bigger letters and buttons', theme: { label: 'Colours', system: 'Like my phone', light: 'Light', dark: 'Dark' }, language: 'Language 语言', version: 'Version {version}' },
  privacy: {
    lead: 'It is yours; we look after it.', export: 'Download my data', exported: 'Ready, see your downloads',
    points: [
      { title: 'What is kept', text: 'Phone, name and ID number, encrypted; and the dating profile you write.' },
      { title: 'Who sees it', text: 'Other workers see what you let them; your employer never sees whether you date; every look by staff is recorded.' },
      { title: 'What for', text: 'For the services you use. Not sold, not ranked, no counting of your hours.' },
    ],
  },
  leave: {
    word: 'Type “{word}” to confirm', wordWrong: 'Please type “{word}”', receipt: 'Receipt', keep: 'Keep a screenshot for questions later.', done: 'Deleted', pauseInstead: 'Only need a break? Pause instead; everything is kept.', pause: 'Pause',
    dating: { title: 'Leave dating', lead: 'Deletes your dating profile for good.', points: ['Profile, photos, your yes and your pairs are deleted.', 'Your account and verification stay.', 'You get a receipt.'], act: 'Delete my dating profile', doneText: 'Thank you for having been here. Be happy.' },
    account: { title: 'Delete my account', lead: 'Deletes the account and all your data for good.', points: ['Name, phone, ID number, photos and profile are deleted.', 'Records the law makes us keep are deleted when their time is up.', 'You get a receipt.'], act: 'Delete my account', doneText: 'Thank you for having been here. The door stays open.' },
  },
}

export default en
