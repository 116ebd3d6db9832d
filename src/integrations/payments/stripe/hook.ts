import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Clock, Instant } from '../../../core/base/clock.ts'
import { type Hook, NOT_FOUND, sameSecret, text } from '../../../core/base/hook.ts'
import { jsonOf } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { OnHint } from '../../../core/pay/provider.ts'
import { isReference, passOn } from '../hint.ts'
import { isHandle } from './wire.ts'

/** How far the time of a signature may be from ours, as Stripe's own libraries have it. */
const TOLERANCE_MS = 300_000
/** While a secret is being changed there are two. */
const SIGNATURES_LIMIT = 8

const Event = z.object({
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string(),
      metadata: z.object({ reference: z.string() }),
    }),
  }),
})

/**
 * Whether Stripe signed these very bytes within the last five minutes: `Stripe-Signature: t=…,v1=…`, v1 the hex
 * HMAC-SHA256 of `{t}.{body}`, one for each secret in force. Source: docs.stripe.com/webhooks.
 */
export function isSigned(header: string | undefined, body: Buffer, secret: string, now: Instant): boolean {
  const pairs = (header ?? '').split(',').map((pair) => pair.trim().split('='))
  const at = pairs.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\d{1,12}$/.test(at) || Math.abs(now - Number(at) * 1000) > TOLERANCE_MS) return false
  const wanted = createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')
  const given = pairs.filter(([name]) => name === 'v1').slice(0, SIGNATURES_LIMIT)
  return given.some(([, signature]) => sameSecret(signature, wanted))
}

/**
 * The door for Stripe's events, one for the account. They come out of order, twice, late or never, so that even a
 * signed one only hints that it is time to ask. One that could not be passed on is answered with 500, and Stripe
 * sends it again for three days.
 */
export function stripeHook({
  secret,
  clock,
  onHint,
  log,
}: {
  secret: string
  clock: Clock
  onHint: OnHint
  log: Log
}): Hook {
  return {
    methods: ['POST'],
    path: '/hooks/payments/stripe',
    answer: async ({ headers, body }) => {
      if (!isSigned(headers['stripe-signature'], body, secret, clock.now())) return NOT_FOUND
      const about = Event.safeParse(jsonOf(body.toString('utf8'))).data?.data.object
      const reference = about?.metadata.reference
      if (!about || !isReference(reference)) return text(200, '')
      const isOurs = ['checkout.session', 'refund'].includes(about.object) && isHandle(about.id)
      const hint = () => (isOurs ? onHint(reference, about.id) : onHint(reference))
      return (await passOn(hint, reference, log)) ? text(200, '') : text(500, '')
    },
  }
}
