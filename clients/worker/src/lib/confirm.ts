import { showConfirmDialog } from 'vant'
import 'vant/es/dialog/style'
import { nextTick } from 'vue'
import { i18n } from '@/i18n'

/** Asks before something that others will notice or that cannot be taken back. */
export function confirm(title: string, message: string, yes: string): Promise<boolean> {
  const cancelButtonText = i18n.global.t('app.cancel')
  const asked = showConfirmDialog({ title, message, confirmButtonText: yes, cancelButtonText }).then(() => true, () => false)
  void nextTick(() => name(title))
  return asked
}

/** Vant puts the title where the id of one belongs. */
function name(title: string): void {
  const box = document.querySelector('.van-dialog')
  box?.removeAttribute('aria-labelledby')
  box?.setAttribute('aria-label', title)
}
