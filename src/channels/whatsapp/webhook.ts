import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import { jsonOf } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, parsePhone } from '../../core/base/phone.ts'
import type { Inbound, Receipt } from '../../core/talk/channel.ts'
import type { Input } from '../../core/talk/prompt.ts'
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
const messageHead = z.object({ id: wamid, from: z.string().optional() })
const statusReport = z.object({
  id: wamid,
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
])

/** What one call of the webhook brings: each message and each status once, in the order they stand in it. */
export type News = { readonly inbounds: readonly Inbound[]; readonly receipts: readonly Receipt[] }

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
      const inbound = readInbound(raw, context)
      if (inbound) inbounds.set(inbound.messageId, inbound)
    }
    for (const raw of change.data.statuses) {
      const receipt = readReceipt(raw)
      if (receipt) receipts.set(`${receipt.externalId} ${receipt.status}`, receipt)
    }
  }
  return { inbounds: [...inbounds.values()], receipts: [...receipts.values()] }
}

function readInbound(raw: unknown, { at, log }: { at: Instant; log: Log }): Inbound | undefined {
  const head = messageHead.safeParse(raw).data
  if (!head) {
    log.warn({}, 'whatsapp_message_without_id')
    return undefined
  }
  const person = phoneOf(head.from)
  if (!person) {
    // Somebody known by a username only. Without a number there is nobody to charge or to ring.
    log.warn({ messageId: head.id }, 'whatsapp_message_without_phone')
    return undefined
  }
  // A sticker or a voice note says nothing we can read: an empty text is unclear to every prompt, so the
  // person is shown the present screen again.
  const input = said.safeParse(raw).data ?? typed('')
  const messageId = `whatsapp:${head.id}`
  return { channel: 'whatsapp', person, session: `whatsapp:${person}`, messageId, input, at }
}

const phoneOf = (from: string | undefined): Msisdn | undefined =>
  from !== undefined && /^\d{6,15}$/.test(from) ? parsePhone(`+${from}`) : undefined

function readReceipt(raw: unknown): Receipt | undefined {
  const report = statusReport.safeParse(raw).data
  if (!report) return undefined
  const error = report.errors?.[0]
  const reason = error ? `${error.code} ${error.title ?? ''}`.trim() : null
  return { channel: 'whatsapp', externalId: report.id, status: report.status, reason }
}
