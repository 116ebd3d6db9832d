import { createHmac } from 'node:crypto'
import type { Mischief, World } from '../simulator.ts'
import { HASH_KEY } from './keys.ts'
import type { Movement } from './movements.ts'
import type { Plan } from './outcomes.ts'

const TIMEOUT_MS = 5_000

export interface Callbacks {
  tell(movement: Movement, plan: Plan | undefined): Promise<void>
}

/**
 * Tells the gateway how a collection ended, at the one address that the portal holds for the application:
 * `POST /hooks/payments/airtel/:secret`. It names no amount. Its hash is over the transaction as it is sent.
 */
export function createCallbacks({ gateway, hookSecret }: World, { deliver }: Mischief): Callbacks {
  async function tell({ reference, msisdn, amount, currency, status, airtelMoneyId }: Movement, plan?: Plan) {
    const isPaid = status === 'TS'
    const transaction = JSON.stringify({
      id: reference,
      message: isPaid ? `Paid ${currency} ${amount} to INZIRA, Trans ID ${airtelMoneyId}.` : 'FAILED',
      status_code: status,
      ...(isPaid && { airtel_money_id: airtelMoneyId }),
    })
    const key = plan?.badHash ? `${HASH_KEY}?` : HASH_KEY
    const hash = createHmac('sha256', key).update(transaction).digest('base64')
    const send = async () => {
      const heard = await gateway.send({
        to: `/hooks/payments/airtel/${encodeURIComponent(hookSecret)}`,
        headers: { 'content-type': 'application/json' },
        body: `{"transaction":${transaction},"hash":"${hash}"}`,
        timeoutMs: TIMEOUT_MS,
      })
      return heard?.status === 200
    }
    for (let copy = 0; copy < (plan?.copies ?? 1); copy++)
      await deliver({ on: 'callback', phone: msisdn, send })
  }
  return { tell }
}
