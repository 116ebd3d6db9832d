import type { HttpAnswer } from '../../../core/base/http.ts'
import type { Currency } from '../../../core/base/money.ts'
import type { Msisdn } from '../../../core/base/phone.ts'
import type { Order, PaymentProvider, PaymentUpdate, RefundOrder } from '../../../core/pay/provider.ts'
import { createBreaker } from '../breaker.ts'
import { isTrouble } from './answer.ts'
import { type ClientOptions, createClient } from './client.ts'
import { airtelHooks } from './hook.ts'
import { publicKeyOf, sealed } from './seal.ts'
import {
  type Country,
  collectBody,
  disburseBody,
  readCollect,
  readDisburse,
  readEnquiry,
  readRefund,
  refundBody,
} from './wire.ts'

const BREAKER_REST_MS = 60_000

const PAYMENTS = 'standard/v1/payments'
const DISBURSEMENTS = 'standard/v2/disbursements'

/** `baseUrl` is e.g. `https://openapi.airtel.co.rw`, without a slash at the end; `country` is sent as `X-Country`. */
export type AirtelOptions = ClientOptions &
  Country & {
    readonly currency: Currency
    /** How the numbers of the network begin; in Rwanda `+25072` and `+25073`. */
    readonly numbers: readonly string[]
    /** Part of the path of the callbacks, `/hooks/payments/airtel/:secret`, to be written into Airtel's portal. */
    readonly secret: string
    /** The key of the callbacks' hash, from the portal; null when callbacks bear none. */
    readonly hashKey: string | null
    /** Our four-digit PIN, and the Base64 of Airtel's RSA key for it; null where we have no such product. */
    readonly disbursement: { readonly pin: string; readonly publicKey: string } | null
    /** Whether `SUCCESS` is Airtel's last word on a full refund; asked after when left out. */
    readonly isRefundFinal?: boolean
    /** How long an open breaker rests. */
    readonly breakerRestMs?: number
  }

/**
 * Airtel Money (developers.airtel.africa): collection by USSD push; the whole of a payment goes back by its
 * `airtel_money_id`, a part of it by disbursement, as payouts do. Our reference is Airtel's transaction id, so that
 * sending twice moves once. What comes in and what goes out have a breaker each; an open one answers `not_sent`.
 * Throws when the key for the PIN is none.
 */
export function airtel(options: AirtelOptions): PaymentProvider {
  const { breakerRestMs: restMs = BREAKER_REST_MS, isRefundFinal = false, numbers, log } = options
  const client = createClient(options)
  const incoming = createBreaker({ name: 'airtel in', isTrouble, restMs, log })
  const outgoing = createBreaker({ name: 'airtel out', isTrouble, restMs, log })
  const seal = sealerOf(options.disbursement)

  const submitted = (
    { reference }: Order,
    answer: HttpAnswer | undefined,
    read: (answer: HttpAnswer) => PaymentUpdate,
  ): PaymentUpdate => {
    const update: PaymentUpdate = answer ? read(answer) : { status: 'not_sent' }
    const isShut = answer?.kind === 'answer' && answer.status === 403
    if (isShut || (update.status === 'declined' && update.fault === 'misconfigured'))
      log.error({ reference }, 'airtel refuses our set-up')
    return update
  }

  const disburse = async (order: Order, payee: Msisdn): Promise<PaymentUpdate> => {
    if (!seal) return { status: 'declined', fault: 'misconfigured' }
    const body = disburseBody(order, payee, options, seal())
    const answer = await outgoing.run(() => client.post(`${DISBURSEMENTS}/`, body))
    return submitted(order, answer, (heard) => readDisburse(heard, order))
  }
  const inspectDisbursed = async (order: Order): Promise<PaymentUpdate> => {
    const answer = await client.get(`${DISBURSEMENTS}/${order.reference}?transactionType=B2C`)
    return readEnquiry(answer, order.reference, order, 'out')
  }

  return {
    name: 'airtel',
    currencies: [options.currency],
    takes: (payer) => numbers.some((beginning) => payer.startsWith(beginning)),
    isAvailable: () => incoming.isClosed(),
    collect: async (order) => {
      const body = collectBody(order, options)
      return submitted(
        order,
        await incoming.run(() => client.post('merchant/v1/payments/', body)),
        readCollect,
      )
    },
    inspect: async (order) =>
      readEnquiry(await client.get(`${PAYMENTS}/${order.reference}`), order.reference, order, 'in'),
    refund: async (order) => {
      if (!isWhole(order)) return disburse(order, order.payer)
      const answer = await outgoing.run(() => client.post(`${PAYMENTS}/refund`, refundBody(order)))
      return submitted(order, answer, (heard) => readRefund(heard, order, isRefundFinal))
    },
    inspectRefund: async (order) => {
      if (!isWhole(order)) return inspectDisbursed(order)
      const { handle } = order
      // Without Airtel's number there is nothing to ask after; asked for again, a payment still goes back once.
      if (handle === null) return { status: 'absent' }
      const answer = await client.get(`${PAYMENTS}/${encodeURIComponent(handle)}`)
      const update = readEnquiry(answer, handle, order, 'out')
      return update.status === 'absent' ? { status: 'pending' } : update
    },
    payouts: seal && {
      payOut: (order) => disburse(order, order.payee),
      inspectPayout: inspectDisbursed,
      float: async () => undefined,
      hasWallet: async () => undefined,
    },
    hooks: (onHint) => airtelHooks({ ...options, onHint }),
  }
}

/** Airtel gives back all or nothing, and only under its own number of the payment. */
const isWhole = ({ money, of }: RefundOrder): boolean =>
  money.amountMinor === of.money.amountMinor &&
  money.currency === of.money.currency &&
  of.transaction !== of.reference

/** Seals the PIN anew for every request; null without a PIN. */
function sealerOf(disbursement: AirtelOptions['disbursement']): (() => string) | null {
  if (!disbursement) return null
  const key = publicKeyOf(disbursement.publicKey)
  return () => sealed(disbursement.pin, key)
}
