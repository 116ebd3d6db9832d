import type { HttpAnswer } from '../../../core/base/http.ts'
import type { Log } from '../../../core/base/log.ts'
import type { PaymentUpdate } from '../../../core/pay/provider.ts'
import { createBreaker } from '../breaker.ts'
import { isTrouble, NOT_SENT, readSubmission } from './answers.ts'
import type { Daraja } from './daraja.ts'

export type Sender = {
  /** Sends the body, made at that moment; `not_sent` while the breaker is open. */
  send(reference: string, body: () => string): Promise<PaymentUpdate>
  isAvailable(): boolean
}

/** One way of asking Safaricom to move money, with a breaker of its own. */
export function createSender({
  daraja,
  path,
  restMs,
  log,
}: {
  daraja: Daraja
  path: string
  restMs: number
  log: Log
}): Sender {
  const breaker = createBreaker<HttpAnswer>({ name: `mpesa ${path}`, isTrouble, restMs, log })
  return {
    isAvailable: breaker.isClosed,
    send: async (reference, body) => {
      const answer = await breaker.run(() => daraja(path, body()))
      const update = answer ? readSubmission(answer) : NOT_SENT
      if (update.status === 'declined' && update.fault === 'misconfigured')
        log.error({ reference }, 'mpesa refuses our set-up')
      return update
    },
  }
}
