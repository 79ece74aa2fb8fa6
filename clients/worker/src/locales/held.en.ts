import type zh from './held.zh-CN'

const en: typeof zh = {
  waits: 'Waits for somebody of the union', down: 'Not shown', kept: 'Kept; somebody of the union looks at it first',
  words: 'It is about: {words}.', meanwhile: 'Until then the others read what stood there before.', sooner: 'Without these words it is there at once; contacts can be exchanged once you both said yes.',
  reason: 'Why: {reason}', change: 'Change it and save, and it starts anew.', appealed: 'Another person looks again; you will be told.', photo: 'Only you see it', photoWhy: 'New photos are looked at for codes first, mostly within seconds. One with a code is shown when somebody of the union has seen it.',
}

export default en
