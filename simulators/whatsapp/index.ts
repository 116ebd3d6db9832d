import { type Answer, type Call, header, json, jsonIn, type Reply, type Route, route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { isRecord, Refusal, toE164 } from '../read.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { createChats } from './chat.ts'
import { ERRORS, graphError } from './errors.ts'
import { handset, wamid } from './handset.ts'
import { type Option, readOutbound, type Shown } from './outbound.ts'
import { createWebhook } from './webhook.ts'

/** A message that the gateway sent to a phone; `status` is what was last reported of it. `at` is epoch ms. */
interface Message {
  id: string
  channel: 'whatsapp'
  to: string
  type: Shown['type']
  text: string
  options?: Option[]
  status: string
  at: number
}

/** Accepted, and refused in a status afterwards, as Meta does most of the time. */
const LATE: ReadonlyMap<string, number> = new Map([
  ['failed', 131026],
  ...[131026, 131047, 131049, 132000].map((code) => [`late${code}`, code] as const),
])

/**
 * Operations: `send` (the gateway sends), `status` (sent, delivered, read), `message` (a phone writes).
 * Outcomes: an error code from `ERRORS`; `failed` (accepted, then reported as failed), `late131047` and its like the
 * same with that code; `unread` (never read).
 */
const RULES: Rules = {
  subject: 'msisdn',
  operations: { send: 'request', status: 'callback', message: 'callback' },
  outcomes: { send: [...Object.keys(ERRORS), ...LATE.keys(), 'unread'] },
}

/** WhatsApp Business Cloud API under `/whatsapp/v25.0/{phone number id}/messages`, and the phone that talks with it. */
export function whatsapp(world: World): Route[] {
  const { clock, random, events } = world
  const ledger = createLedger<Message>('whatsapp', events, ({ to }) => to)
  const mischief = createMischief(clock, RULES)
  const chats = createChats(clock, events)
  const webhook = createWebhook(world)

  /** The message in a call, or the answer to a call that is not fit to carry one. */
  function admit(call: Call): { body: Record<string, unknown> } | { refusal: Answer } {
    if (!/^Bearer \S+$/.test(header(call, 'authorization') ?? '')) {
      return { refusal: graphError('190', 'no access token') }
    }
    if (call.params.id !== world.phoneNumberId)
      return { refusal: graphError('100', `no number ${call.params.id}`) }
    const body = jsonIn(call)
    if (isRecord(body) && body.messaging_product === 'whatsapp') return { body }
    return { refusal: graphError('100', 'the body must be JSON with messaging_product whatsapp') }
  }

  function send(to: string, message: Record<string, unknown>): Answer {
    const outcome = mischief.faults.plan('send', to)?.outcome ?? ''
    if (ERRORS[outcome]) return graphError(outcome, 'planned by a scenario')
    const shown = readOutbound(message)
    if (shown.type !== 'template' && !chats.isOpen(to)) {
      return graphError('131047', 'more than 24 hours have passed since the phone last wrote')
    }
    const id = wamid()
    const sent = ledger.add({ id, channel: 'whatsapp', to, ...shown, status: 'accepted', at: clock.now() })
    chats.add({ direction: 'out', id, phone: to, ...shown })
    report(sent, outcome, message.biz_opaque_callback_data)
    const contacts = [{ input: String(message.to), wa_id: to.slice(1) }]
    return json(200, { messaging_product: 'whatsapp', contacts, messages: [{ id }] })
  }

  function report(sent: Message, outcome: string, data: unknown) {
    const code = LATE.get(outcome)
    const reached = code ? ['failed'] : outcome === 'unread' ? ['delivered'] : ['delivered', 'read']
    const besides = typeof data === 'string' ? { biz_opaque_callback_data: data } : {}
    let waitMs = 0
    for (const status of ['sent', ...reached]) {
      waitMs += random.between(50, 400)
      clock.after(waitMs, async () => {
        ledger.change(sent, { status })
        await mischief.deliver(
          webhook.callback('status', sent.to, {
            statuses: [{ ...statusOf(sent, clock.now(), code), ...besides }],
          }),
        )
      })
    }
  }

  function message(call: Call): Reply | Promise<Reply> {
    const admitted = admit(call)
    if ('refusal' in admitted) return admitted.refusal
    const { body } = admitted
    if (body.status === 'read') return json(200, { success: true })
    const to = phoneIn(body)
    if (to === undefined) return graphError('100', 'to must be a phone number, or recipient a user who wrote')
    return mischief.guard('send', to, () => {
      try {
        return send(to, body)
      } catch (error) {
        if (error instanceof Refusal) return graphError('100', error.message)
        throw error
      }
    })
  }

  const phoneIn = ({ to, recipient }: Record<string, unknown>) => {
    if (typeof to === 'string') return toE164(to)
    return typeof recipient === 'string' ? chats.behind(recipient) : undefined
  }

  return [
    ...controls('whatsapp', ledger, mischief.faults),
    ...handset(world, chats, webhook, mischief),
    route('POST', '/whatsapp/:version/:id/messages', message),
  ]
}

const statusOf = ({ id, to, status }: Message, now: number, code = 131026) => ({
  id,
  recipient_id: to.slice(1),
  status,
  timestamp: String(Math.floor(now / 1_000)),
  ...(status === 'failed' && { errors: [{ code, title: ERRORS[code]?.title }] }),
})
