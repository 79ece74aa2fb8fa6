// 恋爱体验馆、交友中心，和企业论坛秀。
export default {
  title: '恋爱体验馆', door: '工会的好地方，约个时间去坐坐', lead: '工会办的约会地点，免费预约，一个人来、两个人来都行。', kind: { hall: '恋爱体验馆', centre: '交友中心' },
  none: '还没有开放的场馆', noneText: '工会正在准备，有了会放在这里。', next: '最近可约 {at}', noNext: '暂时没有可约的时间', rules: '到场须知', times: '选个时间', free: '还有 {n} 位', full: '约满了', mineTag: '我约了', phone: '电话', by: '{name} 主办',
  who: '和谁一起去', alone: '我自己', book: '预约', booked: '约好了，到时候见', bookedTwo: '约好了，已悄悄问 TA', twoText: 'TA 点头才算两个人一起；不方便也没关系，您一个人照样可以去。',
  toMine: '我的预约',
  mine: { title: '我的预约', none: '还没有预约', noneText: '去看看有哪些地方。', look: '看看场馆', ticket: '出示入场码', ticketText: '到门口给工作人员扫一下，或者念给他听。', giveBack: '不去了', giveBackAsk: '不去了？', giveBackText: '名额让给别人。约了 TA 一起的，也会告诉 TA。', gaveBack: '已经取消', until: '{at} 前可以取消', waiting: '等 {name} 点头', coming: '和 {name} 一起', asked: '有人约您', askedText: '{name} 约您一起去，{at} 前答复。说“不去”没有人知道。', yes: '一起去', no: '不去', saidNo: '您说了不去，对方不会知道', going: '好的，您也有入场码了' },
  shows: { title: '企业论坛秀', door: '看看各家企业的青年交友活动', lead: '企业自己介绍，工会看过才发布。', none: '还没有企业来秀', noneText: '有了会放在这里。', go: '去报名', at: '地点' },
}
