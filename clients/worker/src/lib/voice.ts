// Voice notes as the server takes them: 16,000 samples a second, one channel, a byte each (µ-law), in a WAV without a word
// about the phone. Every browser plays that, whoever recorded it.
export const RATE = 16_000
export const MOST_SECONDS = 60
const BIAS = 132
const LOUDEST = 32_635

export function muLaw(sample: number): number {
  const level = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)
  const size = Math.min(Math.abs(level), LOUDEST - BIAS) + BIAS
  const exponent = Math.max(0, 31 - Math.clz32(size) - 7)
  return ~((level < 0 ? 0x80 : 0) | (exponent << 4) | ((size >> (exponent + 3)) & 0x0f)) & 0xff
}

export function wavOf(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const length = Math.min(samples.length, RATE * MOST_SECONDS)
  const file = new Uint8Array(58 + length + (length % 2))
  const view = new DataView(file.buffer)
  const word = (at: number, text: string) => [...text].forEach((char, i) => (file[at + i] = char.charCodeAt(0)))
  word(0, 'RIFF')
  view.setUint32(4, file.length - 8, true)
  word(8, 'WAVEfmt ')
  view.setUint32(16, 18, true)
  view.setUint16(20, 7, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, RATE, true)
  view.setUint32(28, RATE, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  word(38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, length, true)
  word(50, 'data')
  view.setUint32(54, length, true)
  for (let i = 0; i < length; i++) file[58 + i] = muLaw(samples[i] ?? 0)
  return file
}

export const canRecord = (): boolean => typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia)

/** One recording, from the tap that begins it to the one that ends it. */
export class Recording {
  readonly since = Date.now()
  private parts: Blob[] = []
  private ended: Promise<void>

  private constructor(private recorder: MediaRecorder) {
    this.ended = new Promise((done) => (recorder.onstop = () => done()))
    recorder.ondataavailable = ({ data }) => this.parts.push(data)
    recorder.start()
  }

  /** Throws when the phone gives no microphone. */
  static async begin(): Promise<Recording> {
    return new Recording(new MediaRecorder(await navigator.mediaDevices.getUserMedia({ audio: true })))
  }

  async end(): Promise<Blob> {
    await this.stop()
    const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await new Blob(this.parts).arrayBuffer())
    return new Blob([wavOf(sound.getChannelData(0))], { type: 'audio/wav' })
  }

  async stop(): Promise<void> {
    if (this.recorder.state !== 'inactive') this.recorder.stop()
    this.recorder.stream.getTracks().forEach((track) => track.stop())
    await this.ended
  }
}
