import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import type { CreditBook } from '../../src/core/pay/credit.ts'
import type { PaymentProvider } from '../../src/core/pay/provider.ts'
import { credit } from '../../src/integrations/payments/credit/index.ts'
import { type Db, prepared } from '../../src/integrations/postgres/connect.ts'
import { somebody } from '../core/desk.ts'
import { granted, openBank, order, refundOf } from './bank.ts'

const BUYERS = 50
const PRICE = 3_000

/** Looks what is owed first and charges then, as if nobody else were in the shop. */
const SUMS_FIRST = `
with
  room as (select id from credit_accounts a where phone = $2 and limit_minor >= $3
    + coalesce((select sum(amount_minor) from credit_charges c where c.account = a.id), 0)),
  taken as (update credit_accounts set outstanding_minor = outstanding_minor + $3
    where id in (select id from room) returning id)
insert into credit_charges (reference, account, amount_minor, currency, at)
  select $1, (select id from taken), $3, 'RWF', 0 returning account`

const sumsFirst = (db: Db, book: CreditBook): CreditBook => ({
  ...book,
  async charge({ reference, payer, money: { amountMinor } }) {
    const values = [reference, payer, amountMinor]
    const [row] = await prepared(db, 'sums_first', SUMS_FIRST, values, (one) => one as { account: unknown })
    return row?.account ? 'charged' : 'refused'
  },
})

describe('a credit account', function () {
  this.timeout(30_000)
  let bank: Awaited<ReturnType<typeof openBank>>
  let wallet: PaymentProvider
  before(async () => {
    bank = await openBank()
    wallet = credit({ book: bank.book, log: silent })
  })
  after(() => bank.close())

  /**
   * Fifty before a closed till, which opens once as many as there are connections stand in line. @returns what was
   * owed in the end, and what they were told
   */
  async function rush(by: PaymentProvider) {
    const { phone } = await granted(bank.accounts)
    const till = await bank.closeTill(phone)
    const rushing = Array.from({ length: BUYERS }, () => by.collect(order(phone, PRICE)))
    await till.open()
    const updates = await Promise.all(rushing)
    const settled = updates.filter(({ status }) => status === 'settled').length
    return { owed: await bank.owes(phone), settled, declined: updates.length - settled }
  }

  it('is never charged above its limit, by fifty at once', async () => {
    const most = Math.floor(10_000 / PRICE)
    assert.deepEqual(await rush(wallet), { owed: most * PRICE, settled: most, declined: BUYERS - most })
  })

  it('would be, by one who looks first and charges then', async () => {
    const { owed } = await rush(credit({ book: sumsFirst(bank.db, bank.book), log: silent }))
    assert.ok(owed > 10_000, `owed ${owed}`)
  })

  it('hears the same answer under the same reference, and is charged once', async () => {
    const { phone } = await granted(bank.accounts, { limitMinor: 1_000 })
    const [yes, no] = [order(phone, 900), order(phone, 200)]
    const first = await wallet.collect(yes)
    assert.deepEqual(first, { status: 'settled', transaction: yes.reference, paid: yes.money })
    assert.deepEqual(await wallet.collect(no), { status: 'declined', fault: 'insufficient_funds' })
    await bank.accounts.change(phone, { limitMinor: 100_000 })
    for (const [one, status] of [
      [yes, 'settled'],
      [no, 'declined'],
    ] as const) {
      const again = await Promise.all(Array.from({ length: 10 }, () => wallet.collect(one)))
      assert.deepEqual(new Set(again.map((said) => said.status)), new Set([status]))
      assert.equal((await wallet.inspect(one)).status, status)
    }
    assert.equal(await bank.owes(phone), 900)
    assert.deepEqual(await wallet.inspect(order(phone, 900)), { status: 'absent' })
  })

  it('is charged once by ten who ask at the same time under one reference', async () => {
    const { phone } = await granted(bank.accounts)
    const one = order(phone, 400)
    const all = await Promise.all(Array.from({ length: 10 }, () => wallet.collect(one)))
    assert.deepEqual(new Set(all.map(({ status }) => status)), new Set(['settled']))
    assert.equal(await bank.owes(phone), 400)
  })

  it('is asked first whether it serves: not nobody’s, stopped, in other money or above the limit', async () => {
    const { phone } = await granted(bank.accounts, { limitMinor: 1_000 })
    const serves = (amountMinor: number, payer = phone) =>
      wallet.serves?.(payer, { amountMinor, currency: 'RWF' })
    assert.deepEqual(
      [await serves(1_000), await serves(1_001), await serves(1, somebody())],
      [true, false, false],
    )
    assert.equal(await wallet.serves?.(phone, { amountMinor: 1, currency: 'KES' }), false)
    await bank.accounts.change(phone, { status: 'stopped' })
    assert.equal(await serves(1), false)
    assert.deepEqual((await wallet.collect(order(phone, 1))).status, 'declined')
  })

  it('gives back parts, once each, and never more than the charge', async () => {
    const { phone } = await granted(bank.accounts)
    const one = order(phone, 1_000)
    await wallet.collect(one)
    const part = refundOf(one, 400)
    for (const said of await Promise.all(Array.from({ length: 5 }, () => wallet.refund(part))))
      assert.deepEqual(said, { status: 'settled', transaction: part.reference, paid: part.money })
    assert.equal(await bank.owes(phone), 600)
    assert.deepEqual(await wallet.refund(refundOf(one, 601)), { status: 'declined', fault: 'misconfigured' })
    const rest = await Promise.all(Array.from({ length: 5 }, () => wallet.refund(refundOf(one, 600))))
    assert.equal(rest.filter(({ status }) => status === 'settled').length, 1)
    assert.equal(await bank.owes(phone), 0)
    assert.equal((await wallet.inspectRefund(part)).status, 'settled')
    assert.deepEqual(await wallet.inspectRefund(refundOf(one, 1)), { status: 'absent' })
  })

  it('gives nothing back of a charge that was refused, or never made', async () => {
    const { phone } = await granted(bank.accounts, { limitMinor: 10 })
    const refused = order(phone, 11)
    await wallet.collect(refused)
    for (const one of [refused, order(phone, 11)])
      assert.equal((await wallet.refund(refundOf(one, 1))).status, 'declined')
  })

  it('says that it does not know while its database does not answer', async () => {
    const away = async (): Promise<never> => Promise.reject(new Error('gone'))
    const book: CreditBook = { serves: away, charge: away, chargeOf: away, giveBack: away, gaveBack: away }
    const lost = credit({ book, log: silent })
    const one = order(somebody(), 1)
    const said = [
      lost.collect(one),
      lost.inspect(one),
      lost.refund(refundOf(one, 1)),
      lost.inspectRefund(refundOf(one, 1)),
    ]
    for (const update of await Promise.all(said)) assert.deepEqual(update, { status: 'pending' })
  })
})
