// What can go wrong on the way in, told as the family would. The kinds:
//   cancelled  the user changed their mind: say nothing more
//   offline    no network, or it went away
//   busy       the other side is slow, overloaded or asks to wait
//   refused    a clear no, with the server's own words
//   broken     an answer that nobody can read

const WORDS = {
  cancelled: ['已取消', '想好了随时再点。'],
  offline: ['网络好像断了', '连上网后再试一次。'],
  busy: ['这会儿有点忙', '过一会儿再试。'],
  refused: ['没有成功', '可以再试一次，或用手机号登录。'],
  broken: ['对方的回答看不懂', '过一会儿再试，或用手机号登录。'],
}

class Failure extends Error {
  constructor(kind, { message, next, retryAfter = 0, status = 0, code = '' } = {}) {
    const [saying, doing] = WORDS[kind]
    super(message || saying)
    Object.assign(this, { kind, next: next || doing, retryAfter, status, code })
  }
}

module.exports = { Failure }
