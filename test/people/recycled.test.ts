import assert from 'node:assert/strict'
import { IDLE_MS } from '../../src/core/people/holders.ts'
import type { Store } from '../../src/core/run/store.ts'
import { createHolders } from '../../src/integrations/postgres/holders.ts'
import type { Tx } from '../../src/integrations/postgres/store.ts'
import { caller, newPhone } from '../channels/rest-client.ts'
import { type Stage, stage, type Wishes } from '../channels/rest-stage.ts'
import { sized } from '../support/size.ts'
import { CHANNELS, leaks, lived, type Medium, type Old, openPlaces } from './recycled.ts'

const PEOPLE = sized(100, 100, 100)

type Person = { readonly old: Old; readonly medium: Medium; readonly isTold: boolean }

/** So many people, of whom every other number is said to be recycled and the rest are idle for 90 days. */
async function town(people: number, wishes: Wishes = {}): Promise<{ house: Stage; all: readonly Person[] }> {
  const house = await stage(wishes)
  await openPlaces(house)
  const all: Person[] = []
  for (let n = 0; n < people; n += 1) {
    const medium = CHANNELS[n % CHANNELS.length] ?? 'ussd'
    all.push({ old: await lived(house, newPhone(), n), medium, isTold: n % 2 === 0 })
  }
  return { house, all }
}

/** Numbers pass, and somebody else comes with each. @returns what they are shown of who had it before */
async function passed(house: Stage, all: readonly Person[]): Promise<readonly string[]> {
  const holders = createHolders(house.db)
  const found: string[] = []
  const come = async (isTold: boolean) => {
    for (const one of all.filter((it) => it.isTold === isTold)) {
      if (isTold) await holders.pass(one.old.phone, house.parts.clock.now(), 'Alice U.')
      found.push(...(await leaks(house, one.old, one.medium)))
    }
  }
  await come(true)
  house.later(IDLE_MS + 1)
  await come(false)
  return found
}

describe('a recycled number', function () {
  this.timeout(180_000)

  it(`of ${PEOPLE} on every channel shows nothing of who had it before`, async () => {
    const { house, all } = await town(PEOPLE)
    try {
      assert.deepEqual(await passed(house, all), [])
      // The books stay whole: each booking is somebody's, who is nobody's number.
      const owners = await house
        .db('instances')
        .whereIn(
          'id',
          all.map(({ old }) => old.booking),
        )
        .pluck('owner')
      assert.equal(owners.length, PEOPLE)
      assert.ok(owners.every((owner) => String(owner).startsWith('+999')))
    } finally {
      await house.stop()
    }
  })

  it('is looked at closely enough: of who still has theirs, all of it is seen', async () => {
    const { house, all } = await town(CHANNELS.length)
    try {
      for (const { old, medium } of all) {
        const seen = await leaks(house, old, medium)
        assert.ok(
          seen.some((text) => text.startsWith(`${medium}:`)),
          `${medium} shows nothing: ${seen}`,
        )
      }
    } finally {
      await house.stop()
    }
  })

  /** @returns what a program hears of a booking that an agent made, once the agent's number is somebody else's */
  async function afterAgent(wishes: Wishes): Promise<readonly number[]> {
    const house = await stage(wishes)
    try {
      const agent = await caller(house)
      await house.db('agents').insert({ phone: agent.phone, name: 'Diane', commission_bp: 100 })
      const { id } = await agent.done('/v1/bookings', { line: 'ride', for: newPhone() })
      const before = (await agent.call(`/v1/bookings/${id}`)).status
      await createHolders(house.db).pass(agent.phone, house.parts.clock.now() + 1, 'Alice U.')
      const next = await caller(house, agent.phone)
      return [before, (await next.call(`/v1/bookings/${id}`)).status]
    } finally {
      await house.stop()
    }
  }

  it('of an agent shows nothing of whom they booked for', async () => {
    assert.deepEqual(await afterAgent({}), [200, 404])
    const store = (own: Store<Tx>): Store<Tx> => ({ ...own, isTheirs: async () => true })
    assert.deepEqual(await afterAgent({ store }), [200, 200], 'a house that asks nobody is found out')
  })

  const FORGETFUL: Readonly<Record<string, (store: Store<Tx>) => Store<Tx>>> = {
    'finds nobody idle': (store) => ({ ...store, passIfIdle: async () => false }),
    'asks nobody whose a code was': (store) => ({
      ...store,
      byCode: (flow, code) => store.byCode(flow, code),
    }),
  }
  for (const [what, store] of Object.entries(FORGETFUL))
    it(`is found out in a house that ${what}`, async () => {
      const { house, all } = await town(2 * CHANNELS.length, { store })
      try {
        assert.notDeepEqual(await passed(house, all), [])
      } finally {
        await house.stop()
      }
    })
})
