import { LIMITS } from '../../core/base/limits.ts'
import { formatMoney } from '../../core/base/money.ts'
import { lineOf } from '../lines/index.ts'
import { type Phrase, phrase } from '../words/index.ts'
import { handedOf, overpaidOf, paidOf, trip } from './facts.ts'
import type { BookingContext } from './model.ts'

/* Where else it would end, and what that comes to. */

/** Whether it may end elsewhere at all. */
export const isRedirectable = ({ line }: BookingContext): boolean => lineOf(line).redirect !== undefined
/** Somebody comes or drives, and it was not changed too often. */
export const canRedirect = (context: BookingContext): boolean =>
  isRedirectable(context) && context.carrier !== null && context.redirects < LIMITS.redirects

/** As if nobody had said yet where it ends: then that is asked. */
export const anew = (context: BookingContext): BookingContext => {
  const { redirect: field } = lineOf(context.line)
  return { ...context, given: context.given.filter((one) => one.field !== field), wanted: [] }
}
/** As it is once they agree; as it was where there is nothing to agree to. */
export const redirected = (context: BookingContext): BookingContext => {
  const { redirect, paid, quote: old } = context
  if (!redirect?.to || !redirect.quote || !old) return context
  const { to } = redirect
  const paidMinor = paidOf(context).amountMinor
  const { waiting: _, commissionMinor = 0, ...quote } = redirect.quote
  return {
    ...context,
    given: context.given.map((one) => (one.field === to.field ? to : one)),
    quote: {
      ...quote,
      // Waiting costs what they were told at first.
      ...(old.waiting && { waiting: old.waiting }),
      // The operator's part is taken out of what was paid ahead.
      commissionMinor: paid ? Math.min(commissionMinor, paidMinor) : commissionMinor,
    },
    ...(paid && { paidMinor }),
    redirect: null,
    redirects: context.redirects + 1,
  }
}

/** Where it ends, for how much, and what of that is still to be paid, or comes back. */
export const newWay = (context: BookingContext): Phrase => {
  const [paid, due, back] = [paidOf(context), handedOf(context), overpaidOf(context)]
  const args = { ...trip(context), paid: formatMoney(paid) }
  if (back.amountMinor > 0) return phrase('redirectLess', { ...args, back: formatMoney(back) })
  if (due.amountMinor > 0 && !context.cash) return phrase('redirectMore', { ...args, due: formatMoney(due) })
  return phrase('redirectSame', args)
}
