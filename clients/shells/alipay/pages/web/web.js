// Holds the app, and does the identity check that only Alipay itself can do when the app asks for it.
const { createDoor } = require('../../shared/pages')

const shell = getApp().globalData

Page({
  data: { address: '' },

  onLoad() {
    this.door = createDoor({
      platform: shell.platform,
      app: shell.config.app,
      say: (content) => my.showToast({ content, duration: 3000 }),
      open: (address) => this.setData({ address }),
    })
    const address = shell.address
    shell.address = ''
    if (this.door.mayOpen(address)) this.setData({ address })
    else my.reLaunch({ url: '/pages/index/index' })
  },

  onMessage(event) {
    return this.door.onMessage(event.detail)
  },

  onShareAppMessage() {
    return { title: '娘家：工会在，娘家就在', path: '/pages/index/index' }
  },
})
