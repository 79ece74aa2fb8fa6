const config = require('./shared/config')
const { createPlatform } = require('./platform')

const platform = createPlatform(wx)

App({
  globalData: { config, platform, address: '' },
})
