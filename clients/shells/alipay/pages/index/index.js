// The first screen says who we are. Nobody is asked anything before they tap.
const { createDoor } = require('../../shared/pages')
const { createNotices } = require('../../shared/notices')

const shell = getApp().globalData

Page({
  data: { line: '', busy: false, mayAsk: false },

  onLoad(query) {
    this.next = decodeURIComponent(query.next || '')
    this.notices = createNotices({ platform: shell.platform })
    this.door = createDoor({
      platform: shell.platform,
      app: shell.config.app,
      say: (line) => this.setData({ line }),
      open: (address) => {
        shell.address = address
        my.navigateTo({ url: '/pages/web/web' })
      },
    })
  },

  async signIn() {
    this.setData({ busy: true, line: '' })
    await this.door.signIn(this.next)
    this.setData({ busy: false })
  },

  onShow() {
    this.setData({ mayAsk: shell.config.notices.length > 0 && this.door.isKnown() })
  },

  async askNotices() {
    const agreed = await this.notices.ask(shell.config.notices)
    this.setData({ mayAsk: false, line: agreed.length ? '好，有回音就告诉你。' : '' })
  },

  lookAround() {
    this.door.lookAround(this.next)
  },

  onShareAppMessage() {
    return { title: '娘家：工会在，娘家就在', path: '/pages/index/index' }
  },
})
