import { setup } from 'xstate'
import { formatMoney } from '../../core/base/money.ts'
import type { Params } from '../effects.ts'
import { phrase } from '../words/index.ts'
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
    credited: (_, _params: Does['credited']) => {},
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
/** The provider's name for the payment, from whoever tells it first: its answer, or its callback. */
export const takeHandle = payment.assign(({ context, event }) => ({
  handle: context.handle ?? handleIn({ event }) ?? null,
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
const takeOtherSum = payment.assign((now) => ({ came: paidOf(now) ?? null }))
export const takeFault = payment.assign((now) => ({ fault: faultIn(now) }))
export const lookedAgain = payment.assign(({ context }) => ({ secondLooks: context.secondLooks + 1 }))
/** The provider's own name for what moved: it comes into the books once, whatever says that it moved. */
const externalOf = ({ provider, transaction, reference }: PaymentContext): string =>
  `${provider}:${transaction ?? reference}`
export const postCollected = {
  type: 'post',
  params: ({ context }: { context: PaymentContext }) => ({
    kind: 'collected',
    debit: `provider:${context.provider}`,
    credit: 'unearned',
    external: externalOf(context),
    ...context.money,
  }),
} as const
/** Not the sum we asked for: it belongs to nobody until a person has looked. */
const postSuspense = payment.enqueueActions(({ context, enqueue }) => {
  if (!context.came || context.came.amountMinor === 0) return
  const sides = { debit: `provider:${context.provider}`, credit: 'suspense' }
  const external = externalOf(context)
  enqueue({ type: 'post', params: { kind: 'suspense', ...sides, external, ...context.came } })
})
/** What it pays for. */
const forOf = ({ flow, booking: id }: PaymentContext) => ({ flow, id })
export const tellUnpaid = {
  type: 'tell',
  params: ({ context }: { context: PaymentContext }) => ({
    to: forOf(context),
    event: { type: 'UNPAID', payment: context.id, fault: context.fault ?? 'provider_down' },
  }),
} as const
/** After the payer's time, when another sum came or the books refuse it, the booking hears once that nobody knows. */
export const doubt = payment.enqueueActions(({ context, event, enqueue }) => {
  const isLate = isOlderThan(context, event.at, LIMITS.approveMs)
  if (context.unsure || !(isLate || is('settled')({ event }) || event.type === 'REFUSED')) return
  enqueue.assign({ unsure: true })
  enqueue({ type: 'tell', params: { to: forOf(context), event: { type: 'UNSURE', payment: context.id } } })
})
/** What the books refuse waits for a person: to ask again would end the same. */
export const leave = { target: 'unresolved', actions: doubt } as const

/** What any certain word of the provider leads to, wherever we were. */
export const certain = [
  { guard: (now: Is) => is('settled')(now) && isExact(now), target: 'settled', actions: takeTransaction },
  {
    guard: is('settled'),
    target: 'conflicted',
    actions: [takeTransaction, takeOtherSum, postSuspense, doubt],
  },
  { guard: is('declined'), target: 'declined', actions: takeFault },
] as const
