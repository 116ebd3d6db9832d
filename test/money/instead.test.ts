import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { SEAT_RULES } from '../../src/integrations/postgres/verify-seats.ts'
import { movableClock } from '../support/clock.ts'
import { typed } from '../support/terminal.ts'
import { startWorld, type World } from '../support/world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const SEATS = 50
/** On the next of the same operator, and on one after it, so many seats are left. */
const NEXT = 29
const AFTER = 6
const PATIENCE_MS = 90_000
const LOOK_MS = 100
const PEOPLE = Array.from({ length: SEATS }, (_, n) => `+2507880042${String(n).padStart(2, '0')}`)
/** Bus, Kigali, Huye, the second to leave, one seat, yes. */
const SHORT_CUT = '3*1*1*2*1*1'
const ROUTE = 'rw-kigali-huye'

const charges = z.array(z.object({ kind: z.string(), status: z.string(), amount: z.string() }))
const legs = z.array(z.object({ departure: z.string(), seat: z.int(), leg: z.int(), person: z.string() }))

/** How each answers: some at once, some not at all. */
const ANSWERS = ['YES', 'NO', 'silence'] as const
const answerOf = (n: number) => ANSWERS[n % ANSWERS.length] ?? 'silence'

describe('a full bus that does not go, and the next one', function () {
  this.timeout(240_000)
  let world: World
  const clock = movableClock()
  before(async () => {
    world = await startWorld({}, clock)
    await world.post('/mtn/_scenario', { msisdn: '*', outcome: 'approve', delayMs: 40 })
    await world.db('departures').delete()
    const bus = { route: ROUTE, plate: 'RAH 101 C', conductor: '+250788004199' }
    const leaves = (hours: number) => clock.now() + hours * HOUR_MS
    await world.db('departures').insert([
      { ...bus, id: 'off', leaves_at: leaves(30), seats: SEATS },
      // Too early for them, another operator's, and a day too late.
      { ...bus, id: 'before', leaves_at: leaves(29), seats: SEATS },
      { ...bus, id: 'stranger', leaves_at: leaves(30.5), seats: SEATS, route: 'rw-kigali-rusizi' },
      { ...bus, id: 'next', leaves_at: leaves(32), seats: NEXT },
      { ...bus, id: 'after', leaves_at: leaves(34), seats: AFTER },
      { ...bus, id: 'late', leaves_at: leaves(55), seats: SEATS },
    ])
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
  const seated = async () =>
    legs.parse(await world.db('seat_legs').select('departure', 'seat', 'leg', 'person'))
  /** Who sits where, each seat of each bus once. */
  const sitting = async (): Promise<Map<string, string>> => {
    const places = new Map<string, string>()
    for (const { departure, seat, leg, person } of await seated()) {
      const place = `${departure} ${seat}`
      assert.equal(places.get(place) ?? person, person, `${place} is sold twice on leg ${leg}`)
      places.set(place, person)
    }
    return places
  }
  const heard = async (phone: string, what: RegExp): Promise<boolean> =>
    (await world.inbox(phone)).some((text) => what.test(text))
  async function ends(what: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await what()) && Date.now() < end; ) await sleep(LOOK_MS)
    assert.ok(await what())
  }
  const asked: string[] = []

  it('is full', async () => {
    await Promise.all(PEOPLE.map((phone) => world.hop(phone, `bus ${phone}`, SHORT_CUT)))
    await until({ booked: SEATS })
    assert.equal((await sitting()).size, SEATS)
  })

  it('is called off twice: as many as there is room for are asked once, the others are paid back', async () => {
    for (const told of [SEATS, 0]) {
      const { text, code } = await typed(world.databaseUrl, 'departures', [
        ...['call-off', 'off', 'Alice U.', 'the road is closed'],
      ])
      assert.equal(code, 0, text)
      if (told > 0) assert.match(text, new RegExp(`${told} of ${told} bookings`))
    }
    await until({ booked: NEXT + AFTER, refused: SEATS - NEXT - AFTER })
    const on = (places: ReadonlyMap<string, string>, bus: string) =>
      [...places.keys()].filter((place) => place.startsWith(`${bus} `)).length
    // What is given back is freed behind the answer.
    await ends(async () => on(await sitting(), 'off') === 0)
    const places = await sitting()
    assert.deepEqual(
      ['before', 'next', 'after', 'late', 'stranger'].map((bus) => on(places, bus)),
      [0, NEXT, AFTER, 0, 0],
    )
    await ends(async () => {
      const all = await Promise.all(PEOPLE.map((phone) => heard(phone, /does not go\. Take .* at no cost\?/)))
      return all.filter(Boolean).length === NEXT + AFTER
    })
    for (const phone of PEOPLE) if (await heard(phone, /does not go\. Take/)) asked.push(phone)
    const found = await world
      .db('journal')
      .where({ flow: 'booking' })
      .whereRaw(`event->>'type' = 'RESEATED'`)
      .select('instance_id')
    assert.equal(new Set(found.map(({ instance_id }) => instance_id)).size, found.length, 'asked twice')
  })

  it('leaves who says yes there, and gives all money back to who says no', async () => {
    await Promise.all(
      asked.map(async (phone, n) => {
        if (answerOf(n) !== 'silence') await world.text(phone, answerOf(n))
      }),
    )
    const no = asked.filter((_, n) => answerOf(n) === 'NO').length
    await until({
      booked: asked.length - no,
      cancelled: no,
      refused: SEATS - asked.length,
    })
    for (const [n, phone] of asked.entries())
      if (answerOf(n) === 'YES') await world.hears(phone, /^Your ticket now is \d+, Kigali-Huye/)
  })

  it('gives it back to who says nothing for two hours, and nobody else', async () => {
    clock.advance(110 * MINUTE_MS)
    await sleep(500)
    const before = await states()
    clock.advance(12 * MINUTE_MS)
    const yes = asked.filter((_, n) => answerOf(n) === 'YES').length
    assert.ok(before.booked !== undefined && before.booked > yes)
    await until({ booked: yes, cancelled: asked.length - yes, refused: SEATS - asked.length })
    await ends(async () => (await sitting()).size === yes)
    await ends(async () => (await moved('refund')).length === SEATS - yes)
    for (const [n, phone] of asked.entries())
      if (answerOf(n) === 'silence')
        await world.hears(phone, /^Trip \d+ is cancelled\. RWF 3,300 comes back to you/)
  })

  it('has lost nobody: each has the seat they paid for, or their money', async () => {
    const [taken, back] = [await moved('collect'), await moved('refund')]
    assert.equal(taken.length, SEATS)
    assert.equal(back.length + (await sitting()).size, SEATS)
    const wrong = (await verify(world.db, clock.now())).filter(
      ({ rule, broken }) => broken > 0 && SEAT_RULES.some((one) => one.rule === rule),
    )
    assert.deepEqual(wrong, [])
    // What was given up can be bought.
    const { text } = await typed(world.databaseUrl, 'departures', [])
    assert.match(text, /next {2}.*bookings, 0 unpaid/)
  })
})
