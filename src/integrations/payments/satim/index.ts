import type { Http, HttpAnswer } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { PaymentProvider, PaymentUpdate } from '../../../core/pay/provider.ts'
import { createBreaker } from '../breaker.ts'
import { type Comeback, createComeback } from '../comeback.ts'
import {
  acknowledgeQuery,
  isPayable,
  isTrouble,
  type Language,
  readAcknowledged,
  readGivenBack,
  readRefunded,
  readRegistered,
  refundQuery,
  registerQuery,
} from './wire.ts'

const BREAKER_REST_MS = 60_000

export type SatimOptions = {
  /** `https://satim.dz/payment/rest`, without a slash at the end. */
  readonly baseUrl: string
  readonly userName: string
  readonly password: string
  /** `force_terminal_id`, from the bank. */
  readonly terminal: string
  /** Of SATIM's page. */
  readonly language: Language
  /** Where browsers reach us, without a slash at the end. */
  readonly publicUrl: string
  /** Proves that the address a payer comes back to was made by us. */
  readonly secret: string
  /** What the payer reads who has come back; SATIM wants its hotline named, 3020. */
  readonly words: string
  /** Must not log queries: the account travels in them. */
  readonly http: Http
  readonly log: Log
  readonly timeoutMs: number
  /** How long an open breaker rests. */
  readonly breakerRestMs?: number
}

type Call = (path: string, query: Record<string, string>) => Promise<HttpAnswer>

const NOT_SENT: PaymentUpdate = { status: 'not_sent' }
const MISCONFIGURED: PaymentUpdate = { status: 'declined', fault: 'misconfigured' }

/**
 * SATIM, the cards of Algeria (CIB, Edahabia): the payer pays on its page, to which `pending.url` leads; the handle is
 * its `orderId`, and the payment's number too. Our order number comes from the reference, so that what is sent twice
 * is registered once. Sums below 50 dinars and parts of a dinar are declined before anything is sent.
 */
export function satim(options: SatimOptions): PaymentProvider {
  const call = createCall(options)
  const comeback = createComeback({ ...options, name: 'satim' })
  return {
    name: 'satim',
    currencies: ['DZD'],
    takes: (payer) => payer.startsWith('+213'),
    ...collections(options, call, comeback),
    ...refunds(options, call),
    payouts: null,
    hooks: (onHint) => [comeback.hook(onHint)],
  }
}

/**
 * What was paid is taken back by SATIM unless we acknowledge it: `inspect` does. An order whose handle we were never
 * told was never shown to anybody: nothing can have come in by it, and it is `absent`.
 */
function collections(
  options: SatimOptions,
  call: Call,
  comeback: Comeback,
): Pick<PaymentProvider, 'isAvailable' | 'collect' | 'inspect'> {
  const { breakerRestMs: restMs = BREAKER_REST_MS, terminal, language, log } = options
  const breaker = createBreaker({ name: 'satim collect', isTrouble, restMs, log })
  return {
    isAvailable: breaker.isClosed,
    collect: async (order) => {
      const { reference, money } = order
      if (!isPayable(money)) return told(log, reference, MISCONFIGURED)
      const query = registerQuery(order, comeback.url(reference), terminal, language)
      const answer = await breaker.run(() => call('register.do', query))
      return told(log, reference, answer ? readRegistered(answer) : NOT_SENT)
    },
    inspect: async (order) => {
      if (!order.handle) return { status: 'absent' }
      const answer = await call('public/acknowledgeTransaction.do', acknowledgeQuery(order.handle))
      return readAcknowledged(answer, order)
    },
  }
}

function refunds(options: SatimOptions, call: Call): Pick<PaymentProvider, 'refund' | 'inspectRefund'> {
  const { breakerRestMs: restMs = BREAKER_REST_MS, log } = options
  const breaker = createBreaker({ name: 'satim refund', isTrouble, restMs, log })
  return {
    refund: async (order) => {
      const { reference, money } = order
      if (!isPayable(money)) return told(log, reference, MISCONFIGURED)
      const answer = await breaker.run(() => call('refund.do', refundQuery(order)))
      return told(log, reference, answer ? readRefunded(answer, order) : NOT_SENT)
    },
    inspectRefund: async (order) => {
      const query = acknowledgeQuery(order.of.handle ?? order.of.transaction)
      return readGivenBack(await call('public/acknowledgeTransaction.do', query), order)
    },
  }
}

function told(log: Log, reference: string, update: PaymentUpdate): PaymentUpdate {
  if (update.status === 'declined' && update.fault === 'misconfigured')
    log.error({ reference }, 'satim does not take what we ask for')
  return update
}

function createCall({ baseUrl, userName, password, http, timeoutMs }: SatimOptions): Call {
  return (path, query) => {
    const search = new URLSearchParams({ userName, password, ...query })
    return http({ method: 'GET', url: `${baseUrl}/${path}?${search}`, timeoutMs })
  }
}
