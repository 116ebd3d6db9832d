import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from '../../src/core/base/code.ts'
import { startWorld, type World } from '../support/world.ts'

const RIDE = 'RIDE Remera to Kacyiru'

describe('what the whole application says', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld({ SMS_NUMBERS: '+25078' })
  })
  after(() => world.stop())

  /** Waits until nothing is left to be said. */
  async function quiet(): Promise<void> {
    for (;;) {
      const left = await world.db('outbox').whereIn('lane', ['urgent', 'message', 'bulk']).first()
      if (!left) return
      await sleep(50)
    }
  }
  const statusOf = async (person: string): Promise<string[]> =>
    world.db('messages').where({ person }).orderBy('at').pluck('status')

  it('is five answers to a machine that answers them', async () => {
    const machine = '+250788300001'
    for (let n = 0; n < 12; n += 1)
      await world.text(machine, `Auto reply ${n}: I am away and read this later`)
    await quiet()
    assert.equal((await world.inbox(machine)).length, 5)
    assert.deepEqual((await statusOf(machine)).filter((status) => status === 'withheld').length, 7)
  })

  it('is five answers to a machine that is polite, and all to a rider with many codes', async () => {
    const [machine, rider] = ['+250788300007', '+250788300008']
    for (let n = 0; n < 12; n += 1) {
      await world.text(machine, 'Thanks for your message, we will be back soon')
      await world.text(rider, `COLLECTED ${codeOf(1_000 + n)} 1234`)
    }
    await quiet()
    assert.deepEqual([(await world.inbox(machine)).length, (await world.inbox(rider)).length], [5, 12])
  })

  it('is a job to the rider and a code to the customer, though both said STOP', async () => {
    const person = '+250788300002'
    const riders: string[] = await world.db('drivers').where({ status: 'free' }).pluck('phone')
    for (const phone of [person, ...riders]) await world.text(phone, 'STOP')
    await world.hears(person, /no news/)
    for (const text of [RIDE, '1']) await world.text(person, text)
    await world.hears(person, /Finding a rider/)
    const offered = async (): Promise<string> =>
      (await world.db('messages').where({ purpose: 'offer' }).first())?.person ?? sleep(50).then(offered)
    const rider = await offered()
    const [, code] = await world.hears(rider, /YES (\d+)/)
    await world.text(rider, `YES ${code}`)
    await world.hears(person, /min away/)
    const deaf = await world.db('conversations').whereIn('person', [person, rider]).pluck('opted_out')
    assert.deepEqual(deaf, [true, true])
  })

  it('is no news to who opted out at the provider', async () => {
    const person = '+250788300003'
    await world.text(person, 'MENU')
    await world.post('/africastalking/_handset/optout', { phone: person })
    const [{ opted_out }] = await world.db('conversations').where({ person })
    assert.equal(opted_out, true)
  })

  it('is known to have arrived when its report comes before its answer, or twice', async () => {
    const person = '+250788300004'
    const planned = { msisdn: person, times: 1 }
    await world.post('/africastalking/_scenario', {
      ...planned,
      on: 'sms',
      fault: 'delay',
      after: true,
      delayMs: 2_000,
    })
    await world.post('/africastalking/_scenario', { ...planned, on: 'report', fault: 'duplicate', count: 3 })
    await world.text(person, 'HELP')
    await world.hears(person, /Inzira/)
    await quiet()
    assert.deepEqual(await statusOf(person), ['delivered'])
    assert.deepEqual((await world.inbox(person)).length, 1)
  })

  it('is nothing to a number that we do not text', async () => {
    const person = '+254711300005'
    await world.text(person, 'HELP')
    await quiet()
    assert.deepEqual([await world.inbox(person), await statusOf(person)], [[], ['withheld']])
  })

  it('costs what the provider says that it cost', async () => {
    const [cost] = await world.db('message_costs').where({ country: 'RW' })
    const sent = await world.db('messages').whereIn('status', ['sent', 'delivered'])
    const sum = (of: (row: { parts: number; cost_minor: number }) => number) =>
      sent.reduce((all, row) => all + of(row), 0)
    assert.ok(sent.length > 8)
    assert.deepEqual(
      [cost.currency, cost.amount_minor, cost.parts],
      ['RWF', sum(({ cost_minor }) => cost_minor), sum(({ parts }) => parts)],
    )
    assert.equal(cost.amount_minor, cost.parts * 10)
  })
})
