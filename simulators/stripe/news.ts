import { createHmac } from 'node:crypto'
import { hex } from '../random.ts'
import type { Mischief, World } from '../simulator.ts'

const PATH = '/hooks/payments/stripe'
const TIMEOUT_MS = 10_000
const FIRST_RETRY_MS = 60_000
const LAST_RETRY_MS = 6 * 3_600_000
const RETRY_FOR_MS = 3 * 86_400_000
const VERSION = '2024-06-20'

/** Tells the gateway of an event about an object; the reference is the one the object bears. */
export type Tell = (type: string, reference: string, object: object) => void

/**
 * Signed events, sent again with growing pauses for three days until one is answered with 2xx. The secret is
 * `whsec_` and the hook secret. Source: docs.stripe.com/webhooks.
 */
export function createNews({ clock, gateway, hookSecret }: World, { deliver }: Mischief): Tell {
  return (type, reference, object) => {
    const created = Math.floor(clock.now() / 1000)
    const event = { id: `evt_${hex(12)}`, object: 'event', api_version: VERSION, type, created }
    const body = JSON.stringify({ ...event, livemode: false, data: { object } })
    const send = async () => {
      // The gateway's clock is not pushed with ours, and it minds the time of a signature.
      const t = Math.floor(Date.now() / 1000)
      const v1 = createHmac('sha256', `whsec_${hookSecret}`).update(`${t}.${body}`).digest('hex')
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': `t=${t},v1=${v1}`,
      }
      const heard = await gateway.send({ to: PATH, headers, body, timeoutMs: TIMEOUT_MS })
      return heard !== undefined && heard.status >= 200 && heard.status < 300
    }
    const waitMs = (attempt: number) => Math.min(FIRST_RETRY_MS * 4 ** (attempt - 1), LAST_RETRY_MS)
    // A provider's payers do not wait for its news to arrive.
    void deliver({ on: 'webhook', phone: reference, send, retry: { waitMs, forMs: RETRY_FOR_MS } })
  }
}
