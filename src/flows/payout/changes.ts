import { setup } from 'xstate'
import { formatMoney } from '../../core/base/money.ts'
import type { Params } from '../effects.ts'
import { HOLD_MS } from '../payment/patience.ts'
import { faultIn, handleIn, is, isExact, settledBy } from '../payment/word.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import type { PayoutContext, PayoutEvent, PayoutInput, payoutEffects } from './model.ts'

type Does = Params<typeof payoutEffects>

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

export const ordered = (now: { context: PayoutContext }) => ({
  ...order(now),
  account: now.context.account,
  clearedBy: now.context.clearedBy,
})

export const held = payout.assign(({ context, event }) =>
  event.type === 'HELD' ? { holds: context.holds + 1, heldForMs: event.forMs } : {},
)
/** However long it was held, the provider has all its time. */
export const begun = payout.assign(({ event }) => ({ startedAt: event.at }))
export const isNamed = ({ event }: { event: PayoutEvent }): boolean =>
  event.type === 'APPROVE' && event.by.trim() !== ''
export const cleared = payout.assign(({ event }) => (event.type === 'APPROVE' ? { clearedBy: event.by } : {}))
export const sent = payout.assign({ sent: true })
export const tried = payout.assign(({ context }) => ({ polls: context.polls + 1 }))
export const polled = payout.assign(({ context, event }) => ({
  sent: true,
  polls: context.polls + 1,
  absent: is('absent')({ event }) ? context.absent + 1 : 0,
}))
export const takeHandle = payout.assign(({ context, event }) => ({
  handle: context.handle ?? handleIn({ event }) ?? null,
}))
export const takeTransaction = payout.assign(settledBy)
export const takeFault = payout.assign((now) => ({ fault: faultIn(now) }))

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

/** What a person found out ends it, but not where another sum went: that is neither yes nor no. */
export const isRuled =
  (wasPaid: boolean) =>
  ({ context, event }: { context: PayoutContext; event: PayoutEvent }): boolean =>
    event.type === 'RULED' && event.wasPaid === wasPaid && context.transaction === null

/** What any certain word of the provider leads to, wherever we were. */
export const certain = [
  { guard: isExact, target: 'paid', actions: takeTransaction },
  // Another sum went than we asked for: a person must look.
  { guard: is('settled'), target: 'unresolved', actions: takeTransaction },
  { guard: is('declined'), target: 'refused', actions: takeFault },
] as const
