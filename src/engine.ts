import { restCodec } from './channels/rest/codec.ts'
import { LIMITS } from './core/base/limits.ts'
import type { Msisdn } from './core/base/phone.ts'
import { type OnCommitted, Run, type RunParts } from './core/run/run.ts'
import { createTurns } from './core/run/turns.ts'
import { Gateway, type GatewayParts } from './core/talk/gateway.ts'
import { Messenger, type MessengerParts } from './core/talk/messenger.ts'
import { createHandlers } from './flows/handlers.ts'
import type { Tx } from './integrations/postgres/store.ts'
import type { Providers } from './providers.ts'

export type EngineParts = Omit<RunParts<Tx>, 'handlers' | 'onCommitted'> &
  Pick<GatewayParts, 'script' | 'house' | 'onHop' | 'admits'> &
  Pick<MessengerParts, 'messages' | 'guards'> & {
    readonly channels: Providers['channels']
    /** What effects ask of the world. */
    readonly world: Parameters<typeof createHandlers>[0]
    readonly onCommitted: OnCommitted
  }

export type Engine = { readonly run: Run<Tx>; readonly messenger: Messenger; readonly gateway: Gateway }

/** Events in, one transaction out: what is heard by the gateway, carried out by the handlers, and said by the messenger. */
export function createEngine(parts: EngineParts): Engine {
  const { channels } = parts
  const handlers = createHandlers(parts.world, {
    messenger: () => messenger,
    async callBack(person: Msisdn, id: string) {
      const call = await channels.voice.callBack(person, id)
      if (call.status === 'failed' && call.retryable) throw new Error(`not called back: ${call.fault}`)
    },
  })
  const run = new Run<Tx>({ ...parts, handlers })
  const messenger = new Messenger({ ...parts, run })
  const gateway = new Gateway({
    ...parts,
    run,
    codecs: {
      ...channels,
      whatsapp: channels.whatsapp ?? channels.sms,
      rest: { codec: restCodec, answers: 'inline' },
    },
    turns: createTurns(LIMITS.turnWaitMs),
  })
  return { run, messenger, gateway }
}
