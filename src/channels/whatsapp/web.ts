import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../core/base/clock.ts'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, maskPhone } from '../../core/base/phone.ts'
import type { Channel, Delivery } from '../../core/talk/channel.ts'
import { failed } from '../../core/talk/delivering.ts'
import { whatsappCodec } from './codec.ts'
import { readMessage } from './message.ts'
import type { Connect, WhatsAppWebClient } from './web-client.ts'
import { hearing } from './web-hear.ts'
import { keepLinked, type Link } from './web-link.ts'
import { type Choices, type Content, plain } from './web-plain.ts'
import { within } from './within.ts'

const CALL_TIMEOUT_MS = 15_000
/** Polls whose votes we can still read; a vote on an older one brings the present screen again. */
const MAX_POLLS = 1_000
const RETRY_MS = 5_000
const CHECK_MS = 60_000
/** Between two messages, as somebody takes who types: whoever answers a crowd at once is taken for a machine. */
const PACE_MS = 1_000
/** Messages that may wait for their turn, a minute's worth. */
const MAX_IN_LINE = 60
/** Then 2, 4, 8 and 16 s: half a minute in all, in which a database comes back. */
const HEAR_AGAIN_MS = 1_000

export type WebOptions = {
  readonly connect: Connect
  readonly clock: Clock
  readonly log: Log
  /** See `LinkOptions`. */
  readonly readyTimeoutMs: number
  /** What stands in for buttons and lists, which WhatsApp Web can no longer send. */
  readonly degrade: 'numbers' | 'poll'
  /** Pause before a lost client is replaced; 5 s. */
  readonly retryMs?: number
  /** Pause before a message whose handling failed is taken up again, twice as long each further time; 1 s. */
  readonly hearAgainMs?: number
  /** How often a client that is ready is asked whether it still is; 60 s. */
  readonly checkMs?: number
  /** Pause between two messages that we send; 1 s. */
  readonly paceMs?: number
}

/**
 * WhatsApp through a browser that is logged in to WhatsApp Web: for a pilot, not for a crowd. It holds a
 * connection and has no hooks. While it is not ready `deliver` fails as unreachable, for good once the
 * client has been given up, so that another channel takes over. It only answers: who has not written for a day is
 * spoken to elsewhere, since numbers that write first are blocked first.
 */
export function whatsappWeb(options: WebOptions): Channel {
  const polls = new Map<string, Choices>()
  let link: Link | undefined
  let ears: ReturnType<typeof hearing> | undefined
  const inTurn = oneByOne(options.paceMs ?? PACE_MS)
  return {
    name: 'whatsapp',
    codec: whatsappCodec,
    answers: 'push',
    hooks: () => [],
    async start(doors) {
      const { retryMs = RETRY_MS, hearAgainMs = HEAR_AGAIN_MS, checkMs = CHECK_MS } = options
      ears = hearing({ ...options, hearAgainMs }, doors, polls, () => link?.client())
      link = keepLinked({ ...options, retryMs, checkMs }, ears.events)
      link.start()
    },
    outside: () => undefined,
    async stop() {
      ears?.stop()
      await link?.stop()
    },
    async deliver({ to, body }) {
      const message = readMessage(body)
      if (!message) return failed('rejected', false)
      const content = plain(message, options.degrade)
      const delivery = await inTurn(async () => {
        const client = link?.client()
        if (!client) return failed('unreachable', link?.state() === 'connecting')
        return send(client, to, content, (why) => link?.replace(why))
      })
      if (delivery.status === 'failed')
        options.log.warn({ to: maskPhone(to), fault: delivery.fault }, 'whatsapp_web_not_sent')
      else if (content.kind === 'poll') remember(polls, delivery.externalId, content.choices)
      return delivery
    },
  }
}

/** One after another, with a pause behind each that was sent; who would wait too long is told to come again. */
function oneByOne(paceMs: number) {
  let last: Promise<unknown> = Promise.resolve()
  let inLine = 0
  return (work: () => Promise<Delivery>): Promise<Delivery> => {
    if (inLine >= MAX_IN_LINE) return Promise.resolve(failed('throttled', true))
    inLine += 1
    const turn = last.then(work).finally(() => {
      inLine -= 1
    })
    last = turn.then(
      async ({ status }) => {
        if (status === 'sent' && paceMs > 0) await pause(paceMs)
      },
      () => {},
    )
    return turn
  }
}

/** Asking for the chat sends nothing and may be done again; a send that breaks off may have gone out. */
async function send(
  client: WhatsAppWebClient,
  to: Msisdn,
  content: Content,
  broken: (why: string) => void,
): Promise<Delivery> {
  let chat: string | undefined
  try {
    chat = await within(CALL_TIMEOUT_MS, client.chatOf(to.slice(1)))
  } catch (error) {
    broken(String(error))
    return failed('unreachable', true)
  }
  if (chat === undefined) return failed('unreachable', false)
  try {
    const externalId = await within(CALL_TIMEOUT_MS, client.send(chat, content))
    return externalId === undefined ? failed('unreachable', false) : { status: 'sent', externalId }
  } catch {
    return failed('unknown_outcome', false)
  }
}

function remember(polls: Map<string, Choices>, id: string, choices: Choices): void {
  polls.set(id, choices)
  const oldest = polls.size > MAX_POLLS ? polls.keys().next().value : undefined
  if (oldest !== undefined) polls.delete(oldest)
}
