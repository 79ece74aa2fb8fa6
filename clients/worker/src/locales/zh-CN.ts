// 说话像家里人：短，暖，说清下一步。
import activities from './activities.zh-CN'
import chat from './chat.zh-CN'
import care from './care.zh-CN'
import circle from './circle.zh-CN'
import scam from './scam.zh-CN'
import planets from './planets.zh-CN'
import tiers from './tiers.zh-CN'
import events from './events.zh-CN'
import weekly from './weekly.zh-CN'
import venues from './venues.zh-CN'
import live from './live.zh-CN'
import held from './held.zh-CN'
import help from './help.zh-CN'
import weddings from './weddings.zh-CN'

export default {
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
    name: '娘家', back: '返回', close: '关闭', cancel: '先不', ok: '好的', save: '保存', more: '再看一些', tomorrow: '今天看的人不少了，剩下的明天再慢慢看。', retry: '再试一次', loading: '正在加载，请稍等',
    offline: '网络断开了，您填的内容都还在',
  },
  nav: { label: '主导航', home: '首页', dating: '交友', inbox: '消息', me: '我的', unread: '条未读' },
  demo: { label: '演示环境', text: '这里是演示城市，人物都是虚构的。', inbox: '打开模拟短信箱' },
  error: {
    offline: { message: '手机没有连上网', next: '连上网后点“再试一次”，您填的内容都还在。' },
    unreachable: { message: '暂时连不上娘家', next: '可能是网络不稳，过一会儿再试，您填的内容都还在。' },
    timeout: { message: '等得太久了，还没有回音', next: '网络可能有点慢，请再试一次。' },
    unexpected: { message: '出了点意外，不是您的问题', next: '请过一会儿再试；一直这样的话，请告诉工会工作人员。' },
    wait: '请 {n} 秒后再试。', waitMinutes: '请 {n} 分钟后再试。', waitHours: '请 {n} 小时后再试。', waited: '现在可以再试了。',
  },
  welcome: {
    title: '回家看看', lead: '职工的事，就是娘家的事。', enter: '进家门', free: '所有服务免费，由工会为职工提供。',
    activities: { title: '工会的活动', text: '免费参加，一分钟报好名' },
    dating: { title: '认识合适的人', text: '都是核实过的单身职工，慢慢看，不着急' },
    verify: { title: '亮明真实身份', text: '真人、单位、单身承诺，三步就好' },
    data: { title: '我的信息我做主', text: '谁看过、用在哪儿，都能查，随时能删' },
  },
  home: {
    greeting: { night: '夜深了，早点休息', morning: '早上好', noon: '中午好，吃了吗', afternoon: '下午好', evening: '晚上好，辛苦了' },
    lead: '家人，欢迎回家。', waits: '等着您的事', told: '工会公告', can: '现在能做的事', nothing: '没有要办的事，放心歇歇。',
  },
  signIn: {
    title: '用手机号进门', lead: '第一次来，会顺便为您安个家。', bindTitle: '再留个手机号', bindLead: '下次换个地方登录，也能找到您的家。',
    phone: '手机号', phoneExample: '11 位手机号', phoneWrong: '手机号是 1 开头的 11 位数字，请再看看', send: '发送验证码',
    promise: '手机号只用来登录和通知您要紧的事，不会给别人看。', codeTitle: '输入验证码', codeLead: '六位数字已发到 {phone}，5 分钟内有效。',
    code: '验证码', codeWrong: '验证码是 6 位数字', enter: '进家门', resend: '重新发送', resendIn: '{n} 秒后可重发', otherPhone: '换个手机号',
    ended: '登录过期了，重新登录后接着填',
  },
  bridge: { title: '正在进家门', phone: '用手机号登录' },
  soon: { title: '这间屋还在收拾', head: '马上就好', text: '这项服务正在准备，开放时会告诉您。', home: '回首页' },
  inbox: { title: '消息', empty: '还没有消息', emptyText: '有要紧的事，会在这里告诉您。', unread: '{n} 条没看', readAll: '全部看过了', new: '未读' },
  fact: {
    by: '{source}，{day}',
    state: { none: '还没有核实', waiting: '正在核实', verified: '已核实', fallen: '已失效' },
    real_person: { title: '真人', short: '真人', why: '证明您就是您本人。可以刷脸，也可以用证件，两种一样算数。', act: '去核实' },
    employer: { title: '工作单位', short: '单位', why: '和工会会员名册比对，多数人当场就好。', act: '找我的单位' },
    single: { title: '单身承诺', short: '单身', why: '读一遍，签个名，一年有效。', act: '去看看承诺书' },
  },
  verify: {
    title: '三步核实', lead: '先互相信得过，再慢慢认识。', all: '三项都核实好了，可以去认识人了。', meet: '去认识人', source: '谁来证明', since: '核实日期', until: '有效期到',
    employer: { changed: '换单位了', end: '我离职了', endAsk: '离开这家单位了？', endText: '单位核实会立刻失效，找到新单位后再核实就好。' },
    single: { end: '我不再单身', endAsk: '不再单身了？恭喜！', endText: '单身承诺会立刻失效，交友资料不再给别人看。' }, endYes: '是的',
  },
  person: {
    title: '证明是您本人', lead: '两种方式，选您习惯的，效力完全一样。', equal: '不想刷脸完全没关系，用证件享受同样的服务。',
    face: { title: '刷脸核实', text: '跳到核验页面，对着手机眨眨眼', time: '约 1 分钟' },
    desk: { title: '用身份证核实', text: '拍照上传，或带证件到工会窗口', time: '3 个工作日内' },
    faceLead: '填好后会跳到核验页面，完成后自动回来。', deskLead: '填好后，工作人员会对照证件核实。', name: '姓名', nameWrong: '请填身份证上的姓名',
    number: '身份证号', numberHint: '只用来核实，加密保存，不会显示给任何人。', numberWrong: '请填 18 位身份证号，再核对一下', go: '去刷脸', send: '提交核实',
    useDesk: '改用身份证核实', useFace: '改用刷脸核实', photos: '身份证照片', photosHint: '两面都拍清楚，在家就能办好。不方便拍？带证件到就近的工会窗口，工作人员帮您办。', front: '人像面', backSide: '国徽面', photosFirst: '请至少上传人像面', district: '在哪个区办', districtHint: '由这个区的工会来核实。', anyDistrict: '都可以',
    resultTitle: '看看核实结果', resultLead: '在核验页面完成后，点下面的按钮。', check: '我已完成，查结果', restart: '重新开始', done: '核实好了，是您本人', waiting: '结果还没出来，过一会儿再看',
    notPassed: '这次没有通过，可以再试，也可以改用身份证', deskDone: '收到了', deskDoneLead: '工作人员会对照证件核实，有结果马上告诉您。',
  },
  employer: {
    title: '您在哪儿上班', lead: '找到单位，点一下就好。', search: '单位名称', example: '例如：西湖快递', hint: '输入两个字就能找；写营业执照上的名字最准。',
    none: '没找到这个单位', noneText: '换个叫法试试，或请单位工会主席联系我们登记。', here: '是这家', ask: '您在“{name}”上班吗？', askText: '我们会和工会会员名册比对；比不上时请单位或工会确认。单位不会知道您用了哪些服务。', yes: '是的', thanks: '谢谢您',
    verified: { title: '单位核实好了', text: '会员名册上找到了您。' },
    enterprise_asked: { title: '已请单位确认', text: '名册上暂时没有您，已请单位确认在职情况，有结果会告诉您。' },
    union_asked: { title: '已请工会确认', text: '名册上暂时没有您，已请上级工会确认，有结果会告诉您。' },
  },
  pledge: { title: '单身承诺', lead: '请慢慢读完，再决定签不签。', agree: '我读完了，我现在单身，愿意作出承诺', tickFirst: '读完请先打勾', sign: '签下承诺', done: '承诺已签下，一年有效' },
  dating: {
    title: '认识人', nav: { label: '交友导航', browse: '看看', said: '我愿意的', pairs: '成双', mine: '我的资料', more: '更多' }, more: { title: '更多', lead: '除了一个个看，还有这些办法认识人。' }, age: '{n} 岁', why: '为什么也许合适', profile: '资料',
    order: { label: '排列', for_you: '为您挑的', newest: '新来的', active: '近期活跃', own: '按我的情况排', how: '看爱好、心愿和您说过的愿意与跳过；关掉就按新来的排，名单也一并删掉。', soon: '专属名单还在准备，先看新来的。' }, filter: '挑一挑', filters: '{n} 个条件', narrow: '筛选', left: '今天还能看 {n} 位新朋友', none: '暂时没有新的人', noneText: '新朋友每天都在来，明天再看看。', otherWays: '看看别的办法',
    noneFiltered: '没有正好符合的人', noneFilteredText: '放宽一两个条件，也许就遇见了。', clearFilters: '清空条件', verifiedFacts: '核实过的', details: '基本情况', ownWords: '除了“核实过的”，其余由本人填写。',
    },
  door: { no_profile: '去填资料', not_verified: '去完成核实', restricted: '看看原因', paused: '我要回来' },
  filter: { any: '不限', years: '岁', ageFrom: '年龄从', ageTo: '年龄到', heightFrom: '身高从', heightTo: '身高到', show: '看看有谁' },
  decide: {
    yes: '愿意认识', pass: '先略过', takeBack: '收回', takeBackFrom: '收回对{name}的愿意', takenBack: '已收回，对方不会知道', yes_said: '您说了愿意。TA 不会知道，除非 TA 也愿意。', passed: '已略过，不会再出现在列表里。',
    mutualTitle: '你们都愿意！', mutualText: '您和{name}互相愿意认识。可以留个联系方式，双方都留了才会同时看到。', toPairs: '去看看',
  },
  said: { title: '我愿意的', lead: '只有您自己知道，直到 TA 也愿意。', empty: '还没有说过愿意', emptyText: '看到合适的人，点“愿意认识”。', look: '去看看' },
  pairs: { title: '成双', lead: '你们互相愿意认识。', empty: '缘分在路上', emptyText: '当对方也说愿意，就会出现在这里。', since: '{day} 互相愿意' },
  contact: {
    phone: '手机号', wechat: '微信号', other: '其他', offer: '留个联系方式', how: '双方都留了，才会同时看到对方的。对方没留之前，可以随时收回。', kind: '用哪种联系', value: '号码', send: '留给 TA', none: '都愿意了，谁先留个联系方式呢？',
    theyOffered: '{name}已经留了，您也留下就能互相看到。', waiting: '您已留下，等{name}也留下，双方同时看到。', mine: '我留的{kind}：{value}', theirs: '{name}的{kind}', copy: '复制', copied: '已复制', notCopied: '没能复制，请长按号码',
    withdraw: '收回', withdrawAsk: '收回联系方式？', withdrawText: '对方将不再看到；对方记下的我们收不回。', offered: '已留下', bothDone: '双方都留了，可以联系了',
  },
  safety: {
    menu: '觉得不对劲？', menuFor: '举报或拉黑{name}', short: '举报', report: '举报', reportText: '工作人员会查，对方不会知道是您', block: '拉黑', blockAsk: '拉黑{name}？', blockText: '从此互相看不到，对方不会收到通知',
    blocked: '已拉黑{name}', tipsTitle: '家里人提醒', tip: '谁提到转账、投资、借钱，都别答应，马上举报。', tips: ['头几次见面选人多的地方，告诉家人去哪儿。', '不转账、不投资、不借钱，不发验证码。', '觉得不对劲就停下，一点就能举报。'],
  },
  photo: {
    of: '{name}的照片', blurredOf: '{name}的照片，现在是模糊的', blurredWhy: '互相愿意后，就能看到清楚的照片。', all: '照片', mine: '第 {n} 张照片', first: '封面', add: '添加照片', sending: '正在上传', earlier: '第 {n} 张往前', later: '第 {n} 张往后', remove: '删除第 {n} 张',
    rules: '请用自己的近照，最多 9 张。照片里的位置信息会自动去掉。',
  },
  mine: {
    title: '我的资料', start: '先从一张照片、几句话开始。', complete: '资料完整度', full: '资料很完整了，真好。', photoCount: '{n} 张照片', toFill: '还没填', safety: '可见与安全', saved: '已保存', restored: '上次没保存的内容，给您留着了。',
    paused: '您现在休息中，别人看不到您。', change: '去调整', hobbyCount: '已选 {n} 个，最多 20 个', ages: '{from}–{to} 岁',
  },
  part: {
    photos: { title: '照片', lead: '第一张是封面，自然的生活照最好。' }, basics: { title: '基本情况', lead: '几项就好，不愿说的可以空着。' }, life: { title: '生活', lead: '照实说，遇见的人才合适。' },
    hobbies: { title: '爱好', lead: '有共同爱好，聊天不冷场。' }, about: { title: '说说自己', lead: '像跟朋友介绍自己那样，两三句就好。' }, wishes: { title: '想遇见谁', lead: '只是方向，不用太细。' },
  },
  field: {
    unsaid: '先不说', nickname: '称呼', nicknameHint: '别人看到的名字，不用真名。', height_cm: '身高', education: '学历', district: '工作地', districtHint: '只到区县，不显示具体地址。', home_town: '家乡', home_townExample: '例如：浙江金华', trade: '做什么工作', tradeHint: '例如：护士、骑手。不写单位名。',
    marital: '婚史', children: '子女', smoking: '吸烟', drinking: '喝酒', hobbies: '爱好', about: '关于我', aboutHint: '别写电话和微信，成双后可以互留。', wish_text: '希望遇见的人', wish_textHint: '例如：爱笑，喜欢周末爬山。',
  },
  visibility: {
    title: '谁能看到我', lead: '您说了算，随时能改。',
    seen: { label: '谁能看到我的资料', verified: { title: '所有核实过的单身职工', text: '遇见的机会多' }, fitting: { title: '只给符合我期望的人', text: '安静一些' } },
    photos: { label: '谁能看到清楚的照片', mutual: { title: '互相愿意的人', text: '其他人看到的是模糊的' }, verified: { title: '所有核实过的人', text: '照片直接清楚显示' } },
    colleagues: '让同事看到我', colleaguesText: '关着时，同单位的人和您互相看不到。', pauseTitle: '想歇一歇？', pauseText: '暂停后别人看不到您，资料都留着，随时回来。', pause: '暂停', pausedTitle: '您在休息', pausedText: '别人看不到您，资料都还在。', resume: '我回来了',
  },
  report: {
    title: '举报{name}', lead: '说说怎么回事，我们来查。', reason: '原因', reasonFirst: '请先选一个原因', details: '经过', detailsHint: '时间、说了什么、有没有要钱，想到什么写什么。', evidence: '截图（可以不传）', send: '提交举报', secret: '对方不会知道是谁举报的。',
    done: '收到了，谢谢您', doneLead: '最晚 {day} 前给您答复。', follow: '可以在“我的举报”里看进展。', alsoBlock: '顺便拉黑{name}',
  },
  reports: { title: '我的举报', lead: '每一条都有人管，有期限。', empty: '没有举报', number: '回执 {receipt}', due: '最晚 {day} 答复' },
  restrictions: { title: '对我的限制', lead: '每一项都有原因、解决办法和申诉。', empty: '没有任何限制', emptyText: '一切正常。', reason: '原因', remedy: '怎么解决', until: '到期' },
  appeal: { act: '我要申诉', title: '申诉', lead: '由另一位工作人员重新看。', text: '您的理由', hint: '说说哪里不对，有什么可以证明。', textFirst: '请写下理由', send: '提交申诉', done: '申诉收到了，会由另一位工作人员来看' },
  blocked: { title: '拉黑的人', lead: '你们互相看不到。', empty: '没有拉黑任何人', free: '解除', freeWho: '解除对{name}的拉黑', freed: '已解除对{name}的拉黑' },
  me: {
    title: '我的', moreFacts: '还有 {n} 项没核实', signOut: '退出登录', signedOut: '已退出，下次再来',
    verify: { title: '我的核实', text: '真人、单位、单身承诺' }, looks: { title: '谁看过我的信息', text: '每一次查看都记着' }, consents: { title: '我的授权', text: '同意过什么，一点就能收回' }, privacy: { title: '隐私与数据', text: '下载、删除我的数据' }, settings: { title: '设置', text: '大字、深色、语言' },
  },
  looks: { lead: '谁看过、动过您的信息，这里都有记录。', empty: '还没有人看过', emptyText: '有人查看时，会记在这里。', for: '用途：{purpose}', own: '也显示我自己的操作', times: '{n} 次' },
  consents: { ask: '先问您一声', free: '只为这一件事；不同意也不影响其他服务，同意了也能随时收回。', yes: '同意，继续', no: '不同意', lead: '收回一项，其他服务照常。', sensitive: '敏感信息', since: '{day} 同意', version: '版本 {version}', given: '已同意：{title}', withdrawn: '已收回：{title}' },
  settings: { large: '大字', largeText: '字和按钮都变大', theme: { label: '颜色', system: '跟着手机走', light: '浅色', dark: '深色' }, language: '语言 Language', version: '版本 {version}' },
  privacy: {
    lead: '您的信息是您的，我们替您看好。', export: '下载我的数据', exported: '已经备好，请看手机的下载',
    points: [
      { title: '留了什么', text: '手机号、姓名、身份证号加密保存；交友资料由您自己填写。' },
      { title: '谁能看到', text: '其他职工只看到您愿意给看的；单位看不到您用没用交友；工作人员每看一次都有记录。' },
      { title: '用在哪儿', text: '只用来提供您用的服务，不卖、不排名、不统计您上线多久。' },
    ],
  },
  leave: {
    word: '请输入“{word}”确认', wordWrong: '请输入“{word}”两个字', receipt: '回执号', keep: '请截图留好，以后查问用得上。', done: '已经删除', pauseInstead: '只是想歇歇？可以先暂停，资料都留着。', pause: '去暂停',
    dating: { title: '离开交友', lead: '永久删除交友资料，不能恢复。', points: ['资料、照片、说过的愿意和成双都会删除。', '账号和核实结果还在，其他服务照常。', '会给您一个回执号。'], act: '永久删除交友资料', doneText: '谢谢您来过，祝您幸福。' },
    account: { title: '注销账号', lead: '永久删除账号和全部资料，不能恢复。', points: ['姓名、手机号、身份证号、照片和资料都会删除。', '法律要求留存的记录，到期后自动删除。', '会给您一个回执号。'], act: '永久注销', doneText: '谢谢您来过，娘家的门一直开着。' },
  },
}
