import assert from 'node:assert/strict'
import { type Habit, JOURNEYS_KEPT, type Journey, usualOf } from '../../src/core/people/habits.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createHabits, createHabitTx } from '../../src/integrations/postgres/habits.ts'
import { terminal } from './buses.ts'
import { somebody } from './desk.ts'

const CONNECTIONS = 4

const journey = (from: string, to: string): Journey => [
  { field: 'from', value: from, label: from },
  { field: 'to', value: to, label: to },
]
const habit = (line: string, count: number, lastAt: number): Habit => ({
  line,
  count,
  lastAt,
  journeys: [journey(line, 'there')],
})

describe('habits', function () {
  this.timeout(60_000)
  let db: Db
  let close: () => Promise<void>

  before(async () => {
    ;({ db, close } = await terminal(CONNECTIONS))
  })
  after(() => close())

  const add = (person: ReturnType<typeof somebody>, to: string, at: number) =>
    db.transaction((trx) => createHabitTx(trx).habits.add(person, 'ride', journey('a', to), at, 'bk_1'))

  it('count every journey and keep the last different ones, newest first', async () => {
    const person = somebody()
    for (const [at, to] of ['b', 'c', 'b', 'd', 'e', 'd'].entries()) await add(person, to, at)
    assert.deepEqual(await createHabits(db).of(person), [
      { person, line: 'ride', count: 6, lastAt: 5, journeys: ['d', 'e', 'b'].map((to) => journey('a', to)) },
    ])
    assert.equal(JOURNEYS_KEPT, 3)
  })

  it('are kept whole when journeys end at the same time', async () => {
    const person = somebody()
    await Promise.all(['b', 'c', 'd', 'e'].map((to, at) => add(person, to, at)))
    const [{ count, journeys } = habit('none', 0, 0)] = await createHabits(db).of(person)
    assert.deepEqual([count, journeys.length], [4, JOURNEYS_KEPT])
  })

  it('are their own person’s, whoever asks in the same trip', async () => {
    const [one, other] = [somebody(), somebody()]
    await add(one, 'b', 1)
    const habits = createHabits(db)
    const counts = (await Promise.all([habits.of(one), habits.of(other)])).map(({ length }) => length)
    assert.deepEqual(counts, [1, 0])
  })

  it('put the most used line first, of two the later, and the newest journey of all on top', () => {
    const usual = usualOf([habit('bus', 1, 9), habit('ride', 7, 3), habit('parcel', 1, 5)])
    assert.deepEqual(usual.lines, ['ride', 'bus', 'parcel'])
    assert.equal(usual.again?.line, 'bus')
    assert.deepEqual(usualOf([]), { lines: [], again: null })
  })
})
