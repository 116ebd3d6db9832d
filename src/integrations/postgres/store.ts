import { LRUCache } from 'lru-cache'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Flows } from '../../core/run/draft.ts'
import type { FlowName, InstanceRef } from '../../core/run/flow.ts'
import { type Ledgered, Refused, type Standing, type Store } from '../../core/run/store.ts'
import type { Instance, Work } from '../../core/run/work.ts'
import type { Departures } from '../../core/sell/seats.ts'
import type { Conversation } from '../../core/talk/conversation.ts'
import { type AgentTx, createAgentTx } from './agents.ts'
import { createBatch } from './batch.ts'
import { commitBatch, keysOf } from './commit.ts'
import type { Db } from './connect.ts'
import { type CreditTx, createCreditOffice } from './credit-office.ts'
import { createDepartures } from './departures.ts'
import { createFieldTx, type FieldTx } from './field.ts'
import { createFiscalBook, type FiscalTx } from './fiscal-book.ts'
import { createHabitTx, type HabitTx } from './habits.ts'
import { createHolders } from './holders.ts'
import { createLessonTx, type LessonTx } from './learned-names.ts'
import { createLoadTx, type LoadTx } from './loads.ts'
import { againEntry, claimEntries, holdsEntry, postponeEntry, renewEntries } from './outbox.ts'
import { activeOf, instanceByCode, instanceById, journalOf, overdueBy, readStandings } from './read.ts'
import { createSeatTx, type SeatTx } from './seats.ts'
import { createStockTx, type StockTx } from './stock.ts'
import { createVehicleTx, type VehicleTx } from './vehicles.ts'

const CACHE = { conversations: 100_000, instances: 100_000, answers: 100_000 } as const
/** One write at a time, so that whoever comes meanwhile shares the next: larger batches cost PostgreSQL less a turn. */
const WRITES = { most: 128, inFlight: 1 } as const
const READS = { most: 128, inFlight: 2 } as const

/** A transaction as handlers see it: the engine's writes, the nouns of the street, seats, goods, loads, and tax receipts. */
export type Tx = Ledgered & { readonly departures: Departures } & FieldTx &
  SeatTx &
  StockTx &
  LoadTx &
  VehicleTx &
  LessonTx &
  FiscalTx &
  CreditTx &
  HabitTx &
  AgentTx

/** A message id is its provider's word; with the person it cannot be somebody else's answer. */
const answerKey = (person: string, messageId: string): string => `${person} ${messageId}`

/**
 * The truth, with the freshest of it remembered in the process. What is remembered may be old when another process
 * spoke last: then the commit's `seq` check says stale, the memory is dropped and the turn begins anew.
 */
export function createStore(db: Db, flows: Flows): Store<Tx> {
  const conversations = new LRUCache<string, Conversation>({ max: CACHE.conversations })
  const instances = new LRUCache<string, Instance>({ max: CACHE.instances })
  const answers = new LRUCache<string, string>({ max: CACHE.answers })
  const holders = createHolders(db)

  const read = createBatch<{ person: Msisdn; messageId: string }, Standing>({
    ...READS,
    keysOf: () => [],
    run: (asked) => readStandings(db, flows, asked),
  })
  const write = createBatch({ ...WRITES, keysOf, run: (works: readonly Work[]) => commitBatch(db, works) })

  const remember = (work: Work) => {
    if (work.conversation) conversations.set(work.conversation.next.person, work.conversation.next)
    if (work.answer) answers.set(answerKey(work.answer.person, work.answer.messageId), work.answer.body)
    for (const { next } of work.instances) instances.set(next.id, next)
  }
  const forget = (work: Work) => {
    if (work.conversation) conversations.delete(work.conversation.next.person)
    for (const { next } of work.instances) instances.delete(next.id)
  }

  /** Nothing of a former holder is remembered. */
  const leave = (person: Msisdn) => {
    conversations.delete(person)
    for (const key of answers.keys()) if (key.startsWith(answerKey(person, ''))) answers.delete(key)
  }

  const instance = async (ref: InstanceRef): Promise<Instance | null> =>
    instances.get(ref.id) ?? keep(await instanceById(db, flows, ref.id))
  const keep = (found: Instance | null): Instance | null => {
    if (found) instances.set(found.id, found)
    return found
  }

  return {
    instance,
    async commit(work) {
      // Nobody knows whether what was cut off is written: what is remembered may be old from now on.
      const committed = await write(work).catch((error: unknown) => {
        forget(work)
        throw error
      })
      if (committed === 'done') remember(work)
      else forget(work)
      if (committed instanceof Refused) throw committed
      return committed
    },
    async standing(person, messageId) {
      const answered = answers.get(answerKey(person, messageId))
      const conversation = conversations.get(person)
      if (conversation) {
        const { focus } = conversation
        const about = focus.kind === 'talk' || focus.kind === 'resume' ? await instance(focus.about) : null
        return { conversation, instance: about, answered: answered ?? null }
      }
      const standing = await read({ person, messageId })
      if (standing.conversation) conversations.set(person, standing.conversation)
      return { ...standing, instance: keep(standing.instance) }
    },
    answer: async (person, messageId) =>
      answers.get(answerKey(person, messageId)) ?? (await read({ person, messageId })).answered,
    active: (owner: Msisdn, flow: FlowName, limit: number) => activeOf(db, flows, owner, flow, limit),
    byCode: (flow, code, asker) => instanceByCode(db, flows, flow, code, asker ?? null),
    isTheirs: holders.isTheirs,
    async passIfIdle(person, at) {
      const hasPassed = await holders.passIfIdle(person, at)
      if (hasPassed) leave(person)
      return hasPassed
    },
    journal: (ref) => journalOf(db, ref.id),
    claim: (want) => claimEntries(db, want),
    renew: (entries, until) => renewEntries(db, entries, until),
    holds: (entry) => holdsEntry(db, entry),
    postpone: (entry, at) => postponeEntry(db, entry, at),
    again: (entry, at, why, dead) => againEntry(db, entry, at, why, dead),
    overdue: (now, limit) => overdueBy(db, flows, now, limit),
    async transact(work) {
      const written: Work[] = []
      const result = await db
        .transaction(async (trx) =>
          work({
            ...createFieldTx(trx),
            ...createSeatTx(trx),
            ...createAgentTx(trx),
            ...createLessonTx(trx),
            ...createHabitTx(trx),
            ...createLoadTx(trx),
            ...createVehicleTx(trx),
            ...createStockTx(trx),
            departures: createDepartures(trx),
            receipts: createFiscalBook(trx),
            credit: createCreditOffice(trx),
            instance: (ref) => instanceById(trx, flows, ref.id),
            journal: (ref) => journalOf(trx, ref.id),
            async commit(one) {
              const [committed = 'stale'] = await commitBatch(trx, [one])
              if (committed === 'done') written.push(one)
              else forget(one)
              if (committed instanceof Refused) throw committed
              return committed
            },
          }),
        )
        .catch((error: unknown) => {
          written.forEach(forget)
          throw error
        })
      written.forEach(remember)
      return result
    },
  }
}
