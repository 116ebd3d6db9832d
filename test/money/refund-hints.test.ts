import assert from 'node:assert/strict'
import { nextReference } from '../../src/core/base/id.ts'
import { silent } from '../../src/core/base/log.ts'
import { hinted } from '../../src/doors.ts'
import { ids, migrated, openDesk } from '../core/desk.ts'
import { remember } from '../integration/teller.ts'
import { createDesk, orderOf, refundOf, THINKING_MS } from '../payments/mpesa-desk.ts'
import { freshDatabase } from '../support/servers.ts'
import { truthOf, until } from './audit.ts'
import { openTown, payerOf } from './town.ts'

describe('a callback of what goes back', function () {
  this.timeout(60_000)

  it('ends a refund at MTN, though nobody waits for the next look', async () => {
    const town = await openTown()
    try {
      const phone = payerOf('mtn', 100)
      await town.plan('mtn', { msisdn: phone, on: 'collect', outcome: 'ongoing' })
      const ride = await town.ride(phone, 100)
      await town.house()
      const movement = async (kind: string) => (await truthOf(town)).find((one) => one.kind === kind)
      await until('asked', async () => (await movement('collect')) !== undefined)
      await town.cancel(ride)
      const { reference } = (await movement('collect')) ?? assert.fail()
      await town.approve(reference)
      await until('a refund is asked for', async () => (await movement('refund')) !== undefined)
      assert.equal((await movement('refund'))?.reference, nextReference(reference))
      const payment = () => town.db('instances').where({ flow: 'payment' }).first('id', 'state')
      await until('accepted', async () => (await payment()).state === 'returning')
      // Our own clock stands still: no look is due.
      await town.walletsPass(5_000)
      await until('refunded', async () => (await payment()).state === 'refunded')
    } finally {
      await town.stop()
    }
  })

  it('brings M-Pesa’s name of a reversal to its payment, and that of nothing else', async () => {
    const mpesa = createDesk()
    const database = await freshDatabase(migrated)
    const { db, run } = openDesk(database.url)
    await mpesa.start()
    try {
      const { provider } = mpesa.provider()
      const paid = await mpesa.collect(provider, { ...orderOf(), reference: ids.reference() })
      const update = await mpesa.settle(provider, paid)
      assert.ok(update.status === 'settled')
      const refund = { ...refundOf(paid, update.transaction), reference: nextReference(paid.reference) }
      const { reference, handle: push } = paid
      const context = { provider: 'mpesa', handle: push, refundReference: refund.reference }
      await remember(db, { reference, amount: '1150' }, 'returning', context)
      const payment = () =>
        db('instances')
          .where({ code: paid.reference })
          .first('id', 'state', db.raw(`context ->> 'refundHandle' as handle`))
      const hint = hinted(run, silent)

      // The push told once more is no news of the reversal.
      await hint(paid.reference, paid.handle ?? undefined)
      assert.equal((await payment()).handle, null)
      await db('instances').update({ state: 'returning' })

      await provider.refund(refund)
      await mpesa.advance(THINKING_MS)
      const told = mpesa.hints.filter(({ reference }) => reference === refund.reference)
      assert.equal(told.length, 1)
      const again = openDesk(database.url)
      for (const one of told) await hinted(again.run, silent)(one.reference, one.handle)
      await again.db.destroy()
      const { id, state, handle } = await payment()
      assert.deepEqual([state, handle], ['checkingRefund', told[0]?.handle])
      assert.match(handle, /^AG_/)
      assert.deepEqual((await db('outbox').where({ about: id }).pluck('type')).at(-1), 'inspectRefund')
    } finally {
      await mpesa.stop()
      await db.destroy()
      await database.drop()
    }
  })
})
