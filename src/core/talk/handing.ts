import { bornAt } from '../base/id.ts'
import { maskPhone } from '../base/phone.ts'
import { NotYet } from '../run/handler.ts'
import type { Channel, ChannelName, Delivery } from './channel.ts'
import { type Saying, worthSaying } from './guards.ts'
import type { Handing, Noted } from './messages.ts'
import type { MessengerParts } from './messenger.ts'
import { LANE_OF } from './purpose.ts'
import { viewOf } from './view.ts'

/** Where we may speak first when they last spoke there. A keypad call or a session cannot be spoken to: text. */
const SPEAK_ON: Readonly<Record<ChannelName, ChannelName>> = {
  ussd: 'sms',
  voice: 'sms',
  rest: 'sms',
  sms: 'sms',
  whatsapp: 'whatsapp',
}

/** How long to wait for a report on what somebody died over. */
const UNSURE_MS = 5_000
const PATIENCE_MS = { least: 6_000, most: 600_000 } as const
/** A day after they wrote, less what a message may take on its way. */
const OPEN_MS = 24 * 3_600_000 - 300_000

type Parts = Omit<MessengerParts, 'run'>

/**
 * Hands what is to be said to a channel: written before, written after, and no transaction between. What one channel
 * will never take goes once as a text; what may have arrived is never said again.
 * @returns what became of it; null when it was not handed over
 * @throws NotYet when a guard makes it wait, Error when the provider did not take it now
 */
export async function handOver(saying: Saying, parts: Parts): Promise<Delivery | null> {
  const { messages, clock, log } = parts
  const { via, body } = wayTo(saying, parts)
  const handing = handingOf(saying, via, clock.now())
  const line = {
    entry: saying.id,
    channel: via.name,
    to: maskPhone(saying.to),
    screen: saying.shown.prompt.id,
  }
  for (const guard of [worthSaying, ...parts.guards]) {
    const verdict = await guard(saying, via.name, handing.at)
    if (verdict?.how === 'wait') throw new NotYet(verdict.why, verdict.waitMs)
    if (!verdict) continue
    log.warn({ ...line, purpose: saying.purpose, why: verdict.why }, `message_${verdict.how}`)
    await messages.leave(handing, verdict.how, verdict.why)
    return null
  }
  const may = await messages.hand(handing)
  if (may === 'wait') throw new NotYet('nobody knows yet whether it went', UNSURE_MS)
  if (may === 'done') return null
  const delivery = await via.deliver({ id: saying.id, to: saying.to, body })
  await messages.note(handing, notedOf(delivery, handing))
  if (delivery.status === 'sent') {
    log.info({ ...line, externalId: delivery.externalId }, 'spoken')
    return delivery
  }
  if (delivery.fault === 'throttled') throw new NotYet(`${via.name} is throttled`, patienceMs(handing))
  if (delivery.retryable) throw new Error(`not delivered by ${via.name}: ${delivery.fault}`)
  log.warn({ ...line, fault: delivery.fault }, 'not_spoken')
  return mayFallBack(delivery, handing) ? handOver({ ...saying, channel: 'sms' }, parts) : delivery
}

/** The channel they last spoke on, as it may be spoken on by now; else by text. */
function wayTo(
  saying: Saying,
  { channels, script, clock }: Parts,
): { readonly via: Channel; readonly body: string } {
  const { channel, shown, purpose, heardAt = null } = saying
  const view = viewOf(shown, script)
  const via = channels[SPEAK_ON[channel]]
  const isOpen = heardAt === null || clock.now() - heardAt < OPEN_MS
  const body = via?.outside && !isOpen ? via.outside(view, purpose) : via?.codec.encode(view)
  if (via && body !== undefined) return { via, body }
  if (!channels.sms) throw new Error(`no channel speaks for ${channel}`)
  return { via: channels.sms, body: channels.sms.codec.encode(view) }
}

/** As long again as it has waited, from one message of a pair to ten minutes. */
const patienceMs = ({ id, at }: Handing): number =>
  Math.min(PATIENCE_MS.most, Math.max(PATIENCE_MS.least, at - (bornAt(id) ?? at)))

function handingOf(
  { id, to: person, purpose, shown, until }: Saying,
  { name: channel }: Channel,
  at: number,
): Handing {
  const asText = { to: person, channel: 'sms', shown, purpose, until }
  const fallBack =
    channel === 'sms' || purpose === 'marketing' ? null : { params: asText, lane: LANE_OF[purpose] }
  return { id, person, channel, purpose, at, fallBack }
}

/** What one channel will never take may still go as a text; an outcome we do not know may have arrived. */
const mayFallBack = (delivery: Delivery, { fallBack }: Handing): boolean =>
  fallBack !== null && delivery.status === 'failed' && delivery.fault !== 'unknown_outcome'

function notedOf(delivery: Delivery, handing: Handing): Noted {
  if (delivery.status === 'sent')
    return { status: 'sent', externalId: delivery.externalId, cost: delivery.cost ?? null }
  const { fault, retryable } = delivery
  if (fault === 'unknown_outcome') return { status: 'unknown', reason: fault }
  return { status: retryable || mayFallBack(delivery, handing) ? 'refused' : 'failed', reason: fault }
}
