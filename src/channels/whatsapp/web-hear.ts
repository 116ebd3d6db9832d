import type { Clock } from '../../core/base/clock.ts'
import type { Log } from '../../core/base/log.ts'
import { parsePhone } from '../../core/base/phone.ts'
import type { Doors, Receipt } from '../../core/talk/channel.ts'
import type { Input } from '../../core/talk/prompt.ts'
import type { WebMessage, WebVote, WhatsAppWebClient } from './web-client.ts'
import type { Choices } from './web-plain.ts'

/** Types of what people send us; all else (calls, notices, deletions) is WhatsApp talking. */
const SAID = new Set(
  'chat location image video audio ptt document sticker vcard multi_vcard list_response buttons_response'.split(
    ' ',
  ),
)

const RECEIPTS: ReadonlyMap<number, Receipt['status']> = new Map([
  [-1, 'failed'],
  [1, 'sent'],
  [2, 'delivered'],
  [3, 'read'],
  [4, 'read'],
])

/** Turns what the client tells into calls of the doors. Nobody waits for them, so nothing may be thrown. */
export function hearing(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  doors: Doors,
  polls: ReadonlyMap<string, Choices>,
  client: () => WhatsAppWebClient | undefined,
) {
  async function safely(id: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      log.error({ messageId: unnamed(id), why: String(error) }, 'whatsapp_web_lost')
    }
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

  return {
    message({ from, fromMe, id, type, body, pin }: WebMessage) {
      if (fromMe || !isPerson(from) || !SAID.has(type)) return
      const words = type === 'chat' || type.endsWith('_response') ? body : ''
      const input: Input = pin ? { kind: 'pin', ...pin } : { kind: 'text', text: words }
      void safely(id, () => receive(from, id, input))
    },
    vote({ voter, pollId, votedAt, chosen: [choice] }: WebVote) {
      if (choice === undefined || !isPerson(voter)) return
      const id = polls.get(pollId)?.[choice]?.id
      const input: Input = id === undefined ? { kind: 'text', text: '' } : { kind: 'pick', value: id }
      const voteId = `${voter}:${votedAt}:${pollId}`
      void safely(voteId, () => receive(voter, voteId, input))
    },
    ack(externalId: string, level: number) {
      const status = RECEIPTS.get(level)
      if (!status) return
      void safely(externalId, () =>
        doors.delivered({ channel: 'whatsapp', externalId, status, reason: null }),
      )
    },
  }
}

const isPerson = (id: string): boolean => id.endsWith('@c.us') || id.endsWith('@lid')

/** The last part of an id of WhatsApp Web's; the others have the phone number in them. */
const unnamed = (id: string): string => id.slice(id.lastIndexOf('_') + 1)
