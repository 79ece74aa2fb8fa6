// 平平安安出门，高高兴兴回家。
export default {
  title: '安全', lead: '见面前、见面时、心里难过时，家里人都在。', door: '约会报平安、歇一歇、求助电话',
  tips: { title: '第一次见面', items: ['选白天、人多的地方，自己去、自己回。', '去哪儿、几点回，告诉一位信得过的人。', '手机充好电，酒和饮料不离开自己的视线。', '不转账、不投资、不借钱，不发验证码。', '不舒服就走，不用解释。'] },
  date: {
    title: '约会报平安', lead: '到点没报平安，我们就发短信请您选的人打电话给您。报了平安，对方什么都不会收到。', start: '我要去约会', with: '和谁', withNobody: '不说', place: '在哪儿', placeHint: '一句话，比如“湖滨的茶馆”。', district: '在哪个区', noDistrict: '不说', from: '几点去', until: '几点前回来', grace: '过了点再等多久', minutes: '{n} 分钟', who: '通知谁', whoHint: '您怎么称呼 TA', phone: 'TA 的手机号', phoneHint: '加密保存，用不上就不发短信。', save: '就这么定', saved: '记下了，玩得开心',
    open: '在外面', safe: '平安回来了', told: '已请 {name} 联系您', untilWords: '{at} 前回来', alarm: '{at} 还没报平安，就请 {name} 打电话', contact: '{name} {phone}', back: '我平安回来了', backDone: '回来就好', help: '求助：现在就通知 {name}', helpAsk: '现在就请 {name} 联系您？', helpText: '会马上发短信。有危险请直接打 110。', helpYes: '马上通知', helpDone: '已经通知 {name}', forget: '删掉这次', forgetAsk: '删掉这次约会？', forgetText: '不再等您报平安，也不会通知任何人。', deleted: '{at} 自动删除',
  },
  rest: { title: '今天不想见人', text: '一点就没人看得到您，到时候自己回来。', tomorrow: '歇到明早', week: '歇一周', done: '好好歇着', until: '歇到 {at}，到时候自动回来', back: '现在就回来', backDone: '欢迎回来' },
  looks: { title: '谁看过我', text: '只有大概的数，没有名字：谁都能放心看，也没人被追着看。', week: '{day}起的一周', none: '还没有', few: '几位', step: '{n} 位以上' },
  lines: { title: '有人可以说', text: '点一下就能打。', items: { police: '报警，有危险', fraud: '反诈专线，遇到骗子', women: '妇女维权', youth: '青少年心理', mind: '心理援助', health: '卫生热线' } },
}
