import assert from 'node:assert/strict'
import { z } from 'zod'
import { FLOW_NAMES, type Flow, type Snapshot } from '../../src/core/run/flow.ts'
import type { JournalEntry } from '../../src/core/run/work.ts'
import { flows } from '../../src/flows/index.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { journalOf } from '../../src/integrations/postgres/read.ts'

const opening = z.object({ type: z.literal('OPEN'), input: z.record(z.string(), z.unknown()) })

/** What a flow makes of everything that happened, from nothing. @throws AssertionError where the journal has a gap */
export function fold(flow: Flow, journal: readonly JournalEntry[]): Snapshot {
  const [first, ...rest] = journal
  let snapshot = flow.open(opening.parse(first?.event).input).snapshot
  for (const [index, { seq, event, at }] of rest.entries()) {
    assert.equal(seq, index + 2)
    assert.equal(event.at, at)
    // As the store gives it back: what is not JSON would be lost between two events.
    snapshot = flow.step(JSON.parse(JSON.stringify(snapshot)), event).snapshot
  }
  return JSON.parse(JSON.stringify(snapshot))
}

const stored = z.object({
  id: z.string(),
  flow: z.enum(FLOW_NAMES),
  seq: z.int(),
  state: z.string(),
  context: z.record(z.string(), z.unknown()),
  done: z.boolean(),
})

/** Rebuilds every instance from its journal and holds it against its row. @returns the states they stand in */
export async function replayAll(db: Db): Promise<string[]> {
  const rows = z.array(stored).parse(await db('instances').select('*').orderBy('id'))
  for (const { id, flow, seq, state, context, done } of rows) {
    const journal = await journalOf(db, id)
    assert.equal(journal.length, seq, `${id} has ${seq} turns and ${journal.length} journal entries`)
    assert.deepEqual(fold(flows[flow], journal), { state, context, done }, id)
  }
  return rows.map(({ flow, state }) => `${flow} ${state}`)
}

const sums = z.array(z.object({ account: z.string(), amount: z.coerce.number() }))

/** What stands on each account; debits count up. @throws AssertionError when money came from nowhere */
export async function balances(db: Db): Promise<Record<string, number>> {
  const rows = sums.parse(
    await db('ledger').select('account').sum('amount_minor as amount').groupBy('account').orderBy('account'),
  )
  assert.equal(
    rows.reduce((sum, { amount }) => sum + amount, 0),
    0,
  )
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]))
}
