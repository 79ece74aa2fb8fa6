// 兴趣星球：喜欢同一件事的人，先聊起来。
export default {
  title: '兴趣星球', lead: '喜欢同一件事的人在这儿聊天、约着一起做。用昵称说话，认证会员看得到。', door: '按爱好聊起来，约着一起做', none: '还没有星球', noneText: '工会正在准备，有了会放在这里。', mine: '我说过的', mineLead: '您发的、您提的，和工会的答复。',
  step: '{n} 位以上住这儿', few: '几位住这儿', nobody: '等第一位来', join: '住进来', joined: '住进来了', leave: '搬出去', leaveAsk: '搬出这个星球？', leaveText: '您说过的话还在；不想留的，可以一条条删。', closed: '已经停了，只能看', all: '全部', topics: '话题',
  write: '说点什么', text: '想说的话', textHint: '联系方式、链接、收付款的话会先请工会的人看一眼。', topic: '放在哪个话题', noTopic: '不放话题', pictures: '图片', send: '发出去', sent: '发好了', held: '先请工会的人看一眼，看过就会显示', tomorrow: '今天认识的新朋友不少了，没写名字的那几位，明天就看得到是谁。', noPosts: '还没有人说话', noPostsText: '您来开个头吧。',
  state: { held: '等工会的人看一眼', down: '没有显示' }, replies: '{n} 条回复', reply: '回一句', replyTo: '回复', noReplies: '还没有回复，您先说一句？', post: '帖子', meToo: '我也是', meTooOn: '说过“我也是”', marks: '{n} 位说“我也是”，只有您看得到', see: '看看 TA', remove: '删除', removeAsk: '删掉这条？', removeText: '连同下面的回复一起删掉，不能恢复。', removed: '删掉了',
  report: '举报', reportAsk: '为什么举报？', reported: '收到了，工会的人会看。回执 {receipt}', block: '拉黑', blockAsk: '拉黑{name}？', blockText: '从此在哪里都互相看不到，对方不会收到通知。', blocked: '已拉黑', more: '更多',
  meetups: '约着一起做', noMeetups: '还没有人约，您来提一个？', propose: '提一个聚会', proposeLead: '写清楚做什么、什么时候、在哪儿。工会同意后，大家就能报名。', what: '做什么', about: '多说两句', place: '在哪儿', placeHint: '选人多的地方，写到路口、门口就行。', day: '哪天', from: '几点开始', to: '几点结束', places: '几个名额', named: '写上“{name}发起”', namedText: '不打开，就只写“星球里的朋友发起”。', sendIdea: '请工会看看', ideaSent: '收到了，工会同意后会通知您',
  by: '{name}发起', byFriend: '星球里的朋友发起', free: '还有 {n} 个名额', full: '名额满了', enter: '我要去', wait: '排候补', booked: '您有名额', waiting: '您在候补', withdraw: '不去了', entered: '报好了，到时候见', lined: '排上候补了，有名额会通知您', withdrawn: '名额让出来了',
  idea: { proposed: '等工会看', agreed: '可以报名', refused: '这次没成', cancelled: '取消了' }, tips: '头一回见面：选人多的地方，告诉家人去哪儿。',
  decided: '工会的答复', outcome: { take_down: '没有显示', show: '可以显示', refuse: '这次没同意', agree: '同意了', keep: '维持' }, why: '原因：{reason}', appeal: '请另一位再看看', appealText: '哪里不对，说给另一位听', appealed: '收到了，换一位再看', nothing: '还没有',
}
