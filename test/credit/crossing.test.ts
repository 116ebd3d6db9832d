import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { Drain } from '../../src/core/run/drain.ts'
import { invoiceHandlers, invoiceOf } from '../../src/flows/invoice/effects.ts'
import { beginPayment } from '../../src/flows/payment/effects.ts'
import { credit } from '../../src/integrations/payments/credit/index.ts'
import { begun, ids, openDesk } from '../core/desk.ts'
import { movableClock } from '../support/clock.ts'
import { granted, openBank, rwf } from './bank.ts'

const PRICE = rwf(1_620)
const MINUTE_MS = 60_000

/** A charge that is given back before anybody came to invoice it. */
describe('an invoice and what undoes it', () => {
  let bank: Awaited<ReturnType<typeof openBank>>
  before(async () => {
    bank = await openBank()
  })
  after(() => bank.close())

  async function crossed() {
    const clock = movableClock()
    const wallet = credit({ book: bank.book, log: silent })
    const world = { providers: [wallet], clock, ids, refundLimitMinor: 100_000, zone: 'Africa/Kigali' }
    const desk = openDesk(bank.url, { handlers: invoiceHandlers(world), clock })
    const booking = await begun(desk, clock.now())
    await granted(bank.accounts, { phone: booking.owner })
    const draft = desk.run.draft()
    const wanted = { flow: 'booking', booking: booking.id, root: booking.id } as const
    const { owner, code } = booking
    const id = (await beginPayment(world, draft, { ...wanted, owner, code, money: PRICE }, 'pay')) ?? ''
    const payment = { flow: 'payment', id } as const
    const reference = (await draft.get(payment))?.code ?? ''
    await bank.book.charge({ reference, payer: owner, money: PRICE })
    const settled = { status: 'settled', transaction: reference, paid: PRICE }
    await draft.apply(payment, { type: 'UPDATE', update: settled }, 'paid', clock.now())
    draft.errand('bill', { booking: booking.id }, payment, clock.now())
    await draft.apply(payment, { type: 'UNWANTED' }, 'unwanted', clock.now())
    await draft.apply(payment, { type: 'UPDATE', update: settled }, 'back', clock.now())
    draft.outbox = draft.outbox.filter(({ type }) => type === 'bill' || type === 'credited')
    assert.equal(await desk.run.commit(draft.work()), 'done')
    const drain = new Drain(desk.run)
    return {
      db: desk.db,
      clock,
      drain: () => drain.drain({ lane: 'payment' }),
      async only(type: string) {
        const due = await desk.db('outbox').where({ about: id, type }).pluck('id')
        await drain.woken('payment', due)
        return desk.db('outbox').where({ about: id }).select('type', 'last_error')
      },
      invoice: () => desk.store.instance(invoiceOf(id)),
    }
  }

  it('wait for each other, whichever is carried out first', async () => {
    const shop = await crossed()
    const left = await shop.only('credited')
    assert.deepEqual(left.map(({ type }) => type).sort(), ['bill', 'credited'])
    assert.match(left.find(({ type }) => type === 'credited').last_error, /has no invoice yet/)
    assert.deepEqual(
      (await shop.only('bill')).map(({ type }) => type),
      ['credited'],
    )
    assert.equal((await shop.invoice())?.state, 'due')
    shop.clock.advance(MINUTE_MS)
    await shop.drain()
    assert.equal((await shop.invoice())?.state, 'cancelled')
    await shop.db.destroy()
  })

  it('is nothing to wait for where no invoice will come', async () => {
    const shop = await crossed()
    await shop.db('outbox').where({ type: 'bill' }).delete()
    assert.deepEqual(await shop.only('credited'), [])
    assert.equal(await shop.invoice(), null)
    await shop.db.destroy()
  })
})
