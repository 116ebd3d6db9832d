import type { Clock } from '../../../core/base/clock.ts'
import type { Http } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { Currency } from '../../../core/base/money.ts'
import type { PaymentProvider } from '../../../core/pay/provider.ts'
import { basic, createTokens } from '../token.ts'
import { paymentHooks } from './hook.ts'
import { atMost, createLine } from './line.ts'
import { createMovement } from './movement.ts'
import { createProduct, type Product } from './product.ts'
import { collectBody, digitsOf, readBalance, readHolder, refundBody, transferBody } from './wire.ts'

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
  /** How the numbers of the network begin: `+25078`, `+25079`. */
  readonly numbers: readonly string[]
  readonly apiUser: string
  readonly apiKey: string
  /** Subscription keys: each product has its own. */
  readonly collectionKey: string
  readonly disbursementKey: string
  /** Part of the path of the callbacks, `/hooks/payments/mtn/:secret/:reference`. */
  readonly secret: string
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
  /** How long a status request waits in line for that; five seconds when left out. */
  readonly lineWaitMs?: number
}

/**
 * MTN Mobile Money, Open API (momodeveloper.mtn.com): collection by `requesttopay`; the disbursement product's
 * `refund` gives all or a part of it back, its `transfer` pays out. Each has a breaker of its own; an open one
 * answers `not_sent`. Status requests pass always, waiting in one line for MTN's limit. Whether a part of a
 * payment can be refunded MTN does not say.
 */
export function mtnMomo(options: MtnMomoOptions): PaymentProvider {
  const {
    breakerRestMs: restMs = BREAKER_REST_MS,
    statusRps = STATUS_RPS,
    callbackUrl,
    secret,
    log,
  } = options
  const { mayInspect = atMost(statusRps) } = options
  const collection = productOf(options, 'collection', options.collectionKey)
  const disbursement = productOf(options, 'disbursement', options.disbursementKey)
  const line = createLine(mayInspect, options.lineWaitMs)

  const common = { callbackUrl, line, restMs, log }
  const collecting = createMovement({
    ...common,
    product: collection,
    path: 'requesttopay',
    person: 'payer',
    body: collectBody,
  })
  const paying = { ...common, product: disbursement, person: 'payee' } as const
  const refunding = createMovement({ ...paying, path: 'refund', body: refundBody })
  const transferring = createMovement({ ...paying, path: 'transfer', body: transferBody })

  return {
    name: 'mtn',
    currencies: [options.currency],
    takes: (payer) => options.numbers.some((beginning) => payer.startsWith(beginning)),
    isAvailable: collecting.isAvailable,
    collect: collecting.start,
    inspect: collecting.inspect,
    refund: refunding.start,
    inspectRefund: refunding.inspect,
    payouts: {
      payOut: transferring.start,
      inspectPayout: transferring.inspect,
      float: async () => readBalance(await disbursement.get('account/balance')),
      hasWallet: async (payee) =>
        readHolder(await disbursement.get(`accountholder/msisdn/${digitsOf(payee)}/active`)),
    },
    hooks: (onHint) => paymentHooks({ secret, onHint, log }),
  }
}

function productOf(options: MtnMomoOptions, name: 'collection' | 'disbursement', key: string): Product {
  const { baseUrl, apiUser, apiKey, timeoutMs } = options
  const headers = { authorization: basic(apiUser, apiKey), 'ocp-apim-subscription-key': key }
  const request = { method: 'POST', url: `${baseUrl}/${name}/token/`, headers, timeoutMs } as const
  const tokens = createTokens({ ...options, name: `mtn ${name}`, request })
  return createProduct({ ...options, baseUrl: `${baseUrl}/${name}/v1_0`, key, tokens })
}
