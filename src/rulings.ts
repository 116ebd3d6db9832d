import type { PutAside, WaitingRoom } from './core/pay/waiting.ts'
import type { Happening } from './core/run/flow.ts'
import type { Run } from './core/run/run.ts'
import { paymentContext } from './flows/payment/model.ts'

/** What became of a decision, in words for the one who made it. */
export type Ruling = { readonly isDone: boolean; readonly text: string }
const done = (text: string): Ruling => ({ isDone: true, text })
const refused = (text: string): Ruling => ({ isDone: false, text })

type Wish = {
  readonly flow: 'payment' | 'payout' | 'escrow' | 'tracking'
  readonly id: string
  readonly verb: string
  readonly by: string
  /** Where it means something. */
  readonly from: readonly string[]
  readonly event: Happening
  /** Why the machine would not have it. */
  readonly unless: string
}

/**
 * One event to one machine, journalled with its person's name. It is the machine that says yes or no; to say the same
 * again does nothing, for its state has moved on.
 */
async function rule(run: Run, { flow, id, verb, by, from, event, unless }: Wish): Promise<Ruling> {
  const before = await run.parts.store.instance({ flow, id })
  if (before?.flow !== flow) return refused(`there is no ${flow} ${id}`)
  if (!from.includes(before.state)) return refused(`${id} is ${before.state}: there is nothing to ${verb}`)
  const { instance, applied } = await run.send({ flow, id }, event, `desk:${verb}:${by}:${before.seq}`)
  return applied ? done(`${id} is ${instance.state}`) : refused(`${id} stays ${instance.state}: ${unless}`)
}

const flowOf = (id: string) => (id.startsWith('po_') ? 'payout' : 'payment')

/** The provider is asked once more. */
export const ask = (run: Run, id: string, by: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: flowOf(id), id, by, verb: 'ask', event: { type: 'HINT' } },
    ...{ from: ['unresolved', 'declined', 'pending', 'returning'], unless: 'it is not asked after' },
  })

/** The second person's yes to a refund above the limit, or to a payout that waits for who gets it to be known. */
export const approve = (run: Run, id: string, by: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: flowOf(id), id, by, verb: 'approve', event: { type: 'APPROVE', by } },
    ...{ from: ['approving', 'held'], unless: 'who asked for it cannot be who approves it' },
  })

/** The second person's no: asked for by hand, the money stays; due by the rules, it stays owed. */
export const reject = (run: Run, id: string, by: string, why: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'payment', id, by, verb: 'reject', event: { type: 'REJECT', by, why } },
    ...{ from: ['approving'], unless: 'a name is needed' },
  })

/** Somebody paid by hand what we owed, or what came and fitted nothing. */
export const handed = (run: Run, id: string, by: string, how: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'payment', id, by, verb: 'pay', event: { type: 'HANDED', by, how } },
    ...{ from: ['owed', 'conflicted'], unless: 'nobody wrote down what came' },
  })

/** The operator asked the provider what became of a payout; one that is held is not sent. */
export const paidOut = (run: Run, id: string, by: string, wasPaid: boolean): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'payout', id, by, verb: 'rule on', event: { type: 'RULED', wasPaid, by } },
    ...{ from: ['unresolved', 'held'], unless: 'it was not sent, or another sum went than we asked for' },
  })

/** Where shipper and carrier disagree: so much of the price to the carrier, the rest back to who paid. */
export const divide = (run: Run, id: string, payeeMinor: number, by: string, why: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'escrow', id, by, verb: 'divide', event: { type: 'RULE', payeeMinor, by, why } },
    ...{ from: ['disputed'], unless: 'it is a whole amount, from nothing to all of the price' },
  })

const LOCKED = 'it is not locked, or a name is needed'

/** A driver whose codes were wrong too often may try again. */
export const unlock = (run: Run, id: string, by: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'tracking', id, by, verb: 'unlock', event: { type: 'UNLOCK', by }, unless: LOCKED },
    from: ['assigned', 'underway'],
  })

/** What nothing proved: it has arrived and is earned, or never will and is paid back. */
export const arrived = (
  run: Run,
  id: string,
  by: string,
  hasArrived: boolean,
  why: string,
): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'tracking', id, by, verb: 'rule on', from: ['underway'], unless: LOCKED },
    event: { type: 'RULE', arrived: hasArrived, by, why },
  })

const UNNAMED = 'a name is needed'

/** What is packed, and nobody was found to bring it: somebody is sought once more. */
export const seek = (run: Run, id: string, by: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'tracking', id, by, verb: 'seek', event: { type: 'SEEK', by } },
    ...{ from: ['waiting'], unless: UNNAMED },
  })

/** Nobody brings it: it is not sold, and what was paid goes back. */
export const giveUp = (run: Run, id: string, by: string, why: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'tracking', id, by, verb: 'give up', event: { type: 'GIVE_UP', by, why } },
    ...{ from: ['waiting'], unless: UNNAMED },
  })

/** What should have left does not: whoever has seats on it is asked whether they leave by another, or paid back. */
const calledOff = (run: Run, id: string, departure: string, by: string, why: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'tracking', id, by, verb: 'call off', event: { type: 'CALLED_OFF', departure, by, why } },
    ...{ from: ['assigned'], unless: 'nobody has seats by it' },
  })

/** What leaves at another time: whoever has seats on it is told when. */
const delayed = (run: Run, id: string, departure: string, by: string, why: string): Promise<Ruling> =>
  rule(run, {
    ...{ flow: 'tracking', id, by, verb: 'delay', event: { type: 'DELAYED', departure, by, why } },
    ...{ from: ['assigned'], unless: 'nobody has seats by it' },
  })

/** Rules on many, one after another. @returns how many it reached */
const reached = async (ids: readonly string[], ruling: (id: string) => Promise<Ruling>): Promise<number> => {
  let count = 0
  for (const id of ids) if ((await ruling(id)).isDone) count += 1
  return count
}

type ForMany = (
  run: Run,
  departure: string,
  journeys: readonly string[],
  by: string,
  why: string,
) => Promise<number>

/** Tells everybody who has seats on it when it leaves. Said again, only who does not know is told. @returns how many it reached */
export const delayedFor: ForMany = (run, departure, journeys, by, why) =>
  reached(journeys, (id) => delayed(run, id, departure, by, why))

/** Tells everybody who has seats on it. Said again, it reaches whoever it did not reach. @returns how many it reached */
export const calledOffFor: ForMany = (run, departure, journeys, by, why) =>
  reached(journeys, (id) => calledOff(run, id, departure, by, why))

/**
 * Gives back, by hand and at our own cost, a fare that was earned, all of it or a part in minor units. What is not yet
 * earned goes back by cancelling, as the rules have it: so nobody's fare goes back twice.
 */
export async function refund(
  run: Run,
  room: Pick<WaitingRoom, 'unearnedMinor'>,
  id: string,
  by: string,
  amountMinor: number | undefined,
): Promise<Ruling> {
  const payment = await run.parts.store.instance({ flow: 'payment', id })
  if (payment?.flow !== 'payment') return refused(`there is no payment ${id}`)
  const { flow, booking, money } = paymentContext.parse(payment.context)
  if (flow !== 'booking') return refused(`${id} paid for no journey`)
  const isSum = (sum: number) => Number.isSafeInteger(sum) && sum > 0 && sum <= money.amountMinor
  if (amountMinor !== undefined && !isSum(amountMinor))
    return refused(`not an amount from 1 to ${money.amountMinor}`)
  // Once it is earned it stays so.
  if ((await room.unearnedMinor(payment.root)) !== 0)
    return refused(`${booking} is not earned yet: it goes back by cancelling`)
  const part = amountMinor === undefined ? {} : { amountMinor }
  return rule(run, {
    ...{ flow: 'payment', id, by, verb: 'refund', event: { type: 'REFUND', by, ...part } },
    ...{ from: ['settled'], unless: 'a name is needed' },
  })
}

/** Journals what somebody decided on an errand with whoever it is about. */
async function note(run: Run, { about, id, lease }: PutAside, event: Happening): Promise<void> {
  if (about)
    await run.send(
      about,
      { ...event, errand: id },
      `desk:${event.type}:${id}:${lease}:${run.parts.clock.now()}`,
    )
}

/** An errand that was put aside gets another try. */
export async function retry(run: Run, errand: PutAside, by: string): Promise<Ruling> {
  const { clock, store } = run.parts
  await note(run, errand, { type: 'RETRIED', by })
  await store.again(errand, clock.now(), errand.why, false)
  return done(`${errand.id} is tried again`)
}

/** An errand that was put aside is done with, in the turn that says so. */
export async function drop(run: Run, errand: PutAside, by: string, why: string): Promise<Ruling> {
  const { about, id, type } = errand
  const draft = run.draft()
  const event = { type: 'DROPPED', errand: id, was: type, by, why }
  if (about) await draft.apply(about, event, `desk:drop:${id}`, run.parts.clock.now())
  const committed = await run.commit(draft.work({ finished: [errand] }))
  return committed === 'done' ? done(`${id} is dropped`) : refused(`${id} has moved on: look again`)
}
