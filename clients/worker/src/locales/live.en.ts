// The live programme.
export default {
  title: 'Live talks', door: 'The union brings two together, online', lead: 'The union invites two who may suit each other to a talk of twenty minutes. You answer in private.',
  willing: 'I may be invited', willingText: 'The programme sees your nickname, age band, district and trade. Switch it off at any time.', none: 'No invitation yet', noneText: 'Switch the above on, and the union asks you when there is somebody.',
  invited: 'An invitation', answerBy: 'Answer by {at}; a no is told to nobody', yes: 'I come', no: 'Not me', saidYes: 'You said yes; waiting for the other', saidNo: 'You said no; nobody will know', agreed: 'It takes place', off: 'I cannot come', offAsk: 'Not this time?', offText: 'Both get the same line: it did not come about.',
  seen: 'Others may watch', seenText: 'Shown only if both agree. You may change your mind until it begins; otherwise you talk in private.', watched: 'You both agreed to be watched', room: 'Go in', roomAt: 'Opens ten minutes before', over: 'Over', again: 'I would like to meet again', notAgain: 'Rather not', after: 'Say it in private, until {at}. Only if both would like to are both told.', afterYes: 'You said yes', afterNo: 'You said no; they will not know', pair: 'You both said yes!', gone: 'They cannot be seen at present', left: 'You have left; while it lasts you may come back', leaveText: 'At any time, without a reason.',
  air: 'On air and soon', airText: 'A talk is here only if both agreed.', watch: 'Watch', soon: 'Begins {at}', noAir: 'Nothing today',
}
