import { computed, onUnmounted, ref } from 'vue'

/** Seconds left until a moment, ticking. */
export function useCountdown(until: () => number) {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onUnmounted(() => clearInterval(timer))
  return computed(() => Math.max(0, Math.ceil((until() - now.value) / 1000)))
}
