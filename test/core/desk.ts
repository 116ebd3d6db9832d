import assert from 'node:assert/strict'
import { systemClock } from '../../src/core/base/clock.ts'
import { codeOf } from '../../src/core/base/code.ts'
import { newIds } from '../../src/core/base/id.ts'
import { type Log, silent } from '../../src/core/base/log.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { InstanceRef } from '../../src/core/run/flow.ts'
import type { Handlers } from '../../src/core/run/handler.ts'
import { type OnCommitted, Run } from '../../src/core/run/run.ts'
import type { Instance, OutboxEntry, Work } from '../../src/core/run/work.ts'
import { type Conversation, newConversation } from '../../src/core/talk/conversation.ts'
import { flows } from '../../src/flows/index.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { createStore, type Tx } from '../../src/integrations/postgres/store.ts'
import { phone } from '../channels/hosting.ts'
import { nothing } from '../support/work.ts'

export async function migrated(url: string): Promise<void> {
  const db = connectPostgres(url, silent)
  await migrate(db).finally(() => db.destroy())
}

export const ids = newIds(Date.now)
/** When everything here happens, unless a test says otherwise. */
export const NOW = Date.parse('2026-03-02T08:00:00Z')

/** One process as PostgreSQL sees it: its own connections, its own memory, the real machines. */
export type Desk = { readonly db: Db; readonly run: Run<Tx>; readonly store: Run<Tx>['parts']['store'] }

export function openDesk(
  url: string,
  {
    handlers = {},
    clock = systemClock,
    log = silent,
    onCommitted = () => {},
  }: {
    readonly handlers?: Handlers<Tx>
    readonly clock?: { now(): number }
    readonly log?: Log
    readonly onCommitted?: OnCommitted
  } = {},
): Desk {
  const db = connectPostgres(url, silent)
  const store = createStore(db, flows)
  return { db, store, run: new Run<Tx>({ store, flows, handlers, clock, ids, log, onCommitted }) }
}

let people = 0
export const somebody = (): Msisdn => phone(`+25078${String(++people).padStart(7, '0')}`)

export const greeted = (person: Msisdn, seq = 1): Conversation => ({
  ...newConversation(person, 'sms', 'en', NOW),
  seq,
})

export type Booked = InstanceRef & { readonly flow: 'booking'; readonly owner: Msisdn; readonly code: string }
export const newBooking = (): Booked => {
  const owner = somebody()
  return { flow: 'booking', id: ids.next('bk'), owner, code: codeOf(1_000 + people) }
}

/** The first turn of a booking: it is open and has asked for places, which waits in the outbox. */
export function opening(desk: Desk, { owner, code, ...ref }: Booked, at = NOW): Work {
  const draft = desk.run.draft()
  const input = { id: ref.id, owner, code, line: 'ride', journey: ids.next('jn'), wanted: [] }
  draft.open(ref, { owner, code, input }, 'first', at)
  return draft.work()
}

/** A booking that is open. */
export async function begun(desk: Desk, at = NOW): Promise<Booked> {
  const booked = newBooking()
  assert.equal(await desk.store.commit(opening(desk, booked, at)), 'done')
  return booked
}

export const errand = (more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id: ids.next('ob'),
  about: null,
  root: '',
  type: 'say',
  params: {},
  lane: 'bulk',
  dueAt: NOW,
  ...more,
})

export { nothing }

export async function instanceOf({ store }: Desk, ref: InstanceRef): Promise<Instance> {
  const instance = await store.instance(ref)
  assert.ok(instance)
  return instance
}
