import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'
import { startLooks } from './state/looks'
import { startSession } from './state/session'
import './styles/tokens.css'
import './styles/base.css'

async function start(): Promise<void> {
  await startLooks()
  await startSession()
  createApp(App).use(i18n).use(router).mount('#app')
}

void start()
