import assert from 'node:assert/strict'
import type { Store } from '../../src/core/run/store.ts'
import { MENU } from '../../src/core/talk/conversation.ts'
import { flows } from '../../src/flows/index.ts'
import type { Tx } from '../../src/integrations/postgres/store.ts'
import { TYPICAL } from '../laws/data.ts'
import { viewsOf } from '../laws/views.ts'
import { walks } from '../laws/walk.ts'
import { sized } from '../support/size.ts'
import type { Kept } from './books.ts'
import { JOURNEYS, type Journey } from './journeys.ts'
import { openTown, type Route, type Town } from './town.ts'
import { WAYS } from './ways.ts'

/** People on their way at once. */
const TOGETHER = 6
/** Of all hand-overs every so many-th is made; a number that shares no factor with that of the pairs. */
const EVERY = Number(process.env.HANDOVER_EVERY ?? sized(9, 3, 7))
const HAND_OVER_MS = 600_000

/** Asked alike on every line once it was confirmed. */
const NOTHING = { id: '', kind: 'tell' } as const
const SAME_ON_ALL = ['rating', 'unpaid']
/** Asked of a program alone that names no vehicle there is. */
const LEFT_OUT = ['ride by']

type Case = { readonly number: string; readonly journey: Journey; readonly route: Route }

const PAIRS = WAYS.flatMap((from) => WAYS.filter((to) => to !== from).map((to) => ({ from, to })))
const numbered = (cases: readonly Omit<Case, 'number'>[], first: number): Case[] =>
  cases.map((one, n) => ({ ...one, number: `+2507884${String(first + n).padStart(5, '0')}` }))

const STAYING = numbered(
  JOURNEYS.flatMap((journey) => WAYS.map((way) => ({ journey, route: { from: way, to: way, at: 0 } }))),
  0,
)
const GOING_OVER = numbered(
  JOURNEYS.flatMap((journey) =>
    journey.questions.flatMap((_, at) =>
      at < (journey.since ?? 0) ? [] : PAIRS.map((pair) => ({ journey, route: { ...pair, at } })),
    ),
  ),
  1_000,
)

/** Each of them, several at once. @returns what came of each, in their order */
async function travelled(town: Town, cases: readonly Case[]): Promise<(Kept | string)[]> {
  const kept: (Kept | string)[] = []
  const travel = async (n: number) => {
    const one = cases[n]
    if (one) kept[n] = await town.travel(one.number, one.journey, one.route).catch(String)
  }
  const numbers = cases.map((_, n) => n)
  const isAlone = (n: number) => cases[n]?.journey.happens !== undefined
  await town.together(
    TOGETHER,
    numbers.filter((n) => !isAlone(n)),
    travel,
  )
  // The bus of one's own is the first on the list.
  await town.together(1, numbers.filter(isAlone), travel)
  return kept
}

const named = ({ journey, route: { from, to, at } }: Case): string =>
  `${journey.label}, ${journey.questions[at]?.[0]}: ${from} to ${to}`

describe('a conversation', function () {
  this.timeout(HAND_OVER_MS)
  let town: Town
  const expected = new Map<Journey, Kept | string | undefined>()

  before(async () => {
    town = await openTown()
    const kept = await travelled(town, STAYING)
    for (const [n, { journey, route }] of STAYING.entries()) {
      if (route.from === 'ussd') expected.set(journey, kept[n])
      assert.deepEqual(kept[n], expected.get(journey), `${journey.label} on ${route.from}`)
    }
  })
  after(() => town.stop())

  it('leaves the same in the books wherever it goes on, at every question and between any two channels', async () => {
    const cases = GOING_OVER.filter((_, n) => n % EVERY === 0)
    const kept = await travelled(town, cases)
    const broken = cases.flatMap((one, n) => {
      try {
        assert.deepEqual(kept[n], expected.get(one.journey))
        return []
      } catch {
        return [`${named(one)}: ${JSON.stringify(kept[n])}`]
      }
    })
    assert.deepEqual(broken, [])
    console.log(`      ${cases.length} of ${GOING_OVER.length} hand-overs: the same bookings and postings`)
  })

  it('is handed over at every question that a traveller may be left with', () => {
    const handed = new Set(
      JOURNEYS.flatMap(({ id, questions }) => questions.map(([question]) => `${id} ${question}`)),
    )
    const asked = walks('booking', TYPICAL).flatMap(({ end }) => {
      const { id, kind } = viewsOf(flows.booking, end, 'en')[0]?.prompt ?? NOTHING
      const line = String(end.context.line)
      return kind === 'tell' || end.done ? [] : [SAME_ON_ALL.includes(id) ? `ride ${id}` : `${line} ${id}`]
    })
    const left = [...new Set(asked)].filter((one) => !handed.has(one))
    assert.deepEqual(left.sort(), LEFT_OUT)
  })

  it('goes over between any two channels in what is tried every day', () => {
    const tried = new Set(
      GOING_OVER.filter((_, n) => n % EVERY === 0).map(({ route: { from, to } }) => `${from} ${to}`),
    )
    assert.equal(tried.size, PAIRS.length)
  })
})

/** A house in which who comes by another channel is a stranger. */
const forgetful = (store: Store<Tx>): Store<Tx> => ({
  ...store,
  async standing(person, messageId) {
    const found = await store.standing(person, messageId)
    const { conversation } = found
    return conversation && !messageId.startsWith(conversation.channel)
      ? { ...found, conversation: { ...conversation, focus: MENU } }
      : found
  },
})

describe('a house that keeps a conversation per channel', function () {
  this.timeout(HAND_OVER_MS)

  it('is found out', async () => {
    const town = await openTown({ store: forgetful })
    try {
      const [ride] = JOURNEYS
      assert.ok(ride)
      const stay = await town.travel('+250788409001', ride, { from: 'ussd', to: 'ussd', at: 0 })
      const over = town.travel('+250788409002', ride, { from: 'ussd', to: 'sms', at: 2 })
      await assert.rejects(async () => assert.deepEqual(await over, stay))
    } finally {
      await town.stop()
    }
  })
})
