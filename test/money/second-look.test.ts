import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { audit, truthOf, until } from './audit.ts'
import { openTown, payerOf, type Town } from './town.ts'

const HOURS = 24
const HOUR_MS = 3_600_000

describe('money that a wallet declines, and then takes after all', function () {
  this.timeout(60_000)
  let town: Town
  before(async () => {
    town = await openTown()
  })
  after(() => town.stop())

  it('is found within a day though nobody calls back', async () => {
    const msisdn = payerOf('airtel', 100)
    await town.plan('airtel', { msisdn, on: 'collect', outcome: 'revived', delayMs: 60_000 })
    await town.plan('airtel', { msisdn, on: 'callback', fault: 'noCallback' })
    await town.ride(msisdn, 100)
    await town.house()
    await until('asked', async () => (await truthOf(town)).length > 0)
    const state = async () => (await town.db('instances').where({ flow: 'payment' }).first())?.state
    await town.pass(70_000)
    await until('declined', async () => (await state()) === 'declined')
    for (let hour = 0; hour < HOURS; hour += 1) {
      await town.pass(HOUR_MS)
      await sleep(200)
    }
    assert.notEqual(await state(), 'declined')
    assert.deepEqual(await audit(town), {})
  })
})
