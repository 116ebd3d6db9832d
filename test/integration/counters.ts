/** Every provider whose statements we read: money really moved through our adapter and its simulator, over HTTP. */
import assert from 'node:assert/strict'
import { z } from 'zod'
import { startSimulators } from '../../simulators/server.ts'
import { newIds, nextReference } from '../../src/core/base/id.ts'
import type { Money } from '../../src/core/base/money.ts'
import type { PaymentUpdate } from '../../src/core/pay/provider.ts'
import {
  dayAfter,
  type Filed,
  type Movement,
  type StatementFormat,
  spanOf,
} from '../../src/core/pay/statement.ts'
import type { PaymentContext } from '../../src/flows/payment/model.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { STATEMENTS } from '../../src/integrations/statements/index.ts'
import { phone } from '../channels/hosting.ts'
import { DESKS, NOWHERE } from './desks.ts'
import { remember } from './teller.ts'

const THINKING_MS = 2_500
const DAY_MS = 24 * 3_600_000
const TEN_O_CLOCK_MS = 10 * 3_600_000
const NOON_MS = 12 * 3_600_000

/** Money that has moved, as our books and as the provider's file call it. */
export type Moved = {
  readonly kind: Movement
  readonly reference: string
  readonly name: string
  readonly money: Money
  /** Of the payment itself, or of the one that it gives back. */
  readonly payment: Pick<PaymentContext, 'reference' | 'handle' | 'transaction' | 'money'> &
    Partial<PaymentContext>
}

export const COUNTERS = Object.keys(DESKS)

const ids = newIds(Date.now)
const receipts = z.array(z.object({ id: z.string(), receipt: z.string().optional() }))
export type Counter = Awaited<ReturnType<typeof openCounter>>

/** A counter of that provider at ten in the morning of tomorrow, where the provider is. */
export async function openCounter(name: string, filed: Filed) {
  const desk = DESKS[name] ?? assert.fail(name)
  const format: StatementFormat = STATEMENTS[name] ?? assert.fail(name)
  const settings = { port: 0, gatewayUrl: NOWHERE, hookSecret: 'dev', whatsappAppSecret: 'app' }
  const simulators = await startSimulators({ ...settings, phoneNumberId: '1', seed: 7 })
  const base = `${simulators.url}/${name}`
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(path, { method, ...(body && { body: JSON.stringify(body) }) })
    const text = await response.text()
    assert.ok(response.ok, `${path}: ${response.status} ${text}`)
    return text
  }
  const advance = (advanceMs: number) => ask('POST', `${simulators.url}/_clock`, { advanceMs })
  const today = new Date(Date.now() - spanOf('1970-01-01', format).from)
  const day = dayAfter(today.toISOString().slice(0, 10), 1)
  await advance(spanOf(day, format).from + TEN_O_CLOCK_MS - Date.now())
  const certificate = await ask('GET', `${simulators.url}/mpesa/_certificate`)
  const provider = desk.open({ base, certificate, filed })
  let people = 0

  const decided = (handle: string | null) =>
    desk.pan ? ask('POST', `${base}/_card`, { orderId: handle, pan: desk.pan }) : advance(THINKING_MS)
  const orderOf = (amountMinor: number) => {
    people += 1
    const payer = phone(`${desk.numbers}${10_500 + people}`)
    const money: Money = { amountMinor, currency: desk.currency }
    return { reference: ids.reference(), handle: null, money, payer, memo: 'Inzira trip' }
  }

  return {
    ...{ format, day },
    paysOut: provider.payouts !== null,
    /** From somebody who says yes. */
    async collect(amountMinor: number): Promise<Moved> {
      const order = orderOf(amountMinor)
      const { reference, money } = order
      const handle = handleIn(await provider.collect(order))
      await decided(handle)
      const update = await provider.inspect({ ...order, handle })
      assert.ok(update.status === 'settled', JSON.stringify(update))
      // Nobody hears the callbacks here, which alone tell the receipts of M-Pesa.
      const books = name === 'mpesa' ? receipts.parse(JSON.parse(await ask('GET', `${base}/_ledger`))) : []
      const transaction = books.find(({ id }) => id === handle)?.receipt ?? update.transaction
      const named = { mpesa: reference.slice(-12), satim: handle }[name] ?? reference
      const payment = { reference, handle, transaction, money }
      return { kind: 'collection', reference, name: named, money, payment }
    },
    async refund({ payment }: Moved, amountMinor: number): Promise<Moved> {
      const money = { ...payment.money, amountMinor }
      const reference = nextReference(payment.reference)
      const { handle, transaction } = payment
      const of = { ...payment, transaction: transaction ?? assert.fail() }
      const order = { ...orderOf(amountMinor), reference, money, of, handle: null }
      const refundHandle = handleIn(await provider.refund(order))
      await advance(THINKING_MS)
      const isWhole = amountMinor === payment.money.amountMinor
      const whole = { airtel: refundHandle, mpesa: transaction, satim: handle }[name] ?? reference
      const part = { satim: handle }[name] ?? reference
      const back = { refundReference: reference, refundHandle, refundMoney: isWhole ? null : money }
      return {
        kind: 'refund',
        reference,
        name: isWhole ? whole : part,
        money,
        payment: { ...payment, ...back },
      }
    },
    async payOut(amountMinor: number): Promise<Moved> {
      const { payer: payee, ...order } = orderOf(amountMinor)
      await provider.payouts?.payOut({ ...order, payee })
      await advance(THINKING_MS)
      const { reference, money } = order
      const payment = { reference, handle: null, transaction: null, money }
      return { kind: 'payout', reference, name: reference, money, payment }
    },
    /** What our adapter says of money that went out, once it is asked after. */
    async inspect({ kind, reference, money, payment }: Moved): Promise<PaymentUpdate> {
      const { payer, ...order } = { ...orderOf(money.amountMinor), reference }
      if (kind === 'payout')
        return provider.payouts?.inspectPayout({ ...order, payee: payer }) ?? { status: 'absent' }
      const of = { ...payment, transaction: payment.transaction ?? assert.fail() }
      return provider.inspectRefund({ ...order, payer, of, handle: payment.refundHandle ?? null })
    },
    /** Books it at noon, as our flow would. */
    async book(db: Db, { kind, reference, money, payment }: Moved): Promise<void> {
      const sums = { amount_minor: money.amountMinor, currency: money.currency }
      const at = spanOf(day, format).from + NOON_MS
      const inward = { debit: `provider:${name}`, credit: 'unearned' }
      const outward = { debit: 'unearned', credit: `provider:${name}` }
      if (kind === 'payout') {
        await db('postings').insert({ kind: 'paid out', source: reference, ...outward, ...sums, at })
        return
      }
      await this.remember(db, payment, kind === 'refund' ? 'refunded' : 'settled')
      const side = kind === 'refund' ? outward : inward
      const named = { kind: kind === 'refund' ? 'refunded' : 'collected', source: `pm_${payment.reference}` }
      await db('postings').insert({ ...named, ...side, ...sums, at })
    },
    remember: (db: Db, payment: Moved['payment'], state: string) =>
      remember(db, { reference: payment.reference, amount: '1' }, state, { provider: name, ...payment }),
    tomorrow: () => advance(DAY_MS),
    plant: (errors: object) => ask('POST', `${base}/_statement`, errors),
    statement: (of: string) => ask('GET', `${base}/_statement.csv?day=${of}`),
    stop: () => simulators.stop(),
  }
}

const handleIn = (update: PaymentUpdate): string | null =>
  update.status === 'pending' ? (update.handle ?? null) : null
