import type { Clock } from '../../core/base/clock.ts'
import type { Hook } from '../../core/base/hook.ts'
import type { Log } from '../../core/base/log.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Channel, Delivery, Doors } from '../../core/talk/channel.ts'
import type { View } from '../../core/talk/prompt.ts'
import type { Recordings } from './clip-folder.ts'
import { voiceCodec } from './codec.ts'
import type { Talking } from './talking.ts'
import type { Dialect } from './xml.ts'

/** A channel that cannot speak first, but can make a phone ring. */
export type Voice = Channel & {
  /** Makes a person's phone ring. Queued is as much as is known: what is said comes when they pick up. */
  callBack(person: Msisdn, id: string): Promise<Delivery>
}

/** What one provider of calls brings: its dialect, its door and its way to call. */
export function voice(options: {
  readonly dialect: Dialect
  readonly recordings?: Recordings | undefined
  readonly callerId: string
  readonly addressOf: (hop: number) => string
  readonly sorry: View
  readonly clock: Clock
  readonly log: Log
  readonly hook: (doors: Doors, talking: Talking) => Hook
  readonly callBack: Voice['callBack']
}): Voice {
  const codec = voiceCodec(options.dialect, options.recordings?.clips)
  return {
    name: 'voice',
    codec,
    answers: 'inline',
    hooks: (doors) => [options.hook(doors, { ...options, codec }), ...(options.recordings?.hooks ?? [])],
    start: async () => {},
    stop: async () => {},
    deliver: async () => ({ status: 'failed', fault: 'unreachable', retryable: false }),
    callBack: options.callBack,
  }
}
