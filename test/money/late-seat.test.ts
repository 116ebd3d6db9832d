import assert from 'node:assert/strict'
import { startWorld, type World } from '../support/world.ts'

const HOUR_MS = 3_600_000
const LATE_MS = 5_000
const PROMPT = '+250788004109'
/** Bus, Kigali, Huye, the first to leave, one seat, yes. */
const SHORT_CUT = '3*1*1*1*1*1'

describe('a seat that is paid for when its hold has passed', function () {
  this.timeout(60_000)
  let world: World
  let late = '+250788004100'
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  /** The only bus has a single seat; who comes late holds it, until the hold is over by the database's clock. */
  beforeEach(async () => {
    late = late.slice(0, -1) + (Number(late.at(-1)) + 1)
    await world.db('seat_legs').delete()
    await world.db('departures').delete()
    const bus = { id: `one-${Date.now()}`, route: 'rw-kigali-huye', leaves_at: Date.now() + 30 * HOUR_MS }
    await world.db('departures').insert({ ...bus, plate: 'RAH 1', conductor: '+250788210001', seats: 1 })
    for (const [msisdn, delayMs] of [
      [late, LATE_MS],
      [PROMPT, 0],
    ])
      await world.post('/mtn/_scenario', { msisdn, outcome: 'approve', delayMs })
    await world.hop(late, `late ${late}`, SHORT_CUT)
    await world.hears(late, /is kept|are kept/)
    await world.db('seat_legs').update({ until_at: 0 })
  })

  it('is still theirs when nobody took it', async () => {
    await world.hears(late, /^Ticket \d+.* seats 1, /, 3 * LATE_MS)
    const [{ until_at }] = await world.db('seat_legs').select('until_at')
    assert.equal(until_at, null)
  })

  it('is not theirs when somebody did: all of it comes back, and they are told', async () => {
    await world.hop(PROMPT, `prompt ${Date.now()}`, SHORT_CUT)
    await world.hears(PROMPT, /^Ticket \d+.* seats 1, /)
    await world.hears(late, /cannot be: your seats are gone.*RWF 3,300 comes back/, 3 * LATE_MS)
    await world.hears(late, /^RWF 3,300 for trip \d+ was sent back to you/, 3 * LATE_MS)
    const owners = await world.db('seat_legs').distinct('person')
    assert.deepEqual(owners, [{ person: PROMPT }])
  })
})
