import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import { type Miss, missesIn } from '../../src/core/move/misses.ts'
import { STAGES } from '../../src/core/move/places.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { BELIEVED, createLessonTx } from '../../src/integrations/postgres/learned-names.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { createPlaces } from '../../src/integrations/postgres/places.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

const says = (value: string) => ({ type: 'ANSWER', value })
const found = (sure: boolean, ...values: string[]) => ({
  type: 'FOUND',
  options: values.map((value) => ({ value })),
  sure,
})
const isPlace = (value: string) => !value.startsWith('area:')

describe('what a journey teaches of names', () => {
  const TAUGHT: readonly (readonly [what: string, events: readonly { type: string }[], taught: Miss[]])[] = [
    ['nothing where it was understood at once', [says('Remera'), found(true, 'remera')], []],
    [
      'nothing where it was chosen from the first list',
      [found(false, 'remera', 'kacyiru'), says('remera')],
      [],
    ],
    [
      'what was typed, where one of several was chosen',
      [found(false, 'remera'), says('Kwa Rwahama'), found(false, 'gishushu', 'kimironko'), says('kimironko')],
      [{ name: 'kwa rwahama', place: 'kimironko' }],
    ],
    [
      'what was typed, where an area led to it',
      [
        says('Kwa Rwahama'),
        found(false, 'area:Remera'),
        says('area:Remera'),
        found(false, 'giporoso'),
        says('giporoso'),
      ],
      [{ name: 'kwa rwahama', place: 'giporoso' }],
    ],
    [
      'what was typed before a name that is known',
      [says('Kwa Rwahama'), found(false), says('Giporoso'), found(true, 'giporoso')],
      [{ name: 'kwa rwahama', place: 'giporoso' }],
    ],
    [
      'nothing of a question that was left',
      [says('Kwa Rwahama'), found(false), { type: 'BACK' }, found(false, 'remera'), says('remera')],
      [],
    ],
    [
      'nothing of the yes before they would go elsewhere',
      [says('yes'), { type: 'CHANGE' }, found(false, 'remera'), says('remera')],
      [],
    ],
    [
      'nothing of numbers, pins and keys',
      [says('@-1.95,30.06'), says('4071'), says('x'), found(false, 'remera'), says('remera')],
      [],
    ],
    ['nothing where no place was chosen', [says('Kwa Rwahama'), found(false, 'remera')], []],
  ]
  for (const [what, events, taught] of TAUGHT)
    it(`is ${what}`, () => assert.deepEqual(missesIn(events, isPlace), taught))
})

describe('names learned from misses', function () {
  this.timeout(60_000)
  let database: TestDatabase
  let db: Db
  before(async () => {
    database = await freshDatabase(async (url) => {
      const fresh = connectPostgres(url, silent)
      await migrate(fresh)
      await seedDemo(fresh, Date.now())
      await fresh.destroy()
    })
    db = connectPostgres(database.url, silent)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const learn = (name: string, place: string, ...people: number[]) =>
    db.transaction(async (trx) => {
      for (const one of people) {
        const person = parsePhone(`+2507880007${String(one).padStart(2, '0')}`)
        assert.ok(person)
        await createLessonTx(trx).lessons.learn([{ name, place }], person, one)
      }
    })
  const sureOf = async (name: string) => {
    const { places, sure } = await createPlaces(db).find(name, 3, STAGES)
    return sure ? places[0]?.id : null
  }

  it('count once three different people meant it, and not before', async () => {
    await learn('kwa rwahama', 'giporoso', 1, 2, 2, 2)
    assert.notEqual(await sureOf('Kwa Rwahama'), 'giporoso')
    await learn('kwa rwahama', 'giporoso', 3)
    assert.equal(BELIEVED.people, 3)
    assert.equal(await sureOf('Kwa Rwahama'), 'giporoso')
    const [row] = await db('place_names').where({ name: 'kwa rwahama' }).select('place', 'learned')
    assert.deepEqual(row, { place: 'giporoso', learned: true })
  })

  it('are not taken where people mean different places', async () => {
    await learn('ku isoko', 'remera', 1, 2)
    await learn('ku isoko', 'kimironko', 3, 4)
    await learn('ku isoko', 'remera', 5)
    assert.equal((await db('place_names').where({ name: 'ku isoko' })).length, 0)
  })

  it('never take a name from the place that has it', async () => {
    await learn('kacyiru', 'remera', 1, 2, 3, 4, 5)
    assert.equal(await sureOf('Kacyiru'), 'kacyiru')
  })

  it('need a place that there is', async () => {
    await learn('atlantis', 'no-such-place', 1, 2, 3)
    assert.equal((await db('place_misses').where({ name: 'atlantis' })).length, 0)
  })
})
