import type { Clock } from '../../core/base/clock.ts'
import type { Log } from '../../core/base/log.ts'
import { parsePhone } from '../../core/base/phone.ts'
import type { Doors, Receipt } from '../../core/talk/channel.ts'
import type { Input } from '../../core/talk/prompt.ts'
import type { WebEvents, WhatsAppWebClient } from './web-client.ts'
import type { Choices } from './web-plain.ts'

/** Types of what people send us; all else (calls, notices, deletions) is WhatsApp talking. */
const SAID = new Set(
  'chat location image video audio ptt document sticker vcard multi_vcard list_response buttons_response'.split(
    ' ',
  ),
)

/** Those of them in which there is nothing to read. */
const MEDIA = new Set('image video audio ptt document sticker vcard multi_vcard'.split(' '))

const RECEIPTS: ReadonlyMap<number, Receipt['status']> = new Map([
  [-1, 'failed'],
  [1, 'sent'],
  [2, 'delivered'],
  [3, 'read'],
  [4, 'read'],
])

/** How often one thing that was told may be taken up; the pause before each new try is twice the one before. */
const MAX_TRIES = 6
/** What waits to be taken up again, at the most: beyond it something is wrong that waiting does not mend. */
const MAX_WAITING = 1_000

export type HearingOptions = {
  readonly clock: Clock
  readonly log: Log
  /** Pause before the second try. */
  readonly hearAgainMs: number
}

/**
 * Turns what the client tells into calls of the doors. Nobody waits for them, and WhatsApp tells nothing twice: what
 * fails is tried again here, and logged when it is lost. The doors take the same message once however often it comes.
 * `stop` gives up what still waits.
 */
export function hearing(
  { clock, log, hearAgainMs }: HearingOptions,
  doors: Doors,
  polls: ReadonlyMap<string, Choices>,
  client: () => WhatsAppWebClient | undefined,
) {
  const waiting = new Map<ReturnType<typeof setTimeout>, (goesOn: boolean) => void>()
  let isStopped = false

  async function safely(id: string, work: () => Promise<unknown>, tries = 1): Promise<void> {
    try {
      await work()
    } catch (error) {
      const line = { messageId: unnamed(id), tries, why: String(error) }
      if (tries < MAX_TRIES && (await pause(hearAgainMs * 2 ** (tries - 1)))) {
        log.warn(line, 'whatsapp_web_heard_again')
        return safely(id, work, tries + 1)
      }
      log.error(line, 'whatsapp_web_lost')
    }
  }

  /** @returns false when too many wait already, or we are stopped meanwhile */
  async function pause(ms: number): Promise<boolean> {
    if (isStopped || waiting.size >= MAX_WAITING) return false
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(timer)
        resolve(true)
      }, ms)
      waiting.set(timer, resolve)
    })
  }

  function stop(): void {
    isStopped = true
    for (const [timer, resolve] of waiting) {
      clearTimeout(timer)
      resolve(false)
    }
    waiting.clear()
  }

  async function receive(from: string, id: string, input: Input): Promise<void> {
    const phoneId = from.endsWith('@lid') ? await client()?.phoneIdOf(from) : from
    const digits = /^(\d{6,15})@c\.us$/.exec(phoneId ?? '')?.[1]
    const person = digits && parsePhone(`+${digits}`)
    if (!person) return log.warn({ messageId: unnamed(id) }, 'whatsapp_message_without_phone')
    const messageId = `whatsapp:${id}`
    const session = `whatsapp:${person}`
    await doors.receive({ channel: 'whatsapp', person, session, messageId, input, at: clock.now() })
  }

  const events: Pick<WebEvents, 'message' | 'vote' | 'ack'> = {
    message({ from, fromMe, id, type, body, pin }) {
      if (fromMe || !isPerson(from) || !SAID.has(type)) return
      const words = type === 'chat' || type.endsWith('_response') ? body : ''
      const said: Input = { kind: 'text', text: words, ...(MEDIA.has(type) && { isMedia: true }) }
      const input: Input = pin ? { kind: 'pin', ...pin } : said
      void safely(id, () => receive(from, id, input))
    },
    vote({ voter, pollId, votedAt, chosen: [choice] }) {
      if (choice === undefined || !isPerson(voter)) return
      const id = polls.get(pollId)?.[choice]?.id
      const input: Input = id === undefined ? { kind: 'text', text: '' } : { kind: 'pick', value: id }
      const voteId = `${voter}:${votedAt}:${pollId}`
      void safely(voteId, () => receive(voter, voteId, input))
    },
    ack(externalId, level) {
      const status = RECEIPTS.get(level)
      if (!status) return
      void safely(externalId, () =>
        doors.delivered({ channel: 'whatsapp', externalId, status, reason: null }),
      )
    },
  }
  return { events, stop }
}

const isPerson = (id: string): boolean => id.endsWith('@c.us') || id.endsWith('@lid')

/** The last part of an id of WhatsApp Web's; the others have the phone number in them. */
const unnamed = (id: string): string => id.slice(id.lastIndexOf('_') + 1)
