import assert from 'node:assert/strict'
import type { Posting } from '../../src/core/run/work.ts'
import { createLedger } from '../../src/integrations/postgres/ledger.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { type Desk, ids, migrated, NOW, nothing, openDesk } from './desk.ts'
import { payment } from './full.ts'

const UNTIL = NOW + 60_000

describe('money set aside', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let here: Desk
  let there: Desk
  let now = NOW
  const ledger = () => createLedger(here.db, { now: () => now })

  before(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
    there = openDesk(database.url)
  })
  after(async () => {
    await Promise.all([here.db.destroy(), there.db.destroy()])
    await database.drop()
  })
  beforeEach(() => {
    now = NOW
  })

  const commit = (postings: readonly Posting[], desk = here) => desk.store.commit({ ...nothing, postings })
  const rwf = (amountMinor: number) => ({ amountMinor, currency: 'RWF' }) as const
  /** A payment of its own, between accounts that nothing else moves. */
  const strangers = () => {
    const source = ids.next('py')
    const hold = payment(source, {
      kind: 'fare held',
      debit: `credit:${source}`,
      credit: `driver:${source}`,
      hold: { until: UNTIL },
    })
    const { hold: _, ...plain } = hold
    const resolve = (how: 'post' | 'void', more: Partial<Posting> = {}): Posting => ({
      ...plain,
      kind: `fare ${how}`,
      resolve: { how, kind: 'fare held', source },
      ...more,
    })
    return { source, hold, resolve }
  }
  /** [moved, held], as the one who receives and the one who gives see it: they must agree. */
  const standing = async (source: string) => {
    const [from] = await ledger().balancesOf(`credit:${source}`)
    const [to] = await ledger().balancesOf(`driver:${source}`)
    assert.ok(from && to)
    assert.deepEqual(
      [from.amountMinor, from.debitsHeldMinor, from.creditsHeldMinor],
      [0 - to.amountMinor, to.creditsHeldMinor, to.debitsHeldMinor],
    )
    return [from.amountMinor, from.debitsHeldMinor]
  }
  const outcome = async (source: string) => {
    const row = await here.db('holds').where({ source }).first()
    return [row.outcome, row.posted_minor]
  }

  it('has not moved', async () => {
    const { source, hold } = strangers()
    assert.equal(await commit([hold]), 'done')
    assert.deepEqual(await standing(source), [0, 1_150])
    assert.deepEqual(await here.db('ledger').where({ source }), [])
    assert.deepEqual(await outcome(source), ['open', 0])
  })

  it('moves when it is posted', async () => {
    const { source, hold, resolve } = strangers()
    await commit([hold])
    assert.equal(await commit([resolve('post')]), 'done')
    assert.deepEqual(await standing(source), [1_150, 0])
    assert.deepEqual(await outcome(source), ['posted', 1_150])
  })

  it('moves in part, and the rest is let go', async () => {
    const { source, hold, resolve } = strangers()
    await commit([hold])
    assert.equal(await commit([resolve('post', { money: rwf(400) })]), 'done')
    assert.deepEqual(await standing(source), [400, 0])
    assert.deepEqual(await outcome(source), ['posted', 400])
  })

  it('stays when it is voided', async () => {
    const { source, hold, resolve } = strangers()
    await commit([hold])
    assert.equal(await commit([resolve('void')]), 'done')
    assert.deepEqual(await standing(source), [0, 0])
    assert.deepEqual(await here.db('ledger').where({ source }), [])
    assert.deepEqual(await outcome(source), ['voided', 0])
  })

  it('is held and resolved in one turn', async () => {
    const { source, hold, resolve } = strangers()
    assert.equal(await commit([resolve('post'), hold]), 'done')
    assert.deepEqual(await standing(source), [1_150, 0])
  })

  it('folds away like the rest', async () => {
    const { source, hold, resolve } = strangers()
    await commit([hold])
    while ((await ledger().fold(100)) > 0);
    assert.deepEqual(await standing(source), [0, 1_150])
    await commit([resolve('post', { money: rwf(150) })])
    assert.deepEqual(await standing(source), [150, 0])
    while ((await ledger().fold(100)) > 0);
    assert.deepEqual(await standing(source), [150, 0])
  })

  describe('is decided on once:', () => {
    for (const [first, second] of [
      ['post', 'post'],
      ['post', 'void'],
      ['void', 'post'],
      ['void', 'void'],
    ] as const)
      it(`${first}, and no ${second} after it`, async () => {
        const { source, hold, resolve } = strangers()
        await commit([hold])
        assert.equal(await commit([resolve(first)]), 'done')
        assert.equal(await commit([resolve(second, { kind: 'another' })]), 'stale')
        assert.deepEqual(await standing(source), [first === 'post' ? 1_150 : 0, 0])
      })

    it('by one of two processes, and of twenty turns that come at once', async () => {
      const { source, hold, resolve } = strangers()
      await commit([hold])
      const tries = Array.from({ length: 20 }, (_, n) =>
        commit([resolve(n % 2 ? 'post' : 'void', { kind: `try ${n}` })], n % 3 ? here : there),
      )
      const outcomes = await Promise.all(tries)
      assert.equal(outcomes.filter((one) => one === 'done').length, 1)
      assert.equal((await here.db('postings').where({ hold_source: source })).length, 1)
    })
  })

  describe('is not resolved', () => {
    const wrong: readonly [string, RegExp, (hold: Posting) => Partial<Posting>][] = [
      ['with more than was held', /not what is held/, () => ({ money: rwf(1_151) })],
      ['into another account', /no such hold/, () => ({ credit: 'earned' })],
      ['from another account', /no such hold/, () => ({ debit: 'earned' })],
      [
        'in another currency',
        /no such hold/,
        () => ({ money: { amountMinor: 1_150, currency: 'KES' } as const }),
      ],
      [
        'when there is none',
        /no such hold/,
        ({ source }) => ({ resolve: { how: 'post', kind: 'never', source } }),
      ],
      [
        'when it was no hold',
        /no such hold/,
        ({ source }) => ({ resolve: { how: 'post', kind: 'plain', source } }),
      ],
    ]
    for (const [why, error, more] of wrong)
      it(why, async () => {
        const { source, hold, resolve } = strangers()
        const { hold: _, ...plain } = hold
        await commit([hold, { ...plain, kind: 'plain' }])
        await assert.rejects(commit([resolve('post', more(hold))]), error)
        assert.deepEqual(await standing(source), [1_150, 1_150])
      })

    it('by a void of a part of it', async () => {
      const { hold, resolve } = strangers()
      await commit([hold])
      await assert.rejects(commit([resolve('void', { money: rwf(400) })]), /not what is held/)
    })
  })

  it('is never held for no time at all', async () => {
    const { hold } = strangers()
    await assert.rejects(commit([{ ...hold, hold: { until: NOW } }]), /check constraint/)
  })

  describe('comes to its end', () => {
    it('when nobody decides, and no sooner', async () => {
      const { source, hold, resolve } = strangers()
      await commit([hold])
      now = UNTIL - 1
      assert.ok(!(await ledger().expire(100)).some((one) => one.source === source))
      now = UNTIL
      const expired = await ledger().expire(1_000)
      assert.ok(expired.some((one) => one.source === source && one.kind === 'fare held'))
      assert.deepEqual(await standing(source), [0, 0])
      assert.deepEqual(await outcome(source), ['expired', 0])
      assert.equal(await commit([resolve('post')]), 'stale')
      assert.deepEqual(await ledger().expire(100), [])
    })

    it('at one moment, whether a sweep came or not', async () => {
      const { source, hold, resolve } = strangers()
      await commit([hold])
      assert.equal(await commit([resolve('post', { at: UNTIL })]), 'stale')
      assert.equal(await commit([resolve('void', { at: UNTIL })]), 'stale')
      assert.deepEqual(await standing(source), [0, 1_150])
      assert.equal(await commit([resolve('post', { at: UNTIL - 1 })]), 'done')
    })

    it('so many at a time, the longest overdue first, by one process', async () => {
      const many = [30, 10, 20].map((later) => {
        const { hold } = strangers()
        return { ...hold, hold: { until: UNTIL + later } }
      })
      await commit(many)
      now = UNTIL + 30
      const mine = async () => (await ledger().expire(1)).map(({ source }) => source)
      const [, second, third] = [...many].sort((a, b) => a.hold.until - b.hold.until)
      for (let n = 0; n < 100; n += 1)
        if ((await here.db('open_holds').where('until_at', '<', UNTIL + 20)).length > 0)
          assert.equal((await mine()).length, 1)
      const open = await here.db('open_holds').orderBy('until_at').pluck('source')
      assert.deepEqual(open, [second?.source, third?.source])
      const other = createLedger(there.db, { now: () => now })
      await Promise.all([ledger().expire(1), other.expire(1), ledger().expire(1)])
      await ledger().expire(100)
      const rows = await here.db('postings').where({ phase: 'expired' }).pluck('source')
      for (const one of [second, third])
        assert.equal(rows.filter((source) => source === one?.source).length, 1)
    })
  })

  it('cannot be written over, or away', async () => {
    const { source, hold } = strangers()
    await commit([hold])
    await assert.rejects(here.db('postings').where({ source }).update({ phase: 'moved' }), /append-only/)
    await assert.rejects(here.db('postings').where({ source }).delete(), /append-only/)
  })
})
