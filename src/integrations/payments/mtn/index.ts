import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Clock } from '../../../core/base/clock.ts'
import type { Http, HttpAnswer } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { Currency } from '../../../core/base/money.ts'
import type { Collection, PaymentProvider, PaymentUpdate, RefundOrder } from '../../../core/pay/provider.ts'
import { createBreaker } from '../breaker.ts'
import { createProduct, type Product } from './product.ts'
import { createTokens } from './token.ts'
import { collectBody, isTrouble, readStatus, readSubmission, refundBody } from './wire.ts'

export { paymentHooks } from './hook.ts'

/** MTN's limit on status requests (momodevelopercommunity.mtn.com, best practices). */
const STATUS_RPS = 10
const BREAKER_REST_MS = 60_000

export type MtnMomoOptions = {
  /** E.g. `https://proxy.momoapi.mtn.co.rw`, without a slash at the end. */
  readonly baseUrl: string
  /** `X-Target-Environment`: `mtnrwanda`, `sandbox`, … */
  readonly targetEnvironment: string
  /** The one currency of that environment: RWF in Rwanda, EUR in the sandbox. */
  readonly currency: Currency
  readonly apiUser: string
  readonly apiKey: string
  /** Subscription keys: each product has its own. */
  readonly collectionKey: string
  readonly disbursementKey: string
  /** Where MTN may tell us of a reference; null when it need not. */
  readonly callbackUrl: (reference: string) => string | null
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly timeoutMs: number
  /** How long an open breaker rests. */
  readonly breakerRestMs?: number
  /** MTN's limit on status requests of this process, a second; ten when left out. */
  readonly statusRps?: number
  /** Whether one more status request fits in MTN's limit; counted in this process when left out. */
  readonly mayInspect?: () => Promise<boolean>
}

/**
 * MTN Mobile Money, Open API (momodeveloper.mtn.com): collection by `requesttopay`, giving back by the
 * disbursement product's `refund`. The reference is sent as `X-Reference-Id`, so that sending twice is charged
 * once. Collections and refunds have a breaker each; an open one answers `not_sent`. Status requests pass
 * always, up to MTN's limit; one beyond that is `pending`. Whether a part of a payment can be refunded MTN
 * does not say.
 */
export function mtnMomo(options: MtnMomoOptions): PaymentProvider {
  const { breakerRestMs: restMs = BREAKER_REST_MS, statusRps = STATUS_RPS, log } = options
  const { mayInspect = atMost(statusRps) } = options
  const collections = productOf(options, 'collection', options.collectionKey)
  const disbursements = productOf(options, 'disbursement', options.disbursementKey)
  const collecting = createBreaker({ name: 'mtn collect', isTrouble, restMs, log })
  const refunding = createBreaker({ name: 'mtn refund', isTrouble, restMs, log })

  const submitted = (reference: string, answer: HttpAnswer | undefined): PaymentUpdate => {
    const update: PaymentUpdate = answer ? readSubmission(answer) : { status: 'not_sent' }
    if (update.status === 'declined' && update.fault === 'misconfigured')
      log.error({ reference }, 'mtn refuses our set-up')
    return update
  }
  const inspect = async (product: Product, path: string, order: Collection): Promise<PaymentUpdate> => {
    if (!(await mayInspect().catch(() => false))) return { status: 'pending' }
    return readStatus(await product.get(`${path}/${order.reference}`), order)
  }

  return {
    name: 'mtn',
    currencies: [options.currency],
    isAvailable: () => collecting.isClosed(),
    collect: async (order) => {
      const callback = options.callbackUrl(order.reference)
      // An empty header is refused: without a callback there must be none.
      const headers = callback ? { 'x-callback-url': callback } : {}
      const post = () => collections.post('requesttopay', order.reference, collectBody(order), headers)
      return submitted(order.reference, await collecting.run(post))
    },
    refund: async (order: RefundOrder) => {
      const post = () => disbursements.post('refund', order.reference, refundBody(order))
      return submitted(order.reference, await refunding.run(post))
    },
    inspect: (order) => inspect(collections, 'requesttopay', order),
    inspectRefund: (order) => inspect(disbursements, 'refund', order),
  }
}

function productOf(options: MtnMomoOptions, name: 'collection' | 'disbursement', key: string): Product {
  const { baseUrl, apiUser: user, apiKey: secret } = options
  const tokens = createTokens({ ...options, url: `${baseUrl}/${name}/token/`, user, secret, key })
  return createProduct({ ...options, baseUrl: `${baseUrl}/${name}/v1_0`, key, tokens })
}

function atMost(perSecond: number): () => Promise<boolean> {
  const limiter = new RateLimiterMemory({ points: perSecond, duration: 1 })
  return () =>
    limiter.consume('status').then(
      () => true,
      () => false,
    )
}
