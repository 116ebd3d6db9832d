import type { Clock } from '../../../core/base/clock.ts'
import type { Http, HttpAnswer } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { Currency } from '../../../core/base/money.ts'
import type { PaymentProvider, PaymentUpdate, RefundOrder } from '../../../core/pay/provider.ts'
import { createBreaker } from '../breaker.ts'
import { type Comeback, createComeback } from '../comeback.ts'
import { stripeHook } from './hook.ts'
import {
  isHandle,
  isTrouble,
  REFUNDS_LIMIT,
  readCreated,
  readRefund,
  readRefunded,
  readRefunds,
  readSession,
  refundBody,
  sessionBody,
} from './wire.ts'

const BREAKER_REST_MS = 60_000
/** Answers keep this shape whatever the account's default is (docs.stripe.com/api/versioning). */
const VERSION = '2024-06-20'

export type StripeOptions = {
  /** `https://api.stripe.com`, without a slash at the end. */
  readonly baseUrl: string
  /** `sk_…` or `rk_…`. */
  readonly apiKey: string
  /** `whsec_…` of the endpoint `/hooks/payments/stripe`. */
  readonly webhookSecret: string
  /** Not UGX: it has no decimals, yet Stripe wants it with two, and its tables are not of one mind about that. */
  readonly currencies: readonly Exclude<Currency, 'UGX'>[]
  /** Where browsers reach us, without a slash at the end. */
  readonly publicUrl: string
  /** Proves that the address a payer comes back to was made by us. */
  readonly secret: string
  /** What the payer reads who has come back. */
  readonly words: string
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly timeoutMs: number
  /** How long an open breaker rests. */
  readonly breakerRestMs?: number
}

const NOT_SENT: PaymentUpdate = { status: 'not_sent' }
const MISCONFIGURED: PaymentUpdate = { status: 'declined', fault: 'misconfigured' }

type Call = (method: 'GET' | 'POST', path: string, key?: string, body?: string) => Promise<HttpAnswer>

/**
 * Stripe (docs.stripe.com/api): the payer pays by card on a Checkout page, to which `pending.url` leads; the handle
 * is the session's id, or the refund's. Our reference is the `Idempotency-Key`, so that what is sent twice is made
 * once, and stands in the metadata. Collections and refunds have a breaker each; an open one answers `not_sent`.
 */
export function stripe(options: StripeOptions): PaymentProvider {
  const { webhookSecret: secret, currencies, clock, log } = options
  const call = createCall(options)
  const comeback = createComeback({ ...options, name: 'stripe' })
  return {
    name: 'stripe',
    currencies,
    takes: () => true,
    ...collections(options, call, comeback),
    ...refunds(options, call),
    payouts: null,
    hooks: (onHint) => [stripeHook({ secret, clock, onHint, log }), comeback.hook(onHint)],
  }
}

/**
 * A session whose handle we were never told was never shown to anybody: nothing can have come in by it, and it is
 * `absent`. Asking for it again gives the same one.
 */
function collections(
  options: StripeOptions,
  call: Call,
  comeback: Comeback,
): Pick<PaymentProvider, 'isAvailable' | 'collect' | 'inspect'> {
  const { breakerRestMs: restMs = BREAKER_REST_MS, currencies, log } = options
  const breaker = createBreaker({ name: 'stripe collect', isTrouble, restMs, log })
  const isOffered = (currency: Currency) => currencies.some((one) => one === currency)
  return {
    isAvailable: breaker.isClosed,
    collect: async (order) => {
      const { reference, money } = order
      if (!isOffered(money.currency)) return told(log, reference, MISCONFIGURED)
      const body = sessionBody(order, comeback.url(reference))
      const answer = await breaker.run(() => call('POST', 'checkout/sessions', reference, body))
      return told(log, reference, answer ? readCreated(answer, order) : NOT_SENT)
    },
    inspect: async (order) => {
      if (!order.handle || !isHandle(order.handle)) return { status: 'absent' }
      const path = `checkout/sessions/${order.handle}?expand[]=payment_intent`
      return readSession(await call('GET', path), order)
    },
  }
}

function refunds(options: StripeOptions, call: Call): Pick<PaymentProvider, 'refund' | 'inspectRefund'> {
  const { breakerRestMs: restMs = BREAKER_REST_MS, log } = options
  const breaker = createBreaker({ name: 'stripe refund', isTrouble, restMs, log })
  const inspectRefund = async (order: RefundOrder): Promise<PaymentUpdate> => {
    const { handle, of } = order
    if (handle && isHandle(handle)) return readRefund(await call('GET', `refunds/${handle}`), order)
    const query = new URLSearchParams({ payment_intent: of.transaction, limit: String(REFUNDS_LIMIT) })
    return readRefunds(await call('GET', `refunds?${query}`), order)
  }
  return {
    inspectRefund,
    refund: async (order) => {
      const { reference } = order
      const answer = await breaker.run(() => call('POST', 'refunds', reference, refundBody(order)))
      const update = answer ? readRefunded(answer, order) : NOT_SENT
      if (update.status !== 'declined' || update.fault !== 'misconfigured') return update
      // Refused may mean that it was done before, and the key forgotten since.
      const before = await inspectRefund(order)
      return before.status === 'absent' ? told(log, reference, update) : before
    },
  }
}

function told(log: Log, reference: string, update: PaymentUpdate): PaymentUpdate {
  if (update.status === 'declined' && update.fault === 'misconfigured')
    log.error({ reference }, 'stripe refuses our set-up')
  return update
}

function createCall({ baseUrl, apiKey, http, timeoutMs }: StripeOptions): Call {
  return (method, path, key, body) =>
    http({
      method,
      url: `${baseUrl}/v1/${path}`,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'stripe-version': VERSION,
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body !== undefined && { body }),
      timeoutMs,
    })
}
