// A link that is opened, or a way back that is taken, while the first page still loads: the router hears of it only later.
import type { Router } from 'vue-router'

/** Listens from now on; the answer, to be called when the router is ready, goes where somebody wanted to go meanwhile. */
export function hearEarly(): (router: Router) => Promise<void> {
  let wanted: string | undefined
  const hear = () => (wanted = location.hash.slice(1) || '/')
  window.addEventListener('hashchange', hear)
  return async (router) => {
    window.removeEventListener('hashchange', hear)
    if (wanted !== undefined && wanted !== router.currentRoute.value.fullPath) await router.replace(wanted)
  }
}
