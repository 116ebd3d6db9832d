import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import { jsonOf } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, parsePhone } from '../../core/base/phone.ts'
import type { Stranger } from '../../core/people/introductions.ts'
import type { Inbound, Receipt } from '../../core/talk/channel.ts'
import type { Input } from '../../core/talk/prompt.ts'
import { faultOf } from './graph.ts'
import { isTapId } from './tap.ts'

const envelope = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
})
const changeValue = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
  errors: z.array(z.unknown()).default([]),
})
const wamid = z.string().min(1).max(512)
// Source: Meta, "Business-scoped user IDs": `from` is left out for who hides it behind a name of theirs.
const userId = z.string().regex(/^[A-Z]{2}\.[\w.]{1,128}$/)
const messageHead = z.object({
  id: wamid,
  from: z.string().optional(),
  from_user_id: userId.optional().catch(undefined),
})
const contactCard = z.object({
  type: z.literal('contacts'),
  contacts: z.tuple(
    [z.object({ phones: z.tuple([z.object({ phone: z.string() })], z.unknown()) })],
    z.unknown(),
  ),
})
const statusReport = z.object({
  id: wamid,
  recipient_id: z.string().optional(),
  biz_opaque_callback_data: z.string().max(256).optional(),
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  errors: z.array(z.object({ code: z.number(), title: z.string().optional() })).optional(),
})

const pick = (value: string): Input => ({ kind: 'pick', value })
const typed = (text: string): Input => ({ kind: 'text', text })
const picked = z.object({ id: z.string() }).transform(({ id }) => pick(id))
const said = z.union([
  z
    .object({ type: z.literal('text'), text: z.object({ body: z.string() }) })
    .transform(({ text }) => typed(text.body)),
  z
    .object({ type: z.literal('interactive'), interactive: z.object({ button_reply: picked }) })
    .transform(({ interactive }) => interactive.button_reply),
  z
    .object({ type: z.literal('interactive'), interactive: z.object({ list_reply: picked }) })
    .transform(({ interactive }) => interactive.list_reply),
  z
    .object({ type: z.literal('button'), button: z.object({ payload: z.string(), text: z.string() }) })
    .transform(({ button }) => (isTapId(button.payload) ? pick(button.payload) : typed(button.text))),
  z
    .object({
      type: z.literal('location'),
      location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
    })
    .transform(({ location }): Input => ({ kind: 'pin', lat: location.latitude, lng: location.longitude })),
  z
    .object({ type: z.enum(['image', 'audio', 'video', 'document', 'sticker', 'contacts', 'unsupported']) })
    .transform((): Input => ({ kind: 'text', text: '', isMedia: true })),
])

/** What one call of the webhook brings: each message and each status once, in the order they stand in it. */
export type News = {
  readonly inbounds: readonly Inbound[]
  /** From people whose number is not told. */
  readonly strangers: readonly Hidden[]
  /** Ids that came with a number. */
  readonly met: ReadonlyMap<string, Msisdn>
  readonly receipts: readonly Receipt[]
}

/** A message that lacks who it is from. */
export type Hidden = Stranger & Omit<Inbound, 'person' | 'session'>

/**
 * Reads a webhook's body. What is not for `phoneNumberId`, or cannot be understood, is left out and logged;
 * undefined when the whole of it is something else.
 * Source: Meta, WhatsApp Cloud API, "Webhooks", payload reference.
 */
export function readNews(
  body: string,
  context: { readonly phoneNumberId: string; readonly at: Instant; readonly log: Log },
): News | undefined {
  const parsed = envelope.safeParse(jsonOf(body))
  if (!parsed.success) return undefined
  const inbounds = new Map<string, Inbound>()
  const strangers = new Map<string, Hidden>()
  const met = new Map<string, Msisdn>()
  const receipts = new Map<string, Receipt>()
  for (const { field, value } of parsed.data.entry.flatMap(({ changes }) => changes)) {
    const change = changeValue.safeParse(value)
    if (field !== 'messages' || change.data?.metadata.phone_number_id !== context.phoneNumberId) {
      context.log.info({ field }, 'whatsapp_change_ignored')
      continue
    }
    if (change.data.errors.length > 0)
      context.log.warn({ errors: change.data.errors }, 'whatsapp_reports_errors')
    for (const raw of change.data.messages) {
      const heard = readInbound(raw, context)
      if (!heard) continue
      if (!('inbound' in heard)) {
        strangers.set(heard.messageId, heard)
        continue
      }
      const { inbound, userId } = heard
      inbounds.set(inbound.messageId, inbound)
      if (userId) met.set(userId, inbound.person)
    }
    for (const raw of change.data.statuses) {
      const receipt = readReceipt(raw)
      if (receipt) receipts.set(`${receipt.externalId} ${receipt.status}`, receipt)
    }
  }
  return {
    inbounds: [...inbounds.values()],
    strangers: [...strangers.values()],
    met,
    receipts: [...receipts.values()],
  }
}

type Named = { readonly inbound: Inbound; readonly userId: string | undefined }

function readInbound(raw: unknown, { at, log }: { at: Instant; log: Log }): Named | Hidden | undefined {
  const head = messageHead.safeParse(raw).data
  if (!head) {
    log.warn({}, 'whatsapp_message_without_id')
    return undefined
  }
  const { from_user_id: userId, from } = head
  const person = phoneOf(from)
  // An empty text is unclear to every prompt, so the person is shown the present screen again.
  const input = said.safeParse(raw).data ?? typed('')
  const message = { channel: 'whatsapp', messageId: `whatsapp:${head.id}`, input, at } as const
  if (person) return { userId, inbound: { ...message, person, session: `whatsapp:${person}` } }
  if (userId) return { ...message, userId, text: numberIn(raw) ?? ('text' in input ? input.text : '') }
  log.warn({ messageId: head.id }, 'whatsapp_message_without_phone')
  return undefined
}

/** The number of a contact that they sent: their own, or whoever's. */
const numberIn = (raw: unknown): string | undefined =>
  contactCard.safeParse(raw).data?.contacts[0].phones[0].phone

const phoneOf = (from: string | undefined): Msisdn | undefined =>
  from !== undefined && /^\d{6,15}$/.test(from) ? parsePhone(`+${from}`) : undefined

function readReceipt(raw: unknown): Receipt | undefined {
  const report = statusReport.safeParse(raw).data
  if (!report) return undefined
  const error = report.errors?.[0]
  const reason = error ? `${error.code} ${error.title ?? ''}`.trim() : null
  const [to, intent] = [phoneOf(report.recipient_id), report.biz_opaque_callback_data]
  return {
    ...{ channel: 'whatsapp', externalId: report.id, status: report.status, reason },
    ...(error && { fault: faultOf(error.code) }),
    ...(to && { to }),
    ...(intent && { intent }),
  }
}
