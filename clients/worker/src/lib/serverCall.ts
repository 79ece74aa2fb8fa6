// A call by way of a video server (LiveKit), for networks in which two browsers do not reach each other directly.
import type { Room } from 'livekit-client'
import type { CallState } from '@/lib/call'

export interface Seat {
  url: string
  token: string
}

export class ServerCall {
  private room: Room | undefined
  private theirs = new MediaStream()
  private over = false

  constructor(
    seat: Seat,
    private mine: MediaStream,
    private onTheirs: (stream: MediaStream) => void,
    private onState: (state: CallState) => void,
  ) {
    this.enter(seat).catch(() => this.over || this.onState('failed'))
  }

  close(): void {
    this.over = true
    void this.room?.disconnect(false) // the camera is the page's own; it stops it itself
  }

  private async enter({ url, token }: Seat): Promise<void> {
    const { Room } = await import('livekit-client') // only who is in such a call loads it
    if (this.over) return
    this.room = this.listen(new Room({ stopLocalTrackOnUnpublish: false }))
    await this.room.connect(url, token)
    for (const track of this.mine.getTracks()) await this.room.localParticipant.publishTrack(track)
  }

  private listen(room: Room): Room {
    return room
      .on('trackSubscribed', ({ mediaStreamTrack }) => this.see(mediaStreamTrack))
      .on('trackUnsubscribed', ({ mediaStreamTrack }) => this.theirs.removeTrack(mediaStreamTrack))
      .on('participantDisconnected', () => this.onState('waiting'))
      .on('reconnecting', () => this.onState('waiting'))
      .on('reconnected', () => this.onState(room.remoteParticipants.size ? 'on' : 'waiting'))
      .on('disconnected', () => this.over || this.onState('failed'))
  }

  private see(track: MediaStreamTrack): void {
    this.theirs.addTrack(track)
    this.onTheirs(this.theirs)
    this.onState('on')
  }
}
