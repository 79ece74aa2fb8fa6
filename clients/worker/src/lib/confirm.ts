import { showConfirmDialog } from 'vant'
import 'vant/es/dialog/style'
import { i18n } from '@/i18n'

/** Asks before something that others will notice or that cannot be taken back. */
export function confirm(title: string, message: string, yes: string): Promise<boolean> {
  const cancelButtonText = i18n.global.t('app.cancel')
  return showConfirmDialog({ title, message, confirmButtonText: yes, cancelButtonText }).then(() => true, () => false)
}
