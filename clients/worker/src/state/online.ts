import { ref } from 'vue'

/** False from the first call that got no answer until one does. */
export const online = ref(navigator.onLine)

window.addEventListener('offline', () => (online.value = false))
window.addEventListener('online', () => (online.value = true))
