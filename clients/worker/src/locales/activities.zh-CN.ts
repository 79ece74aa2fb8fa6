// 活动：怎么去、怎么报、怎么进门，一句话说清。
export default {
  title: '活动', one: '活动', why: '为什么推荐', online: '线上', km: '约 {n} 公里', filter: '挑活动', show: '看看有什么', district: '哪个区', topics: '喜欢哪一类', about: '活动介绍', programme: '日程',
  by: '{name} 主办', free: '免费参加', paid: '免费参加。每人约 {n} 元，由工会出', onlineHow: '线上直播，开始前半小时可以进', map: '看地图', calledOff: '活动取消了：{reason}', photos: '活动照片', photo: '{title}，第 {n} 张照片', calendar: '加到日历',
  nav: { all: '看活动', mine: '我的活动' },
  order: { label: '排列', soon: '最近的', near: '离我近', for_me: '为我挑', nearHow: '位置只精确到一公里左右，用完就丢，不保存。', own: '按我的喜好排', how: '看您选的类别、地区和参加过的活动；关掉就按时间排。', unknown: '手机没有告诉我们位置，可以用“筛选”选一个区' },
  taste: { open: '说说我喜欢什么', title: '我喜欢什么', lead: '只用来给您排活动，别人看不到。' },
  days: { label: '什么时候', any: '都可以', today: '今天', tomorrow: '明天', weekend: '这个周末', week: '7 天内', month: '30 天内' },
  where: { label: '线上还是到场', any: '都可以', offline: '到场参加', online: '线上' },
  none: { title: '最近没有活动', text: '工会在准备新的，过几天再来看看。', filtered: '没有正好符合的活动', filteredText: '放宽一两个条件试试。', near: '附近 30 公里没有活动', nearText: '看看“最近的”，也有线上活动。' },
  festival: { title: '系列活动', line: '{days}，点开看全部', of: '属于“{title}”，看全部' },
  window: { soon: '{at} 开始报名', closed: '报名截止了', cancelled: '取消了', over: '结束了' },
  places: { free: '还有 {n} 个名额', few: '只剩 {n} 个名额', full: '名额满了', lottery: '摇号，{n} 个名额', approval: '报名后等确认，{n} 个名额' },
  state: { booked: '已报名', held: '名额为您留着', offered: '有名额等您确认', waiting: '候补中', asked: '等主办方确认', entered: '等摇号结果', unlucky: '这次没摇中', refused: '没有通过', called_off: '取消了' },
  who: { title: '谁能参加', lacking: '您还差一步：' },
  rules: {
    title: '名额怎么给', first_come: '先到先得，报上就有名额。', approval: '报名后主办方看过再确认，结果会通知您。', lottery: '报名截止后摇号，早报晚报机会一样，谁都能复算。', left: '共 {capacity} 个，还有 {free} 个。', capacity: '共 {capacity} 个名额。',
    first: '优先照顾：{groups}。', waiting: '满了可以候补，有人退就按顺序通知。', waitingNow: '满了可以候补（现在 {n} 人在等），有人退就按顺序通知。', party: '最多可带 {n} 位同伴。', opens: '{at} 开始报名。', closes: '{at} 截止报名。', cancel: '来不了，{at} 前可以退。',
  },
  act: { verify: '先去核实', register: '我要报名', enter: '报名摇号', wait: '排候补', full: '名额满了，这场不排候补。看看别的活动吧。', soon: '还没到报名时间，可以先加到日历。' },
  way: { mine: '看我的活动', verify: '去核实', others: '看别的活动' },
  count: { fewer: '减一位', more: '加一位' },
  form: { optional: '{title}（可不填）', yes: '是', no: '否', satisfied5: '很满意', satisfied4: '满意', satisfied3: '一般', satisfied2: '不太满意', satisfied1: '不满意', choose: '请选择', missing: '这里还没填', count: '还有 {n} 处没填，已经标红，其他都给您留着。' },
  register: {
    title: '报名', send: '确认报名', full: '名额满了，可以先排候补：有人退，就按顺序通知您。', guests: '带几位同伴', guestsHint: '家人朋友没有账号也行，最多 {n} 位；自己一个人来就不用动。', tooMany: '人数超了，请减一些', parts: '想参加哪几场', partsHint: '想来哪场勾哪场，名额分开算。', secret: '这些回答加密保存，只有这次活动的工作人员能看，每看一次都有记录。',
    booked: '报好了，到点来听', waiting: '候补排上了，有名额马上通知您', asked: '报名收到了，主办方确认后通知您', entered: '摇号报上了，截止后公布结果', held: '名额给您留着，请尽快确认',
  },
  mine: {
    title: '我的活动', ahead: '接下来', past: '参加过的', empty: '还没有报名', emptyText: '挑一个喜欢的，去认识认识大家。', look: '看看有什么活动', kept: '现在没有网络，这是上次看到的。', offline: '没网也能看我的票', with: '同伴 {n} 位', arrived: '已到场', absent: '没有到场',
    offered: '有人退出，这个名额轮到您了！请在 {at} 前确认，过了就给下一位。', accept: '我参加', confirmed: '太好了，名额是您的了', inLine: '您排在候补第 {n} 位，轮到了会通知您。', waiting: '您在候补中，轮到了会通知您。', asked: '主办方正在看您的报名，有结果会通知您。', entered: '已报名摇号，截止后抽签，结果会通知您。',
  },
  ticket: {
    title: '我的票', fresh: '报好了，这是您的票', see: '看我的票', picture: '{title} 的入场二维码', show: '进门时给工作人员扫一下', used: '已经入场', party: '连您一共 {n} 位，一起来就行', bring: '带什么', bringId: '带上手机和身份证，门口可能核对姓名。', works: '这张票已存在手机里，没网也能打开。', needsNet: '这张票的图案会变，截图没用；进门前请先连上网。',
    kept: '现在没有网络，这张票照样能用。', stale: '现在没有网络，图案没法更新。报姓名也能进门。', more: '看活动详情',
  },
  cancel: {
    act: { booked: '来不了，退名额', offered: '让给下一位', held: '退名额', waiting: '不排了', asked: '撤回报名', entered: '不参加摇号了' }, yes: '确认退出', done: '退好了，名额会给下一位', late: '退的时间过了。临时来不了，请告诉主办方一声。',
    place: { ask: '把名额让出来？', text: '会马上给排在后面的人，再想来要重新报名。' }, line: { ask: '退出这次报名？', text: '以后想来，要重新排。' },
  },
  share: { act: '告诉工友', copied: '链接已复制，发给工友就行', picture: '存成图片', alt: '“{title}”的分享图片', scan: '扫一扫，看详情、报名', hold: '长按图片可以保存或转发。图上没有您的任何信息。', send: '发给工友', save: '保存图片' },
  addons: {
    title: '另外可以要的', left: '还有 {n} 份', none: '没有了，可以先排着', line: '没有了，{n} 份在排队', waits: '先排着，有人退就给您；名额照样有。', choose: '去掉这一项再报，或者勾着它再点一次：先排着，有人退就给您。', mine: '另外要的', waiting: '{n} 份还在排队', drop: '不要了', dropWhich: '不要“{title}”了', given: '退好了，会给排队的人',
  },
  pass: {
    act: '去不了，转给工友', guest: '给第 {n} 位同伴一张自己的票', title: '转给工友', guestTitle: '给同伴一张票', how: '让工友扫一扫，或者把链接发给 TA。TA 点“我去”，名额就是 TA 的了，您这张票马上失效。', guestHow: '同伴也是工会的工友？让 TA 扫一扫或打开链接，就有一张自己的票；您的票不变。', all: '您和同伴一共 {n} 个名额一起转。', until: '只能用一次，{at} 前有效；过了再点一次就有新的。', picture: '转名额的二维码', send: '发给工友', words: '我报了“{title}”，来不了，名额给你：', copied: '复制好了，发给工友就行',
  },
  take: {
    title: '工友转来的名额', lead: '有位工友来不了，想把名额转给您。', size: '一共 {n} 个名额，您和同伴一起来', addons: '另外带着：{what}', signIn: '登录一下，就能接下。', toSignIn: '去登录', lacking: '这场活动有条件，您还差一步：', yes: '我去，接下这个名额', until: '这个链接 {at} 前有效，先接先得。', done: '接好了，名额是您的了',
  },
  lottery: {
    title: '摇号公不公平，您来验', lead: '谁也没法动手脚，道理很简单。', how: '摇号是怎么摇的', sealed: '封存的指纹', sealedHow: '开始报名前就公布了，之后改一个字都对不上。', drawn: '摇号结果', figures: '{entrants} 份报名，{winners} 份中签。', recompute: '在我手机上重算一遍', right: '对上了：和公布的结果一模一样。', wrong: '对不上！请截图告诉工会。', mineDrawn: '您的号在中签名单里：', mineNot: '您的号这次没有中签：', save: '下载全部数据', script: '懂电脑的朋友可以用公开的小程序 docs/lottery/recompute.py 再算一遍。', notYet: '还没有摇号。报名截止后会在这里公布。',
    points: ['报名前，系统把一串秘密数字封存起来，先公布它的“指纹”。', '您报名时，您的手机自己抽一个号，主办方选不了。', '截止后公布秘密数字，用它给所有号排队，排在前面的中签。', '人人都能照着再算一遍，结果必须一样。'],
  },
  survey: { title: '说说感受', act: '说说感受（三分钟）', lead: '三分钟，让下一次办得更好。', secret: '不记名：没人知道哪份是您写的。', send: '交上去', done: '谢谢您', doneText: '您说的，我们都会看。', closed: '现在不用填了', closedText: '可能已经填过，或者时间过了。' },
  certificate: { given: '参加后有证书：{title}', open: '打开我的证书' },
  live: {
    title: '直播', act: '进直播间', enter: '进入直播', counts: '进入直播就算到场；看多久，我们不记。', stream: '{title} 直播', outside: '看不了？用浏览器打开', early: '还没开播。开始前半小时可以进。', over: '直播结束了，谢谢您来听。', questions: '大家的提问', ask: '想问老师什么', askHint: '不显示您的名字；工作人员看过后公开。', send: '提问', asked: '问题收到了', none: '还没有人提问', textFirst: '请先写下问题，两个字以上',
    state: { waiting: '我的提问：等工作人员看', shown: '我的提问：已公开', answered: '我的提问：已回答', left: '我的提问：这次没有选上' },
  },
  absences: {
    title: '没去成的活动', lead: '有事没来，大家都理解。', none: '一次都没有', noneText: '说来就来，真好。', held: '暂时请别人先报', over: '已经结束的', what: '现在怎样', reason: '为什么', until: '到什么时候', remedy: '怎么办', receipt: '回执', outcome: '处理结果', ask: '请人再看看', appeal: '请另一位再看', missed: '没到场的', explain: '说明情况', explainWhich: '说明情况：{title}', excused: '已谅解', asked: '正在看',
    to: '没到场？说明一下', how: '生病、加班、其实到了，都可以说。由工作人员来看，结果会告诉您。', text: '当时是什么情况', textHint: '一两句话就好。', textFirst: '请写一句当时的情况', send: '交给工作人员', sent: '收到了，回执 {receipt}，最晚 {day} 前答复',
  },
}
