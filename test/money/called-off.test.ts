import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { SEAT_RULES } from '../../src/integrations/postgres/verify-seats.ts'
import { typed } from '../support/terminal.ts'
import { startWorld, type World } from '../support/world.ts'

/** The buses of the demo have 29 seats. */
const SEATS = 29
const PEOPLE = Array.from({ length: SEATS + 11 }, (_, n) => `+2507880040${String(n).padStart(2, '0')}`)
const PATIENCE_MS = 60_000
const LOOK_MS = 100
/** Bus, Kigali, Huye, the third to leave, one seat, yes. */
const SHORT_CUT = '3*1*1*3*1*1'

/** What somebody with the owner's rights could do, how it is undone, and what is found meanwhile. */
const BREAKS = [
  [
    `update instances set context = jsonb_set(context, '{paid}', 'false') where flow = 'booking' and state = 'booked'`,
    `update instances set context = jsonb_set(context, '{paid}', 'true') where flow = 'booking' and state = 'booked'`,
    `every seat that is sold is paid for: ${SEATS}`,
  ],
  [
    `update seat_legs set journey = journey || 'x', until_at = 0 where seat = 7`,
    `update seat_legs set journey = rtrim(journey, 'x'), until_at = null where seat = 7`,
    'whoever paid for seats and may still board has them: 1',
  ],
  [
    `update departures set seats = seats - 1`,
    `update departures set seats = seats + 1`,
    'no bus has more seats sold than it has: 1',
  ],
] as const

const charges = z.array(z.object({ kind: z.string(), status: z.string(), amount: z.string() }))

describe('a bus that everybody wants and that does not go', function () {
  this.timeout(180_000)
  let world: World
  before(async () => {
    world = await startWorld()
    await world.post('/mtn/_scenario', { msisdn: '*', outcome: 'approve', delayMs: 40 })
  })
  after(() => world.stop())

  const states = async (): Promise<Record<string, number>> => {
    const rows = await world
      .db('instances')
      .select('state')
      .where({ flow: 'booking' })
      .count()
      .groupBy('state')
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
  }
  async function until(what: Readonly<Record<string, number>>): Promise<void> {
    const end = Date.now() + PATIENCE_MS
    while (!isDeepStrictEqual(await states(), what) && Date.now() < end) await sleep(LOOK_MS)
    assert.deepEqual(await states(), what)
  }
  const moved = async (kind: string) =>
    charges
      .parse(await world.get('/mtn/_ledger'))
      .filter((one) => one.kind === kind && one.status === 'SUCCESSFUL')

  it('is full after as many people as it has seats; the others may wait, and pay nothing', async () => {
    await Promise.all(PEOPLE.map((phone) => world.hop(phone, `bus ${phone}`, SHORT_CUT)))
    await until({ booked: SEATS, full: PEOPLE.length - SEATS })
    assert.equal((await moved('collect')).length, SEATS)
    const legs = await world.db('seat_legs').select('seat', 'until_at').distinct()
    assert.deepEqual(new Set(legs.map(({ until_at }) => until_at)), new Set([null]))
    assert.equal(legs.length, SEATS)
    const [full] = await world.db('seat_legs').select('departure').limit(1)
    const { text } = await typed(world.databaseUrl, 'departures', [])
    assert.match(text, new RegExp(`${full.departure}  .*  29 seats: 29 bookings, 0 unpaid`))
  })

  it('is right by every rule of seats, and each rule finds what breaks it', async () => {
    const wrong = async () => {
      const findings = await verify(world.db, Date.now())
      const seats = findings.filter(({ rule }) => SEAT_RULES.some((one) => one.rule === rule))
      assert.ok(seats.every(({ cases }) => cases > 0))
      return seats.filter(({ broken }) => broken > 0).map(({ rule, broken }) => `${rule}: ${broken}`)
    }
    assert.deepEqual(await wrong(), [])
    for (const [break_, mend, found] of BREAKS) {
      await world.db.raw(break_)
      const now = await wrong()
      await world.db.raw(mend)
      assert.deepEqual(now, [found])
      assert.deepEqual(await wrong(), [])
    }
  })

  it('is called off, and where nothing else goes everybody who paid has it back and is told', async () => {
    const [{ departure }] = await world.db('seat_legs').select('departure').limit(1)
    // Nothing else goes that they could leave by.
    await world.db('departures').whereNot({ id: departure }).delete()
    const word = [departure, 'Alice U.', 'the road is closed']
    const { code, text } = await typed(world.databaseUrl, 'departures', ['call-off', ...word])
    assert.equal(code, 0, text)
    assert.match(text, /is called off: 29 of 29 bookings/)
    await until({ refused: SEATS, full: PEOPLE.length - SEATS })
    for (const end = Date.now() + PATIENCE_MS; (await moved('refund')).length < SEATS && Date.now() < end; )
      await sleep(LOOK_MS)
    const [taken, back] = [await moved('collect'), await moved('refund')]
    assert.deepEqual(
      back.map(({ amount }) => amount),
      taken.map(({ amount }) => amount),
    )
    const told = await Promise.all(PEOPLE.map((phone) => world.inbox(phone)))
    assert.equal(
      told.filter((texts) => texts.some((one) => /cannot be.*comes back to you/.test(one))).length,
      SEATS,
    )
    assert.equal(Number((await world.db('seat_legs').count().first())?.count), 0)
    const again = await typed(world.databaseUrl, 'departures', ['call-off', ...word])
    assert.match(again.text, /0 of 0 bookings/)
  })

  it('says how it is spoken to', async () => {
    for (const words of [['call-off', 'x', 'Alice U.'], ['call-off', 'x', 'Alice U.', ' '], ['cancel']])
      assert.equal((await typed(world.databaseUrl, 'departures', words)).code, 2)
    const none = await typed(world.databaseUrl, 'departures', ['call-off', 'x', 'Alice U.', 'no bus'])
    assert.deepEqual(none, { code: 1, text: 'nothing is called x\n' })
  })
})
