/** SATIM's simulator, and providers that talk to it over real HTTP. */
import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import type { Money } from '../../src/core/base/money.ts'
import type { Collection, PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import { type SatimOptions, satim } from '../../src/integrations/payments/satim/index.ts'
import { orderNumberOf } from '../../src/integrations/payments/satim/wire.ts'
import { createRail, orderOf, phone, recording, SECRET, shown, WORDS } from './cards.ts'

export const PAYS = '6280581110007215'
export const FARE: Money = { amountMinor: 25_000, currency: 'DZD' }

export const order = (amountMinor = FARE.amountMinor): Collection =>
  orderOf({ ...FARE, amountMinor }, phone('+213551234567'))

/** What is said of an order that was paid. */
export function settled({ handle }: Collection, amountMinor = FARE.amountMinor): PaymentUpdate {
  assert.ok(handle)
  return { status: 'settled', transaction: handle, paid: { ...FARE, amountMinor } }
}

export function createDesk() {
  const rail = createRail('satim', () => provider().card)

  function provider(change: Partial<SatimOptions> = {}) {
    const { http, requests } = recording()
    const card = satim({
      baseUrl: rail.baseUrl(),
      userName: 'inzira',
      password: 'inzira-password',
      terminal: 'E010900222',
      language: 'FR',
      publicUrl: rail.gatewayUrl(),
      secret: SECRET,
      words: WORDS,
      http,
      log: silent,
      timeoutMs: 2_000,
      ...change,
    })
    return { card, requests }
  }
  const books = ({ reference }: { reference: string }) => rail.books(orderNumberOf(reference))
  const scenario = ({ reference }: { reference: string }, rule: object) =>
    rail.scenario({ msisdn: orderNumberOf(reference), ...rule })
  /** An order that was paid, and what its provider said of that. */
  async function paid(card: PaymentProvider): Promise<readonly [Collection, PaymentUpdate]> {
    const open = order()
    const asked = shown(open, await card.collect(open))
    await rail.card(asked.handle, PAYS)
    return [asked, await card.inspect(asked)]
  }
  return { ...rail, pay: rail.card, provider, paid, books, scenario }
}
