import assert from 'node:assert/strict'
import { z } from 'zod'
import { silent } from '../../../src/core/base/log.ts'
import { likenessTo } from '../../../src/core/move/likeness.ts'
import { namesIn, soundOf } from '../../../src/core/move/sound.ts'
import { connectPostgres, type Db, prepared } from '../../../src/integrations/postgres/connect.ts'
import { markNames } from '../../../src/integrations/postgres/place-names.ts'
import { freshDatabase, type TestDatabase } from '../../support/servers.ts'
import { migrated } from '../desk.ts'
import { misspeltNames, rwandaNames, unknownNames } from './benchmark.ts'
import { HELD_OUT, misspell, SHOWN } from './misspell.ts'
import { type Find, fillPlaces, ours, type Recall, recall, TRIGRAMS } from './recall.ts'

const PER_KIND = 120
/** The least that may be found of what is misspelt, and the most that may be taken for another place unasked. */
const FLOOR = { first: 0.9, firstThree: 0.95, wrong: 0.005, unknownSure: 0.03 } as const

describe('a place’s name', () => {
  it('sounds the same however schools and thumbs spell it', () => {
    const spelt = [
      ['kacyiru', 'kachiru', 'katchilu', 'kaciiru'],
      ['nyarutarama', 'nyalutalama', 'nyaroutarama', 'nyarutaramma'],
      ['gishushu', 'gishyushyu', 'guishoushou', 'jishushu'],
      ['kimironko', 'kimilonko', 'quimironko', 'keemironko'],
      ['byumba', 'byoumba', 'byuumba', 'vyumba'],
    ]
    for (const [name = '', ...others] of spelt)
      for (const other of others) assert.equal(soundOf(other), soundOf(name), other)
    assert.equal(new Set(spelt.map(([name = '']) => soundOf(name))).size, spelt.length)
  })

  it('is looked for with and without the words that only say where', () => {
    assert.deepEqual(namesIn('ku kinamba'), ['ku kinamba', 'kinamba'])
    assert.deepEqual(namesIn('gare ya remera'), ['gare ya remera', 'remera'])
    assert.deepEqual(namesIn('mu'), ['mu'])
    assert.deepEqual(namesIn('kuba'), ['kuba'])
  })

  it('is most like itself, and the less so the more slips', () => {
    const typed = ['remera', 'lemera', 'remrea', 'rumura', 'kabuga']
    const like = typed.map((one) => likenessTo(one)('remera'))
    assert.deepEqual(
      like,
      [...like].sort((a, b) => b - a),
    )
    assert.equal(like[0], 1)
    for (const name of rwandaNames()) assert.equal(likenessTo(name)(name), 1)
  })
})

describe('misspelt names of Rwanda', () => {
  const misspelt = misspeltNames()
  const shown = misspelt.filter(({ kind }) => kind in SHOWN)
  const heldOut = misspelt.filter(({ kind }) => kind in HELD_OUT)
  let database: TestDatabase
  let db: Db

  before(async function () {
    this.timeout(60_000)
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    await fillPlaces(db, rwandaNames())
  })

  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const trigrams: Find = async (typed) => ({
    names: await prepared(db, 'trigrams', TRIGRAMS, [typed], (row) => named.parse(row).name),
    sure: false,
  })

  it('are those that were drawn once and for all', () => {
    assert.deepEqual(misspell(rwandaNames(), PER_KIND), misspelt)
    assert.equal(shown.length + heldOut.length, misspelt.length)
  })

  it('are found more often than by trigrams alone, the kinds that nothing was tuned to as well', async function () {
    this.timeout(60_000)
    for (const kinds of [shown, heldOut]) {
      const [we, they] = [await recall(ours(db), kinds), await recall(trigrams, kinds)]
      assert.ok(we.first > they.first && we.firstThree > they.firstThree, JSON.stringify({ we, they }))
      assert.deepEqual(broken(we), [])
    }
  })

  it('are not found well enough, nor honestly, by what is broken', async function () {
    this.timeout(60_000)
    const deaf = await freshDatabase(migrated)
    const other = connectPostgres(deaf.url, silent)
    await fillPlaces(other, rwandaNames())
    await other('place_names').update({ marks: [] })
    const bold: Find = async (typed) => ({ ...(await ours(db)(typed)), sure: true })
    const backwards: Find = async (typed) => {
      const { names, sure } = await ours(db)(typed)
      return { names: [...names].reverse(), sure }
    }
    const found = [
      broken(await recall(ours(other), misspelt)),
      broken(await recall(bold, misspelt)),
      broken(await recall(backwards, misspelt)),
      broken(await recall(trigrams, misspelt)),
    ]
    await other.destroy()
    await deaf.drop()
    assert.deepEqual(found, [['first', 'firstThree'], ['wrong'], ['first', 'wrong'], ['first', 'firstThree']])
  })

  it('are marked when they came before the rules, or by others', async () => {
    const before = await db('place_names').orderBy('name').limit(5)
    await db('place_names')
      .whereIn(
        'name',
        before.map(({ name }) => name),
      )
      .update({ marks: [], sound: '', rules: 0 })
    await markNames(db)
    assert.deepEqual(await db('place_names').orderBy('name').limit(5), before)
  })

  it('are seldom thought to be plain when no list has them', async function () {
    this.timeout(60_000)
    let sure = 0
    for (const name of unknownNames()) if ((await ours(db)(name)).sure) sure += 1
    assert.ok(sure <= FLOOR.unknownSure * unknownNames().length, `${sure} of ${unknownNames().length}`)
  })
})

/** The floors that these shares fall below. */
const broken = ({ first, firstThree, wrong }: Recall): string[] => [
  ...(first < FLOOR.first ? ['first'] : []),
  ...(firstThree < FLOOR.firstThree ? ['firstThree'] : []),
  ...(wrong > FLOOR.wrong ? ['wrong'] : []),
]

const named = z.object({ name: z.string() })
