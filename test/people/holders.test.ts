import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { IDLE_MS, isFormer } from '../../src/core/people/holders.ts'
import { BELONGINGS } from '../../src/integrations/postgres/belongings.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createHolders } from '../../src/integrations/postgres/holders.ts'
import { phone } from '../channels/hosting.ts'
import { begun, ids, migrated, openDesk } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { typed } from '../support/terminal.ts'
import { endow, mentioning, numbered } from './belongings.ts'

const NOW = Date.parse('2026-03-02T08:00:00Z')
const DAY_MS = 24 * 3_600_000
const STAYS = Object.keys(BELONGINGS).filter((table) => BELONGINGS[table]?.fate === 'stays')
const MOVED = Object.keys(BELONGINGS).filter((table) => !STAYS.includes(table))

describe('holders of a number', function () {
  this.timeout(60_000)
  let database: TestDatabase
  let db: Db
  let people = 0
  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const endowed = async (): Promise<Msisdn> => {
    const person = phone(`+2507${String(32_000_000 + ++people).padStart(8, '0')}`)
    await endow(db, person)
    return person
  }
  const spoke = (person: Msisdn, at: number) => db('conversations').where({ person }).update({ heard_at: at })
  const phones = (table: string, column: string) => db(table).pluck(column)

  it('have a rule for every column that says by a number whose a row is', async () => {
    const columns = (await numbered(db)).map(([table, column]) => `${table}.${column}`)
    const ruled = Object.entries(BELONGINGS).map(([table, { column }]) => `${table}.${column}`)
    assert.deepEqual(ruled.sort(), columns.sort())
  })

  it('leave nothing under the number to whoever has it next', async () => {
    const person = await endowed()
    assert.deepEqual(
      await mentioning(db, person),
      Object.keys(BELONGINGS)
        .filter((one) => one !== 'former_holders')
        .sort(),
    )
    await createHolders(db).pass(person, NOW, 'Alice U.')
    assert.deepEqual(await mentioning(db, person), STAYS.sort())
    const [driver] = (await db('drivers').where({ licence: 'none' }).orWhereLike('phone', '+999%')).slice(-1)
    assert.equal(driver.status, 'off', 'is sent no journeys')
    assert.ok(isFormer(driver.phone))
  })

  for (const table of MOVED)
    it(`are found out where ${table} is forgotten`, async () => {
      const person = await endowed()
      const forgetful = {
        ...BELONGINGS,
        [table]: { column: BELONGINGS[table]?.column ?? '', fate: 'stays' as const },
      }
      await createHolders(db, forgetful).pass(person, NOW, 'Alice U.')
      assert.deepEqual(await mentioning(db, person), [...STAYS, table].sort())
    })

  it('are somebody else after 90 days without a word or a log-in, and not a day sooner', async () => {
    const holders = createHolders(db)
    const person = await endowed()
    await spoke(person, NOW)
    await db('log_ins')
      .where({ person })
      .update({ at: NOW - DAY_MS })
    assert.equal(await holders.passIfIdle(person, NOW + IDLE_MS), false)
    await db('log_ins')
      .where({ person })
      .update({ at: NOW + DAY_MS })
    assert.equal(await holders.passIfIdle(person, NOW + IDLE_MS + DAY_MS), false, 'they logged in')
    assert.equal(await holders.passIfIdle(person, NOW + IDLE_MS + DAY_MS + 1), true)
    assert.equal(await holders.passIfIdle(person, NOW + 2 * IDLE_MS), false, 'whoever has it now is new')
    assert.deepEqual(
      await mentioning(db, person),
      [...STAYS, 'answers', 'message_parts', 'otps', 'unnumbered'].sort(),
    )
  })

  it('are who they were where they never spoke: the desk’s word has no age', async () => {
    const person = await endowed()
    await spoke(person, 0)
    await db('log_ins').where({ person }).del()
    assert.equal(await createHolders(db).passIfIdle(person, NOW + 9 * IDLE_MS), false)
  })

  it('pass once, however many find them idle at once', async () => {
    const person = await endowed()
    await spoke(person, NOW)
    await db('log_ins').where({ person }).del()
    const holders = createHolders(db)
    const passed = await Promise.all(
      Array.from({ length: 20 }, () => holders.passIfIdle(person, NOW + IDLE_MS + 1)),
    )
    assert.equal(passed.filter(Boolean).length, 1)
    assert.equal((await db('former_holders').where({ person })).length, 1)
  })

  it('are put away and given back from the desk, once each, by who gives a name', async () => {
    const desk = (...words: readonly string[]) => typed(database.url, 'desk', words)
    const person = await endowed()
    assert.equal((await desk('recycled', person)).code, 2)
    assert.equal((await desk('recycled', '0788', 'Alice U.')).code, 1)
    assert.match((await desk('recycled', person, 'Alice U.')).text, /^\+25073•••\d{3} begins anew\n$/)
    assert.ok(!(await phones('drivers', 'phone')).includes(person))
    await db('habits').insert({ person, line: 'bus', count: 1, journeys: '[]', last_at: 2 })
    assert.equal((await desk('returned', person, 'Eric N.')).code, 2, 'why?')
    assert.match((await desk('returned', person, 'Eric N.', 'knew the last code')).text, /has again/)
    for (const table of MOVED) {
      const { column = '', fate } = BELONGINGS[table] ?? {}
      const isBack = (await phones(table, column)).includes(person)
      assert.equal(isBack, fate === 'away' || fate === 'replaced', table)
    }
    assert.deepEqual(await db('habits').where({ person }).pluck('last_at'), [1])
    assert.match((await desk('returned', person, 'Eric N.', 'again')).text, /was nobody else’s before/)
    assert.equal(await createHolders(db).isTheirs(person, 'bk_x'), true)
  })

  describe('of whom one began a booking', () => {
    /** What is begun for it after the number has passed. @returns whose that is */
    async function childOf(trigger: 'enable' | 'disable'): Promise<string> {
      const desk = openDesk(database.url)
      await db.raw(`alter table instances ${trigger} trigger instances_owned_as_root`)
      try {
        const { id: root, owner } = await begun(desk, NOW)
        await createHolders(db).pass(owner, NOW + 1, 'Alice U.')
        const [id, reference, at] = [ids.next('po'), ids.reference(), NOW + 2]
        const input = {
          id,
          account: 'driver:dr_1',
          owner,
          provider: 'mtn',
          reference,
          period: 'x',
          startedAt: at,
        }
        const draft = desk.run.draft()
        const money = { amountMinor: 1, currency: 'RWF' }
        draft.open(
          { flow: 'payout', id },
          { owner, code: null, root, input: { ...input, money } },
          'open',
          at,
        )
        assert.equal(await desk.store.commit(draft.work()), 'done')
        return String((await db('instances').where({ id }).first()).owner)
      } finally {
        await db.raw('alter table instances enable trigger instances_owned_as_root')
        await desk.db.destroy()
      }
    }
    it('own what comes of it', async () => assert.match(await childOf('enable'), /^\+999/))
    it('are found out where it is the present holder’s', async () =>
      assert.match(await childOf('disable'), /^\+25078/))
  })

  it('are not given back what they are anew: a person ends that first', async () => {
    const person = await endowed()
    const holders = createHolders(db)
    await holders.pass(person, NOW, 'Alice U.')
    await db('agents').insert({ id: `ag_${person}`, phone: person, name: 'Diane', commission_bp: 1 })
    assert.equal(await holders.giveBack(person, { at: NOW, by: 'Eric N.', why: 'says so' }), 'taken')
    assert.deepEqual(await db('agents').where({ phone: person }).pluck('name'), ['Diane'])
    assert.ok(!(await phones('drivers', 'phone')).includes(person), 'nor half of it')
  })
})
