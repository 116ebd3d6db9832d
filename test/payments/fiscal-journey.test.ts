import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { STOP_AFTER_MS } from '../../src/core/pay/fiscal.ts'
import { createTown, EBM } from './fiscal-town.ts'

/** Rides over the real application, whose receipts the simulated tax device signs. */
describe('tax receipts of whole rides', function () {
  this.timeout(60_000)
  const { open, world, clock, book, carry, ride, until, bookingOf, ...town } = createTown()
  const { ledger, devices, queued, signed, posted, texts, errand, nothingLeft } = town

  describe('where a device is set', () => {
    open({ VSDC: 'on' })

    it('one signed receipt of what was paid, and one text of it', async () => {
      const phone = '+250788000331'
      const { id, payment } = await ride(phone)
      const [entry, ...more] = await signed(1)
      assert.deepEqual(more, [])
      assert.equal(entry?.rcptTyCd, 'S')
      assert.equal(entry.totAmt, await posted(payment, 'collected'))
      assert.equal(entry.totAmt, (await posted(id, 'earned')) + (await posted(id, 'commission')))
      assert.equal(entry.totTaxAmt, 0, 'a ride is exempt by the demo’s reading of the law')
      const [row] = await queued()
      assert.equal(row?.id, id)
      assert.equal(row.receipt.method, 'mobile_money')
      await world().hears(phone, EBM)
      await nothingLeft()
      const told = await texts(phone)
      assert.equal(told.length, 1)
      assert.ok(told[0]?.replaceAll('-', '').includes(entry.rcptSign), told[0])
      assert.ok((told[0]?.length ?? 0) <= 160)
    })

    it('a device that is away for a while holds nobody up, and signs later, once and in order', async () => {
      await world().post('/vsdc/_scenario', { no: '*', fault: 'error5xxBefore' })
      const first = await ride('+250788000332')
      assert.match(first.state, /rating|completed/)
      const second = await ride('+250788000333')
      assert.match(second.state, /rating|completed/)
      await until(async () => (await queued()).length === 2)
      const pending = (await queued()).map(({ state }) => state)
      assert.ok(!pending.includes('signed'), String(pending))
      await fetch(`${world().simulators}/vsdc/_scenario`, { method: 'DELETE' })
      const found = (await signed(2)).map(({ invcNo, totAmt }) => [invcNo, totAmt])
      assert.deepEqual(found, [
        [1, 1620],
        [2, 1620],
      ])
      const [device] = await devices()
      assert.equal(device?.mostInFlight, 1)
      for (const phone of ['+250788000332', '+250788000333']) await world().hears(phone, EBM)
      await nothingLeft()
      assert.equal((await texts('+250788000332')).length, 1)
    })

    it('cash is receipted as cash, and what is given back as a refund of its sale', async () => {
      await world().post('/mtn/_scenario', { msisdn: '+250788000334', outcome: 'insufficient' })
      const phone = '+250788000334'
      const job = await book(phone)
      await world().hears(phone, /2 Pay the rider cash/, 20_000)
      for (const text of ['', '2']) await world().hop(phone, `cash-${phone}`, text)
      await carry(phone, job, new RegExp(`Trip ${job.code}: pay[\\s\\S]*Start code (\\d+)`))
      await signed(1)
      assert.equal((await queued())[0]?.receipt.method, 'cash')
      // Money that came by phone after all goes back, but it was not what the ride was sold for.
      const inCash = await bookingOf(job.code)
      const money = { amountMinor: 1620, currency: 'RWF' }
      const late = { booking: inCash.id, money, at: clock().now() }
      await errand('refundReceipt', { flow: 'payment', id: inCash.payment }, late)
      await until(async () => !(await world().db('outbox').where({ type: 'refundReceipt' }).first()))
      assert.equal((await queued()).length, 1)

      const { id, payment } = await ride('+250788000335')
      await signed(2)
      // As an operator has it: the service was bad, so much goes back.
      const event = { type: 'REFUND', amountMinor: 620 }
      await errand('tell', { flow: 'booking', id }, { to: { flow: 'payment', id: payment }, event })
      const given = (await signed(3)).map(({ rcptTyCd, orgInvcNo, totAmt }) => [rcptTyCd, orgInvcNo, totAmt])
      assert.deepEqual(given, [
        ['S', 0, 1620],
        ['S', 0, 1620],
        ['R', 2, 620],
      ])
      assert.equal(await posted(payment, 'refunded'), 620)
      await world().hears('+250788000335', /^EBM \d+\/\d+ NR[\s\S]*RWF -620\.00/)
    })

    it('a ride that ended elsewhere is receipted at what it cost there, and what went back is of no sale', async () => {
      const ends = [
        { phone: '+250788000341', to: 'Kacyiru' },
        { phone: '+250788000342', to: 'Kanombe' },
      ]
      for (const [n, { phone, to }] of ends.entries()) {
        const job = await book(phone)
        const paid = new RegExp(`Paid RWF 1,620, trip ${job.code}[\\s\\S]*Start code (\\d+)`)
        await world().hears(phone, paid, 20_000)
        await world().text(phone, `CHANGE ${job.code} ${to}`)
        const [, price = ''] = await world().hears(phone, new RegExp(`to ${to}: RWF ([\\d,]+)`))
        await world().text(phone, 'YES')
        await world().hears(job.rider, new RegExp(`Job ${job.code}: new destination ${to}`))
        await carry(phone, job, paid)
        const sold = (await signed(n + 1)).at(-1)
        const costMinor = Number(price.replace(',', ''))
        assert.deepEqual([sold?.rcptTyCd, sold?.totAmt], ['S', costMinor])
        const { id, payment } = await bookingOf(job.code)
        const restMinor = Math.max(0, 1620 - costMinor)
        if (restMinor > 0) await world().hears(phone, /was sent back to you/, 20_000)
        await nothingLeft()
        assert.equal(await posted(payment, 'refunded'), restMinor)
        assert.equal((await posted(id, 'earned')) + (await posted(id, 'commission')), 1620 - restMinor)
        assert.equal((await queued()).length, n + 1)
      }
      const methods = (await queued()).map(({ receipt }) => receipt.method)
      assert.deepEqual(methods, ['mobile_money', 'mobile_money'])
    })

    it('a fare that goes back before the ride has no receipt', async () => {
      const phone = '+250788000336'
      const { code } = await book(phone)
      await world().hears(phone, new RegExp(`Paid RWF 1,620, trip ${code}`), 20_000)
      await world().text(phone, `CANCEL ${code}`)
      await world().hears(phone, /was sent back to you/, 20_000)
      await nothingLeft()
      assert.deepEqual(await queued(), [])
      assert.deepEqual(await ledger(), [])
    })

    it('after a day without a receipt nothing more is sold, until the device is back', async () => {
      await world().post('/vsdc/_scenario', { no: '*', fault: 'error5xxBefore' })
      await ride('+250788000337')
      await until(async () => (await queued()).length === 1)
      clock().advance(STOP_AFTER_MS + 60_000)
      const ask = async (phone: string) => {
        let screen = ''
        for (const text of ['', '1', '1*1', '1*1*2']) screen = await world().hop(phone, randomUUID(), text)
        return screen
      }
      assert.match(await ask('+250788000338'), /cannot price this trip/)
      await fetch(`${world().simulators}/vsdc/_scenario`, { method: 'DELETE' })
      await signed(1)
      clock().advance(60_000)
      assert.match(await ask('+250788000339'), /1,620/)
    })
  })

  describe('where none is set', () => {
    open({})

    it('a ride ends as ever, and nothing is queued', async () => {
      const { state } = await ride('+250788000340')
      assert.match(state, /rating|completed/)
      await nothingLeft()
      // What is in hand just now is not due.
      await until(async () => (await world().db('outbox').where({ type: 'receipt' })).length === 0)
      assert.deepEqual(await queued(), [])
    })
  })
})
