// 相亲活动：选谁只有自己知道，成了两个人一起知道。
export default {
  title: '相亲活动', lead: '工会办的，都是核实过的单身职工。', enterHere: '千人互选、相亲会、云相亲', enterHereText: '工会办的相亲活动，去看看', none: '最近没有活动', noneText: '工会正在准备，有了会放在这里。',
  kind: { selection: '千人互选', evening: '相亲会', online: '云相亲' },
  state: { ahead: '报名中', open: '进行中', closed: '已结束', cancelled: '取消了' },
  by: '{name} 主办', gig: '新就业职工专场', mine: '我报了名', line: '候补中', free: '还有 {n} 个名额', full: '名额满了',
  how: {
    title: '怎么玩', secret: '选了谁，只有您自己知道，工作人员也看不到。',
    selection: ['从 {from} 到 {to}，慢慢看卡片，最多选 {n} 位。', '到点那一刻，互相选中的两个人同时知道。', '没选到一块儿的，选择当场销毁，谁也不会知道。'],
    rounds: ['一共 {rounds} 轮，每轮聊 {minutes} 分钟，铃响换下一位。', '聊完悄悄点“愿意再见”，不点也没关系。', '结束时，两个人都愿意的才会知道。'],
  },
  enter: '我要参加', wait: '排候补', entered: '报好了，到时候见', waiting: '排上候补了，有名额会通知您', withdraw: '不参加了', withdrawAsk: '不参加这场了？', withdrawText: '您在里面选的会全部删掉，名额让给别人。', withdrawn: '已经退出', number: '您的号码牌', choose: '去看卡片', room: '到现场去', opensAt: '{at} 开始',
  choosing: { title: '看卡片', left: '还能选 {n} 位', none: '选满了', pick: '选 TA', picked: '选中了', unpick: '收回', chosen: '我选的', chosenLead: '只有您自己看得到。', chosenNone: '还没有选', end: '这场的人都看完了', empty: '还没有别人', emptyText: '大家正在陆续进来，过一会儿再看看。' },
  receipt: { title: '我的存根', lead: '活动结束后，谁都可以拿公布的指纹核对“我的选择有没有被算进去”。存根只在您手里，别人看不懂。', copy: '复制存根', copied: '存根复制好了，请自己收好' },
  result: { title: '结果', found: '有人也选了您！', foundText: '去看看是谁，什么时候打招呼由您定。', go: '看看是谁', none: '这次没有和谁选到一块儿，这不说明什么。您选过谁已经销毁，不会有人知道。', figures: '{people} 人参加，成了 {pairs} 对。', proof: '公布的核对码' },
  second: { title: '再来一次', lead: '我们觉得这一位也许合适。您怎么说，对方都不会知道，除非两个人都说愿意。', yes: '愿意认识', no: '不用了', said: { yes: '您说了愿意', no: '您说了不用' }, pair: '你们都愿意，成了！', until: '{at} 前都可以改' },
  evening: {
    waiting: '等主持人开始', waitingText: '到了先找工作人员签到，您的号码是', table: '{n} 号桌', videoRoom: '{n} 号房间', round: '第 {n} 轮，共 {all} 轮', left: '还剩', over: '时间到，请到下一桌', overOnline: '时间到，等下一位', rest: '这一轮您休息一下', next: '下一轮：{n} 号桌', nextOnline: '下一轮：{n} 号房间', again: '愿意再见', againYes: '愿意', secret: '悄悄点，对方不会知道，除非 TA 也愿意。', end: '这场结束了', toResult: '看结果', host: '主持人', gone: '对方已离开',
  },
  call: { start: '打开摄像头，进房间', hint: '只有你们两个人看得见、听得见，不录像。', waiting: '正在等对方进来', on: '通话中', failed: '连不上，请告诉主持人，或换个网络', noCamera: '手机没有打开摄像头或麦克风，请在设置里允许', mine: '我', theirs: '对方', leave: '离开这次通话', leaveAsk: '离开这次通话？', leaveText: '随时可以离开，不用说理由。下一轮照常。', leftNow: '已离开，下一轮照常', report: '举报', mute: '静音', unmute: '取消静音' },
}
