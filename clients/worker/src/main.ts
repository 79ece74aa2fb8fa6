import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { hearEarly } from './lib/early'
import { router } from './router'
import { startLooks } from './state/looks'
import { startSession } from './state/session'
import './styles/tokens.css'
import './styles/base.css'

async function start(): Promise<void> {
  const goWhereWanted = hearEarly()
  await startLooks()
  await startSession()
  const app = createApp(App).use(i18n).use(router)
  // Shown when the first page is known, so that its frame does not jump.
  await router.isReady()
  await goWhereWanted(router)
  app.mount('#app')
}

void start()
