// What the pretend server says. State lives in memory; POST mock/reset {scene} starts anew ("verified" or "new").
import * as activities from './activities.mjs'

const fact = (kind, state, source, method, since, until) => ({ kind, state, source, method, since, until, why: '', next: '' })
const VERIFIED = [
  fact('real_person', 'verified', '支付宝实名核验', '刷脸', '2026-11-02', null),
  fact('employer', 'verified', '西湖区总工会会员名册', '名册比对', '2026-11-02', '2027-11-02'),
  fact('single', 'verified', '本人承诺', '签署承诺书', '2026-11-03', '2027-11-03'),
]
const NEW = [
  fact('real_person', 'verified', '支付宝实名核验', '刷脸', '2026-11-02', null),
  { ...fact('employer', 'fallen', '西湖区总工会会员名册', '名册比对', '2026-05-02', null), why: '11 月 20 日的新名册上没有找到您，可能是换了单位。', next: '请重新选择现在的单位；如果没换，单位会为您确认。' },
  fact('single', 'none', '', '', null, null),
]
const coded = (pairs) => Object.entries(pairs).map(([code, title]) => ({ code, title }))
const hobby = (group, pairs) => Object.entries(pairs).map(([code, title]) => ({ code, group, title }))
const OPTIONS = {
  hobbies: [
    ...hobby('运动', { badminton: '羽毛球', hiking: '爬山', running: '跑步', swim: '游泳', basketball: '篮球', cycling: '骑行', yoga: '瑜伽', fishing: '钓鱼' }),
    ...hobby('文艺', { reading: '看书', film: '看电影', guitar: '吉他', photo: '摄影', calligraphy: '书法', opera: '越剧' }),
    ...hobby('生活', { cooking: '做饭', baking: '烘焙', plants: '养花', pets: '养猫养狗', travel: '旅行', tea: '喝茶' }),
  ],
  districts: [['xihu', '西湖区'], ['gongshu', '拱墅区'], ['shangcheng', '上城区'], ['binjiang', '滨江区'], ['xiaoshan', '萧山区'], ['yuhang', '余杭区']].map(([code, title]) => ({ code, title, city: '杭州' })),
  educations: coded({ school: '高中及以下', college: '大专', bachelor: '本科', master: '硕士及以上' }),
  marital: coded({ never: '未婚', divorced: '离异', widowed: '丧偶' }), children: coded({ none: '没有', with_me: '有，和我住', apart: '有，不和我住' }),
  smoking: coded({ no: '不吸', some: '偶尔', yes: '吸' }), drinking: coded({ no: '不喝', some: '偶尔', yes: '常喝' }),
  report_reasons: coded({ money: '要钱、推荐投资', fake: '资料是假的', married: '已婚或有对象', rude: '骚扰、辱骂', other: '其他' }),
}
const NAMES = ['小满', '阿哲', '晚晴', '大山', '青禾', '向北', '知夏', '老陈', '桂花', '一帆', '半夏', '小鹿']
const TRADES = ['护士', '地铁司机', '小学老师', '快递站长', '咖啡师', '电工', '会计', '厨师', '绣娘', '程序员']
const card = (i) => ({
  id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, nickname: NAMES[i % NAMES.length], age: 24 + ((i * 7) % 19), height_cm: 156 + ((i * 5) % 30), education: OPTIONS.educations[i % 4].code,
  district: OPTIONS.districts[i % 6].code, home_town: ['浙江金华', '安徽黄山', '江西上饶'][i % 3], trade: TRADES[i % TRADES.length], hobbies: OPTIONS.hobbies.filter((_, n) => (n + i) % 5 === 0).map((h) => h.code),
  photo: i % 4 === 3 ? null : `/api/v1/photos/show?token=p${i}${i % 2 ? '' : 'b'}`, photo_blurred: i % 2 === 0, facts: VERIFIED.map(({ kind, since }) => ({ kind, since })),
  why: [['都喜欢爬山和看电影', '都在西湖区上班'], ['老家都在金华'], ['都不吸烟', '都喜欢做饭']][i % 3], said: null,
})
const blank = () => ({
  exists: true, visibility: 'verified', see_colleagues: false, photos_to: 'mutual', nickname: '春风', trade: '医院后勤', about: '在医院做后勤，周末爱去龙井村走走，会做几道家常菜。', wish_text: '', height_cm: 168, education: 'college', home_town: '浙江金华',
  district: 'xihu', marital: 'never', children: 'none', smoking: 'no', drinking: 'some', hobbies: ['hiking', 'cooking', 'film'], photos: [{ id: 'p1', url: '/api/v1/photos/show?token=p1' }, { id: 'p5', url: '/api/v1/photos/show?token=p5' }],
  wishes: { age_from: 26, age_to: 36, height_from: null, height_to: null, educations: [], districts: [], marital: [] }, facts: VERIFIED,
  held: [], completeness: { percent: 72, advice: [{ code: 'wish_text', text: '写一句希望遇见什么样的人' }, { code: 'photos', text: '再放一张生活照' }] },
})
let s
function reset(scene = 'verified') {
  s = {
    scene, facts: scene === 'new' ? NEW : VERIFIED, mine: blank(), said: [2], blocked: [{ id: card(9).id, nickname: card(9).nickname }], unread: 2, large: false, fail: null,
    pairs: [
      { id: 'pair-1', other: { ...card(1), photo_blurred: false }, since: '2026-11-20T10:00:00+08:00', my_contact: null, their_contact: null, they_offered: true },
      { id: 'pair-2', other: { ...card(5), photo_blurred: false }, since: '2026-11-18T10:00:00+08:00', my_contact: { kind: 'wechat', value: 'chunfeng_88' }, their_contact: { kind: 'phone', value: '13800005678' }, they_offered: true },
    ],
    consents: [
      { purpose: 'dating', title: '用于交友', text: '把您填写的交友资料给其他核实过的单身职工看。', version: '1', sensitive: true, given: true, given_at: '2026-11-03T09:00:00+08:00' },
      { purpose: 'suggest', title: '推荐更合适的人', text: '用您说过的愿意和略过，排一排谁可能更合适。', version: '1', sensitive: false, given: true, given_at: '2026-11-03T09:00:00+08:00' },
      { purpose: 'activities_for_me', title: '把可能适合的活动排前面', text: '按您选的类别、地区和参加过的活动来排，并告诉您为什么。不同意就按时间排。', version: '1', sensitive: false, given: true, given_at: '2026-11-03T09:00:00+08:00' },
      { purpose: 'sms', title: '短信通知', text: '有要紧的事时发短信给您。', version: '2', sensitive: false, given: false, given_at: null },
    ],
  }
}
reset()
const me = () => ({ id: 'me', name_masked: '林*', phone_masked: '138****1234', language: 'zh-hans', large_type: s.large, verified: s.facts.filter((f) => f.state === 'verified'), waiting: s.unread })
const refuse = (status, code, message, next = '', fields = {}, retry_after = null) => ({ status, json: { error: { code, message, next, fields, retry_after } } })
const signedIn = () => ({ json: { token: 'mock', me: me() }, cookie: 'session=mock; Path=/' })
const numberOf = (id) => Number(id.slice(-12))
const find = (body) => card(numberOf(body.id))
const profile = (i) => ({
  ...card(i), about: '喜欢安静，也爱热闹。平时下班会去运河边走走，周末常约朋友爬山。\n希望遇见一个能好好说话的人。', wish_text: '踏实、爱笑，周末愿意一起做顿饭。', marital: 'never', children: 'none', smoking: 'no', drinking: 'some',
  photos: [i, i + 4].map((n) => ({ url: `/api/v1/photos/show?token=p${n}${i % 2 ? '' : 'b'}`, blurred: i % 2 === 0 })), facts: VERIFIED, state: s.said.includes(i) ? 'yes_said' : 'none', left_today: 29,
})
function portrait(token) {
  const n = Number(/\d+/.exec(token)?.[0] ?? 0)
  const hue = (n * 47) % 360
  const blur = token.endsWith('b') ? '<filter id="b"><feGaussianBlur stdDeviation="14"/></filter>' : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500"><defs>${blur}</defs><g ${blur && 'filter="url(#b)"'}><rect width="400" height="500" fill="hsl(${hue} 45% 82%)"/><circle cx="320" cy="90" r="60" fill="hsl(${hue + 40} 70% 75%)"/><path d="M60 500c0-120 60-180 140-180s140 60 140 180z" fill="hsl(${hue + 160} 35% 45%)"/><circle cx="200" cy="220" r="86" fill="hsl(28 60% 78%)"/><path d="M108 220c-6-90 50-130 96-130s98 40 90 130c-20-50-60-70-92-70s-76 20-94 70z" fill="hsl(20 30% 22%)"/><path d="M166 258c20 22 50 22 68 0" stroke="hsl(10 50% 40%)" stroke-width="8" fill="none" stroke-linecap="round"/><circle cx="170" cy="218" r="8"/><circle cx="232" cy="218" r="8"/></g></svg>`
}
const merge = (body) => ((s.mine = { ...s.mine, ...body }), { json: s.mine })
const GET = {
  ...activities.GET,
  meta: () => ({ json: { demo: true, simulators: 'http://127.0.0.1:8001/', version: '0.1.0', languages: ['zh-hans', 'en'] }, cookie: 'csrftoken=mock; Path=/' }),
  me: () => ({ json: me() }),
  home: () => ({
    json: {
      waiting: s.scene === 'new' ? [{ code: 'employer', title: '单位核实失效了', body: '重新选择现在的单位就好', route: '/verify/employer' }, { code: 'single', title: '还差一步：签单身承诺', body: '签好就可以认识人了', route: '/verify/pledge' }] : [{ code: 'contact', title: '阿哲留了联系方式', body: '您也留下，就能互相看到', route: '/dating/pairs' }],
      announcements: [],
      services: [
        { code: 'activities', title: '活动', subtitle: '工会最近有什么', icon: 'calendar', route: '/activities', ready: true, next: '' },
        { code: 'dating', title: '职工交友', subtitle: '都是核实过的单身职工', icon: 'heart', route: '/dating', ready: s.scene !== 'new', next: s.scene === 'new' ? '先完成核实' : '' },
        { code: 'verify', title: '身份核实', subtitle: '真人、单位、单身承诺', icon: 'badge-check', route: '/verify', ready: true, next: '' },
        { code: 'aid', title: '我要帮扶', subtitle: '有难处，跟娘家说', icon: 'help', route: '/aid', ready: false, next: '正在筹备' },
        { code: 'places', title: '暖心驿站', subtitle: '歇脚、喝水、热饭', icon: 'place', route: '/places', ready: false, next: '正在筹备' },
      ],
    },
  }),
  inbox: () => ({ json: { items: [['n1', '阿哲留了联系方式', '您也留下，就能互相看到。', '/dating/pairs', s.unread < 1], ['n2', '你们互相愿意认识', '您和阿哲都说了愿意。', '/dating/pairs', s.unread < 2], ['n3', '单位核实好了', '西湖区总工会会员名册上找到了您。', '/verify', true]].map(([id, title, body, route, read], i) => ({ id, title, body, route, read, at: new Date(Date.now() - i * 4e7).toISOString() })), next: null } }),
  facts: () => ({ json: { items: s.facts } }),
  'facts/employers': (r) => ({ json: { items: r.query.get('q').includes('无') ? [] : ['西湖快递服务有限公司', '西湖区第一医院', '杭州西湖机电厂'].map((name, i) => ({ id: `e${i}`, name, district: '西湖区' })) } }),
  'facts/pledge': () => ({ json: { version: '2026-1', text: '我承诺：\n一、我现在单身，没有配偶，也没有正在交往的对象。\n二、我填写的内容真实，不冒用他人信息。\n三、情况有变化，我会第一时间更新或退出。\n四、我尊重每一位遇见的人，不骚扰，不借此牟利。' } }),
  consents: () => ({ json: { items: s.consents } }),
  looks: () => ({ json: { items: [{ who: '西湖区总工会 核验员 王*', what: '身份证照片', purpose: '核实真人身份', at: '2026-11-02T10:20:00+08:00' }, { who: '西湖区总工会 举报处理员', what: '交友资料', purpose: '处理举报 NJ-7KQ4-2MXD', at: '2026-11-10T15:02:00+08:00' }], next: null } }),
  'me/export': () => ({ json: { me: me() } }),
  'photos/show': (r) => ({ svg: portrait(r.query.get('token')) }),
  'dating/options': () => ({ json: OPTIONS }),
  'dating/profile': () => ({ json: s.mine }),
  'dating/said': () => ({ json: { items: s.said.map(card).map((c) => ({ ...c, said: 'yes' })), next: null } }),
  'dating/pairs': () => ({ json: { items: s.pairs } }),
  'dating/blocked': () => ({ json: { items: s.blocked } }),
  'dating/reports': () => ({ json: { items: [{ receipt: 'NJ-7KQ4-2MXD', reason: '要钱、推荐投资', state: '已有结果', at: '2026-11-08T10:00:00+08:00', due: '2026-11-11', outcome: '已核实，对方账号已被限制。谢谢您。', may_appeal: true }, { receipt: 'NJ-9PLM-3ABC', reason: '资料是假的', state: '等待处理', at: '2026-11-20T10:00:00+08:00', due: '2026-11-25', outcome: null, may_appeal: false }] } }),
  'dating/restrictions': () => ({ json: { items: s.scene === 'new' ? [{ receipt: 'NJ-4RST-8XYZ', what: '暂时不能打开新的资料', reason: '多位用户反映您在聊天中推荐投资。', remedy: '到就近工会窗口说明情况，或在这里申诉。', until: '2026-12-20', may_appeal: true }] : [] } }),
}
const POST = {
  ...activities.POST(refuse),
  'mock/reset': (r) => (reset(r.body.scene), activities.forgetSent(), { json: {} }),
  'mock/fail': (r) => ((s.fail = r.body), { json: {} }),
  'sign-in/code': (r) => (/^1\d{10}$/.test(r.body.phone) ? { json: { challenge: '00000000-0000-4000-8000-00000000c0de', resend_after: 60, expires_in: 300 } } : refuse(422, 'invalid', '请检查填写的内容', '', { phone: '手机号不对' })),
  'sign-in/verify': (r) => (r.body.code === '000000' ? refuse(422, 'wrong_code', '验证码不对', '请核对短信，或重新发送。', { code: '验证码不对，还可以试 4 次' }) : signedIn()),
  'sign-in/bind': signedIn, 'bridge/redeem': (r) => (r.body.ticket === 'old' ? refuse(404, 'not_found', '这张门票用过了', '请从小程序重新进来。') : signedIn()),
  'sign-out': () => ({ json: {}, cookie: 'session=; Path=/; Max-Age=0' }),
  'me/settings': (r) => ((s.large = r.body.large_type ?? s.large), { json: me() }),
  'me/erase': () => ({ json: { receipt: 'NJ-AAAA-BBBB', at: new Date().toISOString() }, cookie: 'session=; Path=/; Max-Age=0' }),
  'inbox/read': () => ((s.unread = 0), { json: { unread: 0 } }),
  'facts/identity/start': (r) => ({ json: { certify_id: 'c1', url: r.body.return_url } }),
  'facts/identity/finish': () => ({ json: VERIFIED[0] }),
  'facts/identity/desk': () => ({ json: { receipt: 'NJ-DESK-0001', fact: { ...NEW[2], kind: 'real_person', state: 'waiting' } } }),
  'facts/employer': (r) => ((s.facts = s.facts.map((f) => (f.kind === 'employer' ? VERIFIED[1] : f))), { json: { outcome: r.body.employer === 'e1' ? 'enterprise_asked' : 'verified', fact: VERIFIED[1] } }),
  'facts/single': () => (s.consents.every((c) => c.purpose !== 'sms' || c.given) ? undefined : refuse(403, 'consent_needed', '先要您同意', '短信通知', { purpose: 'sms' })) ?? ((s.facts = s.facts.map((f) => (f.kind === 'single' ? VERIFIED[2] : f))), { json: VERIFIED[2] }),
  consents: (r) => ((s.consents = s.consents.map((c) => (c.purpose === r.body.purpose ? { ...c, given: r.body.given, given_at: new Date().toISOString() } : c))), { json: {} }),
  photos: () => ({ json: { id: `p${Math.floor(Math.random() * 90)}`, url: '/api/v1/photos/show?token=p8' } }),
  'dating/profile': (r) => merge(r.body), 'dating/profile/photos': (r) => merge({ photos: r.body.photos.map((id) => ({ id, url: `/api/v1/photos/show?token=${id}`, waits: false })) }),
  'dating/pause': () => merge({ visibility: 'paused' }), 'dating/resume': () => merge({ visibility: 'verified' }),
  'dating/browse': (r) => {
    if (s.scene === 'new') return refuse(403, 'not_verified', '先完成核实，再认识人', '还差：工作单位、单身承诺。')
    const from = Number(r.body.cursor ?? 0)
    const all = Array.from({ length: 18 }, (_, i) => card(i)).filter((c) => c.nickname !== '桂花' && (!r.body.hobbies?.length || c.hobbies.some((h) => r.body.hobbies.includes(h))))
    if (s.scene === 'tired') return refuse(409, 'paused', '您在休息', '想回来，点一下就好。')
    return { json: { items: all.slice(from, from + 8), next: all.length > from + 8 ? String(from + 8) : null, left_today: 30, for_you: r.body.order === 'for_you' } }
  },
  'dating/open': (r) => ({ json: profile(numberOf(r.body.id)) }),
  'dating/yes': (r) => (numberOf(r.body.id) === 3 ? { json: { state: 'mutual', pair: 'pair-3' } } : (s.said.push(numberOf(r.body.id)), { json: { state: 'yes_said' } })),
  'dating/pass': () => ({ json: { state: 'passed' } }), 'dating/take-back': (r) => ((s.said = s.said.filter((n) => n !== numberOf(r.body.id))), { json: { state: 'none' } }),
  'dating/contact/offer': (r) => change(r.body.pair, { my_contact: { kind: r.body.kind, value: r.body.value }, their_contact: { kind: 'wechat', value: 'azhe_2026' } }),
  'dating/contact/withdraw': (r) => change(r.body.pair, { my_contact: null, their_contact: null }),
  'dating/block': (r) => (s.blocked.push({ id: r.body.id, nickname: find(r.body).nickname }), { json: {} }),
  'dating/unblock': (r) => ((s.blocked = s.blocked.filter((b) => b.id !== r.body.id)), { json: {} }),
  'dating/report': () => ({ json: { receipt: 'NJ-REPO-0001', due: '2026-11-27' } }), 'dating/appeal': () => ({ json: {} }),
  'dating/leave': () => ({ json: { receipt: 'NJ-GONE-0001', at: new Date().toISOString() } }),
}
function change(id, part) {
  s.pairs = s.pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair))
  return { json: s.pairs.find((pair) => pair.id === id) }
}
const OPEN = /^(meta|sign-in|bridge|photos\/show|mock)/

export function answer(request) {
  if (s.fail?.path === request.path) return refuse(s.fail.status ?? 503, s.fail.code ?? 'unavailable', s.fail.message ?? '服务暂时忙不过来', '请过一会儿再试。')
  if (!OPEN.test(request.path) && !request.cookie.includes('session=mock')) return refuse(401, 'sign_in_needed', '请先登录')
  const handler = (request.method === 'GET' ? GET : POST)[request.path]
  return handler ? handler(request) : refuse(404, 'not_found', '没有这个地方')
}
