// 红娘帮忙：本人点头才算数；问谁、怎么答，都替您保密。
export default {
  title: '红娘帮忙', lead: '工会的红娘帮您留心合适的人。您点头了才开始，随时可以停。', enterHere: '请红娘留心、答复牵线、约见面',
  waiting: { title: '有人替您登记了', lead: '{from}，在{station}。您没有点头之前，这些内容谁也看不到、用不了。', wishes: '登记的人写的（您可以改）', consent: '点“愿意”就是同意', yes: '愿意，请红娘帮忙', no: '不用了', noHint: '点“不用了”，内容立刻删除，替您登记的人也不会知道您怎么答的。到 {day} 没有回答，也会自动删除。', saidYes: '好的，红娘会帮您留心', saidNo: '已经删除，没有人会知道' },
  ask: { title: '请红娘帮忙', station: '找哪个站点', wishes: '想找什么样的人（可以不写）', hint: '例如：爱笑、住得近、周末能一起爬山', agree: '我同意，请红娘帮忙', none: '附近还没有站点', noneText: '工会正在筹备，您可以先自己看看。', done: '登记好了，红娘会帮您留心' },
  mine: { title: '我的红娘', with: '{name}帮您留心', since: '从 {day} 开始', people: '牵线和见面', record: '我的档案', looks: '谁看过我的档案', brands: '认识红娘们', stop: '不用红娘帮忙了', stopAsk: '不用红娘帮忙了？', stopText: '马上没有人再看得到您的档案，30 天后删除。约好的见面也会取消。', stopped: '停下了。30 天后全部删除', frozen: '您收回了同意，现在谁也看不到您的档案，{day} 删除。', again: '还是请红娘帮忙' },
  record: { title: '我的档案', lead: '红娘写的每一句都在这里。觉得不对，可以补上您自己的话。', wishes: '我想找的人', keep: '保存', kept: '保存好了', notes: '记下的事', none: '还没有写什么', tasks: '红娘要帮您做的', taskDone: '做好了', by: '{day} 前', word: '补一句我自己的话', add: '写进档案', added: '写进去了', kind: { note: '记录', visit: '来访', call: '电话', owner: '我自己' } },
  people: {
    title: '牵线和见面', lead: '您怎么答，只有您自己看得到。两个人都愿意，才会一起知道。', none: '现在没有要答复的', noneText: '红娘有了合适的人，会在这里问您。',
    word: '红娘说', yes: '愿意见见', no: '这次不了', said: { yes: '您说了愿意，{at} 前都可以改', no: '您说了这次不了，{at} 前都可以改。对方不会知道。' }, unsaid: '{at} 前答复都可以。说“这次不了”，对方和红娘都不会知道。', pair: '你们都愿意，成了！', thanks: '记下了，只有您自己看得到',
    both: '你们都愿意认识', state: { proposed: '问你们合不合适', agreed: '约好了', another: '红娘会再约时间' }, fits: '合适', fitsNot: '换个时间', kind: { room: '在站点', evening: '晚间小场', online: '线上', outside: '在外面' },
    counsel: '要不要找人聊聊', counselText: '两个人有了难处，可以一起找辅导老师聊聊。说了什么，我们一个字也不留。两个人都愿意才安排；谁没答应，对方不知道。', want: '愿意聊聊', notWant: '不用了', counselWait: '记下了。两个人都愿意，这里就会写怎么找辅导老师。', counsellor: '辅导老师：',
    married: '我们领证了', marriedOn: '领证那天', marriedSay: '告诉红娘这个好消息', theirs: '对方说你们 {day} 领证了，是这样吗？', confirm: '是的，我们领证了', wait: '等对方也点一下', done: '恭喜你们！',
  },
  how: { title: '你们俩怎么样了', lead: '点一下就好，只有红娘看得到，对方看不到。', why: '为什么（可以不说）', stars: '红娘帮得怎么样（可以不说）', star: '{n} 分', unsaid: '不说', thanks: '谢谢，红娘知道了' },
  brands: { title: '认识红娘们', lead: '他们有名字，也有故事。', none: '还没有介绍', noneText: '工会正在写，过些日子再来看看。' },
}
