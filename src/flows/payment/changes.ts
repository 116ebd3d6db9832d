import { setup } from 'xstate'
import { nextReference } from '../../core/base/id.ts'
import { formatMoney, type Money } from '../../core/base/money.ts'
import type { Params } from '../effects.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import type { PaymentContext, PaymentEvent, PaymentInput, paymentEffects } from './model.ts'
import { isOlderThan, LIMITS } from './patience.ts'
import { faultIn, handleIn, is, isExact, paidOf, settledBy } from './word.ts'

type Does = Params<typeof paymentEffects>
type Is = { readonly context: PaymentContext; readonly event: PaymentEvent }

export const payment = setup({
  types: { context: {} as PaymentContext, events: {} as PaymentEvent, input: {} as PaymentInput },
  actions: {
    collect: (_, _params: Does['collect']) => {},
    inspect: (_, _params: Does['inspect']) => {},
    refund: (_, _params: Does['refund']) => {},
    inspectRefund: (_, _params: Does['inspectRefund']) => {},
    attach: (_, _params: Does['attach']) => {},
    refundReceipt: (_, _params: Does['refundReceipt']) => {},
    tell: (_, _params: Does['tell']) => {},
    say: (_, _params: Does['say']) => {},
    post: (_, _params: Does['post']) => {},
  },
})

export const order = ({ context }: { context: PaymentContext }) => ({
  provider: context.provider,
  reference: context.reference,
  handle: context.handle,
  money: context.money,
  payer: context.owner,
  memo: `Inzira trip ${context.code}`,
})
export const refundOf = ({ money, refundMoney }: PaymentContext): Money => refundMoney ?? money
export const refundOrder = ({ context }: { context: PaymentContext }) => ({
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
/** The provider's name for the payment, from whoever tells it first: its answer, or its callback. */
export const takeHandle = payment.assign(({ context, event }) => ({
  handle: context.handle ?? handleIn({ event }) ?? null,
}))
export const takeRefundHandle = payment.assign(({ context, event }) => ({
  refundHandle: context.refundHandle ?? handleIn({ event }) ?? null,
}))
/** Where they must go to pay, by text, when it is first heard of: before the page's name is taken. */
export const sendUrl = payment.enqueueActions(({ context, event, enqueue }) => {
  if (context.handle !== null) return
  if (event.type !== 'UPDATE' || event.update.status !== 'pending' || !event.update.url) return
  const words = { code: context.code, price: formatMoney(context.money), url: event.update.url }
  enqueue({ type: 'say', params: { to: context.owner, phrase: phrase('payHere', words) } })
})
export const sent = payment.assign({ sent: true })
export const polled = payment.assign(({ context, event }) => ({
  sent: true,
  polls: context.polls + 1,
  hinted: false,
  absent: event.type === 'UPDATE' && event.update.status === 'absent' ? context.absent + 1 : 0,
}))
export const tried = payment.assign(({ context }) => ({ polls: context.polls + 1 }))
export const hinted = payment.assign({ hinted: true })
export const unhinted = payment.assign({ hinted: false, absent: 0 })
export const abandoned = payment.assign({ abandoned: true })
export const takeTransaction = payment.assign(settledBy)
export const takeFault = payment.assign((now) => ({ fault: faultIn(now) }))
export const lookedAgain = payment.assign(({ context }) => ({ secondLooks: context.secondLooks + 1 }))
export const startRefund = payment.assign(({ context, event }) => ({
  refundSince: event.at,
  polls: 0,
  refundMoney:
    event.type === 'REFUND' && event.amountMinor !== undefined
      ? { ...context.money, amountMinor: Math.min(event.amountMinor, context.money.amountMinor) }
      : null,
}))
/** A plain no ends what went under that reference; the next try is another one. */
export const renewRefund = payment.assign(({ context }) => ({
  refundReference: nextReference(context.refundReference),
  refundHandle: null,
  refundTries: context.refundTries + 1,
  polls: 0,
}))
export const isRefundHopeless = ({ context, event }: Is): boolean =>
  event.at - (context.refundSince ?? event.at) > LIMITS.refundForMs

export const postCollected = {
  type: 'post',
  params: ({ context }: { context: PaymentContext }) => ({
    kind: 'collected',
    debit: `provider:${context.provider}`,
    credit: 'unearned',
    ...context.money,
  }),
} as const
export const postRefunded = {
  type: 'post',
  params: ({ context }: { context: PaymentContext }) => ({
    kind: 'refunded',
    debit: 'unearned',
    credit: `provider:${context.provider}`,
    ...refundOf(context),
  }),
} as const
export const receiptRefund = {
  type: 'refundReceipt',
  params: ({ context, event }: Is) => ({
    booking: context.booking,
    money: refundOf(context),
    at: event.at,
  }),
} as const
/** It could not be given back: it stays what we owe, under a name of its own, until a person has paid it. */
export const postOwed = {
  type: 'post',
  params: ({ context }: { context: PaymentContext }) => ({
    kind: 'owed',
    debit: 'unearned',
    credit: 'owed',
    ...refundOf(context),
  }),
} as const
/** Not the sum we asked for: it belongs to nobody until a person has looked. */
export const postSuspense = payment.enqueueActions((now) => {
  const paid = paidOf(now)
  if (paid && paid.amountMinor > 0)
    now.enqueue({
      type: 'post',
      params: { kind: 'suspense', debit: `provider:${now.context.provider}`, credit: 'suspense', ...paid },
    })
})
export const tellUnpaid = {
  type: 'tell',
  params: ({ context }: { context: PaymentContext }) => ({
    to: { flow: 'booking' as const, id: context.booking },
    event: { type: 'UNPAID', payment: context.id, fault: context.fault ?? 'provider_down' },
  }),
} as const
/** After the payer's time, or when another sum came, the booking hears once that nobody knows. */
export const doubt = payment.enqueueActions(({ context, event, enqueue }) => {
  const isLate = isOlderThan(context, event.at, LIMITS.approveMs)
  if (context.unsure || !(isLate || is('settled')({ event }))) return
  const to = { flow: 'booking' as const, id: context.booking }
  enqueue.assign({ unsure: true })
  enqueue({ type: 'tell', params: { to, event: { type: 'UNSURE', payment: context.id } } })
})
export const news = (key: 'refunded' | 'refundComing' | 'owed') =>
  ({
    type: 'say',
    params: ({ context }: { context: PaymentContext }) => ({
      to: context.owner,
      phrase: phrase(key, { code: context.code, price: formatMoney(refundOf(context)), help: HELP_PHONE }),
    }),
  }) as const

/** What any certain word of the provider leads to, wherever we were. */
export const certain = [
  { guard: (now: Is) => is('settled')(now) && isExact(now), target: 'settled', actions: takeTransaction },
  { guard: is('settled'), target: 'conflicted', actions: [takeTransaction, postSuspense, doubt] },
  { guard: is('declined'), target: 'declined', actions: takeFault },
] as const
