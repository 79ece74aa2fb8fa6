const config = require('./shared/config')
const { createPlatform } = require('./platform')

const platform = createPlatform(my)

App({
  globalData: { config, platform, address: '' },
})
