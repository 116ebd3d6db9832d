import type { Clock } from '../../../core/base/clock.ts'
import type { Http, HttpRequest } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { Order, PaymentProvider, PaymentUpdate } from '../../../core/pay/provider.ts'
import type { Filed, Movement } from '../../../core/pay/statement.ts'
import { basic, createTokens } from '../token.ts'
import { MISCONFIGURED, PENDING } from './answers.ts'
import { createCollecting } from './collect.ts'
import { createDaraja } from './daraja.ts'
import { createGiving, isReversal } from './give.ts'
import { callbackUrl, paymentHooks } from './hook.ts'
import type { Claims } from './once.ts'
import { createSender } from './sender.ts'
import { credential, isSafaricom, type Merchant } from './wire.ts'

export type { Claims } from './once.ts'

const BREAKER_REST_MS = 60_000

export type MpesaOptions = {
  /** `https://api.safaricom.co.ke`, or `https://sandbox.safaricom.co.ke`. */
  readonly baseUrl: string
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly merchant: Merchant
  /** Who gives money back and pays it out; null when nobody may. */
  readonly initiator: {
    readonly name: string
    readonly password: string
    /** The short code that disburses. */
    readonly shortCode: string
    /** Safaricom's certificate of that environment, PEM. */
    readonly certificate: string
  } | null
  /** Where Safaricom finds our hooks, without a slash at the end. */
  readonly publicUrl: string
  /** The part of the hooks' path that nobody else knows. */
  readonly secret: string
  readonly http: Http
  readonly clock: Clock
  readonly log: Log
  readonly timeoutMs: number
  /** How long an open breaker rests. */
  readonly breakerRestMs?: number
  /** What was sent already. */
  readonly claims: Claims
  /** What is on its statements. */
  readonly filed?: Filed
}

/**
 * Safaricom M-Pesa through Daraja (developer.safaricom.co.ke): collection by STK push, refund by reversal of the
 * receipt, of a part or without a receipt by B2C, payout by B2C. A push has no key against repetition, so each
 * reference is pushed once (`claims`), and it can be asked after only by the name that its answer or its callback
 * told: until then it is `pending`. How a reversal or payout ended Safaricom tells only by callbacks that nobody
 * signed, so these stay `pending` until they are on a statement, or a person has looked.
 * @throws when the initiator's certificate is none
 */
export function mpesa(options: MpesaOptions): PaymentProvider {
  const { claims, initiator, merchant, publicUrl, secret, breakerRestMs: restMs = BREAKER_REST_MS } = options
  const { log } = options
  const tokens = createTokens({ ...options, name: 'mpesa', request: tokenRequest(options) })
  const daraja = createDaraja({ ...options, tokens })
  const sender = (path: string) => createSender({ daraja, path, restMs, log })
  const push = sender('/mpesa/stkpush/v1/processrequest')
  const common = { claims, urlOf: (reference: string) => callbackUrl(publicUrl, secret, reference) }
  const { collect, inspect, hear } = createCollecting({ ...options, ...common, daraja, push })
  const giving =
    initiator &&
    createGiving({
      ...common,
      b2c: sender('/mpesa/b2c/v3/paymentrequest'),
      reversal: sender('/mpesa/reversal/v1/request'),
      initiator: { ...initiator, credential: credential(initiator.password, initiator.certificate) },
      collector: merchant.shortCode,
    })

  return {
    name: 'mpesa',
    currencies: ['KES'],
    takes: isSafaricom,
    isAvailable: push.isAvailable,
    collect,
    inspect,
    refund: async (order) => giving?.refund(order) ?? MISCONFIGURED,
    inspectRefund: (order) =>
      given(options, 'refund', isReversal(order) ? order.of.transaction : order.reference, order),
    payouts: giving && {
      payOut: giving.payOut,
      inspectPayout: (order) => given(options, 'payout', order.reference, order),
      float: async () => undefined,
      hasWallet: async () => undefined,
    },
    hooks: (onHint) => paymentHooks({ secret, log, onHint, onReceipt: hear }),
  }
}

/** What a statement says of money that went out; another sum is for a person to look at. */
async function given(
  { filed, log }: Pick<MpesaOptions, 'filed' | 'log'>,
  kind: Movement,
  name: string,
  { reference, money }: Order,
): Promise<PaymentUpdate> {
  const row = await filed?.('mpesa', kind, name).catch((error: unknown) => {
    log.warn({ reference, err: error }, 'mpesa statements cannot be read')
    return undefined
  })
  if (row?.money.amountMinor !== money.amountMinor || row.money.currency !== money.currency) return PENDING
  return { status: 'settled', transaction: row.transaction, paid: row.money }
}

const tokenRequest = (options: MpesaOptions): HttpRequest => ({
  method: 'GET',
  url: `${options.baseUrl}/oauth/v1/generate?grant_type=client_credentials`,
  headers: { authorization: basic(options.consumerKey, options.consumerSecret) },
  timeoutMs: options.timeoutMs,
})
