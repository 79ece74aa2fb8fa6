// 缘分圈：因为什么有缘，写得明明白白。
export default {
  title: '缘分圈', lead: '和您有一样东西的人。规矩和“看看”一样：该看不到的，这里也看不到。', door: '老乡、同行、同学、同好，看看谁和您有缘',
  kind: { town: '{value}老乡', trade: '同行：{value}', school: '同学：{value}', outing: '一起参加过活动', hobby: '都喜欢{value}' },
  link: { town: '都是{value}人', trade: '都是{value}', school: '都在{value}上过学', outing: '{day}在同一场活动', hobby: '都喜欢{value}' },
  stated: '自己填的', checked: '签到为准', step: '{n} 位以上', few: '有几位', none: '还没有谁和您连在一起', noneText: '资料里填上家乡、工作、爱好，缘分圈就大了。', fill: '去补资料',
  people: '名单', empty: '这会儿没有能看到的人', emptyText: '过几天再来，新朋友每天都在来。', left: '今天还能看 {n} 位新朋友',
  ties: { title: '让缘分多一点', school: '上过的学校', schoolHint: '自己填的，会标明“自己填的”；不想填就空着。', outing: '一起参加过的活动', outingText: '打开后，同样打开的人，才会知道你们去过同一场。十个人以上的活动才算。', save: '保存', saved: '记下了' },
}
