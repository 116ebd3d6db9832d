import { setup } from 'xstate'
import { allocate, formatMoney } from '../../core/base/money.ts'
import type { Role } from '../../core/run/flow.ts'
import type { Params } from '../effects.ts'
import { HOLD_MS } from '../payment/patience.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import type { EscrowContext, EscrowEvent, EscrowInput, escrowEffects } from './model.ts'

type Does = Params<typeof escrowEffects>
type Of = { readonly context: EscrowContext }
type Is = Of & { readonly event: EscrowEvent }

export const escrow = setup({
  types: { context: {} as EscrowContext, events: {} as EscrowEvent, input: {} as EscrowInput },
  actions: {
    tell: (_, _params: Does['tell']) => {},
    say: (_, _params: Does['say']) => {},
    show: (_, _params: Does['show']) => {},
    post: (_, _params: Does['post']) => {},
  },
})

/** A ruling divides what there is, and somebody answers for it. */
export const isRuling = ({ context, event }: Is): boolean =>
  event.type === 'RULE' &&
  Number.isSafeInteger(event.payeeMinor) &&
  event.payeeMinor >= 0 &&
  event.payeeMinor <= context.money.amountMinor &&
  event.by.trim() !== ''

export const takeWhy = escrow.assign(({ event }) => ({ why: event.type === 'DISPUTE' ? event.why : null }))
export const takeRuling = escrow.assign(({ event }) =>
  event.type === 'RULE' ? { ruling: { payeeMinor: event.payeeMinor, by: event.by, why: event.why } } : {},
)

/** Of so much of the price: what is the payee's, the operator's, and the payer's again. */
function partsOf({ money, commissionMinor }: EscrowContext, grossMinor: number) {
  const backMinor = money.amountMinor - grossMinor
  const [ours] = allocate({ ...money, amountMinor: commissionMinor }, [grossMinor, backMinor])
  const oursMinor = ours?.amountMinor ?? 0
  return { payeeMinor: grossMinor - oursMinor, commissionMinor: oursMinor, backMinor }
}
const whole = (context: EscrowContext) => partsOf(context, context.money.amountMinor)

const sides = ({ payee, money }: EscrowContext) => ({
  debit: 'unearned',
  credit: payee.account,
  currency: money.currency,
})
/** Theirs to see, and neither theirs to be paid out nor ours to give back while it is open. */
export const setAside = {
  type: 'post',
  params: ({ context }: Of) => ({
    kind: 'escrow',
    ...sides(context),
    amountMinor: whole(context).payeeMinor,
    hold: { forMs: HOLD_MS },
  }),
} as const

/** So much of the price becomes the payee's and the operator's, and the rest goes back to who paid. */
const settle = (kind: string, grossOf: (context: EscrowContext) => number) =>
  escrow.enqueueActions(({ context, enqueue }) => {
    const { payeeMinor, commissionMinor, backMinor } = partsOf(context, grossOf(context))
    const how = payeeMinor > 0 ? 'post' : 'void'
    const amountMinor = payeeMinor > 0 ? payeeMinor : whole(context).payeeMinor
    enqueue({
      type: 'post',
      params: { kind, ...sides(context), amountMinor, resolve: { how, kind: 'escrow' } },
    })
    if (commissionMinor > 0)
      enqueue({
        type: 'post',
        params: {
          ...sides(context),
          kind: 'commission',
          credit: 'commission',
          amountMinor: commissionMinor,
        },
      })
    if (backMinor > 0)
      enqueue({
        type: 'tell',
        params: {
          to: { flow: 'payment', id: context.payment },
          event: { type: 'REFUND', amountMinor: backMinor },
        },
      })
  })
export const release = settle('escrow released', ({ money }) => money.amountMinor)
export const giveBack = settle('escrow returned', () => 0)
export const divide = settle('escrow ruled', ({ ruling }) => ruling?.payeeMinor ?? 0)

export type News = 'escrowHeld' | 'escrowDisputed' | 'escrowReleased' | 'escrowReturned' | 'escrowRuled'
/** The slots of what is said of it: the payee hears of what they get, the payer of what they paid. */
export function wordsOf(context: EscrowContext, role: Role) {
  const { money, code, payee, ruling } = context
  const grossMinor = ruling?.payeeMinor ?? money.amountMinor
  const { payeeMinor, backMinor } = partsOf(context, grossMinor)
  const of = (amountMinor: number) => formatMoney({ ...money, amountMinor })
  const price = of(role === 'driver' ? payeeMinor : grossMinor)
  return { code, price, back: of(backMinor), driver: payee.name, help: HELP_PHONE }
}
const tell = (key: News, role: Role) =>
  ({
    type: 'say',
    params: ({ context }: Of) => ({
      to: role === 'driver' ? context.payee.phone : context.owner,
      phrase: phrase(key, wordsOf(context, role)),
    }),
  }) as const
export const tellPayee = (key: News) => tell(key, 'driver')
export const tellPayer = (key: News) => tell(key, 'traveller')
/** What was booked goes on, or ends, by what became of its price. */
export const tellBooking = (type: 'RELEASED' | 'RULED') =>
  ({
    type: 'tell',
    params: ({ context }: Of) => ({ to: { flow: 'booking' as const, id: context.booking }, event: { type } }),
  }) as const
export const showPayer = {
  type: 'show',
  params: ({ context }: Of) => ({ to: context.owner, role: 'traveller' as const }),
} as const
