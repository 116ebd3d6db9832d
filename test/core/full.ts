import assert from 'node:assert/strict'
import { LIMITS } from '../../src/core/base/limits.ts'
import type { Claimed, Lane, Posting, Work } from '../../src/core/run/work.ts'
import { type Booked, begun, type Desk, greeted, NOW } from './desk.ts'

export type Full = Booked & { readonly work: Work; readonly entry: Claimed }

export const claim = (
  { store }: Desk,
  more: { ids?: readonly string[]; lane?: Lane; now?: number; limit?: number },
): Promise<readonly Claimed[]> => store.claim({ now: NOW, limit: 100, leaseMs: LIMITS.leaseMs, ...more })

export const payment = (source: string, more: Partial<Posting> = {}): Posting => ({
  kind: 'collected',
  source,
  debit: 'provider:mtn',
  credit: 'unearned',
  money: { amountMinor: 1_150, currency: 'RWF' },
  at: NOW,
  ...more,
})

/** A booking's second turn, which changes everything that a turn can change; not yet committed. */
export async function full(desk: Desk): Promise<Full> {
  const booked = await begun(desk)
  const ids = await desk.db('outbox').where({ about: booked.id }).pluck('id')
  const [entry] = await claim(desk, { ids })
  assert.ok(entry)
  const draft = desk.run.draft()
  assert.ok(await draft.apply(booked, { type: 'CANCEL' }, 'second', NOW))
  draft.errand('say', {}, booked, NOW)
  draft.postings.push(payment(booked.id))
  const work = draft.work({
    conversation: { next: greeted(booked.owner), was: 0 },
    answer: { messageId: `m-${booked.id}`, person: booked.owner, body: 'END', at: NOW },
    finished: [entry],
  })
  return { ...booked, work, entry }
}

/** What is in the tables of that turn. */
export async function traces({ db }: Desk, { id, owner }: Booked) {
  const [instance] = await db('instances').where({ id })
  const count = async (table: string, where: object) => (await db(table).where(where)).length
  return {
    conversations: await count('conversations', { person: owner }),
    answers: await count('answers', { person: owner }),
    instance: [instance.seq, instance.state],
    causes: await db('journal').where({ instance_id: id }).orderBy('seq').pluck('cause'),
    errands: await db('outbox').where({ about: id }).orderBy('type').pluck('type'),
    postings: await count('postings', { source: id }),
  }
}

export const WRITTEN = {
  conversations: 1,
  answers: 1,
  instance: [2, 'cancelled'],
  causes: ['first', 'second'],
  errands: ['say'],
  postings: 1,
}
export const UNTOUCHED = {
  conversations: 0,
  answers: 0,
  instance: [1, 'looking'],
  causes: ['first'],
  errands: ['lookUp'],
  postings: 0,
}
