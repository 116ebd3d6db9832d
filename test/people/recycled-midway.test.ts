import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refit } from '../../src/build.ts'
import { createHolders } from '../../src/integrations/postgres/holders.ts'
import { newPhone } from '../channels/rest-client.ts'
import { startWorld, type World } from '../support/world.ts'

const PATIENCE_MS = 10_000

async function until(look: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) {
    const found = await look()
    if (found.length > 0) return found
  }
  throw new Error('it never came')
}

/** A ride in cash whose customer's number is somebody else's before the rider comes. @returns what became of it */
async function midway(refit: Refit = {}, forget?: (world: World) => Promise<void>) {
  const world = await startWorld({}, undefined, refit)
  try {
    await forget?.(world)
    const { db } = world
    const customer = newPhone()
    await world.text(customer, 'RIDE Remera to Kacyiru')
    await world.hears(customer, /Yes, in cash/)
    await world.text(customer, '2')
    const offered = await until(() => db('drivers').where({ status: 'offered' }).pluck('phone'))
    const [rider = ''] = offered.map(String)
    const [, code = ''] = await world.hears(rider, /Job (\d+)/)
    await world.text(rider, `YES ${code}`)
    const [, start = ''] = await world.hears(customer, /Start code (\d+)/i)
    await createHolders(db).pass(customer, Date.now(), 'Alice U.')
    const heard = (await world.inbox(customer)).length
    await world.text(rider, `ARRIVED ${code}`)
    await world.hears(rider, /reply START/)
    await world.text(rider, `START ${code} ${start}`)
    await world.hears(rider, /reply DONE/)
    await world.text(rider, `DONE ${code}`)
    await world.hears(rider, /How was the customer/)
    await world.text(rider, '5')
    const due = () => db('outbox').whereNull('dead_at').where('due_at', '<=', Date.now())
    await until(async () => ((await due()).length === 0 ? [true] : []))
    const menu = await world.hop(customer, 'a session', '')
    const { state, owner } = await db('instances').where({ flow: 'booking', code }).first()
    return {
      state,
      isNobodys: String(owner).startsWith('+999'),
      told: (await world.inbox(customer)).slice(heard),
      habits: (await db('habits').where({ person: customer })).length,
      stars: (await db('traveller_stars').where({ person: customer })).length,
      isPlain: !/again|Remera/i.test(menu),
    }
  } finally {
    await world.stop()
  }
}

const NOTHING = { told: [], habits: 0, stars: 0, isPlain: true }
const forgetful: Refit = { store: (store) => ({ ...store, isTheirs: async () => true }) }

describe('a number that is recycled midway', function () {
  this.timeout(60_000)

  it('lets the ride end as it would, and tells whoever has it now nothing of it', async () => {
    const { state, isNobodys, ...known } = await midway()
    assert.deepEqual({ state, isNobodys, ...known }, { state: 'rating', isNobodys: true, ...NOTHING })
  })

  it('is found out where everything is told to everybody', async () => {
    assert.notDeepEqual((await midway(forgetful)).told, [])
  })

  it('is found out where the database takes everything for theirs', async () => {
    const { habits, stars } = await midway({}, async ({ db }) => {
      await db.raw(
        `create or replace function is_held(who text, what text) returns boolean language sql as 'select true'`,
      )
    })
    assert.deepEqual([habits, stars], [1, 1])
  })
})
