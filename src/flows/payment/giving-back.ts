import { nextReference } from '../../core/base/id.ts'
import { formatMoney, type Money } from '../../core/base/money.ts'
import { CREDIT } from '../../core/pay/credit.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import { order, payment } from './changes.ts'
import type { PaymentContext, PaymentEvent } from './model.ts'
import { HOLD_MS, isOlderThan, LIMITS } from './patience.ts'
import { handleIn } from './word.ts'

type Of = { readonly context: PaymentContext }
type Is = Of & { readonly event: PaymentEvent }

/** What goes back: all of it, or the part that was asked for. */
export const refundOf = ({ money, refundMoney }: PaymentContext): Money => refundMoney ?? money
export const refundOrder = ({ context }: Of) => ({
  ...order({ context }),
  reference: context.refundReference,
  handle: context.refundHandle,
  money: refundOf(context),
  of: {
    reference: context.reference,
    handle: context.handle,
    transaction: context.transaction ?? context.reference,
    money: context.money,
  },
})
/** A late word on the payment, or on a try before, names something else. */
const isOther = ({ context, event }: Is): boolean =>
  event.type === 'HINT' && (event.reference ?? context.refundReference) !== context.refundReference
export const takeHandle = payment.assign((now) => ({
  refundHandle: now.context.refundHandle ?? (isOther(now) ? null : handleIn(now)) ?? null,
}))

/** What is asked for now; never more than was taken. */
const wanted = ({ context: { money }, event }: Is): number =>
  event.type === 'REFUND'
    ? Math.min(event.amountMinor ?? money.amountMinor, money.amountMinor)
    : money.amountMinor
/** One name, however it is typed. */
const fold = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
const nameIn = ({ event }: Is): string => ('by' in event && event.by !== undefined ? fold(event.by) : '')
export const isNamed = (now: Is): boolean => nameIn(now) !== ''
/** Somebody else than who asked for it by hand. */
export const isAnother = (now: Is): boolean => {
  const { refundBy } = now.context
  return isNamed(now) && (refundBy === null || fold(refundBy) !== nameIn(now))
}
/** So much that it can be sent; and who asks by hand gives a name. */
export const isAsked = (now: Is): boolean => {
  const isByHand = now.event.type === 'REFUND' && now.event.by !== undefined
  return wanted(now) > 0 && (!isByHand || isNamed(now))
}
export const isAboveLimit = (now: Is): boolean => isAsked(now) && wanted(now) > now.context.refundLimitMinor
export const isByRule = (now: Is): boolean => isNamed(now) && now.context.refundBy === null

export const start = payment.assign((now) => {
  const { context, event } = now
  const isPart = event.type === 'REFUND' && event.amountMinor !== undefined
  return {
    refundSince: event.at,
    refundBy: event.type === 'REFUND' ? (event.by ?? null) : null,
    refundHeld: true,
    polls: 0,
    refundMoney: isPart ? { ...context.money, amountMinor: wanted(now) } : null,
  }
})
/** Trying to give back begins with the yes. */
export const restart = payment.assign(({ event }) => ({ refundSince: event.at }))
/** A plain no ends what went under that reference; the next try is another one. */
export const renew = payment.assign(({ context }) => ({
  refundReference: nextReference(context.refundReference),
  refundHandle: null,
  refundTries: context.refundTries + 1,
  polls: 0,
}))
export const isHopeless = ({ context, event }: Is): boolean =>
  isOlderThan({ startedAt: context.refundSince ?? event.at }, event.at, LIMITS.refundForMs)

/** What was asked for by hand is at our cost: the fare itself is earned by then, and somebody else's. */
const purse = ({ refundBy }: PaymentContext) => (refundBy === null ? 'unearned' : 'goodwill')
const sides = ({ context }: Of) => ({
  debit: purse(context),
  credit: `provider:${context.provider}`,
  ...refundOf(context),
})
const HOLD = 'refund'
/** What is about to go back is nobody else's meanwhile. */
export const setAside = {
  type: 'post',
  params: (now: Of) => ({ kind: HOLD, ...sides(now), hold: { forMs: HOLD_MS } }),
} as const
export const postRefunded = {
  type: 'post',
  params: (now: Of) => ({
    kind: 'refunded',
    ...sides(now),
    ...(now.context.refundHeld && { resolve: { how: 'post' as const, kind: HOLD } }),
  }),
} as const
/** It did not go, and is let go. */
export const giveUp = payment.enqueueActions(({ context, enqueue }) => {
  if (!context.refundHeld) return
  const resolve = { how: 'void', kind: HOLD } as const
  enqueue({ type: 'post', params: { kind: 'refund given up', ...sides({ context }), resolve } })
})
/** It could not be given back: it stays what we owe, under a name of its own, until a person has paid it. */
export const postOwed = {
  type: 'post',
  params: ({ context }: Of) => ({
    kind: 'owed',
    debit: purse(context),
    credit: 'owed',
    ...refundOf(context),
  }),
} as const

type From = 'owed' | 'suspense'
/** What a person may pay by hand: what we owe, or what came and fits nothing. */
const handedOf = (from: From, context: PaymentContext): Money | null =>
  from === 'owed' ? refundOf(context) : context.came
export const isHandedBy = (from: From) => (now: Is) => isNamed(now) && handedOf(from, now.context) !== null
/** Paid by hand, from the bank. */
export const postHanded = (from: From) =>
  payment.enqueueActions(({ context, enqueue }) => {
    const money = handedOf(from, context)
    if (!money || money.amountMinor === 0) return
    const words = { code: context.code, price: formatMoney(money) }
    enqueue({ type: 'post', params: { kind: 'handed', debit: from, credit: 'bank', ...money } })
    enqueue({ type: 'say', params: { to: context.owner, phrase: phrase('handed', words) } })
  })

/** The tax receipt of what went back, where a journey was paid with it. */
export const receipt = payment.enqueueActions(({ context, event, enqueue }) => {
  const { flow, booking } = context
  if (flow === 'booking')
    enqueue({ type: 'refundReceipt', params: { booking, money: refundOf(context), at: event.at } })
})
/** What was bought on credit and given back is not asked for. */
export const credited = payment.enqueueActions(({ context, enqueue }) => {
  if (context.provider === CREDIT)
    enqueue({ type: 'credited', params: { amountMinor: refundOf(context).amountMinor } })
})
export const news = (key: 'refunded' | 'refundComing' | 'refundAsked' | 'notRefunded' | 'owed') =>
  ({
    type: 'say',
    params: ({ context }: Of) => ({
      to: context.owner,
      phrase: phrase(key, { code: context.code, price: formatMoney(refundOf(context)), help: HELP_PHONE }),
    }),
  }) as const
