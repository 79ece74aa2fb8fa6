// A call from browser to browser. The two find each other by signals through the house; pictures and voices go directly.
import { get, post } from '@/api/client'

export type CallState = 'waiting' | 'on' | 'failed'
type Word = { description?: RTCSessionDescriptionInit; candidate?: RTCIceCandidateInit; hello?: true }

const LOOK_MS = 1000

/** Where the two reach each other: in the talk of an evening, in a live talk, or in a meeting that a matchmaker arranged. */
export type CallRoom = 'events' | 'live' | 'help'
const WIRES = {
  events: {
    seat: (talk: string) => post('dating/events/seat', { talk }),
    say: (talk: string, body: string) => post('dating/events/signal', { talk, body }),
    hear: (talk: string, after?: string) => get('dating/events/signals', { talk, after }),
  },
  live: {
    seat: (live: string) => post('dating/live/seat', { live }),
    say: (live: string, body: string) => post('dating/live/signal', { live, body }),
    hear: (live: string, after?: string) => get('dating/live/signals', { live, after }),
  },
  help: {
    seat: (meeting: string) => post('dating/help/meeting/seat', { meeting }),
    say: (meeting: string, body: string) => post('dating/help/meeting/signal', { meeting, body }),
    hear: (meeting: string, after?: string) => get('dating/help/meeting/signals', { meeting, after }),
  },
}
export const seatIn = (room: CallRoom, id: string) => WIRES[room].seat(id)

export class Call {
  private peer = new RTCPeerConnection({ iceServers: [] })
  private timer: ReturnType<typeof setTimeout> | undefined
  private after: string | undefined
  private held: RTCIceCandidateInit[] = []
  private over = false

  constructor(
    private talk: string,
    private first: boolean,
    mine: MediaStream,
    private onTheirs: (stream: MediaStream) => void,
    private onState: (state: CallState) => void,
    private room: CallRoom,
  ) {
    for (const track of mine.getTracks()) this.peer.addTrack(track, mine)
    this.peer.ontrack = ({ streams: [stream] }) => stream && this.onTheirs(stream)
    this.peer.onicecandidate = ({ candidate }) => candidate && void this.say({ candidate: candidate.toJSON() })
    this.peer.onconnectionstatechange = () => {
      const state = this.peer.connectionState
      if (state === 'connected') this.onState('on')
      if (state === 'failed') this.onState('failed')
      if (state === 'disconnected') this.onState('waiting')
    }
    // The second one says that it is there; the first one calls when it hears so, and once at the start.
    if (first) void this.offer()
    else void this.say({ hello: true })
    void this.listen()
  }

  close(): void {
    this.over = true
    clearTimeout(this.timer)
    this.peer.close()
  }

  private async offer(): Promise<void> {
    await this.peer.setLocalDescription(await this.peer.createOffer())
    await this.say({ description: this.peer.localDescription?.toJSON() })
  }

  private say(word: Word): Promise<unknown> {
    return WIRES[this.room].say(this.talk, JSON.stringify(word)).catch(() => this.onState('failed'))
  }

  private async listen(): Promise<void> {
    try {
      const { items } = await WIRES[this.room].hear(this.talk, this.after)
      for (const item of items) {
        this.after = item.at
        await this.hear(JSON.parse(item.body) as Word)
      }
    } catch {
      // the line comes back, or the talk is over and the page says so
    }
    if (!this.over) this.timer = setTimeout(() => void this.listen(), LOOK_MS)
  }

  private async hear({ description, candidate, hello }: Word): Promise<void> {
    if (hello && this.first && this.peer.connectionState !== 'connected') {
      if (this.peer.signalingState === 'have-local-offer') await this.say({ description: this.peer.localDescription?.toJSON() })
    }
    if (description && !(description.type === 'offer' && this.peer.remoteDescription)) {
      if (description.type === 'answer' && this.peer.signalingState !== 'have-local-offer') return
      await this.peer.setRemoteDescription(description)
      for (const kept of this.held.splice(0)) await this.peer.addIceCandidate(kept)
      if (description.type === 'offer') {
        await this.peer.setLocalDescription(await this.peer.createAnswer())
        await this.say({ description: this.peer.localDescription?.toJSON() })
      }
    }
    if (candidate) {
      if (this.peer.remoteDescription) await this.peer.addIceCandidate(candidate).catch(() => {})
      else this.held.push(candidate)
    }
  }
}
