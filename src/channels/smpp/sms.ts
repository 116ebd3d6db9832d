import { createHash } from 'node:crypto'
import { traceOf } from '../../core/base/log.ts'
import { type Msisdn, maskPhone } from '../../core/base/phone.ts'
import type { Channel, Delivery, Doors } from '../../core/talk/channel.ts'
import { addressOf, ESM, type ShortMessage } from './bodies.ts'
import type { Listener } from './link.ts'
import { failureOf } from './outcome.ts'
import { nameOf } from './receipts.ts'
import { hearFragments, listening, type SmsOptions } from './sms-hearing.ts'
import { encodeText } from './text.ts'

/** How often parts are looked for whose rest did not come. */
const SWEEP_MS = 5_000

/** SMS straight to a carrier. What comes in has no id, so its content numbers it. Source: SMPP 3.4, §4.4 and §4.6. */
export function smsSmpp(options: SmsOptions): Channel {
  let listener: Listener | undefined
  let sweeping: NodeJS.Timeout | undefined
  const sweep = (doors: Doors): Promise<void> =>
    hearFragments(options, doors).catch((error: unknown) =>
      options.log.error({ error: traceOf(error) }, 'sms.not_swept'),
    )
  return {
    name: 'sms',
    codec: options.codec,
    answers: 'push',
    hooks: () => [],
    async start(doors) {
      listener = listening(options, doors)
      sweeping = setInterval(() => void sweep(doors), SWEEP_MS)
      options.link.join(listener)
    },
    async stop() {
      clearInterval(sweeping)
      if (listener) await options.link.leave(listener)
    },
    async deliver({ id, to, body }) {
      const { delivery, why } = await send(options, id, to, body)
      if (delivery.status === 'failed') {
        const level = delivery.fault === 'misconfigured' ? 'error' : 'warn'
        options.log[level]({ id, to: maskPhone(to), fault: delivery.fault, why }, 'sms.not_sent')
      }
      return delivery
    },
  }
}

/** The parts of one message share it, also when all of them are sent again. */
const referenceOf = (id: string): number => createHash('sha256').update(id).digest()[0] ?? 0

type Sent = { readonly delivery: Delivery; readonly why?: unknown }

/** One part after the other; the last is reported on, and by its id the message is known. */
async function send(
  { link, source, idForm }: SmsOptions,
  id: string,
  to: Msisdn,
  body: string,
): Promise<Sent> {
  const { dataCoding, parts } = encodeText(body, () => referenceOf(id))
  let externalId = ''
  for (const [index, octets] of parts.entries()) {
    const message: ShortMessage = {
      serviceType: '',
      source: addressOf(source),
      destination: addressOf(to),
      esmClass: parts.length > 1 ? ESM.hasHeader : 0,
      registeredDelivery: index === parts.length - 1 ? 1 : 0,
      dataCoding,
      octets,
      tlvs: new Map(),
    }
    const submission = await link.submit(message)
    if (submission.kind !== 'taken')
      return { delivery: { status: 'failed', ...failureOf(submission, index > 0) }, why: submission }
    externalId = nameOf(submission.messageId, idForm, 'answer')
  }
  const cost = { money: null, parts: parts.length }
  return { delivery: { status: 'sent', externalId: externalId || id, cost } }
}
