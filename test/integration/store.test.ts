import assert from 'node:assert/strict'
import type { Work } from '../../src/core/run/work.ts'
import { waitFor } from '../../src/integrations/process.ts'
import {
  begun,
  type Desk,
  greeted,
  instanceOf,
  migrated,
  NOW,
  newBooking,
  nothing,
  openDesk,
  opening,
  somebody,
} from '../core/desk.ts'
import { type Full, full, payment, traces, UNTOUCHED, WRITTEN } from '../core/full.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

/** Ends whoever waits to write a turn. */
const CUT_OFF = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock' and query like '%json_to_recordset%'`

describe('the store', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let here: Desk
  let there: Desk

  before(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
    there = openDesk(database.url)
  })
  after(async () => {
    await Promise.all([here.db.destroy(), there.db.destroy()])
    await database.drop()
  })

  it('remembers nothing of a turn whose commit was cut off', async () => {
    const booked = await begun(here)
    assert.equal((await here.store.instance(booked))?.seq, 1)
    const blocker = await there.db.transaction()
    await blocker.raw('select from instances where id = ? for update', [booked.id])
    const cut = assert.rejects(here.run.send(booked, { type: 'CANCEL' }, 'cut'))
    await waitFor('the turn to be written', 5_000, async () => (await there.db.raw(CUT_OFF)).rows[0])
    await cut
    await blocker.rollback()
    const { instance } = await there.run.send(booked, { type: 'CANCEL' }, 'other')
    assert.deepEqual(await here.store.instance(booked), instance)
  })

  describe('writes a turn wholly or not at all:', () => {
    let earlier: Full
    before(async () => {
      earlier = await full(here)
      assert.equal(await here.store.commit(earlier.work), 'done')
      assert.deepEqual(await traces(here, earlier), WRITTEN)
    })

    const first = <T>([one]: readonly T[]): T => {
      assert.ok(one !== undefined)
      return one
    }
    const moved = (work: Work, by: number) => work.instances.map((one) => ({ ...one, was: one.was + by }))
    const conversing = (work: Work, more: object) => {
      assert.ok(work.conversation)
      return { ...work, conversation: { ...work.conversation, ...more } }
    }
    const spoils: Readonly<Record<string, (work: Work) => Work>> = {
      'its instance has moved on': (work) => ({ ...work, instances: moved(work, 1) }),
      'its instance is not there': (work) => ({
        ...work,
        instances: [...work.instances, { next: { ...first(work.instances).next, id: 'bk_never' }, was: 1 }],
      }),
      'what it only looked at has moved on': (work) => {
        const { next } = first(earlier.work.instances)
        return { ...work, instances: [...work.instances, { next: { ...next, seq: 1 }, was: 1 }] }
      },
      'its conversation has moved on': (work) =>
        conversing(work, { next: greeted(earlier.owner, 3), was: 2 }),
      'its conversation is not there': (work) => conversing(work, { was: 7 }),
      'its conversation was begun by another': (work) =>
        conversing(work, { next: greeted(earlier.owner), was: 0 }),
      'its lease has ended': (work) => ({
        ...work,
        finished: work.finished.map((one) => ({ ...one, lease: one.lease - 1 })),
      }),
      'its errand is done already': (work) => ({ ...work, finished: [...work.finished, earlier.entry] }),
      'its cause is written already': (work) => ({
        ...work,
        journal: work.journal.map((entry) => ({ ...entry, cause: 'first' })),
      }),
      'its message is answered already': (work) => ({ ...work, answer: earlier.work.answer }),
      'its posting is made already': (work) => ({ ...work, postings: [payment(earlier.id)] }),
      'its errand has a name already': (work) => ({ ...work, outbox: earlier.work.outbox }),
      'its code is somebody else’s': (work) => {
        const { next } = first(opening(here, { ...newBooking(), code: earlier.code }).instances)
        return { ...work, instances: [...work.instances, { next, was: 0 }] }
      },
    }
    for (const [why, spoil] of Object.entries(spoils))
      it(`${why}, and those beside it are not held up`, async () => {
        const [one, bad, other] = [await full(here), await full(here), await full(here)]
        const works = [one.work, spoil(bad.work), other.work]
        const outcomes = await Promise.all(works.map((work) => here.store.commit(work)))
        assert.deepEqual(outcomes, ['done', 'stale', 'done'])
        assert.deepEqual(await traces(here, bad), UNTOUCHED)
        assert.deepEqual([await traces(here, one), await traces(here, other)], [WRITTEN, WRITTEN])
        assert.deepEqual(await traces(here, earlier), WRITTEN)
        assert.equal((await instanceOf(here, bad)).seq, 1)
        // What was wrong with it gone, the same turn is written.
        assert.equal(await here.store.commit(bad.work), 'done')
        assert.deepEqual(await traces(here, bad), WRITTEN)
      })
  })

  it('leaves alone what a turn only looked at', async () => {
    const [seen, turn] = [await begun(here), await full(here)]
    const next = await instanceOf(here, seen)
    const look = { next: { ...next, state: 'other' }, was: next.seq }
    const work = { ...turn.work, instances: [...turn.work.instances, look] }
    assert.equal(await here.store.commit(work), 'done')
    assert.deepEqual(await traces(here, turn), WRITTEN)
    assert.deepEqual((await traces(here, seen)).instance, [1, 'looking'])
  })

  describe('shared by two processes', () => {
    it('lets one of two writers through, and the other sees what that one wrote', async () => {
      for (let round = 0; round < 20; round += 1) {
        const booked = await begun(here)
        await there.store.instance(booked)
        const turns = [here, there].map(async ({ run, store }, n) => {
          const draft = run.draft()
          await draft.apply(booked, { type: 'CANCEL' }, `writer ${n}`, NOW)
          return store.commit(draft.work())
        })
        assert.deepEqual((await Promise.all(turns)).sort(), ['done', 'stale'])
        const seen = await Promise.all([here, there].map((desk) => instanceOf(desk, booked)))
        assert.deepEqual(
          seen.map(({ seq, state }) => [seq, state]),
          [
            [2, 'cancelled'],
            [2, 'cancelled'],
          ],
        )
        assert.equal((await here.store.journal(booked)).length, 2)
      }
    })

    it('loses no event when both begin anew', async () => {
      const booked = await begun(here)
      const each = 15
      for (let n = 0; n < each; n += 1)
        await Promise.all(
          [here, there].map(({ run }, desk) => run.send(booked, { type: 'BACK' }, `${desk}:${n}`)),
        )
      const journal = await here.store.journal(booked)
      assert.deepEqual(
        journal.map(({ seq }) => seq),
        Array.from({ length: 2 * each + 1 }, (_, n) => n + 1),
      )
      assert.equal(new Set(journal.map(({ cause }) => cause)).size, journal.length)
    })

    it('gives a repeated message the bytes that the other answered', async () => {
      const person = somebody()
      const turn = (seq: number, messageId: string, body: string): Work => ({
        ...nothing,
        conversation: { next: greeted(person, seq), was: seq - 1 },
        answer: { messageId, person, body, at: NOW },
      })
      assert.equal(await there.store.commit(turn(1, 'one', 'CON 1')), 'done')
      assert.equal(await here.store.commit(turn(2, 'two', 'CON é')), 'done')
      // This process still remembers the first turn, and has never heard of the second message.
      assert.equal((await there.store.standing(person, 'two')).answered, null)
      assert.equal(await there.store.commit(turn(2, 'two', 'CON other')), 'stale')
      const { answered, conversation } = await there.store.standing(person, 'two')
      assert.deepEqual([answered, conversation?.seq], ['CON é', 2])
      assert.equal((await here.store.standing(somebody(), 'two')).answered, null, "is another person's")
    })
  })

  describe('in a transaction', () => {
    it('takes everything back when it fails, and remembers none of it', async () => {
      const turn = await full(here)
      await here.db('drivers').insert({ ...DRIVER, phone: somebody(), at: here.db.raw('point(30, -2)') })
      const failed = here.store.transact(async (tx) => {
        assert.ok(await tx.drivers.offerNearest(offerFor(turn.id)))
        assert.equal(await tx.commit(turn.work), 'done')
        assert.equal((await tx.instance(turn))?.seq, 2)
        throw new Error('no')
      })
      await assert.rejects(failed, /^Error: no$/)
      assert.deepEqual(await traces(here, turn), UNTOUCHED)
      assert.equal((await here.db('drivers').where({ status: 'free' })).length, 1)
      assert.equal((await instanceOf(here, turn)).seq, 1)
      assert.equal((await here.store.standing(turn.owner, `m-${turn.id}`)).answered, null)
    })

    it('writes everything at once when it does not', async () => {
      const turn = await full(here)
      const seen = await here.store.transact(async (tx) => {
        await tx.drivers.offerNearest(offerFor(turn.id))
        await tx.commit(turn.work)
        return there.store.instance(turn)
      })
      assert.equal(seen?.seq, 1)
      assert.deepEqual(await traces(here, turn), WRITTEN)
      assert.equal((await here.db('drivers').where({ journey: turn.id })).length, 1)
      assert.equal((await instanceOf(here, turn)).seq, 2)
    })

    const DRIVER = {
      name: 'Jean',
      plate: 'RE 1',
      line: 'ride',
      licence: 'L',
      licence_status: 'valid',
      status: 'free',
      seen_at: NOW,
    }
    const offerFor = (journey: string) => ({
      line: 'ride',
      near: { lat: -2, lng: 30 },
      journey,
      except: [],
      seenSince: NOW,
    })
  })
})
