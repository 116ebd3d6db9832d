import assert from 'node:assert/strict'
import { granted, openBank, order, wrongIn } from './bank.ts'

const AT_ONCE = 20

class Changed extends Error {}

describe('numbers of invoices', function () {
  this.timeout(30_000)
  let bank: Awaited<ReturnType<typeof openBank>>
  before(async () => {
    bank = await openBank()
  })
  after(() => bank.close())

  /** A charge, and its number; every third is thought better of when it has its number already. */
  async function number(n: number, year: number): Promise<number | null> {
    const { phone } = await granted(bank.accounts)
    const bought = order(phone, 100)
    await bank.book.charge(bought)
    return bank.store
      .transact(async ({ credit }) => {
        const no = await credit.number(year, { id: `iv_${year}_${n}`, charge: bought.reference })
        if (n % 3 === 0) throw new Changed()
        return no
      })
      .catch((error: unknown) => {
        if (error instanceof Changed) return null
        throw error
      })
  }

  it(`are given in order and without gaps to ${AT_ONCE} at once, whoever of them gives up`, async () => {
    const given = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => number(n, 2026)))
    const numbers = given.filter((no) => no !== null).sort((a, b) => a - b)
    assert.deepEqual(
      numbers,
      Array.from({ length: AT_ONCE - Math.ceil(AT_ONCE / 3) }, (_, n) => n + 1),
    )
  })

  it('begin anew each year, and say which invoice they are of', async () => {
    assert.deepEqual([await number(1, 2027), await number(2, 2027)], [1, 2])
    assert.equal(await bank.accounts.invoice('2027-000002'), 'iv_2027_2')
    assert.equal(await bank.accounts.invoice('2027-000003'), null)
    assert.deepEqual(
      (await wrongIn(bank.db)).filter((rule) => rule.includes('numbered')),
      [],
    )
  })

  it('are given to a charge once', async () => {
    const { phone } = await granted(bank.accounts)
    const { reference: charge, ...bought } = order(phone, 100)
    await bank.book.charge({ reference: charge, ...bought })
    const give = (id: string) => bank.store.transact(({ credit }) => credit.number(2028, { id, charge }))
    assert.equal(await give('iv_a'), 1)
    await assert.rejects(give('iv_b'), /invoices_charge/)
    await assert.rejects(give('iv_a'), /duplicate key/)
  })

  it('are missed when one is taken out of the book, which only its owner can', async () => {
    await assert.rejects(bank.db('invoices').where({ year: 2027, no: 1 }).delete(), /append-only/)
    await bank.db.raw('alter table invoices disable trigger user')
    await bank.db('invoices').where({ year: 2027, no: 1 }).delete()
    assert.match((await wrongIn(bank.db)).join('\n'), /numbered without gaps: 2027/)
  })
})
