// 集体婚礼：两个人一起报名，各自点头；名字怎么写由自己定。
export default {
  title: '集体婚礼', lead: '工会为新人办的婚礼。一位报名，另一位在自己手机上点头。', enterHere: '和许多新人一起，办一场婚礼', none: '最近没有集体婚礼', noneText: '定了日子会放在这里。',
  by: '{name} 主办', until: '报名到 {at}', free: '还有 {n} 对名额', full: '名额满了', over: '报名结束了', how: '怎么报名',
  phone: '另一半的手机号', phoneHint: '我们只发一条不写名字的短信。TA 用这个号码登录后点头，报名才算数；14 天没有答复就删除。', apply: '我们要报名', applied: '报好了，等 TA 在自己手机上点头',
  asked: { title: '有人和您一起报名了', text: '“{title}”，用的是您的手机号。是您的另一半吗？', yes: '是的，一起报名', no: '不是', joined: '一起报好了', refused: '已经删除' },
  state: { asked: '等另一半点头', joined: '两个人都点头了，请带结婚证到工会核对', seen: '结婚证核对过了，等确认名额', confirmed: '有名额了，恭喜！' },
  receipt: '回执 {n}', shows: '公布名单时，我的名字', show: { none: '不公布', full: '写全名', masked: '只写姓', hidden: '不写名字（显示“一对新人”里的一位）' }, shown: '记下了', leave: '我们不参加了', leaveAsk: '撤回报名？', leaveText: '两个人的报名都会撤回，名额让给别人。', left: '已经撤回',
  list: '新人名单', listOf: '{title} · 新人名单', somebody: '新人', listNone: '还没有人同意公布名字', listLead: '只有两个人都同意的才在这里。',
}
