// Activities as the pretend server tells them: one of each kind. `sent` remembers what was registered.
const DAY = 86_400_000
const at = (days, hour = 14) => `${new Date(Date.now() + days * DAY).toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00:00+08:00`
const id = (n) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`
const TOPICS = { dating: '交朋友', sport: '运动', outdoor: '徒步户外', culture: '文化艺术', craft: '手工花艺', reading: '读书', food: '美食', music: '音乐舞蹈', family: '亲子', health: '健康', mind: '心理', skill: '技能比武', law: '维权普法', giving: '志愿服务' }
const coded = (pairs) => Object.entries(pairs).map(([code, title]) => ({ code, title }))
const card = (n, title, days, more = {}) => ({
  id: id(n), title, topics: ['outdoor', 'dating'], organiser: '杭州市西湖区总工会', starts_at: at(days), ends_at: at(days, 17), place: '龙井村口集合', district: '330106', online: false, distance_km: null, photo: null,
  window: 'open', opens_at: at(-3, 9), closes_at: at(days - 1, 18), way: 'first_come', capacity: 60, free: 37, waiting: 0, mine: null, series: null, why: [], ...more,
})
const CARDS = [
  card(1, '茶山徒步：走一圈，认识新朋友', 3, { photo: '/api/v1/photos/show?token=p3', why: ['您喜欢：徒步户外', '在您的区'] }),
  card(2, '免费半程马拉松参赛名额', 20, { topics: ['sport'], way: 'lottery', capacity: 1100, free: null, place: '奥体中心', district: '330108' }),
  card(3, '插花课：给家里添点颜色', 5, { topics: ['craft'], free: 0, waiting: 4, capacity: 20, place: '西湖区职工活动中心 3 楼' }),
  card(4, '骑手专场体检', 6, { topics: ['health'], free: 6, capacity: 80, place: '区第一医院', photo: '/api/v1/photos/show?token=p7' }),
  card(5, '直播课：夜班的人怎么睡好', 0, { topics: ['mind'], online: true, place: '', district: '', mine: 'booked', starts_at: new Date(Date.now() - 600_000).toISOString(), ends_at: new Date(Date.now() + 3_600_000).toISOString(), capacity: 2000, free: 1400 }),
  card(6, '亲子采摘', 9, { topics: ['family'], way: 'approval', free: null, capacity: 30, place: '长埭村' }),
  card(7, '秋季相亲嘉年华·运河游船专场', 12, { topics: ['dating'], window: 'soon', opens_at: at(2, 9), series: id(90) }),
  card(8, '象棋擂台', 1, { topics: ['culture'], mine: 'offered', free: 0 }),
  card(9, '消防实操课', 2, { topics: ['skill'], window: 'cancelled' }),
]
const question = (code, title, kind, more = {}) => ({ code, title, kind, required: false, help: '', options: [], least: null, most: null, when: null, ...more })
const FORM = [
  question('meal', '要不要一起吃午饭', 'yes_no', { required: true, help: '农家饭，工会出钱。' }),
  question('diet', '有什么不吃的', 'choices', { options: coded({ pork: '猪肉', beef: '牛肉', spicy: '辣', none: '都吃' }), when: { question: 'meal', answers: ['yes'] }, required: true }),
  question('size', '衣服穿多大', 'choice', { options: coded({ m: '中号', l: '大号', xl: '加大' }), required: true }),
  question('sos', '有急事联系谁', 'phone', { help: '只在当天有急事时用。' }),
  question('note', '还想说什么', 'long'),
]
const SURVEY = [question('again', '下次还想来吗', 'yes_no', { required: true }), question('best', '最喜欢哪里', 'long')]
const booking = (state, more = {}) => ({ booking: id(500), state, until: null, in_line: null, guests: 0, guest_places: [], addons: [], may_pass: state === 'booked', arrived: false, absent: false, reason: '', may_cancel: true, sessions: [], survey_open: false, certificate: '', ...more })
const part = (n, title, hour, more = {}) => ({ id: id(200 + n), title, speaker: '', place: '', starts_at: at(3, hour), ends_at: at(3, hour + 1), capacity: null, free: null, ...more })
const ADDONS = [{ code: 'x1', title: '接送大巴', note: '8:00 发车', each: true, places: 40, free: 3, waiting: 0 }, { code: 'x2', title: '午餐', note: '', each: true, places: 60, free: 0, waiting: 2 }]
const PROGRAMME = [part(1, '集合、签到', 13), part(2, '采茶体验', 14, { speaker: '茶农沈师傅', place: '二号茶园', capacity: 30, free: 12 }), part(3, '炒茶体验', 15, { place: '沈家茶坊', capacity: 20, free: 0 })]
const MINE = { 1: null, 3: null, 5: booking('booked', { may_cancel: false }), 8: booking('offered', { booking: id(508), until: at(0, 23) }) }
const sent = new Map()

function whole(n) {
  const base = CARDS.find((c) => c.id === id(n)) ?? CARDS[0]
  const my = sent.get(base.id) ?? MINE[n] ?? null
  return {
    ...base, mine: my?.state ?? null, about: '从龙井村口出发，沿茶山走一圈，大约 5 公里，路好走。\n中间歇两次，有热茶。走完在农家院里坐坐，认识认识新朋友。\n穿双好走的鞋，带上水杯。', address: '西湖区龙井路 1 号', lat: 30.22, lon: 120.1,
    photos: base.photo ? [base.photo, '/api/v1/photos/show?token=p11'] : [], audience: n === 4 ? '快递员、外卖骑手、司机等新就业形态劳动者' : '欢迎所有职工', audience_note: n === 1 ? '走得动 5 公里就行。' : '', lacking: n === 4 ? [{ words: '快递员、外卖骑手、司机等新就业形态劳动者', next: '如果您是做这一行的，请先核实工作单位。' }] : [],
    first: n === 2 ? ['快递员、骑手、司机'] : [], cancel_until: at(2, 18), keeps_waiting: true, max_party: n === 1 ? 3 : 1, passes_on: true, addons: n === 1 ? ADDONS : [], form: n === 1 ? FORM : [], survey: n === 5 ? SURVEY : [], programme: n === 1 ? PROGRAMME : [], yuan_each: n === 1 ? 45 : 0, certificate: n === 5 ? '职工心理健康课' : '',
    cancel_reason: n === 9 ? '台风要来，安全要紧。' : '', series_title: base.series ? '杭州秋季相亲嘉年华' : '', stream_open: n === 5, rotating: false, my,
  }
}
const row = (n, my) => ({ ...Object.fromEntries(['id', 'title', 'organiser', 'starts_at', 'ends_at', 'place', 'online', 'window'].map((name) => [name, whole(n)[name]])), address: '西湖区龙井路 1 号', cancel_until: at(2, 18), cancel_reason: whole(n).cancel_reason, my })
const mine = () => ({
  ahead: [row(8, MINE[8]), row(5, MINE[5]), row(1, booking('booked', { booking: id(501), guests: 1 })), row(3, booking('waiting', { booking: id(503), in_line: 3 })), row(2, booking('entered', { booking: id(502) }))],
  past: [
    { ...row(4, booking('booked', { booking: id(504), arrived: true, survey_open: true, certificate: 'NJ-CERT-0001' })), window: 'over', starts_at: at(-9), ends_at: at(-9, 17) },
    { ...row(6, booking('booked', { booking: id(506), absent: true })), window: 'over', starts_at: at(-20), ends_at: at(-20, 17) },
  ],
})
// A picture that looks like a ticket; the real one is made by the server.
function svg() {
  const cells = Array.from({ length: 841 }, (_, i) => ((i * 7919 + ((i * i) % 31)) % 5 < 2 ? `M${(i % 29) + 4} ${Math.floor(i / 29) + 4}h1v1h-1z` : '')).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h37v37H0z"/><path d="${cells}"/></svg>`
}
const DRAW = {
  slot: '11111111-1111-4111-8111-111111111111', commitment: '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925', seed: '00'.repeat(32), beacon: '',
  places: { '': 1 }, entrants: ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 1 -', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb 1 1 -'], winners: ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
}
const number = (text) => Number(String(text).slice(-12))

export const GET = {
  'activities/options': () => ({ json: { topics: coded(TOPICS), ways: coded({ first_come: '先到先得', approval: '审核', lottery: '摇号' }), districts: coded({ 330102: '上城区', 330105: '拱墅区', 330106: '西湖区', 330108: '滨江区', 330109: '萧山区' }) } }),
  'activities/one': (r) => ({ json: whole(number(r.query.get('activity'))) }),
  'activities/festival': () => ({ json: { id: id(90), title: '杭州秋季相亲嘉年华', about: '一个月，三场直播、三场线上相亲、三场线下专场，还有千人互选。', organiser: '杭州市总工会', starts_on: at(1).slice(0, 10), ends_on: at(30).slice(0, 10), items: [CARDS[4], CARDS[0], CARDS[6]] } }),
  'activities/taste': () => ({ json: { topics: ['outdoor'], district: '330106' } }),
  'activities/mine': () => ({ json: mine() }),
  'activities/ticket': (r) => ({ json: { booking: r.query.get('booking'), code: 'NJTk9sZx2Qv7TnWJm0aB4cDeFgHiJkLmNoPqRsTuVw', svg: svg(), title: CARDS[0].title, starts_at: CARDS[0].starts_at, place: CARDS[0].place, address: '西湖区龙井路 1 号', rotating: false } }),
  'activities/questions': () => ({ json: { items: [{ id: id(700), text: '倒班的人几点睡最好？', state: 'answered', answer: '固定时间最要紧，拉上窗帘，睡够七小时。', mine: false }, { id: id(701), text: '喝茶会不会睡不着？', state: 'waiting', answer: '', mine: true }] } }),
  'activities/absences': () => ({
    json: {
      missed: [{ booking: id(801), title: '羽毛球赛', at: at(-30), excused: false, may_appeal: true }, { booking: id(802), title: '亲子采摘', at: at(-20), excused: true, may_appeal: false }],
      consequences: [{ id: id(810), since: at(-5), until: at(25), what: '这段时间里，报名比别人晚一天开放。', reason: '有名额没有来：“羽毛球赛”、“插花课”', remedy: '到时候自己就解除了。如果不对，或者有原因，告诉我们，会有人来看。', over: false, may_ask: true, receipt: '', state: '', outcome: '', may_appeal: false }],
    },
  }),
  'activities/lottery': () => ({ json: DRAW }),
  'activities/share/code': (r) => ({ json: { address: `/#/activities/one?id=${r.query.get('activity')}`, svg: svg() } }),
}
export const POST = (refuse) => ({
  'activities/find': (r) => {
    const items = CARDS.filter((c) => (!r.body.topics?.length || c.topics.some((t) => r.body.topics.includes(t))) && (!r.body.district || c.district === r.body.district)).map((c) => (r.body.order === 'for_me' ? c : { ...c, why: [] }))
    return { json: { items, next: null, festivals: [{ id: id(90), title: '杭州秋季相亲嘉年华', organiser: '杭州市总工会', starts_on: at(1).slice(0, 10), ends_on: at(30).slice(0, 10) }], personal: true } }
  },
  'activities/taste': (r) => ({ json: r.body }),
  'activities/register': (r) => {
    const n = number(r.body.activity)
    if (n === 3 && !r.body.wait) return refuse(409, 'full', '名额已经满了。', '可以先排候补：有名额马上告诉您。')
    if (n === 6) return refuse(409, 'overlapping', '那个时间您已经报了“茶山徒步”。', '先把那边的名额退掉，会有人很高兴。')
    sent.set(r.body.activity, booking(n === 3 ? 'waiting' : n === 2 ? 'entered' : 'booked', { booking: id(501), in_line: n === 3 ? 5 : null }))
    return { json: { booking: id(501), state: sent.get(r.body.activity).state, is_new: true } }
  },
  'activities/confirm': () => ({ json: booking('booked') }), 'activities/cancel': () => ({ json: mine() }),
  'activities/addons': () => ({ json: booking('booked', { booking: id(501) }) }),
  'activities/pass': () => ({ json: { code: 'NJPmock', link: 'http://localhost/#/activities/take?code=NJPmock', svg: svg(), until: at(0, 23) } }),
  'activities/take/look': (r) => {
    if (r.body.code !== 'NJPmock') return refuse(404, 'pass_unknown', '这个链接我们不认识。', '可能少复制了几个字，请对方再发一次。')
    const { title, organiser, starts_at, ends_at, place, form } = whole(1)
    return { json: { id: id(1), title, organiser, starts_at, ends_at, place, address: '西湖区龙井路 1 号', online: false, audience: '人人都可以来。', until: at(0, 23), size: 2, addons: ['接送大巴'], signed_in: true, lacking: [], form } }
  },
  'activities/take': () => ({ json: booking('booked', { booking: id(501), guests: 1 }) }),
  'activities/attend': () => ({ json: { url: 'about:blank' } }), 'activities/questions/ask': () => ({ json: {} }), 'activities/survey': () => ({ json: {} }),
  'activities/absences/ask': () => ({ json: { receipt: 'NJ-ABSE-0001', due: at(5) } }), 'activities/absences/appeal': () => ({ json: { receipt: 'NJ-ABSE-0002', due: at(5) } }),
})
export const forgetSent = () => sent.clear()
