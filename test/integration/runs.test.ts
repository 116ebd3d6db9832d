import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { planned, type Window } from '../../src/commands/runs.ts'
import { createPackingDesk } from '../../src/integrations/postgres/packing.ts'
import { typed } from '../support/terminal.ts'
import { startWorld, type World } from '../support/world.ts'

const NGOZI = '+2348030000201'
const BOLA = '+2348030000202'
const DESK = '+2348030000102'
/** What leaves the shelves does so a moment after it is said. */
const TRIES = 100
const TRY_MS = 100
const HOUR_MS = 3_600_000
const MIDNIGHT = Date.parse('2026-11-30T00:00:00+01:00')
const HOURS: Window = {
  zone: 'Africa/Lagos',
  midnight: MIDNIGHT,
  from: MIDNIGHT + 8 * HOUR_MS,
  until: MIDNIGHT + 17 * HOUR_MS,
}

describe('delivery runs', function () {
  this.timeout(60_000)
  let world: World
  const codes: string[] = []
  before(async () => {
    world = await startWorld()
    await world.db('drivers').update({ status: 'off' })
    codes.push(await ordered(NGOZI, '62x2 12x3'), await ordered(BOLA, '12x1 41x5'))
  })
  after(() => world.stop())

  async function ordered(shop: string, basket: string): Promise<string> {
    await world.text(shop, `ORDER ${basket}`)
    await world.hears(shop, /NGN/)
    await world.text(shop, 'CASH')
    const [, code = ''] = await world.hears(shop, /Order (\d+): NGN [\d,.]+ in cash/)
    return code
  }
  const plan = async (vehicles: number, capacity: number): Promise<readonly string[]> => {
    const desk = createPackingDesk(world.db)
    const depot = (await desk.depots()).find(({ id }) => id === 'wh_ng_apapa')
    assert.ok(depot)
    const fleet = Array.from({ length: vehicles }, (_, n) => ({
      ...{ id: String(n + 1), capacity, startsAt: HOURS.from, endsAt: HOURS.until },
    }))
    return planned(desk, depot, fleet, HOURS)
  }

  it('wait in the warehouse that packs them', async () => {
    const { code, text } = await typed(world.databaseUrl, 'runs', [])
    assert.equal(code, 0)
    assert.match(
      text,
      /wh_ng_apapa {2}Apapa depot: 2 orders wait\n.*wh_ng_ikeja {2}Ikeja depot: 0 orders wait/s,
    )
  })

  it('pack all of a run in one walk, and come when a shop takes goods in', async () => {
    const [ngozi, bola] = codes
    const lines = await plan(1, 60)
    assert.match(lines[0] ?? '', /^Apapa depot: 2 orders in 1 runs, \d+\.\d km$/)
    const picks = lines.filter((line) => line.startsWith('  pick'))
    assert.equal(picks.length, 3, 'not each product once')
    const rice = picks.find((line) => line.includes('Rice 50kg'))
    assert.match(rice ?? '', /^ {2}pick A 1-1: Rice 50kg x4 \(/)
    assert.ok(rice?.includes(`${ngozi} x3`) && rice.includes(`${bola} x1`))
    const [, hour] = / (\d\d):\d\d Mama Ngozi/.exec(lines.join('\n')) ?? []
    assert.ok(Number(hour) >= 9 && Number(hour) < 15, `she is open from nine to three, not at ${hour}`)
  })

  it('are as many as there is room in a vehicle for, and say what stays behind', async () => {
    assert.match((await plan(2, 6))[0] ?? '', /2 orders in 2 runs/)
    const left = await plan(1, 5)
    assert.deepEqual(
      left.filter((line) => line.includes('not brought')),
      [`  not brought: ${codes[1]}, too heavy`],
    )
  })

  it('pack nothing that is packed already, and bring it all the same', async () => {
    await world.text(DESK, `PICKED ${codes[0]}`)
    await world.hears(NGOZI, /is packed/)
    const packs = (line: string) => line.startsWith('  pick') && line.includes(codes[0] ?? '')
    let lines = await plan(1, 60)
    for (let n = 0; n < TRIES && lines.some(packs); n++) {
      await sleep(TRY_MS)
      lines = await plan(1, 60)
    }
    assert.ok(!lines.some(packs), 'it is packed again')
    assert.match(lines[0] ?? '', /2 orders in 1 runs/)
    assert.ok(lines.some((line) => line.includes(`order ${codes[0]}`)))
  })

  it('are refused where a word is no warehouse, fleet or hours', async () => {
    assert.equal((await typed(world.databaseUrl, 'runs', ['nowhere', '2x60'])).code, 1)
    for (const words of [['wh_ng_apapa'], ['wh_ng_apapa', '0x60'], ['wh_ng_apapa', '2x60', '9-5']])
      assert.equal((await typed(world.databaseUrl, 'runs', words)).code, 2)
    assert.equal((await typed(world.databaseUrl, 'runs', ['wh_ng_apapa', '2x60', '00:00-23:59'])).code, 0)
  })
})
