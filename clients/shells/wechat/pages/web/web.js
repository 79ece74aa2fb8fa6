// Holds the app. The address comes through memory, never through a page's query, since it may hold a ticket.
const { isOurs } = require('../../shared/address')

const shell = getApp().globalData

Page({
  data: { address: '' },

  onLoad() {
    const address = shell.address
    shell.address = ''
    if (isOurs(shell.config.app, address)) this.setData({ address })
    else wx.reLaunch({ url: '/pages/index/index' })
  },

  // Without this WeChat would share the address of the web-view.
  onShareAppMessage() {
    return { title: '娘家：工会在，娘家就在', path: '/pages/index/index' }
  },
})
