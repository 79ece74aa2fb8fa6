// Puts the shared modules into each shell and writes their config: a mini-program may not reach outside its own folder.
// node build.js --app https://union.example/ [--wechat-appid wx…] [--wechat-notices id,id] [--alipay-notices id,id]
const fs = require('node:fs')
const path = require('node:path')
const { parseArgs } = require('node:util')

function build({ app, out, appid = '', notices = {} }) {
  if (!/^https:\/\/[^\s#?]+\/$/.test(app || '')) throw new Error('--app must be an https address that ends with a slash')
  for (const shell of ['wechat', 'alipay']) {
    const target = path.join(out, shell)
    fs.rmSync(target, { recursive: true, force: true })
    fs.cpSync(path.join(__dirname, shell), target, { recursive: true })
    fs.cpSync(path.join(__dirname, 'shared'), path.join(target, 'shared'), { recursive: true })
    const config = JSON.stringify({ app, notices: notices[shell] || [] }, null, 2)
    fs.writeFileSync(path.join(target, 'shared', 'config.js'), `module.exports = ${config}\n`)
  }
  if (appid) rewrite(path.join(out, 'wechat', 'project.config.json'), (config) => ({ ...config, appid }))
}

function rewrite(file, change) {
  fs.writeFileSync(file, `${JSON.stringify(change(JSON.parse(fs.readFileSync(file, 'utf8'))), null, 2)}\n`)
}

if (require.main === module) {
  const text = { type: 'string', default: '' }
  const options = { app: text, out: { type: 'string', default: path.join(__dirname, 'dist') } }
  Object.assign(options, { 'wechat-appid': text, 'wechat-notices': text, 'alipay-notices': text })
  const { values } = parseArgs({ options })
  const ids = (shell) => values[`${shell}-notices`].split(',').filter(Boolean)
  const notices = { wechat: ids('wechat'), alipay: ids('alipay') }
  try {
    build({ app: values.app, out: values.out, appid: values['wechat-appid'], notices })
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}

module.exports = { build }
