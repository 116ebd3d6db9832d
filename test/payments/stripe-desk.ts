/** Stripe's simulator, and providers that talk to it over real HTTP. */
import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import type { Money } from '../../src/core/base/money.ts'
import type { Collection, PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import { type StripeOptions, stripe } from '../../src/integrations/payments/stripe/index.ts'
import { createRail, orderOf, phone, recording, SECRET, shown, WORDS } from './cards.ts'

export const PAYS = '4242424242424242'
export const HAS_TOO_LITTLE = '4000000000009995'
export const DAY_MS = 24 * 3_600_000
export const FARE: Money = { amountMinor: 1150, currency: 'RWF' }

export const order = (money = FARE): Collection => orderOf(money, phone('+250788000001'))

export function assertPaid(update: PaymentUpdate, amountMinor = FARE.amountMinor): void {
  assert.ok(update.status === 'settled', JSON.stringify(update))
  assert.match(update.transaction, /^pi_/)
  assert.deepEqual(update.paid, { ...FARE, amountMinor })
}

export function createDesk() {
  const rail = createRail('stripe', () => provider().card)

  function provider(change: Partial<StripeOptions> = {}) {
    const { http, requests } = recording()
    const card = stripe({
      baseUrl: rail.baseUrl(),
      apiKey: 'sk_test_inzira',
      webhookSecret: `whsec_${SECRET}`,
      currencies: ['RWF', 'EUR', 'KES'],
      publicUrl: rail.gatewayUrl(),
      secret: SECRET,
      words: WORDS,
      http,
      clock: { now: Date.now },
      log: silent,
      timeoutMs: 2_000,
      ...change,
    })
    return { card, requests }
  }
  /** An order that was paid, and what its provider said of that. */
  async function paid(card: PaymentProvider, pan = PAYS): Promise<readonly [Collection, PaymentUpdate]> {
    const open = order()
    const asked = shown(open, await card.collect(open))
    await rail.card(asked.handle, pan)
    return [asked, await card.inspect(asked)]
  }
  return { ...rail, pay: rail.card, provider, paid }
}
