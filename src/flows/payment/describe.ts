import { z } from 'zod'
import { formatMoney } from '../../core/base/money.ts'
import type { Payment, Till } from '../../core/people/payments.ts'
import { money } from '../effects.ts'
import { HELP_PHONE, render, say } from '../words/index.ts'
import { refundOf } from './giving-back.ts'
import { type PaymentContext, paymentContext } from './model.ts'

const back = z.enum(['refunding', 'refunded', 'owed'])
const asked = z.enum(['pending', 'checking', 'paid', 'failed', 'conflicted'])

/** A payment as programs see it. Amounts in the currency's smallest unit. */
const shape = z.object({
  id: z.string(),
  bookingId: z.string(),
  provider: z.string(),
  state: z.enum([...asked.options, ...back.options]).meta({
    description:
      'While it is `checking` or `conflicted` nobody may pay again; `failed` may still become `paid`.',
  }),
  money,
  say: z.string().meta({ description: 'The state in words, in the language of the one who asks.' }),
  refund: z.object({ state: back, money }).nullable().meta({ description: 'What goes back, or went.' }),
})
type State = z.infer<typeof shape>['state']

const isBack = (state: State): state is z.infer<typeof back> => back.safeParse(state).success

/** States that say it all by their name; the others are a charge on its way. */
const STATES: Readonly<Record<string, State>> = {
  unresolved: 'checking',
  declined: 'failed',
  settled: 'paid',
  conflicted: 'conflicted',
  kept: 'paid',
  approving: 'refunding',
  refunding: 'refunding',
  returning: 'refunding',
  checkingRefund: 'refunding',
  refused: 'refunding',
  refunded: 'refunded',
  owed: 'owed',
  handed: 'refunded',
}

/** What goes back: all that came where that was not what we asked for. */
const backOf = (context: PaymentContext) => context.came ?? refundOf(context)

/** A look at the provider now and then is no doubt yet; one after the payer's time, a plain no or a cancel is. */
const stateOf = (state: string, { unsure, abandoned, fault }: PaymentContext): State =>
  STATES[state] ?? (unsure || abandoned || fault !== null ? 'checking' : 'pending')

/** Where a payment stands, as its payer is told. */
export function paymentWords(machineState: string, context: PaymentContext, language: string): string {
  const state = stateOf(machineState, context)
  const { code, fault } = context
  const price = formatMoney(isBack(state) ? backOf(context) : context.money)
  if (machineState === 'approving') return say(language, 'refundAsked', { code, price })
  if (state === 'pending') return say(language, 'paying', { code, price })
  if (state === 'paid') return say(language, 'paid', { code, price })
  if (state === 'failed') return render({ key: fault ?? 'provider_down', args: {} }, language)
  if (state === 'checking' || state === 'conflicted') return say(language, 'checking')
  return say(language, state, { code, price, help: HELP_PHONE })
}

function describe(payment: Payment, language: string): z.infer<typeof shape> {
  const context = paymentContext.parse(payment.context)
  const state = stateOf(payment.state, context)
  return {
    id: payment.id,
    bookingId: context.booking,
    provider: context.provider,
    state,
    money: context.money,
    say: paymentWords(payment.state, context, language),
    refund: isBack(state) ? { state, money: backOf(context) } : null,
  }
}

/** Payments for programs. */
export const paymentTill: Till = { shape, describe }
