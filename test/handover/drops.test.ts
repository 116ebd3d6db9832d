import assert from 'node:assert/strict'
import { Redis } from 'ioredis'
import type { Store } from '../../src/core/run/store.ts'
import { MENU } from '../../src/core/talk/conversation.ts'
import type { Tx } from '../../src/integrations/postgres/store.ts'
import { sized } from '../support/size.ts'
import { droppedAt, SEAT } from './line.ts'
import { openTown, type Town } from './town.ts'

const PEOPLE = Number(process.env.LOST_SESSIONS ?? sized(120, 600, 300))
const FLUSHES = 20
const TOGETHER = 8
/** A call back, and going on. */
const HOPS = 2
const WITHIN_MS = 900_000
const TOLD_WITHIN_MS = 20_000
const OUTCOME = /^Ticket \d+|declined the payment/

/** Who had said no more than the line begins at the menu. */
const FIRST = 1

/** So many people whose session is lost, each at another hop, while Redis forgets everything now and then. */
async function lose(town: Town, people: number) {
  const redis = new Redis(town.world.redisUrl)
  const [lost, slow]: [string[], string[]] = [[], []]
  await town.together(TOGETHER, [...Array(people).keys()], async (n) => {
    if (n % Math.ceil(people / FLUSHES) === 0) await redis.flushall()
    const [number, at] = [`+2507886${String(n).padStart(5, '0')}`, n % SEAT.length]
    if (n % 5 === 0) await town.wallet(number, 'decline')
    const { hops, asked, screen } = await droppedAt(town.world, number, at)
    if (hops > HOPS || (asked !== -1 && at > FIRST && asked < at)) slow.push(`${at}: ${screen}`)
    const told = town.world.hears(number, OUTCOME, TOLD_WITHIN_MS)
    await told.catch((error: unknown) => lost.push(`${at}: ${screen}: ${error}`))
    await town.giveBack(number)
  })
  redis.disconnect()
  const twice = await town
    .db('instances')
    .where({ flow: 'booking', done: false })
    .whereIn('state', ['booked', 'unpaid'])
    .groupBy('owner')
    .havingRaw('count(*) > 1')
    .pluck('owner')
  return { lost, slow, twice }
}

/** A house that knows a person only within a session. */
const sessional = (store: Store<Tx>): Store<Tx> => ({
  ...store,
  async standing(person, messageId) {
    const found = await store.standing(person, messageId)
    const { conversation } = found
    return conversation && messageId.startsWith('ussd:') && !messageId.includes(conversation.session)
      ? { ...found, conversation: { ...conversation, focus: MENU } }
      : found
  },
})

describe('a session that is lost', function () {
  this.timeout(WITHIN_MS)

  it(`is gone on with in two hops, and what came of it is texted: ${PEOPLE} times, Redis flushed ${FLUSHES} times`, async () => {
    const town = await openTown()
    try {
      assert.deepEqual(await lose(town, PEOPLE), { lost: [], slow: [], twice: [] })
    } finally {
      await town.stop()
    }
  })

  it('is missed in a house that knows a person only within a session', async () => {
    const town = await openTown({ store: sessional })
    try {
      const { slow } = await lose(town, SEAT.length * 2)
      assert.notDeepEqual(slow, [])
    } finally {
      await town.stop()
    }
  })
})
