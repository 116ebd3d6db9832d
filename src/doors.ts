import { randomUUID } from 'node:crypto'
import type { Clock } from './core/base/clock.ts'
import { firstReference } from './core/base/id.ts'
import type { Log } from './core/base/log.ts'
import { type Msisdn, maskPhone, maskPhones } from './core/base/phone.ts'
import type { Run } from './core/run/run.ts'
import type { Store } from './core/run/store.ts'
import type { Doors } from './core/talk/channel.ts'
import type { Gateway } from './core/talk/gateway.ts'
import type { Messages } from './core/talk/messages.ts'
import type { Messenger } from './core/talk/messenger.ts'

/** What channels may call: the gateway for what people say, and the smaller news beside it. */
export function createDoors(parts: {
  readonly gateway: Gateway
  readonly run: Run
  readonly messages: Pick<Messages, 'received'>
  readonly messenger: Pick<Messenger, 'optOut'>
  readonly strangers: () => Pick<Doors, 'introduce' | 'acquainted'>
  /** Whether a call back is worth what it costs. */
  readonly mayCall: (person: Msisdn) => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
}): Doors {
  const { gateway, run, clock, log } = parts
  return {
    receive: gateway.receive,
    async ended({ person, session, completed }) {
      // Nothing to save: every hop was committed before it was answered. It may even come before the last hop.
      log.info({ person: maskPhone(person), session: maskPhones(session), completed }, 'session_ended')
    },
    async delivered(receipt) {
      const isNews = await parts.messages.received(receipt, clock.now())
      if (receipt.fault === 'opted_out' && receipt.to) await parts.messenger.optOut(receipt.to)
      if (receipt.status === 'failed')
        log.warn({ externalId: receipt.externalId, reason: receipt.reason, isNews }, 'not_delivered')
    },
    introduce: (stranger) => parts.strangers().introduce(stranger),
    acquainted: (who) => parts.strangers().acquainted(who),
    async optedOut({ person }) {
      log.info({ person: maskPhone(person) }, 'opted_out')
      await parts.messenger.optOut(person)
    },
    async missedCall({ person, session, at }) {
      if (!(await parts.mayCall(person))) return log.warn({ person: maskPhone(person) }, 'not_called_back')
      const draft = run.draft()
      draft.errand('callBack', { person }, null, clock.now())
      // The answer's key is unique: the same ring reported twice is one call back.
      const answer = { messageId: `missed:${session}`, person, body: '', at }
      await run.commit(draft.work({ answer }))
    },
  }
}

/** A provider says that there is news of a payment, of what goes back of it, or of a payout: it is asked, soon, by that itself. */
export const hinted =
  (run: Run, log: Log) =>
  async (reference: string, handle?: string): Promise<void> => {
    const found = await movementOf(run.parts.store, reference)
    if (!found) return log.warn({ reference }, 'hint_of_unknown_payment')
    const { flow, id } = found
    await run.send({ flow, id }, { type: 'HINT', reference, handle }, `hint:${randomUUID()}`)
  }

/** A refund has no row of its own: its reference is its payment's, counted on. */
const movementOf = async ({ byCode }: Pick<Store, 'byCode'>, reference: string) =>
  (await byCode('payment', reference)) ??
  (await byCode('payment', firstReference(reference))) ??
  byCode('payout', reference)
