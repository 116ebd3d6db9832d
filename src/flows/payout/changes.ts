import { setup } from 'xstate'
import { formatMoney } from '../../core/base/money.ts'
import type { Params } from '../effects.ts'
import { isOlderThan, LIMITS } from '../payment/patience.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import type { PayoutContext, PayoutEvent, PayoutInput, payoutEffects } from './model.ts'
import { HOLD_MS } from './patience.ts'

type Does = Params<typeof payoutEffects>
type Is = { readonly context: PayoutContext; readonly event: PayoutEvent }

export const payout = setup({
  types: { context: {} as PayoutContext, events: {} as PayoutEvent, input: {} as PayoutInput },
  actions: {
    payOut: (_, _params: Does['payOut']) => {},
    inspectPayout: (_, _params: Does['inspectPayout']) => {},
    say: (_, _params: Does['say']) => {},
    post: (_, _params: Does['post']) => {},
  },
})

export const order = ({ context }: { context: PayoutContext }) => ({
  provider: context.provider,
  reference: context.reference,
  handle: context.handle,
  money: context.money,
  payee: context.owner,
  memo: `Inzira earnings ${context.period}`,
})

export const is =
  (status: 'settled' | 'declined' | 'absent' | 'not_sent') =>
  ({ event }: Is): boolean =>
    event.type === 'UPDATE' && event.update.status === status
export const isExact = ({ context, event }: Is): boolean =>
  event.type === 'UPDATE' &&
  event.update.status === 'settled' &&
  event.update.paid.amountMinor === context.money.amountMinor &&
  event.update.paid.currency === context.money.currency
/** The provider has had the time to know what it does not know. */
export const isLost = ({ context, event }: Is): boolean =>
  is('absent')({ context, event }) &&
  context.absent + 1 >= LIMITS.absentChecks &&
  isOlderThan(context, event.at, LIMITS.absentAfterMs)

export const sent = payout.assign({ sent: true })
export const tried = payout.assign(({ context }) => ({ polls: context.polls + 1 }))
export const polled = payout.assign(({ context, event }) => ({
  sent: true,
  polls: context.polls + 1,
  absent: is('absent')({ context, event }) ? context.absent + 1 : 0,
}))
export const takeHandle = payout.assign(({ context, event }) => {
  const told =
    event.type === 'HINT'
      ? event.handle
      : event.type === 'UPDATE' && event.update.status === 'pending'
        ? event.update.handle
        : undefined
  return { handle: context.handle ?? told ?? null }
})
export const takeTransaction = payout.assign(({ event }) =>
  event.type === 'UPDATE' && event.update.status === 'settled'
    ? { transaction: event.update.transaction, fault: null }
    : {},
)
export const takeFault = payout.assign(({ event }) => ({
  fault:
    event.type === 'UPDATE' && event.update.status === 'declined'
      ? event.update.fault
      : ('provider_down' as const),
}))

const sides = ({ context }: { context: PayoutContext }) => ({
  debit: context.account,
  credit: `provider:${context.provider}`,
  ...context.money,
})
/** What is on its way to somebody is not paid out a second time. */
export const setAside = {
  type: 'post',
  params: (now: { context: PayoutContext }) => ({ kind: 'payout', ...sides(now), hold: { forMs: HOLD_MS } }),
} as const
/** It has gone; or it surely never went, and is theirs as before. */
const resolve = (kind: string, how: 'post' | 'void') =>
  ({
    type: 'post',
    params: (now: { context: PayoutContext }) => ({ kind, ...sides(now), resolve: { how, kind: 'payout' } }),
  }) as const
export const postPaid = resolve('paid out', 'post')
export const letGo = resolve('payout refused', 'void')
export const news = (key: 'paidOut' | 'notPaidOut') =>
  ({
    type: 'say',
    params: ({ context }: { context: PayoutContext }) => ({
      to: context.owner,
      phrase: phrase(key, {
        price: formatMoney(context.money),
        period: context.period,
        help: HELP_PHONE,
      }),
    }),
  }) as const

/** What any certain word of the provider leads to, wherever we were. */
export const certain = [
  { guard: isExact, target: 'paid', actions: takeTransaction },
  // Another sum went than we asked for: a person must look.
  { guard: is('settled'), target: 'unresolved', actions: takeTransaction },
  { guard: is('declined'), target: 'refused', actions: takeFault },
] as const
