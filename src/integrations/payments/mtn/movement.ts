import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpAnswer } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { Order, PaymentUpdate } from '../../../core/pay/provider.ts'
import { createBreaker } from '../breaker.ts'
import type { Line } from './line.ts'
import type { Product } from './product.ts'
import type { Person } from './reasons.ts'
import { isTrouble, readStatus, readSubmission } from './wire.ts'

/** Other processes share MTN's limit: one that is told of it rests, and joins the line again. */
const ASKS_LIMIT = 3
const TOO_MANY_REST_MS = 1_000

export type Movement<T extends Order> = {
  /** Asks for it, once or again; `not_sent` while the breaker is open. */
  start(order: T): Promise<PaymentUpdate>
  /** Asks what became of it, whatever the breaker says; `pending` when it was too long in the line. */
  inspect(order: T): Promise<PaymentUpdate>
  isAvailable(): boolean
}

/**
 * One way of moving money: `POST {product}/{path}`, and `GET {product}/{path}/{reference}` until it has ended. The
 * reference is sent as `X-Reference-Id`, so that what is sent twice moves once.
 * @param callbackUrl where MTN may tell us of a reference; null when it need not
 */
export function createMovement<T extends Order>({
  product,
  path,
  person,
  body,
  callbackUrl,
  line,
  restMs,
  log,
}: {
  product: Product
  path: string
  person: Person
  body: (order: T) => string
  callbackUrl: (reference: string) => string | null
  line: Line
  restMs: number
  log: Log
}): Movement<T> {
  const breaker = createBreaker<HttpAnswer>({
    name: `mtn ${path}`,
    isTrouble: (answer) => isTrouble(answer, person),
    restMs,
    log,
  })
  const ask = async (reference: string): Promise<HttpAnswer | undefined> => {
    for (let asks = 1; asks <= ASKS_LIMIT; asks += 1) {
      if (!(await line())) return undefined
      const answer = await product.get(`${path}/${reference}`)
      if (answer.kind !== 'answer' || answer.status !== 429) return answer
      if (asks < ASKS_LIMIT) await sleep(TOO_MANY_REST_MS)
    }
    return undefined
  }
  return {
    isAvailable: breaker.isClosed,
    start: async (order) => {
      const { reference } = order
      const callback = callbackUrl(reference)
      // An empty header is refused: without a callback there must be none.
      const headers = callback ? { 'x-callback-url': callback } : {}
      const answer = await breaker.run(() => product.post(path, reference, body(order), headers))
      const update: PaymentUpdate = answer ? readSubmission(answer, person) : { status: 'not_sent' }
      if (update.status === 'declined' && update.fault === 'misconfigured')
        log.error({ reference }, 'mtn refuses our set-up')
      return update
    },
    inspect: async (order) => {
      const answer = await ask(order.reference)
      return answer ? readStatus(answer, order, person) : { status: 'pending' }
    },
  }
}
