import assert from 'node:assert/strict'
import { setup } from 'xstate'
import { z } from 'zod'
import { systemClock } from '../../src/core/base/clock.ts'
import { silent } from '../../src/core/base/log.ts'
import type { postParams } from '../../src/core/run/draft.ts'
import { defineFlow } from '../../src/core/run/flow.ts'
import { Run } from '../../src/core/run/run.ts'
import { flows } from '../../src/flows/index.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createLedger } from '../../src/integrations/postgres/ledger.ts'
import { createStore, type Tx } from '../../src/integrations/postgres/store.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { ids, migrated, somebody } from './desk.ts'

type Post = z.input<typeof postParams>
type Event = { readonly type: 'TAKE'; readonly amountMinor: number } | { readonly type: 'LEAVE' }

const escrow = setup({
  types: { context: {} as { id: string }, events: {} as Event, input: {} as { id: string } },
  actions: { post: (_, _params: Post) => {} },
})
const fare = { debit: 'unearned', credit: 'escrow', currency: 'RWF' }
const HOLD_MS = 600_000

/** Sets a fare aside as it begins; takes all or a part of it, or leaves it. */
const escrowFlow = defineFlow({
  name: 'payment',
  version: 1,
  machine: escrow.createMachine({
    id: 'escrow',
    initial: 'held',
    context: ({ input }) => ({ id: input?.id ?? '' }),
    states: {
      held: {
        entry: {
          type: 'post',
          params: { ...fare, kind: 'fare held', amountMinor: 900, hold: { forMs: HOLD_MS } },
        },
        on: {
          TAKE: {
            target: 'ended',
            actions: {
              type: 'post',
              params: ({ event }) => ({
                ...fare,
                kind: 'fare taken',
                amountMinor: event.amountMinor,
                resolve: { how: 'post' as const, kind: 'fare held' },
              }),
            },
          },
          LEAVE: {
            target: 'ended',
            actions: {
              type: 'post',
              params: {
                ...fare,
                kind: 'fare left',
                amountMinor: 900,
                resolve: { how: 'void', kind: 'fare held' },
              },
            },
          },
        },
      },
      ended: {},
    },
  }),
  context: z.object({ id: z.string() }),
  migrations: [],
  deadlineMs: () => null,
  screen: (state) => ({ kind: 'tell', id: state, say: state, next: 'wait' }),
  isFor: () => true,
  problem: () => null,
  hear: () => undefined,
})

describe('a machine that sets money aside', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let db: Db
  let run: Run<Tx>

  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    const own = { ...flows, payment: escrowFlow }
    const parts = { flows: own, handlers: {}, clock: systemClock, ids, log: silent, onCommitted: () => {} }
    run = new Run<Tx>({ store: createStore(db, own), ...parts })
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const begun = async () => {
    const ref = { flow: 'payment', id: ids.next('py') } as const
    const draft = run.draft()
    draft.open(ref, { owner: somebody(), code: null, input: { id: ref.id } }, 'first', Date.now())
    assert.equal(await run.commit(draft.work()), 'done')
    return ref
  }
  const held = async () => (await createLedger(db, systemClock).balancesOf('escrow'))[0]

  it('writes hold and decision with the turn that makes them', async () => {
    const ref = await begun()
    const hold = await db('postings').where({ source: ref.id }).first()
    assert.deepEqual([hold.phase, Number(hold.until_at) - Number(hold.at)], ['held', HOLD_MS])
    assert.deepEqual([(await held())?.amountMinor, (await held())?.creditsHeldMinor], [0, 900])
    await run.send(ref, { type: 'TAKE', amountMinor: 700 }, 'second')
    assert.deepEqual([(await held())?.amountMinor, (await held())?.creditsHeldMinor], [-700, 0])
    const other = await begun()
    await run.send(other, { type: 'LEAVE' }, 'second')
    assert.deepEqual([(await held())?.amountMinor, (await held())?.creditsHeldMinor], [-700, 0])
  })

  it('does not leave its state when the books refuse', async () => {
    const ref = await begun()
    await assert.rejects(run.send(ref, { type: 'TAKE', amountMinor: 901 }, 'second'), /not what is held/)
    const instance = await run.parts.store.instance(ref)
    assert.deepEqual([instance?.state, instance?.seq], ['held', 1])
  })
})
