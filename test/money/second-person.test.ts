import assert from 'node:assert/strict'
import { z } from 'zod'
import { openCounter } from '../../src/commands/counter.ts'
import { systemClock } from '../../src/core/base/clock.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { flows } from '../../src/flows/index.ts'
import { paymentTill } from '../../src/flows/payment/describe.ts'
import { createPayments } from '../../src/integrations/postgres/bookings.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { createWaitingRoom } from '../../src/integrations/postgres/waiting.ts'
import { approve, handed, type Ruling, refund, reject } from '../../src/rulings.ts'
import { rides } from '../laws/rides.ts'
import { startWorld, type World } from '../support/world.ts'
import { until } from './audit.ts'

const LIMIT_MINOR = 300
const TRIES = 30
const ALICE = 'Alice U.'
const ERIC = 'Eric N.'

const movements = z.array(z.looseObject({ kind: z.string(), msisdn: z.string(), status: z.string() }))
const posting = z.object({
  kind: z.string(),
  debit: z.string(),
  credit: z.string(),
  phase: z.string(),
  minor: z.coerce.number(),
})

/** From the fare to the second person's word, over the real application and the wallet's own books. */
describe('a refund above the limit', function () {
  this.timeout(90_000)
  let world: World
  before(async () => {
    world = await startWorld({ REFUND_LIMIT_MINOR: String(LIMIT_MINOR) })
    await world.post('/mtn/_scenario', { msisdn: '*', outcome: 'approve', delayMs: 0 })
  })
  after(() => world.stop())

  const room = () => createWaitingRoom(world.db)
  /** As a command has it: a process of its own that remembers nothing. */
  const says = (what: (run: ReturnType<typeof openCounter>['run']) => Promise<Ruling>) =>
    what(openCounter(readConfig({ NODE_ENV: 'test' }), world.db).run)
  const paid = async (phone: string) => {
    const ride = rides(world, phone)
    await ride.book('Nyabugogo', 'Kimironko')
    const job = await ride.accepts()
    await ride.is('booked')
    const row = await world.db('instances').where({ owner: phone, flow: 'payment' }).first()
    return { ...ride, rider: job.phone, id: String(row.id), fareMinor: Number(row.context.money.amountMinor) }
  }
  const isIn = (id: string, state: string) =>
    until(
      `${id} is ${state}`,
      async () => (await world.db('instances').where({ id }).first()).state === state,
    )
  const sentBack = async (phone: string) =>
    movements
      .parse(await world.get('/mtn/_ledger'))
      .filter(({ kind, msisdn }) => kind === 'refund' && msisdn === phone.slice(1))
  const booked = async (source: string) =>
    z
      .array(posting)
      .parse(
        await world
          .db('postings')
          .where({ source })
          .select('kind', 'debit', 'credit', 'phase', 'amount_minor as minor'),
      )
      .filter(({ kind }) => kind !== 'collected')
      .map(({ kind, debit, credit, phase, minor }) => [kind, debit, credit, phase, minor])
  const balance = async (account: string) => {
    const [row] = await world.db('ledger').where({ account }).sum('amount_minor as n')
    return Number(row?.n ?? 0)
  }
  const isWell = async () => {
    const wrong = (await verify(world.db, systemClock.now())).filter(
      ({ weight, broken }) => weight === 'wrong' && broken > 0,
    )
    assert.deepEqual(wrong, [])
  }

  it('by the rules waits, its money set aside and its customer told, until somebody has looked', async () => {
    const phone = '+250788000701'
    const { id, fareMinor, say } = await paid(phone)
    await say('CANCEL')
    await world.hears(phone, /We are looking at your refund of RWF/)
    await isIn(id, 'approving')
    const held = ['refund', 'unearned', 'provider:mtn', 'held', fareMinor]
    assert.deepEqual(await booked(id), [held])
    assert.deepEqual(await sentBack(phone), [])
    const seen = await createPayments(world.db, flows).find(id)
    assert.ok(seen)
    assert.match(JSON.stringify(paymentTill.describe(seen, 'en')), /"state":"refunding".*We are looking at/)
    await isWell()

    assert.equal((await says((run) => approve(run, id, ERIC))).isDone, true)
    await world.hears(phone, /was sent back to you/)
    assert.deepEqual(await booked(id), [held, ['refunded', 'unearned', 'provider:mtn', 'posted', fareMinor]])
    assert.equal((await sentBack(phone)).length, 1)
    await isWell()
  })

  it(`asked for by hand does not go by ${TRIES} tries of one person, and goes once by another's`, async () => {
    const phone = '+250788000702'
    const { id, fareMinor, rider, drives } = await paid(phone)
    const early = await says((run) => refund(run, room(), id, ALICE, undefined))
    assert.deepEqual([early.isDone, /is not earned yet: .* by cancelling/.test(early.text)], [false, true])
    await drives(rider)
    const [earned, unearned] = [await balance('commission'), await balance('unearned')]
    assert.equal((await says((run) => refund(run, room(), id, ALICE, fareMinor + 1))).isDone, false)
    assert.equal((await says((run) => refund(run, room(), id, ALICE, undefined))).text, `${id} is approving`)
    const names = [ALICE, ` ${ALICE} `, 'alice  u.', 'ALICE U.', 'Alice\u00a0U.']
    for (let n = 0; n < TRIES; n += 1) {
      const { isDone } = await says((run) => approve(run, id, names[n % names.length] ?? ALICE))
      assert.equal(isDone, false)
    }
    await isIn(id, 'approving')
    assert.deepEqual(await sentBack(phone), [])
    const tries = await world.db('journal').where({ instance_id: id }).whereRaw(`event->>'type' = 'APPROVE'`)
    assert.equal(tries.length, TRIES)

    const twice = await Promise.allSettled([1, 2].map(() => says((run) => approve(run, id, ERIC))))
    assert.equal(twice.filter((one) => one.status === 'fulfilled' && one.value.isDone).length, 1)
    await isIn(id, 'refunded')
    assert.equal((await sentBack(phone)).length, 1)
    assert.deepEqual(
      (await booked(id)).map(([kind, debit]) => [kind, debit]),
      [
        ['refund', 'goodwill'],
        ['refunded', 'goodwill'],
      ],
    )
    // The driver and we keep what was earned; what went back is our cost.
    assert.deepEqual([await balance('commission'), await balance('unearned')], [earned, unearned])
    assert.equal(await balance('goodwill'), fareMinor)
    await isWell()
  })

  it('asked for by hand is refused: the money stays, and nothing can be asked again', async () => {
    const phone = '+250788000703'
    const { id, rider, drives } = await paid(phone)
    await drives(rider)
    const before = await balance('goodwill')
    await says((run) => refund(run, room(), id, ALICE, LIMIT_MINOR + 1))
    assert.equal((await says((run) => reject(run, id, ERIC, 'the ride was as agreed'))).text, `${id} is kept`)
    await world.hears(phone, /We cannot give RWF 301/)
    assert.deepEqual(
      (await booked(id)).map(([kind, , , phase]) => [kind, phase]),
      [
        ['refund', 'held'],
        ['refund given up', 'voided'],
      ],
    )
    assert.equal((await says((run) => refund(run, room(), id, ALICE, 1))).isDone, false)
    assert.equal(await balance('goodwill'), before)
    assert.deepEqual(await sentBack(phone), [])
    await isWell()
  })

  it('due by the rules and refused stays owed, until a person has paid it, once', async () => {
    const phone = '+250788000704'
    const { id, fareMinor, say } = await paid(phone)
    await say('CANCEL')
    await isIn(id, 'approving')
    assert.equal((await says((run) => reject(run, id, ' ', 'no name'))).isDone, false)
    assert.equal((await says((run) => reject(run, id, ERIC, 'the number was sold on'))).text, `${id} is owed`)
    await world.hears(phone, /We owe it to you/)
    assert.equal(await balance('owed'), -fareMinor)
    const paidBy = () => says((run) => handed(run, id, ALICE, 'cash at the office'))
    const all = await Promise.allSettled([paidBy(), paidBy(), paidBy()])
    assert.equal(all.filter((one) => one.status === 'fulfilled' && one.value.isDone).length, 1)
    assert.equal((await paidBy()).isDone, false)
    await world.hears(phone, /paid you RWF .* by hand/)
    assert.deepEqual([await balance('owed'), await balance('bank')], [0, -fareMinor])
    assert.deepEqual(await sentBack(phone), [])
    await isWell()
  })

  it('at the limit or below goes by itself', async () => {
    const phone = '+250788000705'
    const { id, rider, drives } = await paid(phone)
    await drives(rider)
    assert.equal(
      (await says((run) => refund(run, room(), id, ALICE, LIMIT_MINOR))).text,
      `${id} is refunding`,
    )
    await world.hears(phone, /RWF 300 for trip \d+ was sent back/)
    await isWell()
  })
})
