import assert from 'node:assert/strict'
import { balances, replayAll } from '../laws/journals.ts'
import { FARE_MINOR, openShop, type Shop, until } from './shop.ts'

/** Rides on credit and what becomes of their invoices. */
describe('who buys on credit', function () {
  this.timeout(60_000)
  let shop: Shop
  before(async () => {
    shop = await openShop()
  })
  after(() => shop.stop())

  describe('and pays by phone', () => {
    const customer = '+250788000511'
    let code = ''
    before(() => shop.grant(customer, 3_000))

    it('travels at once, and is sent an invoice', async () => {
      const trip = await shop.books(customer)
      code = trip.code
      await shop.arrives(customer, trip)
      assert.match(await shop.invoiced(customer, trip), /^\d{4}-000001$/)
      await shop.isRight()
      assert.deepEqual([await shop.owes(customer), (await shop.wallet(customer)).taken], [FARE_MINOR, 0])
      const { 'provider:credit': receivable, unearned } = await balances(shop.db)
      assert.deepEqual([receivable, unearned], [FARE_MINOR, 0])
    })

    it('declines on the phone, tries again, and owes nothing any more', async () => {
      await shop.plan(customer, 'decline')
      await shop.text(customer, `PAY ${code}`)
      await shop.hears(customer, /You declined the payment[\s\S]*Try again/)
      assert.equal(await shop.owes(customer), FARE_MINOR)
      await shop.plan(customer, 'approve')
      await shop.text(customer, '1')
      await shop.hears(customer, /Invoice \d{4}-000001 is paid/)
      await shop.isRight()
      assert.deepEqual([await shop.owes(customer), (await shop.wallet(customer)).taken], [0, 1])
      const { 'provider:credit': receivable, 'provider:mtn': atMtn } = await balances(shop.db)
      assert.deepEqual([receivable, atMtn], [0, FARE_MINOR])
    })

    it('has nothing to pay after that, nor anything of somebody else’s', async () => {
      await shop.text(customer, `PAY ${code}`)
      await shop.text(customer, 'PAY')
      await shop.hears(customer, /You have no invoice to pay/)
      const stranger = '+250788000519'
      await shop.text(stranger, `PAY ${code}`)
      await shop.hears(stranger, new RegExp(`We know no invoice ${code} of yours`))
      assert.deepEqual(
        [await shop.wallet(customer), await shop.wallet(stranger)].map(({ taken }) => taken),
        [1, 0],
      )
    })
  })

  describe('in other ways', () => {
    it('above the limit, or has no account, pays by mobile money', async () => {
      const [low, none] = ['+250788000521', '+250788000522']
      await shop.grant(low, FARE_MINOR - 1)
      for (const customer of [low, none]) {
        await shop.arrives(customer, await shop.books(customer))
        assert.equal((await shop.wallet(customer)).taken, 1)
      }
      await shop.isRight()
      assert.equal(await shop.owes(low), 0)
    })

    it('and cancels at once is not asked to pay', async () => {
      const customer = '+250788000531'
      await shop.grant(customer, 3_000)
      const { code } = await shop.books(customer)
      await shop.text(customer, `CANCEL ${code}`)
      await shop.hears(customer, new RegExp(`Invoice \\d{4}-\\d{6}, trip ${code}, is cancelled`))
      await shop.isRight()
      assert.deepEqual([await shop.owes(customer), (await shop.wallet(customer)).taken], [0, 0])
    })

    it('and cancels what was paid already has that much to spend', async () => {
      const customer = '+250788000532'
      await shop.grant(customer, 2_000)
      const trip = await shop.books(customer)
      await shop.invoiced(customer, trip)
      await shop.text(customer, `PAY ${trip.code}`)
      await shop.hears(customer, /Invoice \d{4}-\d{6} is paid/)
      await shop.text(customer, `CANCEL ${trip.code}`)
      await until('the account is in credit', async () => (await shop.owes(customer)) === -FARE_MINOR)
      await shop.isRight()
    })

    it('is one of a dozen at the same moment, more than there are connections', async () => {
      const dozen = Array.from({ length: 12 }, (_, n) => `+2507880006${String(n).padStart(2, '0')}`)
      for (const customer of dozen) await shop.grant(customer, 3_000)
      const asked = await Promise.all(dozen.map((customer) => shop.asks(customer)))
      await Promise.all(asked.map((trip, n) => shop.accepts(dozen[n] ?? '', trip)))
      await shop.isRight()
      for (const customer of dozen) assert.equal(await shop.owes(customer), FARE_MINOR)
    })

    it('has all of it written down as it happened', async () => {
      const states = await replayAll(shop.db)
      for (const state of ['invoice settled', 'invoice cancelled', 'payment refunded', 'payment declined'])
        assert.ok(states.includes(state), state)
    })
  })
})
